package org.jetbackup.tck.suite;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jetbackup.api.backup.BackupGrbit;
import org.jetbackup.api.error.JetErr;
import org.jetbackup.api.restore.BackupSet;
import org.jetbackup.tck.Capability;
import org.jetbackup.tck.Clauses;
import org.jetbackup.tck.Requires;
import org.jetbackup.tck.fixture.Node;
import org.jetbackup.tck.fixture.Restoration;
import org.jetbackup.tck.fixture.TckTest;
import org.jetbackup.tck.fixture.World;
import org.jetbackup.tck.model.Answer;
import org.jetbackup.tck.model.Contents;
import org.junit.jupiter.api.Test;

/** Chapter {@code verification}, on sets. */
@TckTest
@Requires(Capability.VERIFY_SET)
class VerifySetSuite {

  @Test
  @Clauses("VER-6")
  void aGoodSetIsFoundGoodWithoutItsInstance(World world) {
    Node node = world.start().commit("a=1", "b=2*9000");
    Path backup = Chain.of(world, node).directory();
    Path copy = Trees.copy(world, backup);
    node.stop();
    Trees.lose(world, node);
    Trees.empty(backup);
    Map<String, String> before = world.tree(copy);
    int links = world.has(Capability.INCREMENTAL) ? 2 : 0;
    for (int i = 0; i < 2; i++) {
      BackupSet[] found = new BackupSet[1];
      Answer answer =
          world.attempt("verify " + copy, () -> found[0] = world.engine().verifyBackup(copy));
      world.expect("VER-6", answer).success();
      world.expectThat(
          "VER-6",
          found[0].databases().size() == 1 && found[0].incrementals() == links,
          "a set of one database with " + links + " incremental backups",
          found[0]);
      Trees.expectSameTree(world, "VER-6", before, copy);
    }
  }

  @Test
  @Clauses("VER-6")
  void everyKindOfBackupIsFoundGood(World world) {
    for (Attempt.Kind kind : Attempt.Kind.offered(world)) {
      try (Attempt attempt = Attempt.of(world, kind)) {
        World own = attempt.world();
        own.expect("RET-1", attempt.make()).success();
        own.expect("VER-6", verify(own, attempt.directory())).success();
      }
    }
  }

  @Test
  @Clauses("VER-7")
  void aDamagedSetIsReportedOrRestoresExactlyRight(World world) {
    Node node = world.start();
    for (int i = 0; i < 8; i++) {
      node.commit("key" + i + "=v" + i + "*" + (i * 300), "same=" + i);
    }
    Chain chain = Chain.of(world, node);
    Path backup = chain.directory();
    List<Damage> damages = Damage.all(world, backup);
    int reported = 0;
    for (Damage damage : damages) {
      Path copy = Trees.copy(world, backup);
      damage.in(world, copy);
      Answer answer = verify(world, copy);
      world.expect("VER-7", answer).isOfTheContract();
      if (answer.isSuccess()) {
        Restoration restoration = Restoration.of(world, node, List.of("main"), copy);
        world.expect("VER-7", restoration.answer()).success();
        Contents seen = restoration.contents().orElse(Contents.EMPTY);
        world.expectOneOf("VER-7", chain.allowed(copy), seen);
      } else {
        reported++;
      }
      Trees.tidy(world, copy);
    }
    world.note(damages.size() + " damages to a set, " + reported + " of them reported");
  }

  @Test
  @Clauses("VER-8")
  @Requires(Capability.LIST_MOMENTS)
  void whereThereIsNoSetNothingIsFoundGood(World world) {
    Node node = world.start().commit("a=1");
    Path strangers = world.freshDirectory("strangers");
    Trees.write(strangers.resolve("notes.txt"), "a note");
    expectNothing(world, world.path("missing"), JetErr.INVALID_PATH);
    expectNothing(world, world.freshDirectory("empty"), JetErr.FILE_NOT_FOUND);
    expectNothing(world, strangers, JetErr.FILE_NOT_FOUND);
    Path good = world.freshDirectory("backup");
    node.mustBackup(good, BackupGrbit.FULL);
    world.expect("VER-6", verify(world, good)).success();
  }

  private static void expectNothing(World world, Path directory, JetErr error) {
    world.expect("VER-8", verify(world, directory)).fails(error);
    Answer moments =
        world.attempt("moments of " + directory, () -> world.engine().restoreMoments(directory));
    world.expect("VER-8", moments).fails(error);
  }

  private static Answer verify(World world, Path directory) {
    return world.attempt("verify " + directory, () -> world.engine().verifyBackup(directory));
  }
}
