/**
 * The conformance kit: judges any engine by the clauses of the specification.
 *
 * <p>An implementer writes one class, a subclass of {@link org.jetbackup.tck.EnginePlugin}, and
 * either hands its name to the command line ({@code org.jetbackup.tck.launcher.Main}) or extends
 * {@link org.jetbackup.tck.JetBackupSuite} to run the kit as a part of his own tests.
 */
@NullMarked
package org.jetbackup.tck;

import org.jspecify.annotations.NullMarked;
