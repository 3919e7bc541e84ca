package org.jetbackup.engine.log;

import java.io.Closeable;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jetbackup.api.error.JetErr;
import org.jetbackup.api.error.JetException;
import org.jetbackup.api.error.Subject;
import org.jetbackup.engine.log.LogFile.Role;

/**
 * Reads records forward, from any address to the end of the log, through as many files as there
 * are.
 *
 * <p>It needs memory for a part of a file and for the longest record. What it does not find as it
 * was written is an error, {@link JetErr#LOG_FILE_CORRUPT} with the place; only behind everything
 * that is known to have been forced it is the end, see {@link LogEnd}.
 *
 * <pre>{@code
 * try (LogReader reader = LogReader.open(files, from)) {
 *   while (reader.next()) {
 *     redo(reader.kind(), reader.payload());
 *   }
 *   goOnBehind(reader.end());
 * }
 * }</pre>
 *
 * <p>Not thread-safe.
 */
public final class LogReader implements Closeable {

  private final LogFiles files;
  private final long from;
  private final RecordAssembler parts = new RecordAssembler();

  private LogFile file;
  private BatchReader batches;

  /** The part of the batch that is not yet read; where in it the header says a record begins. */
  private int at;

  private int limit;
  private int firstRecord;
  private boolean isStartSeen = true;

  /** Whether a place was found where a record begins. */
  private boolean isInStep;

  private long partsAddress;
  private boolean isAtEnd;

  /** The record, and the view of the window that it is if it lies in one batch. */
  private ByteBuffer view;

  private ByteBuffer inBatch;
  private RecordKind kind = RecordKind.NOTE;
  private boolean endsBlock;
  private long address;
  private long behind;

  private long covered;
  private long end;
  private long blockEnd;
  private long openBlock;

  private LogReader(LogFiles files, LogFile file, long from) {
    this.files = files;
    this.from = from;
    this.file = file;
    this.batches = new BatchReader(file, mustClose(files, file));
    this.inBatch = view(batches.bytes());
    this.view = inBatch;
    this.covered = file.begin();
    this.end = from;
    this.blockEnd = from;
  }

  /**
   * Begins to read.
   *
   * @param files of the log
   * @param from the first record is the one at this address, or the next behind it; 0 for the first
   *     that begins in the oldest file
   * @return a reader before its first record
   * @throws JetException {@link JetErr#MISSING_LOG_FILE} if the generation of the address is not
   *     there
   */
  public static LogReader open(LogFiles files, long from) {
    if (from == 0) {
      return new LogReader(files, files.first(), files.first().begin());
    }
    LogFile file = files
        .find(LogAddress.generation(from))
        .orElseThrow(() -> JetException.of(
            JetErr.MISSING_LOG_FILE,
            LogAddress.subject(from, files.first().header().facts().sectorBytes()),
            Subject.path(files.directory())));
    return new LogReader(files, file, from);
  }

  /**
   * Reads all records from an address on, for their end alone.
   *
   * @param files of the log
   * @param from as for {@link #open}
   * @return where the log ends
   */
  public static LogEnd findEnd(LogFiles files, long from) {
    try (LogReader reader = open(files, from)) {
      while (reader.next()) {
        // The end is what is wanted.
      }
      return reader.end();
    }
  }

  private static ByteBuffer view(ByteBuffer bytes) {
    return bytes.asReadOnlyBuffer().order(ByteOrder.LITTLE_ENDIAN);
  }

  private static boolean mustClose(LogFiles files, LogFile file) {
    return file.role() == Role.CLOSED || !file.equals(files.last());
  }

  /**
   * Goes to the next record.
   *
   * @return whether there is one
   * @throws JetException {@link JetErr#LOG_FILE_CORRUPT} and others
   */
  public boolean next() {
    while (true) {
      if (at < limit) {
        if (readRecord() && address >= from) {
          note();
          return true;
        }
      } else if (!nextBatch()) {
        return false;
      }
    }
  }

  private void note() {
    end = behind;
    if (endsBlock) {
      blockEnd = behind;
      openBlock = 0;
    } else if (openBlock == 0) {
      openBlock = address;
    }
  }

  /** Reads on in the batch; whether a record is whole. */
  private boolean readRecord() {
    ByteBuffer bytes = batches.bytes();
    if (parts.isEmpty()) {
      requireStart();
      int available = limit - at;
      if (available >= RecordHead.BYTES) {
        requireSound(bytes, at, batches.addressOf(at));
        int length = RecordHead.BYTES + RecordHead.length(bytes, at);
        if (length <= available) {
          address = batches.addressOf(at);
          view = inBatch;
          take(bytes, view, at);
          at += length;
          behind = batches.addressOf(at);
          return true;
        }
      }
      partsAddress = batches.addressOf(at);
    }
    return assemble(bytes);
  }

