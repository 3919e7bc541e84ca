package org.jetbackup.tck.suite;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jetbackup.api.Environment;
import org.jetbackup.api.error.JetErr;
import org.jetbackup.api.param.Parameters;
import org.jetbackup.api.param.SystemParameter;
import org.jetbackup.tck.Capability;
import org.jetbackup.tck.Clauses;
import org.jetbackup.tck.FileKind;
import org.jetbackup.tck.Requires;
import org.jetbackup.tck.fixture.Expectation;
import org.jetbackup.tck.fixture.Node;
import org.jetbackup.tck.fixture.Restoration;
import org.jetbackup.tck.fixture.TckTest;
import org.jetbackup.tck.fixture.World;
import org.jetbackup.tck.model.Answer;
import org.junit.jupiter.api.Test;
import org.opentest4j.TestAbortedException;

/** Chapter {@code restore}, with sets that something has happened to. */
@TckTest
class RestoreDamageSuite {

  private static final JetErr[] BAD_PAGE = {JetErr.READ_VERIFY_FAILURE};
  private static final JetErr[] BAD_HEADER = {JetErr.READ_VERIFY_FAILURE, JetErr.DATABASE_CORRUPTED
  };
  private static final JetErr[] NO_DATABASE = {
    JetErr.ATTACHED_DATABASE_MISMATCH, JetErr.DATABASE_CORRUPTED, JetErr.FILE_NOT_FOUND
  };
  private static final JetErr[] BAD_LOG = {
    JetErr.LOG_FILE_CORRUPT,
    JetErr.LOG_CORRUPT_DURING_HARD_RESTORE,
    JetErr.LOG_TORN_WRITE_DURING_HARD_RESTORE
  };
  private static final JetErr[] NO_LOG = {
    JetErr.GIVEN_LOG_FILE_IS_NOT_CONTIGUOUS, JetErr.MISSING_RESTORE_LOG_FILES, JetErr.FILE_NOT_FOUND
  };

  @Test
  @Clauses("REST-11")
  void aDamagedSetIsRefusedOrRestoredExactlyRight(World world) {
    Chain chain = Chain.of(world, filled(world));
    List<Damage> damages = Damage.all(world, chain.directory());
    damages.forEach(damage -> expectRefusedOrRight(world, chain, damage));
    world.note(damages.size() + " damages to a set");
  }

  @Test
  @Clauses("REST-11")
  @Requires(Capability.INCREMENTAL)
  void aLinkOfSeveralLogsDoesNotLackOneUnnoticed(World world) {
    Chain chain = Chain.of(world, filled(world));
    List<String> before = world.filesBelow(chain.directory());
    chain.link("a=1", "big=x*40000", "big=y*40000", "big=z*40000", "a=2");
    List<String> added = world.filesBelow(chain.directory());
    added = added.stream().filter(file -> !before.contains(file)).toList();
    added.forEach(file -> expectRefusedOrRight(world, chain, Damage.missing(file)));
  }

  @Test
  @Clauses({"REST-7", "REST-11"})
  void aRestoreThatFailsLeavesTheSetAsItWas(World world) {
    Chain chain = Chain.of(world, filled(world));
    Path backup = chain.directory();
    for (String file : world.filesBelow(backup)) {
      Path copy = Trees.copy(world, backup);
      Damage.changes(world, backup, file).stream().limit(1).forEach(d -> d.in(world, copy));
      Map<String, String> before = world.tree(copy);
      Restoration.of(world, world.node("main"), List.of("main"), copy);
      Trees.expectSameTree(world, "REST-7", before, copy);
      Trees.tidy(world, copy);
    }
  }

  @Test
  @Clauses("REST-12")
  @Requires(Capability.FILE_KINDS)
  void theCodeTellsWhichFileIsDamaged(World world) {
    Chain chain = Chain.of(world, filled(world));
    Path backup = chain.directory();
    int headers = 2 * world.node("main").parameters().get(SystemParameter.DATABASE_PAGE_SIZE);
    for (String file : world.filesBelow(backup)) {
      FileKind kind = world.settings().plugin().kindOf(backup.resolve(file));
      if (kind == FileKind.DATABASE) {
        for (Damage damage : Damage.changes(world, backup, file)) {
          expectCode(world, chain, damage, damage.position() < headers ? BAD_HEADER : BAD_PAGE);
        }
        expectCodes(world, chain, file, BAD_HEADER, NO_DATABASE);
      } else if (kind == FileKind.LOG) {
        for (Damage damage : Damage.changes(world, backup, file)) {
          expectCode(world, chain, damage, BAD_LOG);
        }
        expectCodes(world, chain, file, BAD_LOG, NO_LOG);
      }
    }
  }

  @Test
  @Clauses("REST-13")
  void anotherPageSizeIsRefusedOrMakesNoDifference(World world) {
    Node node = filled(world);
    Path backup = Chain.of(world, node).directory();
    node.stop();
    Trees.lose(world, node);
    Parameters own = node.parameters();
    int size = own.get(SystemParameter.DATABASE_PAGE_SIZE) == 4_096 ? 8_192 : 4_096;
    Parameters others = own.with(SystemParameter.DATABASE_PAGE_SIZE, size);
    Answer creation = world.attempt(
        "create an instance with pages of " + size + " bytes",
        () -> world.engine().createInstance("probe", others, Environment.standard()));
    if (!creation.isSuccess()) {
      throw new TestAbortedException("the engine has no second page size: " + creation);
    }
    Answer answer = node.with(others).restore(backup);
    world.expect("REST-13", answer).succeedsOrFails(JetErr.PAGE_SIZE_MISMATCH);
    if (answer.isSuccess()) {
      world.expectSame("REST-13", node.acknowledged(), node.start().contents());
    }
  }

  private static Node filled(World world) {
    Node node = world.start();
    for (int i = 0; i < 8; i++) {
      node.commit("key" + i + "=v" + i + "*" + (i * 300), "same=" + i);
    }
    return node;
  }

  private static void expectCodes(
      World world, Chain chain, String file, JetErr[] bad, JetErr[] missing) {
    for (Damage damage : Damage.losses(chain.directory(), file)) {
      boolean gone = damage.kind() == Damage.Kind.MISSING;
      expectCode(world, chain, damage, gone ? missing : Expectation.anyOf(bad, missing));
    }
  }

  private static void expectCode(World world, Chain chain, Damage damage, JetErr... errors) {
    Restoration restoration = restored(world, chain, damage, "REST-12");
    world.expect("REST-12", restoration.answer()).succeedsOrFails(errors);
  }

  private static void expectRefusedOrRight(World world, Chain chain, Damage damage) {
    Restoration restoration = restored(world, chain, damage, "REST-11");
    world.expect("REST-11", restoration.answer()).isOfTheContract();
  }

  /** What a damaged copy of a set restores to; if to anything, then to what it should. */
  private static Restoration restored(World world, Chain chain, Damage damage, String clause) {
    Path copy = Trees.copy(world, chain.directory());
    damage.in(world, copy);
    Restoration restoration = Restoration.of(world, world.node("main"), List.of("main"), copy);
    restoration
        .contents()
        .ifPresent(contents -> world.expectOneOf(clause, chain.allowed(copy), contents));
    Trees.tidy(world, copy);
    return restoration;
  }
}
