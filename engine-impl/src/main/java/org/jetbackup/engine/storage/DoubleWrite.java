package org.jetbackup.engine.storage;

import java.io.Closeable;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import org.jetbackup.api.error.JetException;
import org.jetbackup.api.position.PageNumber;
import org.jetbackup.engine.format.DoubleWriteHeader;
import org.jetbackup.engine.format.PageSize;
import org.jetbackup.engine.format.Signature;
import org.jetbackup.engine.storage.DataFile.Mode;
import org.jetbackup.engine.storage.RestoreResult.Outcome;

/**
 * Writes batches of pages into a database so that no crash leaves a page half old and half new.
 *
 * <p>A batch goes to a file beside the database first, with a checksum over all of it, and in place
 * only when it is durable there. {@link #restore} writes the batch of that file in place again
 * before anybody reads the database: always, without a look at the pages, because the checksums of
 * pages do not reliably tell a torn one.
 *
 * <pre>
 *                  add                          failed: the batch is still staged
 *                 +---+                        +-----------------------------------+
 *                 v   |                        v                                   |
 *   open --> COLLECTING --writeTo--> (1) write side file --> (2) force side file --+--> PLACING
 *                 ^                                                                       |
 *                 |                    +--failed: only writeTo goes on, from (3)----------+
 *                 |                    v                                                  |
 *                 +--- (4) force database &lt;-- (3) write in place &lt;-----------------------+
 * </pre>
 *
 * <p>What a crash leaves, where S is the batch before this one and N is this one. All of S is
 * durable in place before N begins, because (4) of S came before:
 *
 * <pre>
 *   before (1)   side file: S                   database: S      restore writes S again
 *   in (1), (2)  side file: S, torn, or N       database: S      S again, nothing, or N
 *   in (3), (4)  side file: N                   database: torn   N: every torn page is in N
 *   after (4)    side file: N                   database: N      N again
 * </pre>
 *
 * <ul>
 *   <li>Torn means that some sectors are of N and others older, zero or noise. The checksum covers
 *       every byte of block and pages, so that such a mixture is found, also where N is shorter than
 *       the batch that it overwrites: what lies behind the last page of N belongs to nobody.
 *   <li>To write S again is right as long as its pages were not written since: every write of a page
 *       goes through the side file, and a later batch would have replaced S there. Whoever writes
 *       pages otherwise, makes the database shorter, or puts another file in its place calls {@link
 *       #clear} first.
 *   <li>While (3) or (4) have failed, the side file holds the only sound copy of the pages. It is not
 *       written again before they have succeeded.
 *   <li>The name of the side file is durable before the first batch: open forces the directory even
 *       if the file is there, as the one who created it may have died before its own force.
 *   <li>A side file that belonged to another database is known by the signature.
 *   <li>restore does the same as (3) and (4), and changes the side file never: after a crash in it
 *       the next restore starts over.
 *   <li>A database that nobody keeps after a crash needs none of this: see {@link #keepNothing}.
 * </ul>
 *
 * <p>Nothing is allocated per batch, once there was one as long. Not thread-safe. Failures are those
 * of {@link DataFile}.
 */
public final class DoubleWrite implements Closeable {

  private static final int FIRST_PAGES = 8;

  private final DataFile side;
  private final PageSize size;
  private final int capacity;

  /** As long as the longest batch so far needs; most databases never write a long one. */
  private ByteBuffer staging;

  private DoubleWriteHeader header;
  private long sequence;
  private int count;
  private boolean placing;
  private boolean keepsNothing;

  private DoubleWrite(DataFile side, PageSize size, Signature database, int capacity) {
    this.side = side;
    this.size = size;
    this.capacity = capacity;
    this.staging = ByteBuffer.allocateDirect(
        DoubleWriteHeader.offsetOf(size, Math.min(capacity, FIRST_PAGES)));
    this.header = new DoubleWriteHeader(staging, size);
    side.read(staging.limit(DoubleWriteHeader.BYTES), 0);
    staging.clear();
    this.sequence = header.batchBytes() == 0 ? 0 : header.sequence();
    header.prepare(database);
  }

