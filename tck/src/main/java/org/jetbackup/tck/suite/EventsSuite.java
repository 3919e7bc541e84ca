package org.jetbackup.tck.suite;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jetbackup.api.backup.BackupGrbit;
import org.jetbackup.tck.Capability;
import org.jetbackup.tck.Clauses;
import org.jetbackup.tck.FileKind;
import org.jetbackup.tck.Requires;
import org.jetbackup.tck.fixture.Node;
import org.jetbackup.tck.fixture.TckTest;
import org.jetbackup.tck.fixture.World;
import org.jetbackup.tck.model.Answer;
import org.junit.jupiter.api.Test;
import org.opentest4j.TestAbortedException;

/** Chapter {@code events}, backups that succeed. */
@TckTest
@Requires(Capability.EVENT_LOG)
class EventsSuite {

  @Test
  @Clauses("EVT-1")
  void aBackupThatSucceedsLogsItsStartAndItsResult(World world) {
    Node node = world.start().commit("a=1", "big=x*40000").commit("big=y*40000");
    Entries events = Entries.of(world, node);
    Path backup = world.freshDirectory("backup");
    for (Attempt.Kind kind : Attempt.Kind.offered(world)) {
      events.clear();
      world.expect("FULL-1", node.backup(backup, kind.grbit())).success();
      world.expectThat(
          "EVT-1",
          events.isPairWith(true),
          "an entry for the start and, as the last one, an entry for the success",
          events);
    }
  }

  @Test
  @Clauses("EVT-2")
  void aFullBackupLogsTheNamesOfItsDatabases(World world) {
    Node node = world.start().commit("a=1");
    if (world.has(Capability.SEVERAL_DATABASES)) {
      node.createDatabase("other").commit("other.a=1");
    }
    Entries events = Entries.of(world, node);
    node.mustBackup(world.freshDirectory("backup"), BackupGrbit.FULL);
    for (Path file : node.databases().values()) {
      String name = String.valueOf(file.getFileName());
      world.expectThat("EVT-2", events.names(name), "an entry that names " + name, events);
    }
  }

  @Test
  @Clauses("EVT-2")
  @Requires(Capability.FILE_KINDS)
  void aFullBackupLogsTheNamesOfItsLogs(World world) {
    Node node = world.start().commit("a=1");
    Entries events = Entries.of(world, node);
    Set<String> live = new TreeSet<>(Trees.logs(world, node).keySet());
    Path backup = world.freshDirectory("backup");
    node.mustBackup(backup, BackupGrbit.FULL);
    live.addAll(Trees.logs(world, node).keySet());
    Set<String> copied = new LinkedHashSet<>();
    Trees.ofKind(world, backup, FileKind.LOG)
        .keySet()
        .forEach(log -> copied.add(String.valueOf(backup.resolve(log).getFileName())));
    copied.retainAll(live);
    if (copied.isEmpty()) {
      throw new TestAbortedException("log files have other names in a set");
    }
    long named = copied.stream().filter(log -> events.names(log)).count();
    world.expectThat(
        "EVT-2",
        named >= Math.min(2, copied.size()),
        "entries that name the first and the last of " + copied,
        events);
  }

  @Test
  @Clauses("EVT-3")
  void aBackupLogsWhichLogsItRemoves(World world) {
    for (Attempt.Kind kind : Attempt.Kind.offered(world)) {
      try (Attempt attempt = Attempt.of(world, kind)) {
        World own = attempt.world();
        Entries events = Entries.of(own, attempt.node());
        List<String> gone = logsThatGo(own, attempt);
        own.expectThat(
            "EVT-3",
            gone.isEmpty()
                || (events.names(gone.get(0)) && events.names(gone.get(gone.size() - 1))),
            "entries that name the first and the last of the removed files " + gone,
            events);
        boolean denies = events.ids().contains(225);
        own.expectThat(
            "EVT-3",
            gone.isEmpty() || !denies,
            "no entry which says that nothing is removed",
            events + ", but removed " + gone);
      }
    }
  }

  /**
   * Makes the backup and tells which log files it removes. The one that was current at the call may
   * be among them, under a name that it had only meanwhile: so the file operations tell, where they
   * are seen.
   */
  private static List<String> logsThatGo(World world, Attempt attempt) {
    if (!world.has(Capability.READS_GIVEN_FILE_SYSTEM)) {
      world.expect("RET-1", attempt.make()).success();
      return Trees.goneLogs(world, attempt.node(), attempt.closedLogs());
    }
    world.files().startTrace();
    world.expect("RET-1", attempt.make()).success();
    world.files().stopTrace();
    return world.files().trace().stream()
        .filter(each -> each.failure() == null && Attempt.removesLog(world, each))
        .map(each -> String.valueOf(world.path(each.path()).getFileName()))
        .distinct()
        .toList();
  }

