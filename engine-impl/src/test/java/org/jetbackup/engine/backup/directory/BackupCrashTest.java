package org.jetbackup.engine.backup.directory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystem;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.jetbackup.api.error.JetException;
import org.jetbackup.api.position.LogGeneration;
import org.jetbackup.api.restore.RestoreMoment.Kind;
import org.jetbackup.engine.storage.Directories;
import org.jetbackup.tck.crash.CrashRecorder;
import org.jetbackup.tck.crash.CrashState;
import org.jetbackup.tck.crash.CrashStates;
import org.jetbackup.tck.crash.Profile;
import org.jetbackup.tck.crash.Recording;
import org.jetbackup.tck.storage.Fault;
import org.jetbackup.tck.storage.KitFileSystem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Whatever a crash leaves of a backup directory while something is published or retired: the set
 * that counts is whole, it is the new one once that was said, and the next run can go on.
 */
class BackupCrashTest {

  private static final int CAP = 24;

  private static final LogGeneration FIRST = LogGeneration.FIRST;
  private static final LogGeneration SECOND = FIRST.next();

  /** A directory with a set of one generation, and a log of two. */
  private record Scene(
      KitFileSystem files, Path directory, TinyBackup backup, CrashRecorder recorder) {}

  /** The log is elsewhere, and no part of the recording. */
  private static Recording record(Kind secondNote, Consumer<Scene> run) {
    try (FileSystem elsewhere = Jimfs.newFileSystem(Configuration.unix());
        TinyBackup backup = new TinyBackup(TinyBackup.directory(elsewhere.getPath("logs")));
        KitFileSystem files = KitFileSystem.inMemory()) {
      Path directory = TinyBackup.directory(files.root().resolve("backup"));
      backup.full(directory);
      backup.close(secondNote);
      CrashRecorder recorder = CrashRecorder.on(files);
      recorder.begin();
      run.accept(new Scene(files, directory, backup, recorder));
      return recorder.end();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A second set with two generations instead of the first one. */
  private static void replace(Scene scene) {
    BackupDirectory target = BackupDirectory.open(scene.directory);
    List<Path> old = target.sets();
    try (Draft draft = Draft.begin(scene.directory, Runnable::run)) {
      scene.backup.fill(draft, FIRST, SECOND);
      assertTrue(draft.publish(target.nextSet()));
    }
    scene.recorder.mark("published");
    target.retire(old);
    scene.recorder.mark("retired");
  }

  private static void extend(Scene scene) {
    BackupChain chain = BackupDirectory.open(scene.directory).chain();
    try (Draft draft = Draft.begin(chain.set(), Runnable::run)) {
      scene.backup.addLogs(draft, SECOND, SECOND);
      assertTrue(draft.publish(chain.nextIncrement(SECOND, SECOND)));
    }
    scene.recorder.mark("published");
  }

  /** What is wrong with a state; empty if nothing. */
  private static String judge(CrashState state) {
    try (KitFileSystem left = state.image().open()) {
      Path directory = left.root().resolve("backup");
      BackupDirectory found = BackupDirectory.open(directory);
      long high = SetVerifier.verify(directory).genHigh().value();
      boolean isRight = high == 2 || (high == 1 && !state.passed("published"));
      if (!isRight || !found.foreign().isEmpty()) {
        return "last generation " + high + ", foreign: " + found.foreign();
      }
      found.removeLeftovers();
      List<Path> sets = found.sets();
      if (state.passed("retired") && sets.size() != 1) {
        return "sets: " + sets;
      }
      return Directories.list(directory).equals(sets) ? "" : "something is left";
    } catch (JetException e) {
      return e.toString();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void explore(Recording recording, Profile profile) {
    int[] states = {0};
    CrashStates.of(recording, profile).cappedAt(CAP).forEachRaw(state -> {
      states[0]++;
      assertEquals("", judge(state), state::toString);
    });
    assertTrue(states[0] >= 10, "states: " + states[0]);
  }

  @ParameterizedTest
  @EnumSource(
      value = Profile.class,
      names = {"KILL", "DROP_UNSYNCED", "META_ORDERED", "WEAK"})
  void whileASetReplacesAnotherOneOfThemIsWhole(Profile profile) {
    explore(record(Kind.FULL, BackupCrashTest::replace), profile);
  }

  @ParameterizedTest
  @EnumSource(
      value = Profile.class,
      names = {"KILL", "DROP_UNSYNCED", "META_ORDERED", "WEAK"})
  void whileAnIncrementIsPublishedTheChainIsWhole(Profile profile) {
    explore(record(Kind.INCREMENTAL, BackupCrashTest::extend), profile);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "force backup before-effect",
        "force backup after-effect",
        "force backup/jetbackup.staging before-effect",
        "move backup/** before-effect",
        "move backup/** after-effect",
      })
  void alsoWhereAnOperationFailsAndThePublicationIsTakenBack(String pattern) {
    String[] words = pattern.split(" ", -1);
    boolean[] fired = {true};
    int faults = 0;
    while (fired[0]) {
      faults++;
      Fault fault = Fault.parse(words[0] + " " + words[1] + " #" + faults + " once " + words[2]);
      Recording recording = record(Kind.FULL, scene -> {
        scene.files.inject(fault);
        try {
          replace(scene);
        } catch (JetException e) {
          assertTrue(scene.files.fired(), e::toString);
        }
        fired[0] = scene.files.fired();
      });
      CrashStates.of(recording, Profile.WEAK)
          .cappedAt(8)
          .forEachRaw(state -> assertEquals("", judge(state), () -> fault + "\n" + state));
    }
    assertTrue(faults > 1, pattern);
  }

  @Test
  void aSetThatIsPublishedBeforeItIsForcedIsFoundOut() {
    Recording recording = record(Kind.FULL, scene -> {
      Path staging = TinyBackup.directory(scene.directory.resolve("jetbackup.staging"));
      for (Path file : Directories.list(scene.directory.resolve("set-000001"))) {
        TinyBackup.write(staging.resolve(file.getFileName()), TinyBackup.bytes(file));
      }
      Directories.moveAtomically(staging, scene.directory.resolve("set-000002"));
    });
    int[] bad = {0};
    CrashStates.of(recording, Profile.META_ORDERED)
        .cappedAt(CAP)
        .forEachRaw(state -> bad[0] += judge(state).isEmpty() ? 0 : 1);
    assertTrue(bad[0] > 0, "nobody noticed");
  }
}
