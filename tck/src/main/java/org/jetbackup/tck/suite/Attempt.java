package org.jetbackup.tck.suite;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jetbackup.api.backup.BackupGrbit;
import org.jetbackup.api.backup.BackupRecords;
import org.jetbackup.api.backup.StatusCallback;
import org.jetbackup.tck.Capability;
import org.jetbackup.tck.FileKind;
import org.jetbackup.tck.Storage;
import org.jetbackup.tck.fixture.Node;
import org.jetbackup.tck.fixture.Restoration;
import org.jetbackup.tck.fixture.World;
import org.jetbackup.tck.model.Answer;
import org.jetbackup.tck.model.Contents;
import org.jetbackup.tck.storage.Fault;
import org.jetbackup.tck.storage.Operation;
import org.jetbackup.tck.storage.OperationKind;
import org.opentest4j.TestAbortedException;

/**
 * A backup that is about to go wrong, in a world of its own: a good set exists, commits were made
 * after it. A full backup goes into an empty directory, the good set lies elsewhere; an atomic or
 * incremental one goes to where the good set is.
 */
final class Attempt implements AutoCloseable {

  /** The kinds of backup with a directory. */
  enum Kind {
    FULL(BackupGrbit.FULL),
    ATOMIC(BackupGrbit.ATOMIC),
    INCREMENTAL(BackupGrbit.INCREMENTAL);

    private final BackupGrbit grbit;

    Kind(BackupGrbit grbit) {
      this.grbit = grbit;
    }

    /** Its option bits. */
    BackupGrbit grbit() {
      return grbit;
    }

    /** Those that the engine offers. */
    static List<Kind> offered(World world) {
      List<Kind> kinds = new ArrayList<>(List.of(FULL));
      if (world.has(Capability.ATOMIC)) {
        kinds.add(ATOMIC);
      }
      if (world.has(Capability.INCREMENTAL)) {
        kinds.add(INCREMENTAL);
      }
      return kinds;
    }
  }

  /** The glob of the target directory and everything in it, for faults. */
  static final String TARGET = "{backup1,backup1/**}";

  /** How operations name what is in the log directory of the main instance. */
  static final String LOG_DIRECTORY = "main/log/";

  /** From some moment on nothing changes any more, as if the process had died then. */
  static final String CUT_OFF = "any-mutation ** #1 sticky before-effect";

  /** What can happen to the target, at its n-th operation. */
  private static final List<String> ON_TARGET = List.of(
      "any-mutation " + TARGET + " #1 once before-effect",
      "any-mutation " + TARGET + " #1 sticky disk-full-after 7",
      "any-mutation " + TARGET + " #1 once after-effect",
      "create " + TARGET + " #1 sticky access-denied",
      "force " + TARGET + " #1 sticky before-effect",
      "move " + TARGET + " #1 once not-atomic");

  private final World world;
  private final Node node;
  private final Path directory;
  private final Path good;
  private final Kind kind;
  private final Contents old;
  private final Map<String, String> tree;
  private final Map<String, String> closedLogs;
  private final Optional<BackupRecords> records;

  private Attempt(World world, Kind kind, boolean bulky) {
    this.world = world;
    this.kind = kind;
    directory = world.freshDirectory("backup");
    good = kind == Kind.FULL ? world.freshDirectory("good") : directory;
    node = world.start().commit("a=1", "b=1");
    node.mustBackup(good, BackupGrbit.FULL);
    if (world.has(Capability.INCREMENTAL)) {
      node.commit("a=2").mustBackup(good, BackupGrbit.INCREMENTAL);
    }
    old = node.acknowledged();
    tree = world.tree(directory);
    node.commit("a=3", "-b");
    if (bulky) {
      node.commit("big=x*40000").commit("big=y*40000").commit("a=4");
    }
    closedLogs = bulky ? Trees.closedLogs(world, node) : Map.of();
    records = world.has(Capability.HEADER_INFORMATION)
        ? Optional.of(Trees.records(world, node, "main"))
        : Optional.empty();
  }

  /** Prepares one with little data, where many are made. */
  static Attempt small(World world, Kind kind) {
    return of(world, kind, false);
  }

  /** Prepares one with at least one closed log file that no backup holds yet. */
  static Attempt of(World world, Kind kind) {
    return of(world, kind, true);
  }

