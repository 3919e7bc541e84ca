/**
 * Runs the kit: finds the engine, runs the suites once on each storage, collects what became of every
 * test, and writes the reports. {@link org.jetbackup.tck.launcher.Main} is the command line, {@link
 * org.jetbackup.tck.launcher.ConformanceRun} the same for programs.
 *
 * <p>The command line tools of this package are the only part of the kit that knows the default file
 * system: they read the known list and write reports there.
 */
@NullMarked
package org.jetbackup.tck.launcher;

import org.jspecify.annotations.NullMarked;
