package org.jetbackup.tck.suite;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jetbackup.api.backup.BackupGrbit;
import org.jetbackup.api.backup.Snt;
import org.jetbackup.api.error.JetErr;
import org.jetbackup.tck.Capability;
import org.jetbackup.tck.Clauses;
import org.jetbackup.tck.FileKind;
import org.jetbackup.tck.Requires;
import org.jetbackup.tck.fixture.Listening;
import org.jetbackup.tck.fixture.Node;
import org.jetbackup.tck.fixture.Restoration;
import org.jetbackup.tck.fixture.TckTest;
import org.jetbackup.tck.fixture.World;
import org.jetbackup.tck.model.Answer;
import org.jetbackup.tck.model.Contents;
import org.jetbackup.tck.storage.Operation;
import org.junit.jupiter.api.Test;

/** Chapter {@code circular}. */
@TckTest
class CircularSuite {

  @Test
  @Clauses("CIRC-1")
  @Requires(Capability.CIRCULAR_LOGGING)
  void aFullBackupWorksUnderCircularLogging(World world) {
    Node node = circular(world).commit("a=1");
    fill(node, 6);
    Path backup = world.freshDirectory("backup");
    world.expect("CIRC-1", node.backup(backup, BackupGrbit.FULL)).success();
    Contents moment = node.acknowledged();
    fill(node, 3);
    world.expectRestores("CIRC-1", node, backup, moment);
  }

  @Test
  @Clauses("CIRC-2")
  @Requires({Capability.CIRCULAR_LOGGING, Capability.CONCURRENT_SESSIONS})
  void logsThatTheBackupNeedsAreNotReusedMeanwhile(World world) {
    Node node = circular(world).commit("a=1");
    Path backup = world.freshDirectory("backup");
    List<Contents> prefixes = new ArrayList<>(List.of(node.acknowledged()));
    Listening during = Listening.at(Snt.BEGIN, () -> {
      for (int i = 0; i < 8; i++) {
        node.commit("big=" + (char) ('a' + i) + "*40000", "n=" + i);
        prefixes.add(node.acknowledged());
      }
    });
    Answer answer = node.backup(backup, BackupGrbit.FULL, during);
    world.expect("CIRC-2", answer).isOfTheContract();
    if (answer.isSuccess()) {
      Restoration restoration = Restoration.of(world, node, List.of("main"), backup);
      world.expect("CIRC-2", restoration.answer()).success();
      world.expectOneOf("CIRC-2", prefixes, restoration.contents().orElse(Contents.EMPTY));
    } else {
      world.expectDoesNotRestore("FAIL-8", node, backup);
    }
  }

  @Test
  @Clauses({"RET-7", "CIRC-3", "RET-22"})
  @Requires({Capability.CIRCULAR_LOGGING, Capability.INCREMENTAL})
  void anIncrementalBackupIsRefusedUnderCircularLogging(World world) {
    Node node = circular(world).commit("a=1");
    Path backup = world.freshDirectory("backup");
    node.mustBackup(backup, BackupGrbit.FULL).commit("a=2");
    Map<String, String> directory = world.tree(backup);
    Map<String, String> log = world.tree(node.log());
    Answer answer = node.backup(backup, BackupGrbit.INCREMENTAL);
    world.expect("RET-7", answer).fails(JetErr.INVALID_BACKUP);
    Trees.expectSameTree(world, "CIRC-3", directory, backup);
    Trees.expectSameTree(world, "CIRC-3", log, node.log());
  }

  @Test
  @Clauses({"RET-7", "CIRC-3"})
  @Requires({Capability.CIRCULAR_LOGGING, Capability.INCREMENTAL})
  void circularLoggingThatIsSwitchedOnLaterEndsTheChain(World world) {
    Node node = world.start().commit("a=1");
    Path backup = world.freshDirectory("backup");
    node.mustBackup(backup, BackupGrbit.FULL).commit("a=2");
    Contents full = node.acknowledged().with("main/t/a", "1");
    node.circular(true).restart();
    Answer answer = node.backup(backup, BackupGrbit.INCREMENTAL);
    world.expect("RET-7", answer).fails(JetErr.INVALID_BACKUP);
    world.expectRestores("CIRC-3", node, backup, full);
  }

  @Test
  @Clauses("CIRC-4")
  @Requires({Capability.CIRCULAR_LOGGING, Capability.INCREMENTAL})
  void aSpellOfCircularLoggingLeavesNoHiddenGap(World world) {
    Node node = world.start().commit("a=1");
    Path backup = world.freshDirectory("backup");
    node.mustBackup(backup, BackupGrbit.FULL);
    Contents full = node.acknowledged();
    node.circular(true).restart().commit("a=2");
    fill(node, 6);
    node.circular(false).restart().commit("a=3");
    Answer answer = node.backup(backup, BackupGrbit.INCREMENTAL);
    world.expect("CIRC-4", answer).isOfTheContract();
    world.expectRestores("CIRC-4", node, backup, answer.isSuccess() ? node.acknowledged() : full);
  }

