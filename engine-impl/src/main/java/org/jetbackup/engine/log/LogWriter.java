package org.jetbackup.engine.log;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jetbackup.api.Environment;
import org.jetbackup.api.error.JetErr;
import org.jetbackup.api.error.JetException;
import org.jetbackup.api.error.Subject;
import org.jetbackup.engine.event.Counters;
import org.jetbackup.engine.event.EventLog;
import org.jetbackup.engine.event.LogFlushEvent;
import org.jetbackup.engine.format.Signature;
import org.jetbackup.engine.log.Generations.Removal;
import org.jspecify.annotations.Nullable;

/**
 * The log on disk, with two buffers and group commit.
 *
 * <pre>
 *   append ---> filling (a batch with its place in the file)
 *                  |  taken by a leader: the first who wants to force and finds nobody writing;
 *                  |  or written out by the appender itself when it is full
 *                  v
 *               written and forced, while appends go on into the other buffer; all who waited for
 *               what was in it are released together, and one of the rest leads the next batch
 * </pre>
 *
 * <p>States: ALIVE -> FAILED by a write, force or roll that fails (never left again, nothing is
 * written any more) -> CLOSED.
 *
 * <p>Locks, in this order: {@code appending} is held by who appends a record or rolls, so that the
 * bytes of one record are not mixed with those of another; {@code lock} guards the buffers and the
 * state and is never held during I/O. Who has set {@code isBusy} under the lock owns the file until
 * it clears it. Tasks for the executor are handed over with neither the lock nor the file held.
 *
 * <p>The supplier of the state is asked at each roll, by a thread that appends, forces nothing and
 * owns the file: it must not call the log.
 */
public final class LogWriter implements Log {

  private volatile Counters counters = new Counters();
  private volatile @Nullable EventLog events;
  private final LogOptions options;
  private final NextFile next;
  private final LogOutput output;
  private final Generations generations;

  private final ReentrantLock appending = new ReentrantLock();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final ByteBuffer head =
      ByteBuffer.allocate(RecordHead.BYTES).order(ByteOrder.LITTLE_ENDIAN);

  /** Guarded by the lock. */
  private Batch filling;

  private Batch spare;
  private boolean isBusy;
  private volatile boolean isClosed;

  /** The address behind what was handed to the file. */
  private long written;

  /** Written under the lock, read without. */
  private volatile long end;

  private volatile long forced;
  private volatile long generation;
  private volatile long retained = Long.MAX_VALUE;
  private volatile @Nullable JetException failure;

  private LogWriter(LogOptions options, NextFile next, LogOutput output) {
    this.options = options;
    this.next = next;
    this.output = output;
    this.generations = output.generations();
    this.filling = new Batch(options.bufferBytes(), options.sectorBytes());
    this.spare = new Batch(options.bufferBytes(), options.sectorBytes());
  }

  /**
   * Begins a new sequence with generation 1 and a signature of its own.
   *
   * @param options where and how; the directory exists and holds no log of that name
   * @param environment the time, the signature, and what runs preparations
   * @param state gives what the owner wants in the header of each file; asked now and at each roll,
   *     must not call the log; at most {@link LogOptions#maxStateBytes} long
   * @return the log, durable and empty
   * @throws JetException {@link JetErr#FILE_ALREADY_EXISTS} if there is a log, and others
   */
  public static LogWriter create(
      LogOptions options, Environment environment, Supplier<byte[]> state) {
    LogFiles files = LogFiles.scan(options.directory(), options.baseName());
    if (!files.isEmpty()) {
      throw JetException.of(
          JetErr.FILE_ALREADY_EXISTS, Subject.path(files.last().path()));
    }
    NextFile next = new NextFile(options, environment.executor());
    return begin(
        options, next, LogOutput.create(new LogOutput.Parts(options, environment, state, next)));
  }

  /**
   * Goes on with a sequence whose files lie elsewhere: begins the generation that follows a closed
   * one.
   *
   * @param options where and how; sizes as those of the file, and no file of that name is current
   * @param last the closed file
   * @param checksumOfLast the checksum of the batch that closed it, see {@link LogEnd#chain}
   * @param environment as for {@link #create}
   * @param state as for {@link #create}
   * @return the log, durable and empty
   * @throws JetException {@link JetErr#FILE_ALREADY_EXISTS} if a file is current; {@link
   *     JetErr#LOG_SEQUENCE_END}, and others
   */
  public static LogWriter createAfter(
      LogOptions options,
      LogFile last,
      int checksumOfLast,
      Environment environment,
      Supplier<byte[]> state) {
    NextFile next = new NextFile(options, environment.executor());
    LogOutput.Parts parts = new LogOutput.Parts(options, environment, state, next);
    return begin(options, next, LogOutput.createAfter(parts, last, checksumOfLast));
  }

