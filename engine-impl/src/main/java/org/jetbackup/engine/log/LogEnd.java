package org.jetbackup.engine.log;

/**
 * Where a log ends, as a {@link LogReader} found it; where a {@link LogWriter} goes on. Immutable.
 *
 * @param generation the last one
 * @param address behind the last whole record, or of the place where the stream was begun anew
 *     behind half a record
 * @param blockEnd behind the last record that ended a block, or where the reader began
 * @param openBlock of the first record behind that; 0 if no block is open
 * @param nextOffset where in the last generation's file the next batch belongs
 * @param chain what that batch must repeat
 * @param closed whether the last generation has its closing batch
 */
public record LogEnd(
    long generation,
    long address,
    long blockEnd,
    long openBlock,
    int nextOffset,
    int chain,
    boolean closed) {}
