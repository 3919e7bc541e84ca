/**
 * The log: what happened, in order, durable before anybody relies on it.
 *
 * <p>Writing: {@link org.jetbackup.engine.log.Journal} is the turn and the blocks, {@link
 * org.jetbackup.engine.log.Log} what it writes to, {@link org.jetbackup.engine.log.LogWriter} the
 * files behind that. Reading: {@link org.jetbackup.engine.log.LogFiles} finds the files of a
 * sequence, {@link org.jetbackup.engine.log.LogReader} reads their records, {@link
 * org.jetbackup.engine.log.LogVerifier} checks a closed file by itself.
 *
 * <p>The records are one stream of bytes that flows through batches, and the batches through files:
 *
 * <pre>
 *   records   [head payload][head payload][head pay|load][head payload] ...
 *   batches   {header | bytes of records | zeros} {header | bytes of records | zeros} ...
 *   file      [file header][batch][batch] ... [closing batch]  unused    each of the same size
 * </pre>
 *
 * <p>The layouts are in {@link org.jetbackup.engine.format.LogFileHeader}, {@link
 * org.jetbackup.engine.format.LogBatchHeader} and RecordHead. A batch repeats the checksum of the
 * batch before, a file that of the batch that closed the file before: one chain from the first file
 * to the end, so that nothing left over in a file is ever taken for a continuation.
 */
@NullMarked
package org.jetbackup.engine.log;

import org.jspecify.annotations.NullMarked;
