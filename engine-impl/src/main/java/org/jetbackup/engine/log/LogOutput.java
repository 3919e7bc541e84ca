package org.jetbackup.engine.log;

import java.io.Closeable;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import org.jetbackup.api.Environment;
import org.jetbackup.api.error.JetErr;
import org.jetbackup.api.error.JetException;
import org.jetbackup.api.error.Subject;
import org.jetbackup.api.position.LogGeneration;
import org.jetbackup.engine.format.FileNames;
import org.jetbackup.engine.format.LogBatchHeader;
import org.jetbackup.engine.format.LogFileFacts;
import org.jetbackup.engine.format.LogFileHeader;
import org.jetbackup.engine.format.LogTime;
import org.jetbackup.engine.format.Signature;
import org.jetbackup.engine.log.LogFile.Role;
import org.jetbackup.engine.storage.DataFile;
import org.jetbackup.engine.storage.DataFile.Mode;
import org.jetbackup.engine.storage.Directories;
import org.jspecify.annotations.Nullable;

/**
 * The current file of the log and how it is followed by the next.
 *
 * <p>A roll, each step durable before the next:
 *
 * <pre>
 *   1  the closing batch is written      the generation is closed
 *   2  the header of the next one is     under the prepared name, where it is nothing but space
 *      written
 *   3  current -> numbered name          until step 4 no file is current
 *   4  prepared -> current name          only now anything is acknowledged in it
 * </pre>
 *
 * <p>Used by one thread at a time, which the {@link LogWriter} sees to.
 */
final class LogOutput implements Closeable {

  private final Parts parts;
  private final LogOptions options;
  private final Generations generations;
  private final Batch mark;

  private LogFile current;
  private @Nullable DataFile file;
  private int chain;
  private int nextOffset;

  /** From the closing of a file until the next one can be written; stays if that fails. */
  private boolean isBetweenFiles;

  private LogOutput(Parts parts, LogFile current, Generations generations) {
    this.parts = parts;
    this.options = parts.options;
    this.generations = generations;
    this.mark = new Batch(options.sectorBytes(), options.sectorBytes());
    this.current = current;
    this.chain = current.header().checksum();
    this.nextOffset = current.header().bytes();
  }

  /** What an output is made of. */
  record Parts(
      LogOptions options, Environment environment, Supplier<byte[]> state, NextFile next) {}

  /** Makes the first file of a new sequence. */
  static LogOutput create(Parts parts) {
    parts.next.clear();
    LogTime now = LogTime.of(parts.environment.clock().instant());
    Signature signature = Signature.of(parts.environment.random().nextInt(), now);
    return begin(parts, facts(parts, LogGeneration.FIRST, now, LogTime.UNSET, 0, signature));
  }

  private static LogOutput begin(Parts parts, LogFileFacts facts) {
    LogFile first = prepare(parts, facts);
    LogOutput output = new LogOutput(parts, first, new Generations(List.of(first)));
    output.generations.close(output.publish());
    return output;
  }

  /** Makes the file that follows a closed one, which lies elsewhere or is no longer there. */
  static LogOutput createAfter(Parts parts, LogFile last, int chain) {
    Path current = FileNames.currentLog(parts.options.directory(), parts.options.baseName());
    if (Directories.exists(current)) { // a rename would replace it
      throw JetException.of(JetErr.FILE_ALREADY_EXISTS, Subject.path(current));
    }
    if (last.number() == LogGeneration.MAX) {
      throw JetException.of(JetErr.LOG_SEQUENCE_END, Subject.generation(last.generation()));
    }
    parts.next.clear();
    LogFileFacts before = last.header().facts();
    LogTime now = LogTime.of(parts.environment.clock().instant());
    return begin(
        parts,
        facts(parts, last.generation().next(), now, before.created(), chain, before.signature()));
  }

  /** Goes on where a reader found the end. */
  static LogOutput open(Parts parts, LogFiles files, LogEnd end) {
    Directories.force(files.directory()); // the names that were found may not be durable yet
    LogFile last = files.last();
    if (last.role() == Role.UNNAMED) {
      Path named = FileNames.currentLog(files.directory(), files.baseName());
      Directories.moveAtomically(last.path(), named);
      last = new LogFile(named, Role.CURRENT, last.header());
    }
    Generations generations = new Generations(files.all());
    generations.close(last);
    LogOutput output = new LogOutput(parts, last, generations);
    output.chain = end.chain();
    output.nextOffset = end.nextOffset();
    DataFile file = DataFile.open(last.path(), Mode.WRITE);
    output.file = file;
    try {
      file.force(); // what was read may be known to the system alone
      if (end.closed()) {
        output.startNext();
      } else if (output.nextOffset + 2 * parts.options.sectorBytes() > output.limit()) {
        output.roll(last.begin());
      }
      return output;
    } catch (RuntimeException | Error e) {
      output.close();
      throw e;
    }
  }