  /**
   * Goes on with a sequence. What a crash has left of a roll is brought to its end. Half a record
   * at the end of the log is void from now on.
   *
   * @param files of the log, as they are now
   * @param options which must match the files
   * @param end where a {@link LogReader} found the end of them
   * @param environment as for {@link #create}
   * @param state as for {@link #create}
   * @return the log
   * @throws JetException {@link JetErr#MISSING_LOG_FILE} if the current file is missing; {@link
   *     JetErr#LOG_FILE_SIZE_MISMATCH}, {@link JetErr#LOG_SECTOR_SIZE_MISMATCH}, {@link
   *     JetErr#LOG_GENERATION_MISMATCH} if a file has the name that another will need, and others
   */
  public static LogWriter open(
      LogFiles files,
      LogOptions options,
      LogEnd end,
      Environment environment,
      Supplier<byte[]> state) {
    files.requireMatching(options);
    files.requireContinuable();
    if (end.generation() != files.last().number()) {
      throw new IllegalArgumentException("the end of another log: generation " + end.generation());
    }
    NextFile next = new NextFile(options, environment.executor());
    return begin(
        options,
        next,
        LogOutput.open(new LogOutput.Parts(options, environment, state, next), files, end));
  }

  private static LogWriter begin(LogOptions options, NextFile next, LogOutput output) {
    LogWriter writer = new LogWriter(options, next, output);
    try {
      output.writeOpening();
    } catch (RuntimeException | Error e) {
      output.close();
      throw e;
    }
    writer.settle(output.openingEnd());
    writer.end = output.openingEnd();
    next.reserveSoon();
    writer.prepareIfDue();
    return writer;
  }

