package org.jetbackup.tck.explore;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import org.jetbackup.api.backup.BackupGrbit;
import org.jetbackup.api.error.JetErr;
import org.jetbackup.tck.Capability;
import org.jetbackup.tck.ClauseViolation;
import org.jetbackup.tck.crash.CrashRecorder;
import org.jetbackup.tck.crash.Image;
import org.jetbackup.tck.crash.Recording;
import org.jetbackup.tck.fixture.Node;
import org.jetbackup.tck.fixture.Restoration;
import org.jetbackup.tck.fixture.World;
import org.jetbackup.tck.model.Answer;
import org.jetbackup.tck.model.Contents;
import org.jetbackup.tck.storage.KitFileSystem;

/**
 * Opens the engine on what a crash has left and demands what is legal there:
 *
 * <pre>
 *   init --------> live contents ----> restore aside ----> next full, next incremental
 *     |  CRASH-1     CRASH-1, CRASH-2    CRASH-3 to -6       CRASH-9
 *     | recorded: what a second crash leaves is judged by itself (CRASH-8, CRASH-10)
 *   on a second copy, without databases: restore and roll forward (CRASH-7)
 *   where a restore was in flight: -544 or one of two states (CRASH-11), then once more (CRASH-10)
 * </pre>
 */
final class Judge {

  private final World outer;
  private final Image image;
  private final Expectation expected;
  private final List<String> story;
  private final Optional<String> replay;
  private boolean again;
  private final List<ClauseViolation> violations = new ArrayList<>();
  private boolean interesting;
  private Optional<Recording> recovery = Optional.empty();

  /**
   * For one state.
   *
   * @param story lines that a violation shows before the calls made here
   * @param replay the replay file that a violation names, if any
   */
  Judge(
      World outer, Image image, Expectation expected, List<String> story, Optional<String> replay) {
    this.outer = outer;
    this.image = image;
    this.expected = expected;
    this.story = story;
    this.replay = replay;
  }

