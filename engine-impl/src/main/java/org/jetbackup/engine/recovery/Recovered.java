package org.jetbackup.engine.recovery;

import org.jetbackup.engine.checkpoint.CheckpointFile;
import org.jetbackup.engine.format.Signature;
import org.jetbackup.engine.log.Journal;

/**
 * A log that is open for writing, all of whose databases are clean. Immutable.
 *
 * @param journal the turn and the log
 * @param signature that of the sequence
 * @param checkpointFile the checkpoint file, which says that nothing is needed before the end
 */
public record Recovered(Journal journal, Signature signature, CheckpointFile checkpointFile) {}
