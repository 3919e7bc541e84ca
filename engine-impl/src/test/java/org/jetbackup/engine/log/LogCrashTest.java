package org.jetbackup.engine.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jetbackup.tck.crash.CrashRecorder;
import org.jetbackup.tck.crash.CrashState;
import org.jetbackup.tck.crash.CrashStates;
import org.jetbackup.tck.crash.Image;
import org.jetbackup.tck.crash.Profile;
import org.jetbackup.tck.crash.Recording;
import org.jetbackup.tck.storage.KitFileSystem;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Whatever a crash leaves on disks with sectors of 512 bytes: what was acknowledged is read, what
 * follows is a part of what was appended, in order, and the log goes on.
 */
class LogCrashTest {

  private static final int[] SIZES = {10, 700, 0, 2_000, 300};

  /** A log that was there before; two rolls, one by the way, reuse, and another life. */
  private static final class Work {
    final List<String> appended = new ArrayList<>();
    final LogOptions options;
    final CrashRecorder recorder;
    int number;

    Work(Path root, CrashRecorder recorder) {
      this.options = SmallLog.options(root, 512, 1024, true);
      this.recorder = recorder;
    }

    void append(LogWriter log, int size) {
      ByteBuffer payload = SmallLog.payload(number++, size);
      appended.add(SmallLog.content(RecordKind.NOTE, true, payload));
      log.append(RecordKind.NOTE, true, payload);
    }

    void force(LogWriter log) {
      log.force(log.end());
      recorder.mark(mark(appended.size()));
    }

    void commits(LogWriter log) {
      for (int size : SIZES) {
        append(log, size);
        force(log);
      }
    }

    void run() {
      try (LogWriter log = SmallLog.reopen(options, 2)) {
        recorder.mark("opened");
        commits(log);
        log.roll();
        commits(log);
        log.discardBefore(log.end());
        log.roll();
        append(log, 40);
        append(log, 1_500);
        force(log);
      }
      try (LogWriter log = SmallLog.reopen(options, 3)) {
        commits(log);
      }
    }
  }

  private static String mark(int records) {
    return records + " records";
  }

  private record Recorded(Recording recording, List<String> appended) {}

  private static Recorded record() {
    try (KitFileSystem files = KitFileSystem.inMemory()) {
      Work work = new Work(files.root(), CrashRecorder.on(files, CrashRecorder.SECTOR_TORN));
      try (LogWriter log = SmallLog.create(work.options)) {
        work.append(log, 58_000);
        log.force(log.end());
      }
      work.recorder.begin();
      work.run();
      return new Recorded(work.recorder.end(), work.appended);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static int acknowledged(CrashState state, int of) {
    int count = of;
    while (count > 1 && !state.passed(mark(count))) {
      count--;
    }
    return count;
  }

  /** What is there is a run of what was appended that reaches at least as far as acknowledged. */
  private static void check(Path root, CrashState state, List<String> appended) {
    List<String> found = SmallLog.read(root, 0).contents();
    int acknowledged = acknowledged(state, appended.size());
    boolean isThere = false;
    for (int end = acknowledged; end <= appended.size(); end++) {
      int begin = end - found.size();
      isThere |= begin >= 0 && appended.subList(begin, end).equals(found);
    }
    assertTrue(isThere, () -> acknowledged + " acknowledged, found " + found + "\n" + state);
  }

  private static void goOn(Path root, long seed) {
    LogOptions options = SmallLog.options(root, 512, 1024, true);
    List<String> before = SmallLog.read(root, 0).contents();
    ByteBuffer payload = SmallLog.payload(seed, 900);
    try (LogWriter log = SmallLog.reopen(options, seed)) {
      log.force(log.append(RecordKind.NOTE, true, payload));
    }
    List<String> expected = new ArrayList<>(before);
    expected.add(SmallLog.content(RecordKind.NOTE, true, payload));
    assertEquals(expected, SmallLog.read(root, 0).contents());
  }

  @ParameterizedTest
  @EnumSource(
      value = Profile.class,
      names = {"KILL", "DROP_UNSYNCED", "META_ORDERED", "WEAK", "GARBAGE"})
  void whatWasAcknowledgedIsThereAndTheLogGoesOn(Profile profile) {
    Recorded recorded = record();
    CrashStates.of(recorded.recording, profile).cappedAt(20).forEachRaw(state -> {
      try (KitFileSystem left = state.image().open()) {
        check(left.root(), state, recorded.appended);
        goOn(left.root(), 77);
      } catch (IOException | RuntimeException e) {
        throw new AssertionError(state.toString(), e);
      }
    });
  }

  @ParameterizedTest
  @EnumSource(
      value = Profile.class,
      names = {"KILL", "DROP_UNSYNCED", "META_ORDERED", "WEAK", "GARBAGE"})
  void aCrashOfTheLifeAfterTheCrashIsSurvivedToo(Profile profile) {
    Recorded recorded = record();
    int[] count = {0};
    CrashStates.of(recorded.recording, profile).cappedAt(4).forEach(first -> {
      if (count[0]++ % 7 == 0) {
        List<String> before = contents(first.image());
        Recording second = recordSecond(first.image());
        CrashStates.of(second, profile).cappedAt(4).forEachRaw(state -> {
          try (KitFileSystem left = state.image().open()) {
            List<String> found = SmallLog.read(left.root(), 0).contents();
            boolean isWhole = found.size() >= before.size()
                && found.subList(0, before.size()).equals(before)
                && (!state.passed("second") || found.size() == before.size() + 1);
            assertTrue(isWhole, () -> found + " after " + before);
            goOn(left.root(), 78);
          } catch (IOException | RuntimeException e) {
            throw new AssertionError(first + "\nand then: " + state, e);
          }
        });
      }
    });
    assertTrue(count[0] > 10);
  }

  private static List<String> contents(Image image) {
    try (KitFileSystem left = image.open()) {
      return SmallLog.read(left.root(), 0).contents();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Recording recordSecond(Image image) {
    try (Image.Opened opened = image.openRecorded()) {
      Path root = opened.files().root();
      opened.recorder().begin();
      try (LogWriter log = SmallLog.reopen(SmallLog.options(root, 512, 1024, true), 9)) {
        log.force(log.append(RecordKind.NOTE, true, SmallLog.payload(5, 700)));
        opened.recorder().mark("second");
      }
      return opened.recorder().end();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