  /** Judges everything. */
  Finding judge() {
    try (Image.Opened opened = image.openRecorded();
        World world = open(opened.files())) {
      Node node = world.node("main");
      boolean inService = openRecorded(world, node, opened.recorder());
      boolean[] holdsSet = {false};
      boolean readable = judge(world, () -> holdsSet[0] = restores(world, node));
      if (inService && readable) {
        judge(world, () -> backUpOnceMore(world, node, holdsSet[0]));
      }
      world.files().freeze();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    if (expected.rollsForward() && !expected.restoring()) {
      aside(this::rollForward);
    }
    if (expected.restoring()) {
      aside(this::restoreAgain);
    }
    return finding();
  }

  /**
   * Opens the engine and judges nothing.
   *
   * @return what init, or the repeated restore, did to the files, if it came to that
   */
  Optional<Recording> recoverOnly() {
    try (Image.Opened opened = image.openRecorded();
        World world = open(opened.files())) {
      openRecorded(world, world.node("main"), opened.recorder());
      world.files().freeze();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return recovery;
  }

  /** Whether the instance is in service. */
  private boolean openRecorded(World world, Node node, CrashRecorder recorder) {
    boolean inService = expected.restoring()
        ? judge(world, () -> openAfterRestore(world, node, recorder))
        : judge(world, () -> openAfterCrash(world, node, Optional.of(recorder)));
    recorder.detach();
    return inService;
  }

  /** Judges only what a second crash can spoil: that the instance comes up, with the right state. */
  Finding judgeRecoveryOnly() {
    again = true;
    if (expected.restoring()) {
      aside(this::restoreAgain);
    } else {
      aside((world, node) -> openAfterCrash(world, node, Optional.empty()));
    }
    return finding();
  }

  /** What init, or the repeated restore, did to the files, if it came to that. */
  Optional<Recording> recovery() {
    return recovery;
  }

  private Finding finding() {
    Grade grade = !violations.isEmpty()
        ? Grade.FORBIDDEN
        : interesting ? Grade.INTERESTING : Grade.ACCEPTABLE;
    return new Finding(grade, List.copyOf(violations));
  }

  private World open(KitFileSystem files) {
    files.captureStacks(false);
    World world = outer.on(files);
    story.forEach(world::record);
    replay.ifPresent(world::replayedFrom);
    return world;
  }

  private interface Part {
    void run();
  }

  private boolean judge(World world, Part part) {
    try {
      part.run();
      return true;
    } catch (ClauseViolation violation) {
      boolean known = violations.stream().anyMatch(v -> v.clause().equals(violation.clause()));
      if (!known) {
        violations.add(violation);
      }
      world.record("(broken: " + violation.clause() + ")");
      return false;
    }
  }

  private interface Aside {
    void run(World world, Node node);
  }

  /** Judges on a copy of its own. */
  private void aside(Aside part) {
    try (World world = open(image.open())) {
      judge(world, () -> part.run(world, world.node("main")));
      world.files().freeze();
    }
  }

  // Init

  private void openAfterCrash(World world, Node node, Optional<CrashRecorder> recorder) {
    recorder.ifPresent(CrashRecorder::begin);
    knowDatabases(world, node);
    String clause = clause("CRASH-1");
    world.about(clause).expect(clause, node.tryStart()).success();
    node.attachAll();
    recovery = recorder.map(CrashRecorder::end).filter(Recording::writes);
    attachWhatWasInFlight(world, node);
    expectLive(world, node.contents());
  }

  private void knowDatabases(World world, Node node) {
    expected.databases().forEach((name, file) -> node.knows(name, world.path(file)));
  }

  /** A database of which the creation was in flight is there, or it can be created. */
  private void attachWhatWasInFlight(World world, Node node) {
    expected.perhaps().ifPresent(database -> {
      Path file = world.path(database.file());
      Answer answer =
          world.attempt("attach " + database.name(), () -> node.session().attachDatabase(file));
      if (answer.isSuccess()) {
        node.knows(database.name(), file);
      } else {
        world.expect(clause("CRASH-2"), answer).failsSomehow();
        Answer created = world.attempt(
            "create " + database.name(),
            () -> node.session().createDatabase(file).close());
        world.expect(clause("CRASH-2"), created).success();
      }
    });
  }

  private void expectLive(World world, Contents seen) {
    node(world).acknowledge(seen);
    if (expected.live().contains(seen)) {
      interesting |= !seen.equals(expected.acknowledged());
      return;
    }
    String allowed = expected.live().stream()
        .map(Contents::toString)
        .reduce((one, other) -> one + " or " + other)
        .orElseThrow();
    String difference = expected.acknowledged().describeDifferencesOf(seen);
    throw world.violation(clause(clauseBroken(seen)), allowed, seen + ": " + difference);
  }

  private static Node node(World world) {
    return world.node("main");
  }

  /** The same demand has a clause of its own when recovery has crashed. */
  private String clause(String first) {
    return again ? "CRASH-8" : first;
  }

  /** CRASH-1 if something that every allowed state has in common is missing; else CRASH-2. */
  private String clauseBroken(Contents seen) {
    NavigableMap<String, String> entries = seen.entries();
    for (Map.Entry<String, String> entry : expected.acknowledged().entries().entrySet()) {
      String value = entry.getValue();
      boolean certain =
          expected.live().stream().allMatch(c -> value.equals(c.entries().get(entry.getKey())));
      if (certain && !value.equals(entries.get(entry.getKey()))) {
        return "CRASH-1";
      }
    }
    return "CRASH-2";
  }

  // Restore

  /** Whether the backup directory restores to something legal, aside. */
  private boolean restores(World world, Node node) {
    Expectation.Directory directory = expected.directory().orElse(null);
    boolean inTheWay = expected.restoring() && !world.has(Capability.RESTORE_ELSEWHERE);
    if (directory == null) {
      return false;
    }
    if (inTheWay) {
      return directory.settled();
    }
    world.about(directory.clause());
    Restoration restoration = Restoration.of(
        world, node, new TreeSet<>(directory.databases()), world.path(directory.name()));
    if (!restoration.answer().isSuccess() && directory.mayRefuse()) {
      world.expect(directory.clause(), restoration.answer()).failsSomehow();
      return false;
    }
    world.expect(directory.clause(), restoration.answer()).success();
    Contents seen = restoration.contents().orElse(Contents.EMPTY);
    world.expectOneOf(directory.clause(), directory.moments(), seen);
    interesting |= directory.mayRefuse() || !seen.equals(directory.moments().get(0));
    return true;
  }

  private void backUpOnceMore(World world, Node node, boolean holdsSet) {
    world.about("CRASH-9");
    boolean inPlace =
        expected.directory().isPresent() && (!holdsSet || world.has(Capability.ATOMIC));
    Path target = inPlace
        ? world.path(expected.directory().orElseThrow().name())
        : world.freshDirectory("next");
    BackupGrbit kind = inPlace && holdsSet ? BackupGrbit.ATOMIC : BackupGrbit.FULL;
    world.expect("CRASH-9", node.backup(target, kind)).success();
    node.commit("next=1");
    if (world.has(Capability.INCREMENTAL)) {
      world.expect("CRASH-9", node.backup(target, BackupGrbit.INCREMENTAL)).success();
      world.expectRestores("CRASH-9", node, target, node.acknowledged());
    }
  }

  /** The databases are lost, and the newest set and the live log bring back every commit. */
  private void rollForward(World world, Node node) {
    Expectation.Directory directory = expected.directory().orElseThrow();
    world.about("CRASH-7");
    knowDatabases(world, node);
    world.require("lose the databases", () -> {
      for (String file : expected.databases().values()) {
        Files.deleteIfExists(world.path(file));
      }
    });
    world.expect("CRASH-7", node.restore(world.path(directory.name()))).success();
    node.start();
    world.expectOneOf("CRASH-7", expected.live(), node.contents());
  }

  /** A restore that was in flight: init asks for it again, or finds the state before or after. */
  private void openAfterRestore(World world, Node node, CrashRecorder recorder) {
    knowDatabases(world, node);
    world.about("CRASH-11");
    Answer answer = node.tryStart();
    if (answer.isOneOf(JetErr.SOFT_RECOVERY_ON_BACKUP_DATABASE)) {
      interesting = true;
      node.abandon();
      recorder.begin();
      repeatRestore(world, node);
      recovery = Optional.of(recorder.end()).filter(Recording::writes);
      node.start();
      world.expectSame("CRASH-10", expected.completed(), node.contents());
      node.acknowledge(expected.completed());
      return;
    }
    world.expect("CRASH-11", answer).success();
    node.attachAll();
    Contents seen = node.contents();
    world.expectOneOf("CRASH-11", expected.live(), seen);
    interesting |= !seen.equals(expected.acknowledged());
    node.acknowledge(seen);
  }

  private void restoreAgain(World world, Node node) {
    knowDatabases(world, node);
    repeatRestore(world, node);
    node.start();
    world.expectSame("CRASH-10", expected.completed(), node.contents());
  }

  private void repeatRestore(World world, Node node) {
    Expectation.Directory directory =
        Objects.requireNonNull(expected.directory().orElse(null), "a restore has a directory");
    world.about("CRASH-10");
    world
        .expect("CRASH-10", Restoration.again(world, node, world.path(directory.name())))
        .success();
  }
}
