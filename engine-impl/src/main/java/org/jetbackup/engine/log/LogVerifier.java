package org.jetbackup.engine.log;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import org.jetbackup.api.error.JetErr;
import org.jetbackup.api.error.JetException;
import org.jetbackup.api.error.Subject;
import org.jetbackup.engine.format.LogBatchHeader;
import org.jetbackup.engine.format.LogFileFacts;
import org.jetbackup.engine.format.LogFileHeader;
import org.jetbackup.engine.log.LogFile.Role;
import org.jetbackup.engine.storage.DataFile;
import org.jetbackup.engine.storage.DataFile.Mode;

/**
 * Checks a closed log file by itself, from the bytes that somebody reads: what is checked is what a
 * backup hands on, and not what another reading of the file has shown.
 *
 * <pre>
 *   HEADER --it is as it was read before--> BATCHES --one with the closing flag--> CLOSED
 *      |                                     |   ^                                   |
 *      |                                     +---+ sound, and continues the chain    | what follows
 *      +--another one--+---something else----+                                       | is nobody's
 *                      v                                                             v
 *                   an error; and an error at the end of the file unless the state is CLOSED
 * </pre>
 *
 * <p>It needs memory for the longest batch. All failures are {@link JetErr#LOG_READ_VERIFY_FAILURE}
 * with the place, and those of reading. Not thread-safe.
 */
public final class LogVerifier {

  private static final int CHUNK_BYTES = 256 << 10;

  private enum State {
    HEADER,
    BATCHES,
    CLOSED
  }

  /**
   * A file that was found to be as it was written.
   *
   * @param file with its header
   * @param chain the checksum of its closing batch, which the header of the next file repeats
   */
  public record Verified(LogFile file, int chain) {}

  private final LogFile log;
  private final LogFileFacts facts;
  private final ByteBuffer piece;
  private final LogBatchHeader batch;

  private State state = State.HEADER;

  /** Where in the file the piece begins, and how much of it has to be there to be looked at. */
  private int offset;

  private int wanted;
  private int chain;

  /**
   * Begins with a file of which only the header was read.
   *
   * @param log the file
   */
  private LogVerifier(LogFile log) {
    this.log = log;
    this.facts = log.header().facts();
    int longest = Math.max(log.header().bytes(), LogBatchHeader.MAX_BATCH);
    this.piece =
        ByteBuffer.allocate(Math.min(facts.fileBytes(), longest)).order(ByteOrder.LITTLE_ENDIAN);
    this.batch = new LogBatchHeader(piece);
    this.wanted = log.header().bytes();
    this.chain = log.header().checksum();
  }

  /**
   * Reads the header of a file, for somebody who is about to read all of it.
   *
   * @param path of a closed log file, under whatever name
   * @return a verifier that waits for the first bytes of the file
   * @throws JetException as described, and {@link JetErr#BAD_LOG_VERSION}
   */
  public static LogVerifier of(Path path) {
    try {
      return new LogVerifier(LogFiles.read(path, Role.CLOSED));
    } catch (JetException e) {
      if (e.error() == JetErr.LOG_FILE_CORRUPT) {
        throw JetException.of(
            JetErr.LOG_READ_VERIFY_FAILURE, e, e.subjects().toArray(new Subject[0]));
      }
      throw e;
    }
  }

  /**
   * Reads all of a file and checks it.
   *
   * @param path of a closed log file, under whatever name
   * @return its header, and what the next header must repeat
   * @throws JetException as {@link #of}
   */
  public static Verified verify(Path path) {
    LogVerifier verifier = of(path);
    try (DataFile file = DataFile.open(path, Mode.READ)) {
      int fileBytes = verifier.fileBytes();
      ByteBuffer chunk = ByteBuffer.allocate(Math.min(fileBytes, CHUNK_BYTES));
      for (int at = 0; at < fileBytes; at += chunk.limit()) {
        int count = Math.min(chunk.capacity(), fileBytes - at);
        if (file.read(chunk.clear().limit(count), at) < count) {
          throw verifier.endsEarly();
        }
        verifier.accept(chunk.flip());
      }
    }
    return verifier.finish();
  }

  /** {@return how long the file is} */
  public int fileBytes() {
    return facts.fileBytes();
  }

  /**
   * Checks as much as has come.
   *
   * @param bytes those behind the ones before, from position to limit; only read
   * @throws JetException if something in them is not as it was written
   */
  public void accept(ByteBuffer bytes) {
    while (state != State.CLOSED && bytes.hasRemaining()) {
      int count = Math.min(wanted - piece.position(), bytes.remaining());
      piece.put(bytes.slice(bytes.position(), count));
      bytes.position(bytes.position() + count);
      if (piece.position() == wanted) {
        look();
      }
    }
  }

  /**
   * Judges the file when all of it has come.
   *
   * @return what was found
   * @throws JetException if the file is not complete
   */
  public Verified finish() {
    if (state != State.CLOSED) {
      throw damaged("no end");
    }
    return new Verified(log, chain);
  }

  /**
   * Makes the failure for a file that has become shorter than its header says.
   *
   * @return with the place that is being verified
   */
  public JetException endsEarly() {
    return damaged("the end of the file");
  }

  /** At a whole header of the file, at the first sector of a batch, or at all of a batch. */
  private void look() {
    if (state == State.HEADER) {
      boolean same = LogFileHeader.read(piece)
          .filter(header -> header.checksum() == chain && header.facts().equals(facts))
          .isPresent();
      if (!same) {
        throw damaged("another header than a moment ago");
      }
      state = State.BATCHES;
      next();
      return;
    }
    if (!batch.isAt(facts.signature().random(), log.number(), offset) || batch.chain() != chain) {
      throw damaged("no batch that goes on from the one before");
    }
    int length = batch.paddedBytes(facts.sectorBytes());
    if (length > piece.capacity() || length > facts.fileBytes() - offset) {
      throw damaged("a batch that does not fit");
    }
    if (length > wanted) {
      wanted = length;
    } else if (batch.isWhole()) {
      chain = batch.checksum();
      boolean closing = (batch.flags() & LogBatchHeader.CLOSING) != 0;
      next();
      state = closing ? State.CLOSED : State.BATCHES;
    } else {
      throw damaged("a batch that is not as it was written");
    }
  }

  private void next() {
    offset += wanted;
    wanted = facts.sectorBytes();
    piece.clear();
  }

  private JetException damaged(String what) {
    return JetException.of(
        JetErr.LOG_READ_VERIFY_FAILURE,
        Subject.path(log.path()),
        Subject.generation(log.generation()),
        LogAddress.subject(LogAddress.of(log.number(), offset), facts.sectorBytes()),
        Subject.value("found", what));
  }
}