  private boolean assemble(ByteBuffer bytes) {
    while (at < limit) {
      boolean hadHead = parts.hasHead();
      int count = Math.min(parts.missing(), limit - at);
      parts.add(bytes, at, count);
      at += count;
      if (!hadHead && parts.hasHead()) {
        requireSound(parts.bytes(), 0, partsAddress);
      }
      if (parts.hasHead() && parts.missing() == 0) {
        address = partsAddress;
        behind = batches.addressOf(at);
        view = view(parts.bytes());
        take(parts.bytes(), view, 0);
        parts.clear();
        return true;
      }
    }
    return false;
  }

  private void take(ByteBuffer bytes, ByteBuffer target, int index) {
    kind = RecordHead.kind(bytes, index);
    endsBlock = RecordHead.endsBlock(bytes, index);
    int payload = index + RecordHead.BYTES;
    target.limit(payload + RecordHead.length(bytes, index)).position(payload);
  }

  private void requireSound(ByteBuffer bytes, int index, long place) {
    if (!RecordHead.isSound(bytes, index)) {
      throw batches.damaged(place, "no record in a sound batch");
    }
  }

  /** The first record of a batch begins where its header says. */
  private void requireStart() {
    if (!isStartSeen && at != firstRecord) {
      throw batches.damaged(batches.addressOf(at), "a record where its batch has none");
    }
    isStartSeen = true;
  }

  private boolean nextBatch() {
    if (isAtEnd) {
      return false;
    }
    if (!isStartSeen && firstRecord != 0) {
      throw batches.damaged(covered, "no record where the batch has one");
    }
    isStartSeen = true;
    while (!batches.next()) {
      if (!batches.isClosed() || file.equals(files.last())) {
        finish();
        return false;
      }
      nextFile();
    }
    begin();
    return true;
  }

  private void begin() {
    covered = batches.addressOf(batches.payloadTo());
    if (batches.isOpening()) {
      parts.clear(); // the rest of that record was never written
      end = Math.max(end, covered);
    }
    at = batches.payloadFrom();
    limit = batches.payloadTo();
    firstRecord = batches.firstRecord();
    isStartSeen = false;
    if (!isInStep) {
      isInStep = covered > from && firstRecord != 0;
      at = isInStep ? firstRecord : limit;
      isStartSeen = !isInStep;
    }
  }

  private void nextFile() {
    LogFile following = files.find(file.number() + 1).orElseThrow();
    if (following.header().facts().previousChain() != batches.chain()) {
      throw JetException.of(
          JetErr.LOG_SEQUENCE_CHECKSUM_MISMATCH,
          Subject.path(following.path()),
          Subject.generation(following.generation()),
          Subject.path(file.path()));
    }
    batches.close();
    file = following;
    batches = new BatchReader(file, mustClose(files, file));
    inBatch = view(batches.bytes());
    covered = file.begin();
    if (parts.isEmpty()) {
      end = Math.max(end, covered);
    }
  }

  private void finish() {
    isAtEnd = true;
    if (from > covered) {
      throw batches.damaged(from, "the log ends before the place where it was to be read from");
    }
  }

  /** {@return what the record is about} */
  public RecordKind kind() {
    return kind;
  }

  /** {@return whether a block ends with the record} */
  public boolean endsBlock() {
    return endsBlock;
  }

  /** {@return the record from position to limit, little endian; until the next call of next} */
  public ByteBuffer payload() {
    return view;
  }

  /** {@return the address of its first byte} */
  public long address() {
    return address;
  }

  /** {@return the address behind it} */
  public long behind() {
    return behind;
  }

  /**
   * Tells where the log ends.
   *
   * @return the end
   * @throws IllegalStateException before {@link #next} has returned false
   */
  public LogEnd end() {
    if (!isAtEnd) {
      throw new IllegalStateException("the end is not reached");
    }
    return new LogEnd(
        file.number(),
        end,
        blockEnd,
        openBlock,
        batches.nextOffset(),
        batches.chain(),
        batches.isClosed());
  }

  /**
   * Tells whether the log ends in a batch or a record of which only a part is there. Where a crash
   * has left nothing of a batch but its end, that cannot be told from what was there before.
   *
   * @return whether it does, once {@link #next} has returned false
   */
  public boolean isEndTorn() {
    return isAtEnd && (batches.isHalfWritten() || !parts.isEmpty());
  }

  /** Closes the file that is being read. */
  @Override
  public void close() {
    batches.close();
  }
}
