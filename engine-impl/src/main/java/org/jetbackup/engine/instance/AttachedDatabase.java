package org.jetbackup.engine.instance;

import java.nio.file.Path;
import org.jetbackup.engine.catalog.Database;
import org.jetbackup.engine.checkpoint.Attachment;

/**
 * A database that is part of the instance. Immutable.
 *
 * @param path its file, absolute and without detours
 * @param attachment what the log knows it as
 * @param database the open file
 */
record AttachedDatabase(Path path, Attachment attachment, Database database) {}
