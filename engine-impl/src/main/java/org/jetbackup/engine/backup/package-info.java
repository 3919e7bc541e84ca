/**
 * Streaming backups: reads an instance while it works, verifies what it reads, and leaves a set in a
 * directory or hands the bytes to an application.
 */
@NullMarked
package org.jetbackup.engine.backup;

import org.jspecify.annotations.NullMarked;
