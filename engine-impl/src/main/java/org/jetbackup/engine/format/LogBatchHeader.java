package org.jetbackup.engine.format;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;

/**
 * The header of a batch in a log file. A batch begins on a sector; zeros fill its last one.
 *
 * <pre>
 *   byte   bytes
 *      0       4   CRC32C of the rest of this header
 *      4       4   CRC32C of the payload
 *      8       4   magic
 *     12       4   number in the signature of the sequence
 *     16       4   generation
 *     20       4   where the batch begins in the file
 *     24       4   length of the payload
 *     28       4   where in the batch the first record begins; 0 = none begins in it
 *     32       4   flags
 *     36       4   chain: bytes 0 to 3 of the batch before, or of the header of the file
 *     40       8   mark: the address up to which the log was forced when this was written
 *     48       8   nonce: a random number in opening batches, else zero
 *     56     ...   payload
 * </pre>
 *
 * <p>All numbers are little endian. The header has a checksum of its own, so that it is a witness
 * even where its payload was torn: what its mark says had been forced is so. And a search for
 * witnesses needs to look only at the first bytes of each sector, however long a damaged header
 * says that its payload is.
 *
 * <p>An instance looks at one place of one buffer, at first its start, and is as thread-unsafe as
 * that; it allocates nothing after it was made.
 */
public final class LogBatchHeader {

  /** The length of the header. */
  public static final int BYTES = 56;

  /** The longest batch, with header and padding. */
  public static final int MAX_BATCH = 1 << 20;

  /** The flag of the first batch after the log was opened: a record that is not whole is void. */
  public static final int OPENING = 1;

  /** The flag of the last batch in a file. */
  public static final int CLOSING = 2;

  private static final int ALL_FLAGS = OPENING | CLOSING;
  private static final int MAGIC = 0x5442_424A; // reads "JBBT" on disk

  private static final int PAYLOAD_CHECK_AT = 4;
  private static final int MAGIC_AT = 8;
  private static final int SEQUENCE_AT = 12;
  private static final int GENERATION_AT = 16;
  private static final int OFFSET_AT = 20;
  private static final int PAYLOAD_BYTES_AT = 24;
  private static final int FIRST_RECORD_AT = 28;
  private static final int FLAGS_AT = 32;
  private static final int CHAIN_AT = 36;
  private static final int MARK_AT = 40;
  private static final int NONCE_AT = 48;

  private final ByteBuffer batch;
  private final CRC32C crc = new CRC32C();
  private int base;

  /**
   * Looks at a buffer.
   *
   * @param batch with room for a header from index 0 on; position, limit and order do not matter
   */
  public LogBatchHeader(ByteBuffer batch) {
    this.batch = batch.duplicate().clear().order(ByteOrder.LITTLE_ENDIAN);
  }

  /**
   * Looks at another place of the same buffer.
   *
   * @param index where the batch begins in the buffer; there is room for a header
   */
  public void moveTo(int index) {
    base = index;
  }

  /**
   * Writes where the batch stands and what it continues.
   *
   * @param sequence the number in the signature of the sequence
   * @param generation of the file
   * @param offset where the batch begins in the file
   * @param chain what the batch before has as its {@link #checksum}
   */
  public void place(int sequence, long generation, int offset, int chain) {
    batch
        .putInt(base + MAGIC_AT, MAGIC)
        .putInt(base + SEQUENCE_AT, sequence)
        .putInt(base + GENERATION_AT, (int) generation)
        .putInt(base + OFFSET_AT, offset)
        .putInt(base + CHAIN_AT, chain);
  }

  /**
   * Completes a header whose payload is in its place.
   *
   * @param payloadBytes the length of the payload
   * @param firstRecord where in the batch the first record begins, or 0
   * @param flags {@link #OPENING} or {@link #CLOSING} or none
   * @param mark the address up to which the log was forced
   * @param nonce a random number or zero
   */
  public void seal(int payloadBytes, int firstRecord, int flags, long mark, long nonce) {
    batch
        .putInt(base + PAYLOAD_BYTES_AT, payloadBytes)
        .putInt(base + FIRST_RECORD_AT, firstRecord)
        .putInt(base + FLAGS_AT, flags)
        .putLong(base + MARK_AT, mark)
        .putLong(base + NONCE_AT, nonce)
        .putInt(base + PAYLOAD_CHECK_AT, crc(BYTES, BYTES + payloadBytes));
    batch.putInt(base, crc(Integer.BYTES, BYTES));
  }

  /**
   * Tells whether this is the header of a batch, undamaged and in its place; of the payload it says
   * nothing.
   *
   * @param sequence the number in the signature of the sequence
   * @param generation of the file
   * @param offset where this place is in the file
   * @return whether it is one
   */
  public boolean isAt(int sequence, long generation, int offset) {
    return batch.getInt(base + MAGIC_AT) == MAGIC
        && batch.getInt(base + SEQUENCE_AT) == sequence
        && batch.getInt(base + GENERATION_AT) == generation
        && batch.getInt(base + OFFSET_AT) == offset
        && batch.getInt(base) == crc(Integer.BYTES, BYTES)
        && hasSoundNumbers();
  }

  private boolean hasSoundNumbers() {
    int payload = payloadBytes();
    int first = firstRecord();
    return payload >= 0
        && payload <= MAX_BATCH - BYTES
        && (first == 0 || (first >= BYTES && first < BYTES + payload))
        && (flags() & ~ALL_FLAGS) == 0;
  }

  /**
   * Checks the payload.
   *
   * @return whether it is as it was written; false if the buffer does not hold all of it
   */
  public boolean isWhole() {
    int end = BYTES + payloadBytes();
    return base + end <= batch.capacity()
        && batch.getInt(base + PAYLOAD_CHECK_AT) == crc(BYTES, end);
  }

  /** {@return the checksum of the header, which the next batch repeats as its chain} */
  public int checksum() {
    return batch.getInt(base);
  }

  /** {@return the checksum of the batch before, or of the header of the file} */
  public int chain() {
    return batch.getInt(base + CHAIN_AT);
  }

  /** {@return the length of the payload} */
  public int payloadBytes() {
    return batch.getInt(base + PAYLOAD_BYTES_AT);
  }

  /**
   * {@return the length of the batch in the file, with header and padding}
   *
   * @param sectorBytes the size of a sector of the log
   */
  public int paddedBytes(int sectorBytes) {
    return (BYTES + payloadBytes() + sectorBytes - 1) / sectorBytes * sectorBytes;
  }

  /** {@return where in the batch the first record begins; 0 if none does} */
  public int firstRecord() {
    return batch.getInt(base + FIRST_RECORD_AT);
  }

  /** {@return the flags} */
  public int flags() {
    return batch.getInt(base + FLAGS_AT);
  }

  /** {@return the address up to which the log was forced when this was written} */
  public long mark() {
    return batch.getLong(base + MARK_AT);
  }

  private int crc(int from, int to) {
    crc.reset();
    crc.update(batch.limit(base + to).position(base + from));
    batch.clear();
    return (int) crc.getValue();
  }
}