  /**
   * Opens or creates the side file of a database, with batches of up to 1 MiB of pages.
   *
   * @param sideFile the file; {@link #restore} was called for it
   * @param size the size of the pages
   * @param database the signature of the database
   * @return an empty batch
   */
  public static DoubleWrite open(Path sideFile, PageSize size, Signature database) {
    return open(sideFile, size, database, DoubleWriteHeader.capacity(size));
  }

  /**
   * Opens or creates the side file of a database.
   *
   * @param sideFile the file; {@link #restore} was called for it
   * @param size the size of the pages
   * @param database the signature of the database
   * @param capacity how many pages a batch has at most: 1 to as many as 1 MiB holds
   * @return an empty batch
   * @throws IllegalArgumentException if the capacity is out of range
   */
  public static DoubleWrite open(Path sideFile, PageSize size, Signature database, int capacity) {
    int most = DoubleWriteHeader.capacity(size);
    if (capacity < 1 || capacity > most) {
      throw new IllegalArgumentException("capacity = " + capacity + ", allowed: 1 to " + most);
    }
    DataFile side =
        DataFile.open(sideFile, Directories.exists(sideFile) ? Mode.WRITE : Mode.CREATE);
    try {
      Directories.force(Directories.parentOf(sideFile));
      return new DoubleWrite(side, size, database, capacity);
    } catch (RuntimeException | Error e) {
      side.close();
      throw e;
    }
  }

  /**
   * Writes the last batch of a side file into the database again, if it is whole. To be called
   * before anybody reads pages of the database, and as often as one likes.
   *
   * @param sideFile the file, which need not exist
   * @param database the database; pages behind its end make it longer
   * @param size the size of the pages
   * @param signature the signature of the database
   * @return what was found and done
   * @throws JetException if a file cannot be read or written
   */
  public static RestoreResult restore(
      Path sideFile, DataFile database, PageSize size, Signature signature) {
    if (!Directories.exists(sideFile)) {
      return RestoreResult.nothingDone(Outcome.MISSING);
    }
    try (DataFile side = DataFile.open(sideFile, Mode.READ)) {
      RestoreResult first = restore(side, database, size, signature);
      // A batch that is needed must not be lost to a passing fault of a read.
      return first.outcome() == Outcome.RESTORED ? first : restore(side, database, size, signature);
    }
  }

  private static RestoreResult restore(
      DataFile side, DataFile database, PageSize size, Signature signature) {
    ByteBuffer block = ByteBuffer.allocate(DoubleWriteHeader.BYTES);
    side.read(block, 0);
    DoubleWriteHeader first = new DoubleWriteHeader(block, size);
    int bytes = first.batchBytes();
    if (bytes == 0 || side.size() < bytes) {
      return RestoreResult.nothingDone(first.isBlank() ? Outcome.BLANK : Outcome.TORN);
    }
    ByteBuffer batch = ByteBuffer.allocate(bytes);
    side.read(batch, 0);
    DoubleWriteHeader header = new DoubleWriteHeader(batch, size);
    if (!header.isWhole()) {
      return RestoreResult.nothingDone(Outcome.TORN);
    }
    if (!header.belongsTo(signature)) {
      return RestoreResult.nothingDone(Outcome.FOREIGN);
    }
    place(header, header.count(), batch, size, database);
    database.force();
    return new RestoreResult(Outcome.RESTORED, header.count());
  }

  /** {@return how many pages a batch has at most} */
  public int capacity() {
    return capacity;
  }

  /**
   * Begins a new batch: what an earlier one left behind that failed is dropped, or written at last
   * if it is half written already.
   *
   * @param database the database of this side file
   */
  public void begin(DataFile database) {
    if (placing) {
      writeTo(database);
    }
    staging.clear(); // a write that failed left the limit of its own batch
    count = 0;
  }

