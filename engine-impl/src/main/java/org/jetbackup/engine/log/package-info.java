/** The log, as much of it as its users need to compile; the real one takes its place. */
@NullMarked
package org.jetbackup.engine.log;

import org.jspecify.annotations.NullMarked;
