package org.jetbackup.engine.format;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;
import org.jetbackup.api.position.PageNumber;

/**
 * The layout of a double-write file: one block of {@value #BYTES} bytes and the pages behind it.
 *
 * <pre>
 *   byte   bytes
 *      0       4   CRC32C of the block, this field taken as zero, and of all pages
 *      4       4   magic
 *      8       4   version of this layout
 *     12       4   size of a page in bytes
 *     16       4   number of pages
 *     20       4   zero
 *     24       8   sequence number: one more for each batch
 *     32      28   signature of the database
 *     60       4   zero
 *     64   4 * n   numbers of the pages, rising
 *          ...     zero up to the end of the block
 *   4096  n * size pages
 * </pre>
 *
 * <p>All numbers are little endian. The layout is this engine's own, as the original has no such
 * file. An instance looks at one buffer, whose index 0 is the first byte of the block, and is as
 * thread-unsafe as that; it allocates nothing after it was made. Whatever the bytes are, its
 * answers are in the ranges that are given.
 */
public final class DoubleWriteHeader {

  /** The length of the block; the first page follows. */
  public static final int BYTES = 4096;

  /** The most bytes of pages in a batch. */
  public static final int MAX_PAGE_BYTES = 1 << 20;

  private static final int MAGIC = 0x5752_4C44; // reads "DLRW" on disk
  private static final int VERSION = 1;

  private static final int CHECKSUM_AT = 0;
  private static final int MAGIC_AT = 4;
  private static final int VERSION_AT = 8;
  private static final int PAGE_SIZE_AT = 12;
  private static final int COUNT_AT = 16;
  private static final int SEQUENCE_AT = 24;
  private static final int SIGNATURE_AT = 32;
  private static final int NUMBERS_AT = 64;

  private final ByteBuffer batch;
  private final PageSize size;
  private final CRC32C crc = new CRC32C();

  /**
   * Looks at a batch, or at its block alone.
   *
   * @param batch the block from index 0 on, and as many pages behind it as there is room for; its
   *     position, limit and order do not matter and do not change
   * @param size the size of the pages
   * @throws IllegalArgumentException if there is no room for a block
   */
  public DoubleWriteHeader(ByteBuffer batch, PageSize size) {
    if (batch.capacity() < BYTES) {
      throw new IllegalArgumentException(
          "buffer of " + batch.capacity() + " bytes, needed: at least " + BYTES);
    }
    this.batch = batch.duplicate().clear().order(ByteOrder.LITTLE_ENDIAN);
    this.size = size;
  }

  /**
   * The most pages that a batch can have.
   *
   * @param size the size of the pages
   * @return how many of them {@link #MAX_PAGE_BYTES} hold
   */
  public static int capacity(PageSize size) {
    return MAX_PAGE_BYTES / size.bytes();
  }

  /**
   * Finds a page of a batch.
   *
   * @param size the size of the pages
   * @param index from 0 on; the number of pages for the end of the batch
   * @return where it begins, in bytes from the start of the file
   */
  public static int offsetOf(PageSize size, int index) {
    return BYTES + index * size.bytes();
  }

  /**
   * Writes what is the same in all batches of a database.
   *
   * @param database the signature of the database
   */
  public void prepare(Signature database) {
    for (int at = 0; at < BYTES; at += Integer.BYTES) {
      batch.putInt(at, 0);
    }
    batch.putInt(MAGIC_AT, MAGIC).putInt(VERSION_AT, VERSION).putInt(PAGE_SIZE_AT, size.bytes());
    FieldCodec.SIGNATURE.write(batch, SIGNATURE_AT, database);
  }

  /**
   * Notes the number of a page.
   *
   * @param index from 0 on
   * @param page the number
   */
  public void putNumber(int index, PageNumber page) {
    batch.putInt(numberAt(index), (int) page.value());
  }

  /**
   * Completes the block of a batch whose pages and numbers are in their places.
   *
   * @param count how many pages, 1 to {@link #capacity}
   * @param sequence the number of the batch
   */
  public void seal(int count, long sequence) {
    batch.putInt(COUNT_AT, count).putLong(SEQUENCE_AT, sequence);
    for (int at = numberAt(count); at < BYTES; at += Integer.BYTES) {
      batch.putInt(at, 0); // what a longer batch has left
    }
    batch.putInt(CHECKSUM_AT, checksum(offsetOf(size, count)));
  }

  /**
   * Reads the number of a page.
   *
   * @param index from 0 to {@link #count} - 1
   * @return the number, 0 to 2^32 - 1
   */
  public long number(int index) {
    return Integer.toUnsignedLong(batch.getInt(numberAt(index)));
  }

  /** {@return how many pages the block says that the batch has; any number} */
  public int count() {
    return batch.getInt(COUNT_AT);
  }

  /** {@return the number of the batch} */
  public long sequence() {
    return batch.getLong(SEQUENCE_AT);
  }

  /** {@return whether the block is nothing but zeros} */
  public boolean isBlank() {
    for (int at = 0; at < BYTES; at += Long.BYTES) {
      if (batch.getLong(at) != 0) {
        return false;
      }
    }
    return true;
  }

  /**
   * Reads how long a batch is, from its block alone.
   *
   * @return the length of block and pages, at most {@link #BYTES} + {@link #MAX_PAGE_BYTES}; 0 if
   *     this cannot be the block of a batch with pages of this size
   */
  public int batchBytes() {
    boolean possible = batch.getInt(MAGIC_AT) == MAGIC
        && batch.getInt(VERSION_AT) == VERSION
        && batch.getInt(PAGE_SIZE_AT) == size.bytes()
        && count() >= 1
        && count() <= capacity(size);
    return possible ? offsetOf(size, count()) : 0;
  }

  /**
   * Checks all of a batch: the checksum, and that the numbers of the pages are numbers and rise.
   *
   * @return whether the buffer holds it as it was written
   */
  public boolean isWhole() {
    int bytes = batchBytes();
    if (bytes == 0 || bytes > batch.capacity() || batch.getInt(CHECKSUM_AT) != checksum(bytes)) {
      return false;
    }
    long before = 0;
    for (int i = 0; i < count(); i++) {
      if (number(i) <= before) {
        return false;
      }
      before = number(i);
    }
    return true;
  }

  /**
   * Tells whose batch it is.
   *
   * @param database the signature of a database
   * @return whether the block has that signature
   */
  public boolean belongsTo(Signature database) {
    int bytes = FieldCodec.SIGNATURE.bytes();
    ByteBuffer expected = ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    FieldCodec.SIGNATURE.write(expected, 0, database);
    return batch.slice(SIGNATURE_AT, bytes).equals(expected);
  }

  private static int numberAt(int index) {
    return NUMBERS_AT + index * Integer.BYTES;
  }

  private int checksum(int bytes) {
    crc.reset();
    for (int i = 0; i < Integer.BYTES; i++) {
      crc.update(0);
    }
    crc.update(batch.limit(bytes).position(Integer.BYTES));
    batch.clear();
    return (int) crc.getValue();
  }
}
