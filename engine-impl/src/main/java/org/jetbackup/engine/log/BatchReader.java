package org.jetbackup.engine.log;

import java.io.Closeable;
import java.nio.ByteBuffer;
import org.jetbackup.api.error.JetErr;
import org.jetbackup.api.error.JetException;
import org.jetbackup.api.error.Subject;
import org.jetbackup.engine.format.LogBatchHeader;
import org.jetbackup.engine.format.LogFileFacts;
import org.jetbackup.engine.storage.DataFile;
import org.jetbackup.engine.storage.DataFile.Mode;

/**
 * Reads the batches of one file, from the first on.
 *
 * <pre>
 *   READING --a sound batch that continues the chain--> READING
 *      |  \---- the same, with the closing flag-------> CLOSED
 *      |
 *      +--something else, in the last file------------> TORN: nothing behind it was acknowledged
 *      +--something else, elsewhere-------------------> an error: damage
 *      +--something else, and a witness---------------> an error: damage
 * </pre>
 *
 * <p>A witness is the header of any batch behind that says that the log was forced beyond the
 * place. Headers that an earlier life of the log has left there are no danger: what they say was
 * forced lies before the place where that life ended, or else that place would have been found
 * damaged when the log was opened after it.
 *
 * <p>Not thread-safe.
 */
final class BatchReader implements Closeable {

  private enum State {
    READING,
    CLOSED,
    TORN
  }

  private final LogFile log;
  private final LogFileFacts facts;
  private final boolean mustClose;
  private final DataFile file;
  private final LogWindow window;
  private final LogBatchHeader header;

  private State state = State.READING;
  private int offset;
  private int next;
  private int index;
  private int chain;
  private boolean isHalfWritten;

  /** mustClose: whether the file is known to have been closed. */
  BatchReader(LogFile log, boolean mustClose) {
    this.log = log;
    this.facts = log.header().facts();
    this.mustClose = mustClose;
    this.file = DataFile.open(log.path(), Mode.READ);
    this.window = new LogWindow(file, facts.fileBytes());
    this.header = new LogBatchHeader(window.bytes());
    this.next = log.header().bytes();
    this.chain = log.header().checksum();
  }

  /** Goes to the next batch; false if there is none. */
  boolean next() {
    if (state != State.READING) {
      return false;
    }
    if (!load(next)) {
      requireTorn();
      state = State.TORN;
      return false;
    }
    offset = next;
    next = offset + header.paddedBytes(facts.sectorBytes());
    chain = header.checksum();
    if ((header.flags() & LogBatchHeader.CLOSING) != 0) {
      state = State.CLOSED;
    }
    return true;
  }

  private boolean load(int at) {
    if (!loadHeader(at) || header.chain() != chain) {
      return false;
    }
    int length = header.paddedBytes(facts.sectorBytes());
    if (length > LogBatchHeader.MAX_BATCH || length > facts.fileBytes() - at) {
      return false;
    }
    index = window.load(at, length);
    header.moveTo(index);
    isHalfWritten = !header.isWhole();
    return !isHalfWritten;
  }

  /** Whether a sound header is there, of whatever batch of this file. */
  private boolean loadHeader(int at) {
    if (facts.sectorBytes() > facts.fileBytes() - at) {
      return false;
    }
    header.moveTo(window.load(at, facts.sectorBytes()));
    return header.isAt(facts.signature().random(), log.number(), at);
  }

  private void requireTorn() {
    long place = LogAddress.of(log.number(), next);
    if (mustClose) {
      throw damaged(place, "no sound batch in a file that was closed");
    }
    for (int at = next; at < facts.fileBytes(); at += facts.sectorBytes()) {
      if (loadHeader(at) && header.mark() > place) {
        throw damaged(place, "no sound batch, and it was forced, as one behind it says");
      }
    }
  }

  JetException damaged(long address, String what) {
    return JetException.of(
        JetErr.LOG_FILE_CORRUPT,
        Subject.path(log.path()),
        Subject.generation(log.generation()),
        LogAddress.subject(address, facts.sectorBytes()),
        Subject.value("found", what));
  }

  boolean isClosed() {
    return state == State.CLOSED;
  }

  /**
   * Whether the reader came to a batch that continues the chain and is not whole. What an earlier
   * life of the log has left does not continue it.
   */
  boolean isHalfWritten() {
    return isHalfWritten;
  }

  boolean isOpening() {
    return (header.flags() & LogBatchHeader.OPENING) != 0;
  }

  /** The buffer that holds the payload, little endian. */
  ByteBuffer bytes() {
    return window.bytes();
  }

  /** Where in the buffer the payload begins and ends. */
  int payloadFrom() {
    return index + LogBatchHeader.BYTES;
  }

  int payloadTo() {
    return payloadFrom() + header.payloadBytes();
  }

  /** Where in the buffer the first record begins; 0 if none does. */
  int firstRecord() {
    return header.firstRecord() == 0 ? 0 : index + header.firstRecord();
  }

  /** The address of a place in the buffer. */
  long addressOf(int inBuffer) {
    return LogAddress.of(log.number(), offset + inBuffer - index);
  }

  /** Where in the file the next batch belongs. */
  int nextOffset() {
    return next;
  }

  /** What the next batch must repeat. */
  int chain() {
    return chain;
  }

  @Override
  public void close() {
    file.close();
  }
}