  private static Attempt of(World world, Kind kind, boolean bulky) {
    World own = world.again();
    try {
      return new Attempt(own, kind, bulky);
    } catch (RuntimeException | Error e) {
      own.close();
      throw e;
    }
  }

  /** What to inject into the target; less of it where forcing a disk takes its time. */
  static List<String> faultsOnTarget(World world) {
    return world.settings().storage() == Storage.MEMORY ? ON_TARGET : ON_TARGET.subList(0, 1);
  }

  /**
   * Makes a backup and lets nothing happen any more from just before the first operation of a kind
   * on, as if the process had died then.
   *
   * @throws TestAbortedException if there is no such operation, or not at the same place again
   */
  static Attempt cutOffBefore(World world, Kind kind, Predicate<Operation> which) {
    int n;
    try (Attempt whole = of(world, kind)) {
      whole.world.files().startTrace();
      whole.world.expect("RET-1", whole.make()).success();
      n = indexOf(whole, which) + 1;
    }
    if (n == 0) {
      throw new TestAbortedException("the engine does no such thing in a backup: " + kind);
    }
    Attempt attempt = of(world, kind);
    attempt.world.files().startTrace();
    attempt.world.inject(Fault.parse(CUT_OFF).at(n));
    attempt.make();
    attempt.world.files().clearFaults();
    attempt.world.files().stopTrace();
    if (indexOf(attempt, which) + 1 != n) {
      attempt.close();
      throw new TestAbortedException("the engine does not do the same again in the same backup");
    }
    return attempt;
  }

  private static int indexOf(Attempt attempt, Predicate<Operation> which) {
    List<Operation> mutations =
        attempt.world.files().trace().stream().filter(Operation::mutates).toList();
    for (int i = 0; i < mutations.size(); i++) {
      if (which.test(mutations.get(i))) {
        return i;
      }
    }
    return -1;
  }

  /** Whether an operation takes a log file from the log directory of the main instance. */
  static boolean removesLog(World world, Operation operation) {
    boolean leaves = operation.kind() == OperationKind.DELETE
        || (operation.target() != null && !isLog(world, operation.target()));
    return leaves && isLog(world, operation.path());
  }

  /** Whether a name in the trace is that of a log file of the main instance. */
  static boolean isLog(World world, String name) {
    return name.startsWith(LOG_DIRECTORY)
        && world.settings().plugin().kindOf(world.path(name)) == FileKind.LOG;
  }

  /** Makes the backup. */
  Answer make() {
    return make(StatusCallback.NONE);
  }

  /** Makes the backup. */
  Answer make(StatusCallback callback) {
    return node.backup(directory, kind.grbit, callback);
  }

  /** Makes a backup of the same kind that can succeed after this one did. */
  Answer makeNext() {
    return node.backup(kind == Kind.FULL ? world.freshDirectory("next") : directory, kind.grbit);
  }

  /** Opens the instance anew if it is not in service any more. */
  Node revive() {
    if (!node.isAvailable()) {
      node.abandon();
      node.start();
    }
    return node;
  }

  /** What a directory restores to; the instance must be in service. */
  Restoration look(Path place) {
    return Restoration.of(world, node, Set.of("main"), place);
  }

  /** Judges by a clause that the target restores to what it restored to before, if to anything. */
  void expectOldState(String clause) {
    revive();
    if (kind == Kind.FULL) {
      world.expect(clause, look(directory).answer()).failsSomehow();
    } else {
      world.expectRestores(clause, node, directory, old);
    }
  }

  World world() {
    return world;
  }

  Node node() {
    return node;
  }

  Kind kind() {
    return kind;
  }

  /** The target. */
  Path directory() {
    return directory;
  }

  /** Where the good set lies. */
  Path good() {
    return good;
  }

  /** What the good set restores to. */
  Contents old() {
    return old;
  }

  /** What was in the target before. */
  Map<String, String> tree() {
    return tree;
  }

  /** The log files that were closed before, if any. */
  Map<String, String> closedLogs() {
    return closedLogs;
  }

  /** The backup records as they were before, where the engine tells them. */
  Optional<BackupRecords> records() {
    return records;
  }

  @Override
  public void close() {
    world.close();
  }
}