  @Test
  @Clauses("EVT-3")
  @Requires({Capability.FILE_KINDS, Capability.READS_GIVEN_FILE_SYSTEM})
  void aBackupThatRemovesNoLogDoesNotSayThatItDoes(World world) {
    Node node = world.start().commit("a=1");
    Entries events = Entries.of(world, node);
    for (int i = 0; i < 2; i++) {
      events.clear();
      world.files().startTrace();
      node.mustBackup(world.freshDirectory("backup"), BackupGrbit.FULL);
      world.files().stopTrace();
      boolean removes =
          world.files().trace().stream().anyMatch(each -> Attempt.removesLog(world, each));
      world.expectThat(
          "EVT-3",
          removes || !events.ids().contains(224),
          "no entry which says that logs are removed",
          events);
      world.expectThat(
          "EVT-3", events.all().size() > 2, "an entry about the removal of logs", events);
    }
  }

  @Test
  @Clauses("EVT-4")
  void aFullBackupLogsTheOriginalsSequence(World world) {
    Node node = world.start().commit("a=1", "big=x*40000").commit("big=y*40000");
    if (world.has(Capability.SEVERAL_DATABASES)) {
      node.createDatabase("other");
    }
    Entries events = Entries.of(world, node);
    for (BackupGrbit grbit : Trees.fullKinds(world)) {
      events.clear();
      node.mustBackup(world.freshDirectory("backup"), grbit);
      List<Integer> expected = new ArrayList<>(List.of(210));
      node.databases().keySet().forEach(database -> expected.addAll(List.of(220, 221)));
      expectSequence(world, "EVT-4", expected, events);
    }
  }

  @Test
  @Clauses("EVT-5")
  @Requires(Capability.INCREMENTAL)
  void anIncrementalBackupLogsTheOriginalsSequence(World world) {
    Node node = world.start().commit("a=1");
    Path backup = world.freshDirectory("backup");
    node.mustBackup(backup, BackupGrbit.FULL);
    Entries events = Entries.of(world, node);
    for (int i = 0; i < 3; i++) {
      node.commit("a=" + i, "big=" + i + "*40000").commit("big=x*40000");
      events.clear();
      node.mustBackup(backup, BackupGrbit.INCREMENTAL);
      expectSequence(world, "EVT-5", List.of(211), events);
    }
  }

  /** A place that cannot force directories: DIR-8 forbids to remove logs for a set there. */
  @Test
  @Clauses({"EVT-3", "EVT-4"})
  @Requires({Capability.FILE_KINDS, Capability.READS_GIVEN_FILE_SYSTEM})
  void aBackupThatKeepsTheLogSaysSo(World world) throws IOException {
    Node node = world.start().commit("a=1", "big=x*40000").commit("big=y*40000");
    Map<String, String> closed = Trees.closedLogs(world, node);
    Entries events = Entries.of(world, node);
    try (FileSystem forceless = Jimfs.newFileSystem(Configuration.unix())) {
      Path target = Files.createDirectories(forceless.getPath("/backup"));
      Answer answer = node.backup(target, BackupGrbit.FULL);
      if (!answer.isSuccess() || !Trees.goneLogs(world, node, closed).isEmpty()) {
        throw new TestAbortedException("no backup keeps the log, this one answered " + answer);
      }
      world.expectThat(
          "EVT-3",
          !events.ids().contains(224),
          "no entry which says that logs are removed",
          events);
      expectSequence(world, "EVT-4", List.of(210, 220, 221), events);
    }
  }

  private static void expectSequence(
      World world, String clause, List<Integer> first, Entries events) {
    List<Integer> ids = events.ids();
    List<Integer> removing = new ArrayList<>(first);
    removing.addAll(List.of(223, 224, 213));
    List<Integer> keeping = new ArrayList<>(first);
    keeping.addAll(List.of(223, 225, 213));
    world.expectThat(
        clause,
        ids.equals(removing) || ids.equals(keeping),
        "the entries " + removing + ", or 225 instead of 224",
        events);
  }
}