  /** Everything up to the address is in the file and durable; the next batch follows. */
  private void settle(long address) {
    lock.lock();
    try {
      filling.begin(output.generation(), output.nextOffset(), output.limit());
      generation = output.generation();
      written = address;
      forced = address;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public long append(RecordKind kind, boolean endsBlock, ByteBuffer payload) {
    int length = payload.remaining();
    if (length > RecordHead.MAX_PAYLOAD) {
      throw new IllegalArgumentException(
          "log record of " + length + " bytes, allowed: up to " + RecordHead.MAX_PAYLOAD);
    }
    appending.lock();
    try {
      lock.lock();
      try {
        requireAlive();
        RecordHead.write(head, length, kind, endsBlock);
        makeRoom();
        filling.startRecord();
        put(head, 0, RecordHead.BYTES);
        put(payload, payload.position(), length);
        end = filling.address();
        return end;
      } finally {
        lock.unlock();
      }
    } finally {
      appending.unlock();
      if (!appending.isHeldByCurrentThread()) {
        prepareIfDue();
      }
    }
  }

  /** Under both locks, the second of which is given back while there is no room. */
  private void put(ByteBuffer source, int from, int count) {
    int at = from;
    while (at < from + count) {
      makeRoom();
      int part = Math.min(filling.room(), from + count - at);
      filling.put(source, at, part);
      at += part;
    }
  }

  /** Writes the buffer out if it is full, and rolls if the file is. */
  private void makeRoom() {
    while (filling.room() == 0) {
      awaitFile();
      if (filling.room() > 0) {
        return; // a leader has taken the full one
      }
      own(this::writeOut);
    }
  }

  private void writeOut() {
    if (!filling.isEmpty()) {
      output.write(filling, forced);
      written = filling.address();
    }
    filling.begin(output.generation(), output.nextOffset(), output.limit());
    if (filling.room() == 0) {
      rollOver();
    }
  }

  /** Owning the file, under the lock of appending: nobody looks at the buffer that is filled. */
  private void rollOver() {
    output.roll(forced);
    counters.logRolled();
    settle(output.begin());
  }

  @Override
  public void roll() {
    appending.lock();
    try {
      lock.lock();
      try {
        requireAlive();
        awaitFile();
        own(() -> {
          if (!filling.isEmpty()) {
            output.write(filling, forced);
          }
          rollOver();
          end = output.begin();
        });
      } finally {
        lock.unlock();
      }
    } finally {
      appending.unlock();
    }
  }

  /** Waits, under the lock, until nobody owns the file. */
  private void awaitFile() {
    while (isBusy) {
      changed.awaitUninterruptibly();
    }
    requireAlive();
  }

  /** Does something with the file, which nobody owns, without the lock. */
  private void own(Runnable action) {
    isBusy = true;
    lock.unlock();
    try {
      action.run();
    } catch (RuntimeException | Error e) {
      throw fail(e);
    } finally {
      lock.lock();
      isBusy = false;
      changed.signalAll();
    }
  }

  @Override
  public void force(long address) {
    long wanted = Math.min(address, end);
    if (forced >= wanted) {
      requireAlive();
      return;
    }
    lock.lock();
    try {
      requireAlive();
      while (forced < wanted) {
        JetException failed = failure;
        if (failed != null) {
          throw writeFailed(failed);
        }
        if (isBusy) {
          changed.awaitUninterruptibly();
        } else {
          requireAlive();
          lead();
        }
      }
    } finally {
      lock.unlock();
    }
    prepareIfDue();
  }

  /** Writes and forces what is there, for all who wait. Under the lock, which is given back. */
  private void lead() {
    Batch taken = filling;
    long reached = taken.isEmpty() ? written : taken.address();
    if (!taken.isEmpty()) {
      spare.begin(output.generation(), taken.endOffset(), output.limit());
      filling = spare;
      spare = taken;
    }
    isBusy = true;
    int waiting = lock.getWaitQueueLength(changed) + 1;
    lock.unlock();
    LogFlushEvent event = LogFlushEvent.started();
    int bytes = 0;
    try {
      if (!taken.isEmpty()) {
        output.write(taken, forced);
        bytes = taken.endOffset() - taken.offset();
        counters.logWritten(bytes);
      }
      event.written();
      output.force();
      counters.logForced();
    } catch (RuntimeException | Error e) {
      throw fail(e);
    } finally {
      lock.lock();
      isBusy = false;
      if (failure == null) {
        written = reached;
        forced = reached;
      }
      changed.signalAll();
      event.ended(bytes, waiting);
    }
  }

  /** Owning the file: nothing is written any more. */
  private JetException fail(Throwable cause) {
    JetException failed =
        JetException.of(JetErr.LOG_WRITE_FAIL, cause, Subject.path(options.directory()));
    failure = failed;
    tell(cause instanceof JetException why ? why : failed);
    return failed;
  }

  private void tell(JetException why) {
    EventLog told = events;
    if (told == null) {
      return;
    }
    Path file = output.path();
    if (output.isBetweenFiles()) {
      told.later(log -> log.nextLogCannotBeCreated(options.directory(), why));
    } else {
      told.later(log -> log.logCannotBeWritten(file, why));
    }
  }

  /** The same for another caller whose records were in the batch. */
  private JetException writeFailed(JetException failed) {
    return JetException.of(JetErr.LOG_WRITE_FAIL, failed, Subject.path(options.directory()));
  }

  private void prepareIfDue() {
    if (LogAddress.offset(end) > options.fileBytes() / 2) {
      next.prepareSoon();
    }
  }

  @Override
  public void requireAlive() {
    JetException failed = failure;
    if (failed != null) {
      boolean isFull =
          failed.getCause() instanceof JetException cause && cause.error() == JetErr.DISK_FULL;
      throw JetException.of(
          isFull
              ? JetErr.INSTANCE_UNAVAILABLE_DUE_TO_FATAL_LOG_DISK_FULL
              : JetErr.INSTANCE_UNAVAILABLE,
          failed,
          Subject.path(options.directory()));
    }
    if (isClosed) {
      throw new IllegalStateException("closed: the log in " + options.directory());
    }
  }

  @Override
  public @Nullable JetException failure() {
    return failure;
  }

  @Override
  public void countIn(Counters wanted) {
    counters = wanted;
  }

  @Override
  public void tellTo(EventLog wanted) {
    events = wanted;
  }

  /** {@return the signature of the sequence} */
  public Signature signature() {
    return output.signature();
  }

  @Override
  public long end() {
    return end;
  }

  @Override
  public long forced() {
    return forced;
  }

  @Override
  public long generation() {
    return generation;
  }

  @Override
  public List<LogFile> files() {
    return generations.all();
  }

  @Override
  public long sinceBytes(long address) {
    long to = end;
    return (LogAddress.generation(to) - LogAddress.generation(address)) * options.fileBytes()
        + LogAddress.offset(to)
        - LogAddress.offset(address);
  }

  @Override
  public boolean isSpaceShort() {
    return next.isSpaceShort();
  }

  @Override
  public void discardBefore(long address) {
    if (options.circular()) {
      requireAlive();
      long first = Math.min(LogAddress.generation(address), retained);
      generations.removeBelow(first, file -> {
        if (!next.recycle(file.path())) {
          Removal.delete(file);
        }
      });
    }
  }

  @Override
  public void retainFrom(long first) {
    retained = first;
  }

  @Override
  public void deleteBelow(long first) {
    requireAlive();
    generations.removeBelow(first, Removal::delete);
  }

  @Override
  public void close() {
    appending.lock();
    try {
      lock.lock();
      try {
        while (isBusy) {
          changed.awaitUninterruptibly();
        }
        isClosed = true;
      } finally {
        lock.unlock();
      }
    } finally {
      appending.unlock();
    }
    next.close();
    output.close();
  }
}
