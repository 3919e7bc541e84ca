package org.jetbackup.engine.backup;

import java.nio.file.Path;
import org.jetbackup.engine.catalog.Database;
import org.jetbackup.engine.checkpoint.Attachment;

/**
 * A database of the instance that is backed up. Immutable.
 *
 * @param path where it is
 * @param attachment how the log names it
 * @param database the open database
 */
public record SourceDatabase(Path path, Attachment attachment, Database database) {}
