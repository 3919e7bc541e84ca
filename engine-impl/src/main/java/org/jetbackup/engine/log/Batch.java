package org.jetbackup.engine.log;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jetbackup.engine.format.LogBatchHeader;

/**
 * A batch under construction. Its place in the file is fixed when it is begun, so that every byte
 * that is put has its address at once. Not thread-safe.
 */
final class Batch {

  private static final byte[] ZEROS = new byte[4096];

  private final ByteBuffer bytes;
  private final LogBatchHeader header;
  private final int sectorBytes;

  private long generation;
  private int offset;
  private int capacity;
  private int used;
  private int firstRecord;

  Batch(int bufferBytes, int sectorBytes) {
    this.bytes = ByteBuffer.allocateDirect(bufferBytes).order(ByteOrder.LITTLE_ENDIAN);
    this.header = new LogBatchHeader(bytes);
    this.sectorBytes = sectorBytes;
  }

  /** Begins anew. A place that has no sector below the limit gives a batch without room. */
  void begin(long inGeneration, int at, int limit) {
    generation = inGeneration;
    offset = at;
    capacity = Math.min(bytes.capacity(), (limit - at) / sectorBytes * sectorBytes);
    used = LogBatchHeader.BYTES;
    firstRecord = 0;
    bytes.clear();
  }

  int room() {
    return Math.max(0, capacity - used);
  }

  boolean isEmpty() {
    return used == LogBatchHeader.BYTES;
  }

  /** The address of the next byte. */
  long address() {
    return LogAddress.of(generation, offset + used);
  }

  int offset() {
    return offset;
  }

  /** Where the next batch begins. */
  int endOffset() {
    return offset + paddedBytes();
  }

  /** The next byte is the first of a record. */
  void startRecord() {
    if (firstRecord == 0) {
      firstRecord = used;
    }
  }

  void put(ByteBuffer source, int from, int count) {
    bytes.put(used, source, from, count);
    used += count;
  }

  /** Completes it; what is returned is to be written at {@link #offset}. */
  ByteBuffer seal(int sequence, int chain, int flags, long mark, long nonce) {
    int end = paddedBytes();
    bytes.put(used, ZEROS, 0, end - used);
    header.place(sequence, generation, offset, chain);
    header.seal(used - LogBatchHeader.BYTES, firstRecord, flags, mark, nonce);
    return bytes.limit(end).position(0);
  }

  /** The checksum of the sealed header. */
  int checksum() {
    return header.checksum();
  }

  private int paddedBytes() {
    return (used + sectorBytes - 1) / sectorBytes * sectorBytes;
  }
}
