package org.jetbackup.engine.restore;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.NavigableMap;
import java.util.Optional;
import org.jetbackup.api.JetSession;
import org.jetbackup.api.backup.StatusCallback;
import org.jetbackup.api.error.JetErr;
import org.jetbackup.api.error.JetException;
import org.jetbackup.api.position.LogGeneration;
import org.jetbackup.engine.backup.directory.BackupDirectory;
import org.jetbackup.tck.crash.CrashRecorder;
import org.jetbackup.tck.crash.CrashStates;
import org.jetbackup.tck.crash.Profile;
import org.jetbackup.tck.crash.Recording;
import org.jetbackup.tck.storage.Fault;
import org.jetbackup.tck.storage.KitFileSystem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A restore in place that fails or crashes anywhere leaves what was there, or what it restores, or
 * a marker that keeps everybody out; and the restore can be repeated.
 *
 * <p>Every build lets the disk fail at every eleventh operation and looks at every fourth state
 * that a crash leaves; {@code -Djetbackup.restore.step=1} at each.
 */
class InterruptedRestoreTest {

  private static final String A = "a.edb";
  private static final String B = "b.edb";
  private static final String STRANGER = "stranger.edb";

  private static final int STEP = Integer.getInteger("jetbackup.restore.step", 11);

  /** The files before a restore, and what databases hold before and after. */
  private record Scene(
      NavigableMap<String, byte[]> files,
      NavigableMap<String, NavigableMap<String, String>> before,
      NavigableMap<String, NavigableMap<String, String>> after) {}

  /** Databases are there, clean and newer than the set; the log is lost. */
  private static Scene withoutLog() {
    return scene(site -> {
      NavigableMap<String, NavigableMap<String, String>> moment = site.known();
      site.work(A, 40, 5).stop().loseLogs();
      return moment;
    });
  }

  /** Databases are there and dirty; one is created behind the set; the live log is there. */
  private static Scene withLog() {
    return scene(site -> {
      site.work(A, 40, 5).create("c.edb").work("c.edb", 60, 3).die();
      return site.known();
    });
  }

  /** A database that the set does not have was attached behind it, and is dirty. */
  private static Scene withStranger() {
    return scene(site -> {
      site.attach(STRANGER).work(STRANGER, 60, 8).work(A, 40, 3).die();
      return site.known();
    });
  }

  private interface Story {
    NavigableMap<String, NavigableMap<String, String>> tell(Site site);
  }