  /** {@return how many pages are staged} */
  public int count() {
    return count;
  }

  /** {@return whether no further page can be added before the batch is written} */
  public boolean isFull() {
    return count == capacity;
  }

  /**
   * Stages a page.
   *
   * @param page its number, greater than that of the page before
   * @param content the page from index 0 on; copied
   * @throws IllegalArgumentException if the numbers do not rise
   * @throws IllegalStateException if the batch is full, or is half written
   */
  public void add(PageNumber page, ByteBuffer content) {
    if (placing || isFull()) {
      throw new IllegalStateException(placing ? "the batch is half written" : "the batch is full");
    }
    if (count > 0 && page.value() <= header.number(count - 1)) {
      throw new IllegalArgumentException(
          "page = " + page + ", allowed: greater than " + header.number(count - 1));
    }
    int at = DoubleWriteHeader.offsetOf(size, count);
    if (at + size.bytes() > staging.capacity()) {
      grow();
    }
    staging.put(at, content, 0, size.bytes());
    header.putNumber(count, page);
    count++;
  }

  private void grow() {
    int pages = Math.min(2 * count, capacity);
    ByteBuffer longer = ByteBuffer.allocateDirect(DoubleWriteHeader.offsetOf(size, pages));
    longer.put(0, staging, 0, staging.capacity());
    staging = longer;
    header = new DoubleWriteHeader(staging, size);
  }

  /**
   * Writes the batch and makes it durable; then it is empty. After a failure it can be called
   * again, with the database opened anew if a force failed. A failure of the side file's force
   * lasts until the side file is opened anew.
   *
   * @param database the database of this side file
   */
  public void writeTo(DataFile database) {
    if (count == 0) {
      return;
    }
    if (keepsNothing) {
      placing = true;
      place(header, count, staging, size, database);
    } else {
      writeTwice(database);
    }
    placing = false;
    count = 0;
  }

  private void writeTwice(DataFile database) {
    if (!placing) {
      header.seal(count, sequence + 1);
      sequence++;
      staging.clear().limit(DoubleWriteHeader.offsetOf(size, count));
      side.write(staging, 0);
      side.force();
      placing = true;
    }
    place(header, count, staging, size, database);
    database.force();
  }

  /** {@return whether a force of the side file has failed, so that it takes no more batches} */
  public boolean isUnforced() {
    return side.isUnforced();
  }

  /**
   * From now on batches are written in place only, and nothing is forced: for a database that is
   * given up after a crash, such as one that is just being restored. Whoever wants to keep it after
   * all forces it. The side file has to be empty; it stays so.
   */
  public void keepNothing() {
    keepsNothing = true;
  }

  /**
   * Makes the side file forget its last batch, durably: for whoever is about to change the database
   * without it.
   *
   * @throws IllegalStateException if pages are staged
   */
  public void clear() {
    if (count > 0) {
      throw new IllegalStateException(count + " pages are staged");
    }
    side.write(ByteBuffer.allocate(DoubleWriteHeader.BYTES), 0);
    side.force();
  }

  /** Closes the side file. What is staged is lost, unless it is half written: restore has it. */
  @Override
  public void close() {
    side.close();
  }

  /** Writes pages in place, neighbours in one write. */
  private static void place(
      DoubleWriteHeader header, int count, ByteBuffer batch, PageSize size, DataFile database) {
    int end;
    for (int first = 0; first < count; first = end) {
      end = first + 1;
      while (end < count && header.number(end) == header.number(end - 1) + 1) {
        end++;
      }
      batch
          .limit(DoubleWriteHeader.offsetOf(size, end))
          .position(DoubleWriteHeader.offsetOf(size, first));
      database.write(batch, size.offsetOf(new PageNumber(header.number(first))));
    }
    batch.clear();
  }
}
