/**
 * How far the log may be forgotten: which databases are attached, what is flushed, and the file
 * that says so.
 */
@NullMarked
package org.jetbackup.engine.checkpoint;

import org.jspecify.annotations.NullMarked;