  private static Scene scene(Story story) {
    try (KitFileSystem kit = KitFileSystem.inMemory()) {
      kit.captureStacks(false);
      Site site = new Site(kit.root());
      site.start().create(STRANGER).work(STRANGER, 80, 3).detach(STRANGER);
      site.create(A).create(B).work(A, 0, 12).backup(() -> site.work(B, 20, 3));
      NavigableMap<String, NavigableMap<String, String>> after = story.tell(site);
      return new Scene(Site.tree(kit.root()), site.known(), after);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Scene scene(String name) {
    return switch (name) {
      case "log" -> withLog();
      case "stranger" -> withStranger();
      default -> withoutLog();
    };
  }

  private static Site siteOf(KitFileSystem kit, int life) {
    return new Site(kit.root(), kit.root().resolve("logs"), life);
  }

  @ParameterizedTest
  @CsvSource({
    "log,any-mutation ** #%d sticky before-effect",
    "log,any-mutation ** #%d once after-effect",
    "log,read ** #%d once access-denied",
    "log,force ** #%d once drops-data",
    "stranger,any-mutation ** #%d sticky before-effect",
    "none,any-mutation ** #%d sticky before-effect",
    "none,any-mutation ** #%d once after-effect",
    "none,any-mutation ** #%d once before-effect",
    "none,move ** #%d sticky before-effect"
  })
  void afterAFailureOfTheDiskNothingHasHappenedOrTheRestoreIsRepeated(String name, String fault) {
    Scene scene = scene(name);
    int n = 1;
    int marked = 0;
    while (true) {
      Struck struck = strike(scene, fault.formatted(n));
      if (!struck.fired) {
        break;
      }
      marked += struck.marked ? 1 : 0;
      n += STEP;
    }
    assertTrue(n > 3, "the fault has struck");
    boolean reads = fault.startsWith("read");
    assertTrue(marked > 0 || reads, "behind the marker, too");
  }

  private record Struck(boolean fired, boolean marked) {}

  private static Struck strike(Scene scene, String fault) {
    try (KitFileSystem kit = Site.open(scene.files)) {
      Site site = siteOf(kit, 100);
      kit.inject(Fault.parse(fault));
      boolean failed = false;
      try {
        site.restore();
      } catch (JetException e) {
        failed = true;
      }
      boolean fired = kit.fired();
      kit.clearFaults();
      assertTrue(kit.openHandles().isEmpty(), () -> "" + kit.openHandles());
      boolean marked = Restore.isInterrupted(site.logs(), "edb");
      assertTrue(failed || !marked, "a restore that has succeeded leaves its marker");
      if (!marked) {
        // It may have failed when all but the marker was done, which then went all the same.
        assertTrue(
            failed || !isOld(kit, scene) || scene.before.equals(scene.after),
            "succeeds and leaves what was there");
      }
      requireRepeatable(kit.root(), scene);
      return new Struck(fired, marked);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (JetException | AssertionError e) {
      throw new AssertionError("with the fault: " + fault, e);
    }
  }

  private static void requireRepeatable(Path root, Scene scene) {
    Site again = new Site(root, root.resolve("logs"), 300);
    again.restore();
    again.know(scene.after).start().requireKnown().work(A, 70, 3).stop();
    again.start().requireKnown().stop();
  }

  @ParameterizedTest
  @EnumSource(
      value = Profile.class,
      names = {"KILL", "META_ORDERED"})
  void everyCrashOfARestoreWithoutALogLeavesOldOrNewOrAMarker(Profile profile) {
    everyCrash(withoutLog(), profile);
  }

  @ParameterizedTest
  @EnumSource(value = Profile.class, names = "META_ORDERED")
  void everyCrashOfARestoreWithTheLiveLogLeavesOldOrNewOrAMarker(Profile profile) {
    everyCrash(withLog(), profile);
  }

  private static void everyCrash(Scene scene, Profile profile) {
    Recording recording = record(scene);
    int[] counts = new int[3];
    int[] number = {0};
    CrashStates.of(recording, profile).cappedAt(2).forEach(state -> {
      if (number[0]++ % Math.min(STEP, 4) != 0) {
        return;
      }
      try (KitFileSystem kit = state.image().open()) {
        kit.captureStacks(false);
        if (Restore.isInterrupted(kit.root().resolve("logs"), "edb")) {
          counts[0]++;
        } else {
          counts[isOld(kit, scene) ? 1 : 2]++;
        }
        requireRepeatable(kit.root(), scene);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      } catch (JetException | AssertionError e) {
        throw new AssertionError(profile + ": " + state, e);
      }
    });
    assertTrue(
        counts[0] > 1 && counts[1] + counts[2] > 0,
        "marked, old, new: " + counts[0] + ", " + counts[1] + ", " + counts[2]);
  }

  /** Whether it is the old state; otherwise it must be the new one. Looks at a copy. */
  private static boolean isOld(KitFileSystem kit, Scene scene) throws IOException {
    NavigableMap<String, byte[]> files = Site.tree(kit.root());
    try (KitFileSystem copy = Site.open(files)) {
      Site.deleteFiles(copy.root().resolve("data"), ".*jetbackup-restore.*");
      siteOf(copy, 200).know(scene.before).start().requireKnown().stop();
      return true;
    } catch (AssertionError e) {
      try (KitFileSystem copy = Site.open(files)) {
        siteOf(copy, 200).know(scene.after).start().requireKnown().stop();
        return false;
      }
    }
  }

  private static Recording record(Scene scene) {
    try (KitFileSystem kit = Site.open(scene.files)) {
      CrashRecorder recorder = CrashRecorder.on(kit, CrashRecorder.SECTOR_DEFAULT);
      Site site = siteOf(kit, 100);
      recorder.begin();
      site.restore();
      return recorder.end();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"log", "stranger", "none"})
  void aRestoreCanBeInterruptedTwice(String name) {
    Scene scene = scene(name);
    for (int first = 40; first < 200; first += 41) {
      for (int second = 20; second < 200; second += 37) {
        try (KitFileSystem kit = Site.open(scene.files)) {
          breakOff(kit, 100, first);
          breakOff(kit, 150, second);
          requireRepeatable(kit.root(), scene);
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        } catch (JetException | AssertionError e) {
          throw new AssertionError("broken off at " + first + ", then at " + second, e);
        }
      }
    }
  }

  private static void breakOff(KitFileSystem kit, int life, int at) {
    Site site = siteOf(kit, life);
    kit.inject(Fault.parse("any-mutation ** #" + at + " sticky before-effect"));
    try {
      site.restore();
    } catch (JetException e) {
      // That is what was wanted.
    }
    kit.clearFaults();
  }

  /** What is still to be removed there fills more than one generation. */
  @Test
  void aRestoreToAMomentThatHasBegunSeveralGenerationsIsRepeated() throws IOException {
    NavigableMap<String, byte[]> files = momentWithRemovals();
    int repeated = 0;
    int generations = 0;
    for (int n = 90; true; n += 8) {
      try (KitFileSystem kit = Site.open(files)) {
        Site site = siteOf(kit, 100);
        kit.inject(Fault.parse("any-mutation ** #" + n + " sticky before-effect"));
        try {
          toMoment(site);
        } catch (JetException e) {
          // That is what was wanted.
        }
        if (!kit.fired()) {
          break;
        }
        kit.clearFaults();
        if (Restore.isInterrupted(site.logs(), "edb")) {
          repeated++;
          generations = Math.max(generations, Site.names(site.logs()).size());
          Site again = siteOf(kit, 300);
          toMoment(again);
          again.start().attach(A).stop();
          Site.requireSound(again.file(A));
        }
      } catch (JetException | AssertionError e) {
        throw new AssertionError("broken off at " + n, e);
      }
    }
    assertTrue(repeated > 3 && generations > 3, repeated + " with up to " + generations);
  }

  private static void toMoment(Site site) {
    LogGeneration last = BackupDirectory.open(site.backups()).chain().genHigh();
    site.restore(site.backups(), Optional.empty(), Optional.of(last), StatusCallback.NONE);
  }

  private static NavigableMap<String, byte[]> momentWithRemovals() throws IOException {
    try (KitFileSystem kit = KitFileSystem.inMemory()) {
      kit.captureStacks(false);
      Site site = new Site(kit.root());
      site.start().create(A);
      for (int i = 0; i < 30; i++) {
        site.put(A, "long" + i, Site.text(i, 60_000));
      }
      try (JetSession reader = site.instance().beginSession()) {
        reader.beginTransaction();
        Site.read(reader, site.file(A));
        for (int i = 0; i < 30; i++) {
          site.delete(A, "long" + i);
        }
        site.backup();
      }
      site.stop().loseLogs();
      return Site.tree(kit.root());
    }
  }

  @Test
  void aMarkerThatWasTornIsAMarker() throws IOException {
    Scene scene = withoutLog();
    try (KitFileSystem kit = Site.open(scene.files)) {
      Site site = siteOf(kit, 100);
      Files.write(site.logs().resolve("edb.rst"), new byte[] {7, 7});
      Site.refused(
          JetErr.SOFT_RECOVERY_ON_BACKUP_DATABASE,
          () -> Restore.requireNotInterrupted(site.logs(), "edb"));
      requireRepeatable(kit.root(), scene);
      assertFalse(Restore.isInterrupted(site.logs(), "edb"));
    }
  }
}
