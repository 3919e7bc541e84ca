package org.jetbackup.tck.storage;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystem;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A file system for an engine under test, and the kit's control over it.
 *
 * <p>{@link #fileSystem} and {@link #root} are handed to the engine; the other methods stay with
 * the test. The engine sees an ordinary strict file system with {@code /} as its only root, which
 * holds what is beneath a directory of another file system. Paths of the two never mix.
 *
 * <p>Where the file system below is too lenient or too strict this one is not: a directory can be
 * opened for reading and forced, overlapping locks are refused, {@code DELETE_ON_CLOSE} deletes,
 * listings come in an order that is fixed but not alphabetical. Memory mapping, watch services and
 * asynchronous channels are not offered.
 *
 * <pre>{@code
 * try (KitFileSystem kit = KitFileSystem.inMemory()) {
 *   kit.inject(Fault.parse("force ** #1 once before-effect"));
 *   runEngineIn(kit.root());
 *   assertTrue(kit.fired());
 * }
 * }</pre>
 *
 * <p>Thread-safe. Operations that change anything happen one after another.
 */
public final class KitFileSystem implements Closeable {

  private static final int TRACE_LIMIT = 100_000;

  private final Faults faults = new Faults();
  private final Recorder recorder = new Recorder();
  private final Handles handles = new Handles();
  private final Gate gate;
  private final Unforced unforced;
  private final GatedFileSystem fileSystem;
  private final Closeable owned;

  private KitFileSystem(Path rootBelow, Closeable owned) {
    PathMapping mapping = new PathMapping(rootBelow);
    this.gate = new Gate(mapping::translated);
    gate.add(faults);
    gate.add(recorder);
    this.unforced = new Unforced(gate, rootBelow, faults::canDropData);
    this.fileSystem = new GatedFileSystem(mapping, gate, handles, unforced, this::diskIsFull);
    this.owned = owned;
  }

  /**
   * Wraps what is beneath a directory.
   *
   * @param rootBelow an existing directory, which becomes {@code /}; its file system stays open
   *     when this one is closed
   * @return a file system without faults
   */
  public static KitFileSystem over(Path rootBelow) {
    return new KitFileSystem(rootBelow.toAbsolutePath().normalize(), () -> {});
  }

  /**
   * Wraps a whole file system, from its first root directory.
   *
   * @param below the file system, which stays open when this one is closed
   * @return a file system without faults
   */
  public static KitFileSystem over(FileSystem below) {
    return over(below.getRootDirectories().iterator().next());
  }

  /**
   * Makes an empty file system in memory, with POSIX attributes.
   *
   * @return a file system without faults, whose content is gone when it is closed
   */
  public static KitFileSystem inMemory() {
    return inMemory(root -> {});
  }

  /** Puts files into a file system that is being made. */
  @FunctionalInterface
  public interface Filling {
    /**
     * Puts them there.
     *
     * @param root the root of the file system below, empty
     * @throws IOException if a file cannot be written
     */
    void into(Path root) throws IOException;
  }

  /**
   * Makes a file system in memory that holds something from the start.
   *
   * @param filling puts it there; this is not counted, traced or heard of by anybody
   * @return a file system without faults, whose content is gone when it is closed
   * @throws UncheckedIOException if the filling fails
   */
  public static KitFileSystem inMemory(Filling filling) {
    FileSystem below = Jimfs.newFileSystem(Configuration.unix().toBuilder()
        .setWorkingDirectory("/")
        .setAttributeViews("basic", "owner", "posix", "unix")
        .build());
    Path root = below.getRootDirectories().iterator().next();
    try {
      filling.into(root);
    } catch (IOException e) {
      throw new UncheckedIOException("a file system in memory could not be filled", e);
    }
    return new KitFileSystem(root, below);
  }

  /**
   * The file system for the engine.
   *
   * @return always the same
   */
  public FileSystem fileSystem() {
    return fileSystem;
  }

  /**
   * Its only root directory, {@code /}.
   *
   * @return an absolute path of {@link #fileSystem}
   */
  public Path root() {
    return fileSystem.root();
  }

  /**
   * Puts a fault in force, beside those that already are. It counts from now on.
   *
   * @param fault the fault
   */
  public void inject(Fault fault) {
    gate.update(() -> faults.inject(fault, gate.lastSequence()));
  }

  /** Ends all faults and forgets what they counted. */
  public void clearFaults() {
    gate.update(() -> {
      faults.clear();
      unforced.forgetAll();
    });
  }

  /**
   * Whether a fault in force has struck. A sweep over n = 1, 2, ... ends with the first n for which
   * none has.
   *
   * @return whether any of them has
   */
  public boolean fired() {
    return gate.query(faults::fired);
  }

  /**
   * The thread that a fault has interrupted last: the one that made the operation, which need not be
   * the one that called the program under test.
   *
   * @return the thread, if any was interrupted since this file system was made
   */
  public Optional<Thread> interruptedThread() {
    return gate.query(faults::interrupted);
  }

  /**
   * How many operations a fault in force has matched, struck or not.
   *
   * @param fault as it was injected
   * @return the number, 0 if it is not in force
   */
  public long matched(Fault fault) {
    return gate.query(() -> faults.matched(fault));
  }

  /**
   * How many operations of a kind had their effect.
   *
   * @param kind the kind
   * @return the number since this file system was made
   */
  public long count(OperationKind kind) {
    return gate.query(() -> recorder.count(kind));
  }

  /**
   * How many writes had their effect. An engine that shows none did not use this file system.
   *
   * @return the number since this file system was made
   */
  public long writes() {
    return count(OperationKind.WRITE);
  }

  /**
   * How many forces of files and directories had their effect.
   *
   * @return the number since this file system was made
   */
  public long forces() {
    return gate.query(() -> recorder.count(OperationKind.FORCE)
        + recorder.count(OperationKind.FORCE_DATA)
        + recorder.count(OperationKind.FORCE_DIRECTORY));
  }

  /** Starts a new trace of up to 100,000 operations. Tracing is off at first. */
  public void startTrace() {
    startTrace(TRACE_LIMIT);
  }

  /**
   * Starts a new trace.
   *
   * @param limit how many operations it keeps; after that each one drops the oldest
   * @throws IllegalArgumentException if the limit is not positive
   */
  public void startTrace(int limit) {
    if (limit < 1) {
      throw new IllegalArgumentException("a trace cannot keep " + limit + " operations");
    }
    gate.update(() -> recorder.keep(limit));
  }

  /** Stops tracing and keeps what was traced. */
  public void stopTrace() {
    gate.update(() -> recorder.keep(0));
  }

  /**
   * The traced operations, failed ones included, in the order in which they ended.
   *
   * @return an immutable copy; each element prints as one line, and a {@link Story} tells what
   *     they come to
   */
  public List<Operation> trace() {
    return gate.query(recorder::trace);
  }

  /**
   * How many operations the trace has dropped because it was full.
   *
   * @return the number, 0 if the trace is complete
   */
  public long droppedFromTrace() {
    return gate.query(recorder::droppedFromTrace);
  }

  /**
   * What is open now: channels (those beneath streams too) and directory listings.
   *
   * @return an immutable copy, in order of opening; each element prints as a readable text
   */
  public List<OpenHandle> openHandles() {
    return handles.open();
  }

  /**
   * Whether to remember where handles are opened. On at first; without it opening is cheaper.
   *
   * @param capture whether to capture stacks from now on
   */
  public void captureStacks(boolean capture) {
    handles.captureStacks(capture);
  }

  /**
   * Cuts the engine off, as if its process had died here. When this returns no operation that
   * changes anything is under way, and from now on every operation on a path or an open channel
   * throws an {@code IOException} and has no effect. Closing a channel is still allowed and does
   * nothing more than that. What was written stays readable in the file system below.
   */
  public void freeze() {
    gate.freeze();
    gate.update(unforced::forgetAll);
    handles.closeBelow();
  }

  /**
   * Whether {@link #freeze} was called.
   *
   * @return whether it is frozen and not yet closed
   */
  public boolean isFrozen() {
    return gate.isFrozen();
  }

  /**
   * Closes what is open, and the file system.
   *
   * @throws IOException if something could not be closed; the file system is closed nevertheless
   */
  @Override
  public void close() throws IOException {
    try (owned) {
      fileSystem.close();
    } finally {
      gate.update(unforced::forgetAll);
    }
  }

  @Override
  public String toString() {
    return "KitFileSystem[" + (gate.isFrozen() ? "frozen" : gate.isOpen() ? "open" : "closed")
        + "]";
  }

  /**
   * Adds an interceptor behind the faults, the trace and those that were added before.
   *
   * @param interceptor hears of every operation from now on
   */
  public void intercept(Interceptor interceptor) {
    gate.add(interceptor);
  }

  /**
   * Takes an interceptor away again. Of an operation that is under way it hears no end.
   *
   * @param interceptor one that was added
   */
  public void release(Interceptor interceptor) {
    gate.remove(interceptor);
  }

  /**
   * Runs something while no operation begins, ends or reaches an interceptor, whatever the state of
   * the file system.
   *
   * @param <T> the type of the result
   * @param body what to run; it must not use this file system
   * @return its result
   */
  public <T> T whileQuiet(Supplier<T> body) {
    return gate.query(body);
  }

  private boolean diskIsFull() {
    return gate.query(faults::diskIsFull);
  }
}