  @Test
  @Clauses("CIRC-5")
  @Requires({Capability.FILE_KINDS, Capability.READS_GIVEN_FILE_SYSTEM})
  void withoutCircularLoggingOnlyBackupsRemoveLogs(World world) {
    world.files().startTrace();
    Node node = world.start().commit("a=1");
    for (int i = 0; i < 3; i++) {
      fill(node, 4);
      node.restart();
    }
    List<String> lost = new LogTrace(world).lost();
    world.expectThat("CIRC-5", lost.isEmpty(), "every log file keeps what is in it", lost);
  }

  private static Node circular(World world) {
    Node node = world.node("main").circular(true).start();
    return node.createDatabase("main");
  }

  private static void fill(Node node, int times) {
    for (int i = 0; i < times; i++) {
      node.commit("big=" + (char) ('a' + i) + "*40000");
    }
  }

  /**
   * What became of the log files of the main instance since its begin, as the trace tells: each is
   * followed under all its names. A name is a log file's if the plug-in says so. A file that is cut
   * to nothing, or written from its begin again after it was moved, counts as another one from then
   * on.
   */
  static final class LogTrace {

    /** A file, whatever it is called now. */
    private static final class Followed {
      private int number;
      private String name;
      private boolean isLog;
      private boolean isMoved;

      Followed(int number, String name) {
        this.number = number;
        this.name = name;
      }
    }

    private record Written(int at, int number, String name) {}

    private final World world;
    private final Map<String, Followed> names = new HashMap<>();
    private final Map<Long, Followed> handles = new HashMap<>();
    private final List<Written> writes = new ArrayList<>();
    private final List<String> lost = new ArrayList<>();
    private int files;

    /** Reads the trace, which must have been on when the instance began. */
    LogTrace(World world) {
      this.world = world;
      List<Operation> trace = world.files().trace();
      for (int i = 0; i < trace.size(); i++) {
        if (trace.get(i).failure() == null) {
          follow(i, trace.get(i));
        }
      }
    }

    /** The log files that were written in a part of the trace: their numbers and names then. */
    Map<Integer, String> written(int from, int until) {
      Map<Integer, String> written = new TreeMap<>();
      writes.stream()
          .filter(write -> write.at >= from && write.at < until)
          .forEach(write -> written.put(write.number, write.name));
      return written;
    }

    /** The operations by which the log directory lost what was in a log file. */
    List<String> lost() {
      return lost;
    }

    private void follow(int at, Operation operation) {
      String path = operation.path();
      switch (operation.kind()) {
        case CREATE -> {
          names.put(path, new Followed(++files, path));
          handles.put(operation.handle(), file(path));
        }
        case OPEN_READ, OPEN_WRITE -> handles.put(operation.handle(), file(path));
        case CREATE_LINK -> names.put(path, file(Objects.requireNonNull(operation.target())));
        case MOVE, ATOMIC_MOVE ->
          moveAll(at, operation, Objects.requireNonNull(operation.target()));
        case DELETE -> remove(operation, path, true);
        case TRUNCATE -> {
          if (operation.offset() == 0 && operation.length() > 0) {
            beginAgain(operation, file(operation));
          }
        }
        case WRITE -> write(at, operation, file(operation));
        default -> {}
      }
    }

    private void moveAll(int at, Operation operation, String target) {
      String source = operation.path();
      for (String name : List.copyOf(names.keySet())) {
        if (name.equals(source) || name.startsWith(source + "/")) {
          move(at, operation, name, target + name.substring(source.length()));
        }
      }
    }

    private void move(int at, Operation operation, String source, String target) {
      Followed file = file(source);
      remove(operation, target, false);
      names.remove(source);
      names.put(target, file);
      file.name = target;
      file.isMoved = file.isLog;
      if (isLog(target) && !isLog(source)) {
        writes.add(new Written(at, file.number, target));
      }
      if ((file.isLog || isLog(source)) && !target.startsWith(Attempt.LOG_DIRECTORY)) {
        lost.add(operation.toString());
      }
    }

    private void remove(Operation operation, String name, boolean named) {
      Followed removed = names.remove(name);
      if (removed == null || names.containsValue(removed)) {
        return;
      }
      if (removed.isLog || (named && isLog(name))) {
        lost.add(operation.toString());
      }
    }

    private void write(int at, Operation operation, Followed file) {
      boolean closed = !writes.isEmpty() && writes.get(writes.size() - 1).number != file.number;
      if (operation.offset() == 0 && file.isMoved && closed) {
        beginAgain(operation, file);
      }
      if (isLog(file.name)) {
        file.isLog = true;
        writes.add(new Written(at, file.number, file.name));
      }
    }

    private void beginAgain(Operation operation, Followed file) {
      if (file.isLog) {
        lost.add(operation.toString());
      }
      file.number = ++files;
      file.isLog = false;
      file.isMoved = false;
    }

    private Followed file(Operation operation) {
      return handles.computeIfAbsent(operation.handle(), handle -> file(operation.path()));
    }

    private Followed file(String name) {
      return names.computeIfAbsent(name, n -> new Followed(++files, n));
    }

    private boolean isLog(String name) {
      return name.startsWith(Attempt.LOG_DIRECTORY)
          && world.settings().plugin().kindOf(world.path(name)) == FileKind.LOG;
    }
  }
}
