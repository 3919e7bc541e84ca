/**
 * Brings databases back from a backup directory, with the log that came after it where there is
 * one. See {@link org.jetbackup.engine.restore.Restore} for the steps.
 */
@NullMarked
package org.jetbackup.engine.restore;

import org.jspecify.annotations.NullMarked;