  Signature signature() {
    return current.header().facts().signature();
  }

  long generation() {
    return current.number();
  }

  /** The file that is written. */
  Path path() {
    return current.path();
  }

  /** Whether a generation is closed and none has followed it. */
  boolean isBetweenFiles() {
    return isBetweenFiles;
  }

  /** Where the next batch begins. */
  int nextOffset() {
    return nextOffset;
  }

  /** Which no batch but the closing one may pass. */
  int limit() {
    return options.fileBytes() - options.sectorBytes();
  }

  Generations generations() {
    return generations;
  }

  /** The address of the first byte behind the header. */
  long begin() {
    return current.begin();
  }

  /** Writes a batch; durable after the next force. */
  void write(Batch batch, long forced) {
    write(batch, 0, forced, 0);
  }

  void force() {
    file().force();
  }

  /**
   * Writes the batch that begins another life of the log, and forces it before anything else is
   * written: what an earlier life left behind it can then never be taken for its continuation.
   */
  void writeOpening() {
    mark.begin(generation(), nextOffset, limit());
    write(mark, LogBatchHeader.OPENING, begin(), parts.environment.random().nextLong());
    force();
  }

  /** The address behind the batch that was just written by {@link #writeOpening}. */
  long openingEnd() {
    return mark.address();
  }

  /** Closes the generation and begins the next. */
  void roll(long forced) {
    mark.begin(generation(), nextOffset, options.fileBytes());
    write(mark, LogBatchHeader.CLOSING, forced, 0);
    force();
    startNext();
  }

  private void write(Batch batch, int flags, long forced, long nonce) {
    int sequence = current.header().facts().signature().random();
    ByteBuffer sealed = batch.seal(sequence, chain, flags, forced, nonce);
    file().write(sealed, batch.offset());
    chain = batch.checksum();
    nextOffset = batch.endOffset();
  }

  private void startNext() {
    LogFile closed = current;
    isBetweenFiles = true;
    close(); // a file is never renamed while it is open
    if (closed.number() == LogGeneration.MAX) {
      throw JetException.of(JetErr.LOG_SEQUENCE_END, Subject.generation(closed.generation()));
    }
    LogFileFacts before = closed.header().facts();
    LogTime now = LogTime.of(parts.environment.clock().instant());
    LogFile following = prepare(
        parts,
        facts(parts, closed.generation().next(), now, before.created(), chain, before.signature()));
    Path numbered =
        FileNames.closedLog(options.directory(), options.baseName(), closed.generation());
    if (Directories.exists(numbered)) { // a rename would replace it
      throw JetException.of(JetErr.LOG_GENERATION_MISMATCH, Subject.path(numbered));
    }
    Directories.moveAtomically(closed.path(), numbered);
    generations.close(new LogFile(numbered, Role.CLOSED, closed.header()));
    current = following;
    chain = following.header().checksum();
    nextOffset = following.header().bytes();
    generations.add(publish());
    isBetweenFiles = false;
  }

  private static LogFileFacts facts(
      Parts parts,
      LogGeneration generation,
      LogTime now,
      LogTime previous,
      int chain,
      Signature signature) {
    LogOptions options = parts.options;
    return new LogFileFacts(
        generation,
        options.sectorBytes(),
        options.fileBytes(),
        options.pageSize(),
        options.circular(),
        now,
        previous,
        chain,
        signature);
  }

  /** Writes a header into the prepared file. */
  private static LogFile prepare(Parts parts, LogFileFacts facts) {
    LogFileHeader header = LogFileHeader.of(facts, parts.state.get());
    Path prepared = parts.next.take();
    try (DataFile space = DataFile.open(prepared, Mode.WRITE)) {
      space.write(header.content(), 0);
      space.force();
    }
    return new LogFile(prepared, Role.UNNAMED, header);
  }

  /** Gives the file that was prepared the name of the current one, and opens it. */
  private LogFile publish() {
    Path named = FileNames.currentLog(options.directory(), options.baseName());
    Directories.moveAtomically(current.path(), named);
    parts.next.published();
    current = new LogFile(named, Role.CURRENT, current.header());
    file = DataFile.open(named, Mode.WRITE);
    return current;
  }

  private DataFile file() {
    DataFile open = file;
    if (open == null) {
      throw new IllegalStateException("closed: " + current.path());
    }
    return open;
  }

  @Override
  public void close() {
    DataFile open = file;
    if (open != null) {
      file = null;
      open.close();
    }
  }
}
