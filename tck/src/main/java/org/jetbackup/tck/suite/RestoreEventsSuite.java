package org.jetbackup.tck.suite;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jetbackup.api.backup.BackupGrbit;
import org.jetbackup.api.error.JetErr;
import org.jetbackup.api.event.JetEvent;
import org.jetbackup.tck.Capability;
import org.jetbackup.tck.Clauses;
import org.jetbackup.tck.Requires;
import org.jetbackup.tck.fixture.Node;
import org.jetbackup.tck.fixture.TckTest;
import org.jetbackup.tck.fixture.World;
import org.jetbackup.tck.model.Answer;
import org.junit.jupiter.api.Test;
import org.opentest4j.TestAbortedException;

/** Chapter {@code events}, restores. */
@TckTest
@Requires(Capability.EVENT_LOG)
class RestoreEventsSuite {

  @Test
  @Clauses("EVT-8")
  void aRestoreLogsItsStartAndItsEnd(World world) {
    Node node = world.start().commit("a=1");
    Path backup = Chain.of(world, node).directory();
    node.stop();
    Trees.lose(world, node);
    Entries events = Entries.of(world, node);
    world.expect("REST-1", node.restore(backup)).success();
    List<Integer> ids = events.ids();
    world.expectThat(
        "EVT-8", ids.equals(List.of(204, 205)), "204 at the start and 205 at the end", events);
  }

  @Test
  @Clauses("EVT-8")
  @Requires(Capability.RESTORE_ELSEWHERE)
  void aRestoreElsewhereLogsWhereItPutsTheDatabases(World world) {
    Node node = world.start().commit("a=1");
    if (world.has(Capability.SEVERAL_DATABASES)) {
      node.createDatabase("other");
    }
    Path backup = world.freshDirectory("backup");
    node.mustBackup(backup, BackupGrbit.FULL);
    Node other = world.node("restorer");
    Entries events = Entries.of(world, other);
    Path destination = world.freshDirectory("destination");
    world.expect("REST-2", other.restore(backup, destination)).success();
    List<Integer> expected = new ArrayList<>(List.of(204));
    node.databases().keySet().forEach(database -> expected.add(216));
    expected.add(205);
    world.expectThat("EVT-8", events.ids().equals(expected), "the entries " + expected, events);
    for (Path file : node.databases().values()) {
      String name = String.valueOf(destination.resolve(file.getFileName()));
      world.expectThat("EVT-8", events.names(name), "an entry with the place " + name, events);
    }
  }

  @Test
  @Clauses("EVT-8")
  void aRestoreThatFailsAfterItsStartLogsTheFailure(World world) {
    Node node = world.start().commit("a=1", "big=x*40000");
    Path backup = Chain.of(world, node).directory();
    node.stop();
    Trees.lose(world, node);
    int judged = 0;
    for (String file : world.filesBelow(backup)) {
      Path copy = Trees.copy(world, backup);
      Damage.changes(world, backup, file).stream().limit(1).forEach(d -> d.in(world, copy));
      Entries events = Entries.of(world, node);
      Answer answer = node.restore(copy);
      node.abandon();
      if (!answer.isSuccess() && events.ids().contains(204)) {
        judged++;
        Optional<JetErr> logged =
            events.all().stream().filter(e -> e.id() == 454).findFirst().flatMap(JetEvent::error);
        world.expectThat(
            "EVT-8",
            events.ids().equals(List.of(204, 454, 205)) && logged.equals(answer.error()),
            "204, 454 with the code of the failure, 205",
            events + " and the answer " + answer);
      }
    }
    if (judged == 0) {
      throw new TestAbortedException("no such restore failed after its start");
    }
  }
}
