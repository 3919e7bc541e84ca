package org.jetbackup.tck.suite;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;
import org.jetbackup.api.InstanceState;
import org.jetbackup.api.TermGrbit;
import org.jetbackup.api.backup.BackupGrbit;
import org.jetbackup.api.backup.Snt;
import org.jetbackup.tck.Capability;
import org.jetbackup.tck.Clauses;
import org.jetbackup.tck.Requires;
import org.jetbackup.tck.fixture.Listening;
import org.jetbackup.tck.fixture.Midst;
import org.jetbackup.tck.fixture.Node;
import org.jetbackup.tck.fixture.TckTest;
import org.jetbackup.tck.fixture.World;
import org.jetbackup.tck.life.LifeRow;
import org.jetbackup.tck.life.LifeTable;
import org.jetbackup.tck.model.Answer;
import org.jetbackup.tck.storage.Fault;
import org.junit.jupiter.api.Test;
import org.opentest4j.TestAbortedException;

/** Chapter {@code life-cycle}: what each call is answered in each state, row by row. */
@TckTest
class LifeStatesSuite {

  @Test
  @Clauses("LIFE-13")
  void anInstanceThatWasOnlyCreatedAnswersAsTheTableSays(World world) {
    judgeEach(world, InstanceState.CREATED, scene -> {});
  }

  @Test
  @Clauses("LIFE-13")
  void anInstanceInServiceAnswersAsTheTableSays(World world) {
    judgeEach(world, InstanceState.INITIALIZED, LifeScene::inService);
  }

  @Test
  @Clauses("LIFE-13")
  @Requires(Capability.STOP_SERVICE)
  void anInstanceWhoseServiceWasStoppedAnswersAsTheTableSays(World world) {
    judgeEach(world, InstanceState.STOPPED, scene -> {
      Node node = scene.inService().node();
      scene.world().require("main: stop service", () -> node.instance().stopService());
    });
  }

  @Test
  @Clauses("LIFE-13")
  @Requires(Capability.READS_GIVEN_FILE_SYSTEM)
  void anInstanceThatHasLostItsLogAnswersAsTheTableSays(World world) {
    judgeEach(world, InstanceState.UNAVAILABLE, scene -> {
      scene.inService();
      scene.world().inject(Fault.parse("write main/log/** #1 sticky before-effect"));
      boolean lost = !scene.commitSomething().isSuccess();
      scene.world().files().clearFaults();
      if (!lost) {
        throw new TestAbortedException("the engine commits without writing to the log directory");
      }
      scene.world().record("the fault is over");
    });
  }

  @Test
  @Clauses("LIFE-13")
  void anInstanceThatHasEndedAnswersAsTheTableSays(World world) {
    judgeEach(world, InstanceState.TERMINATED, scene -> end(scene.inService()));
  }

  @Test
  @Clauses("LIFE-13")
  void anInstanceThatHasEndedBeforeItWasInServiceAnswersAsTheTableSays(World world) {
    List<LifeRow> rows = LifeTable.of(InstanceState.TERMINATED).stream()
        .filter(row -> !row.call().isOfASession())
        .toList();
    world.start();
    judgeEach(world, rows, LifeStatesSuite::end);
  }

  @Test
  @Clauses("LIFE-13")
  @Requires(Capability.PROGRESS)
  void anInstanceThatIsRestoringAnswersAsTheTableSays(World world) {
    for (LifeRow row : LifeTable.of(InstanceState.RESTORING)) {
      try (World fresh = world.again()) {
        Node node = fresh.start().commit("a=1");
        Path set = fresh.freshDirectory("backup");
        node.mustBackup(set, BackupGrbit.FULL).stop();
        Trees.lose(fresh, node);
        LifeScene scene = new LifeScene(fresh, row);
        List<LifeScene.Seen> seen = new ArrayList<>();
        Listening during = Listening.at(Snt.BEGIN, () -> seen.add(scene.call()));
        fresh.attempt("main: restore " + set, () -> node.instance().restore(set, during));
        if (seen.isEmpty()) {
          throw new TestAbortedException("the engine reported no Begin");
        }
        seen.forEach(scene::judge);
      }
    }
  }

  @Test
  @Clauses("LIFE-13")
  void anInstanceThatIsRecoveringAnswersAsTheTableSays(World world) {
    judgeInTheMidst(world, InstanceState.INITIALIZING, scene -> {
      Node node = scene.world().start().commit("a=1", "big=x*60000").crash();
      return () -> node.instance().init();
    });
  }

  @Test
  @Clauses("LIFE-13")
  void anInstanceThatIsEndingAnswersAsTheTableSays(World world) {
    judgeInTheMidst(world, InstanceState.TERMINATING, scene -> {
      Node node = scene.inService().node();
      return () -> node.instance().terminate(TermGrbit.COMPLETE);
    });
  }

  private static void end(LifeScene scene) {
    scene
        .world()
        .require("main: terminate", () -> scene.node().instance().terminate(TermGrbit.COMPLETE));
  }

  private static void judgeEach(World world, InstanceState state, Consumer<LifeScene> enter) {
    judgeEach(world, LifeTable.of(state), enter);
  }

  /** Plays every row in a world of its own. */
  private static void judgeEach(World world, List<LifeRow> rows, Consumer<LifeScene> enter) {
    int judged = 0;
    for (LifeRow row : rows) {
      if (LifeScene.isPossible(world, row)) {
        try (World fresh = world.again()) {
          LifeScene scene = new LifeScene(fresh, row);
          enter.accept(scene);
          scene.judge(scene.call());
          judged++;
        }
      }
    }
    world.note(judged + " calls");
  }

  /** Prepares a scene and says which call of the test's thread leads through the state. */
  private interface Passage {
    Answer.Call prepare(LifeScene scene);
  }

  /**
   * Plays every row at each moment that the engine offers in the midst of a call. Only what was
   * answered while the state was there, before and after, is judged.
   */
  private static void judgeInTheMidst(World world, InstanceState state, Passage passage) {
    int judged = 0;
    for (LifeRow row : LifeTable.of(state)) {
      try (World fresh = world.again()) {
        LifeScene scene = new LifeScene(fresh, row);
        Answer.Call through = passage.prepare(scene);
        List<LifeScene.Seen> seen = Collections.synchronizedList(new ArrayList<>());
        Midst.of(
            fresh,
            scene.node(),
            () -> fresh.attempt("main: into " + state, through),
            row.call().text(),
            () -> keep(seen, scene.call()));
        for (LifeScene.Seen each : List.copyOf(seen)) {
          if (each.before() == state && each.after() == state) {
            scene.judgeAnswer(each.answer());
            judged++;
          }
        }
      }
    }
    if (judged == 0) {
      throw new TestAbortedException("the engine offered no moment in state " + state);
    }
    world.note(judged + " calls");
  }

  private static Answer keep(List<LifeScene.Seen> all, LifeScene.Seen seen) {
    all.add(seen);
    return seen.answer();
  }
}
