package org.jetbackup.engine.storage;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jetbackup.api.position.PageNumber;
import org.jetbackup.engine.format.DoubleWriteHeader;
import org.jetbackup.engine.storage.DataFile.Mode;
import org.jetbackup.engine.storage.RestoreResult.Outcome;
import org.jetbackup.engine.storage.SmallDatabase.Batch;
import org.jetbackup.tck.crash.CrashRecorder;
import org.jetbackup.tck.crash.CrashState;
import org.jetbackup.tck.crash.CrashStates;
import org.jetbackup.tck.crash.Image;
import org.jetbackup.tck.crash.Profile;
import org.jetbackup.tck.crash.Recording;
import org.jetbackup.tck.storage.KitFileSystem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Whatever a crash leaves on disks with sectors of 512 bytes, after a restore the database holds
 * whole batches: those that were acknowledged, and the one in flight or not.
 */
class DoubleWriteCrashTest {

  /** Pages change whole; a batch is longer than the next, and one makes the file longer. */
  private static final List<Batch> WHOLE = List.of(
      Batch.of(10, 8, 1, 2, 4), Batch.of(20, 8, 2), Batch.of(30, 8, 2, 3), Batch.of(40, 8, 4, 5));

  /** Few sectors change, so that all combinations can be tried. */
  private static final List<Batch> SPARSE =
      List.of(Batch.of(10, 2, 1), Batch.of(20, 2, 1), Batch.of(30, 2, 3));

  /** How batches are written; the wrong ones prove that the test sees what is wrong. */
  private interface Way {
    void write(Path root, List<Batch> batches, CrashRecorder recorder);
  }

  private static Recording record(Way way, List<Batch> batches) {
    try (KitFileSystem files = KitFileSystem.inMemory()) {
      SmallDatabase.create(files.root());
      CrashRecorder recorder = CrashRecorder.on(files, CrashRecorder.SECTOR_TORN);
      recorder.begin();
      way.write(files.root(), batches, recorder);
      return recorder.end();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void rightly(Path root, List<Batch> batches, CrashRecorder recorder) {
    try (DataFile database = SmallDatabase.open(root);
        DoubleWrite side = SmallDatabase.openSide(root)) {
      List<byte[]> contents = contents(batches);
      for (int i = 0; i < batches.size(); i++) {
        batches.get(i).stage(side, contents.get(i));
        side.writeTo(database);
        recorder.mark(mark(i + 1));
      }
    }
  }

  private static String mark(int batches) {
    return batches + " batches";
  }

  /** The database before the first batch, after it, after the second, ... */
  private static List<byte[]> contents(List<Batch> batches) {
    List<byte[]> contents = new ArrayList<>(List.of(SmallDatabase.initial()));
    for (Batch batch : batches) {
      contents.add(batch.over(contents.get(contents.size() - 1)));
    }
    return contents;
  }

  private static boolean isAllowed(byte[] found, CrashState state, List<byte[]> contents) {
    int acknowledged = 0;
    while (acknowledged < contents.size() - 1 && state.passed(mark(acknowledged + 1))) {
      acknowledged++;
    }
    int inFlight = Math.min(acknowledged + 1, contents.size() - 1);
    return Arrays.equals(found, contents.get(acknowledged))
        || Arrays.equals(found, contents.get(inFlight));
  }

  /** Restores a state, twice, and tells whether what it holds then is allowed. */
  private static boolean isRestored(CrashState state, List<byte[]> contents) {
    try (KitFileSystem left = state.image().open()) {
      SmallDatabase.restore(left.root());
      byte[] found = SmallDatabase.content(left.root());
      SmallDatabase.restore(left.root());
      assertArrayEquals(found, SmallDatabase.content(left.root()), "a second restore changes");
      return isAllowed(found, state, contents);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Profile.class,
      names = {"KILL", "DROP_UNSYNCED", "META_ORDERED", "WEAK", "GARBAGE"})
  void everyCrashLeavesWholeBatches(Profile profile) {
    List<byte[]> contents = contents(WHOLE);
    CrashStates.of(record(DoubleWriteCrashTest::rightly, WHOLE), profile)
        .cappedAt(120)
        .forEachRaw(state -> assertTrue(isRestored(state, contents), state::toString));
  }

  @ParameterizedTest
  @EnumSource(
      value = Profile.class,
      names = {"META_ORDERED", "WEAK"})
  void whereFewSectorsChangeNoCombinationIsLeftOut(Profile profile) {
    List<byte[]> contents = contents(SPARSE);
    CrashStates.Extent extent = CrashStates.of(
            record(DoubleWriteCrashTest::rightly, SPARSE), profile)
        .forEachRaw(state -> assertTrue(isRestored(state, contents), state::toString));
    assertTrue(extent.exhaustive(), extent::toString);
    assertTrue(extent.raw() > 1_000, extent::toString);
  }

  @ParameterizedTest
  @EnumSource(
      value = Profile.class,
      names = {"KILL", "DROP_UNSYNCED", "META_ORDERED", "WEAK", "GARBAGE"})
  void everyCrashOfARestoreIsRestored(Profile profile) {
    List<Batch> batches = WHOLE.subList(0, 2);
    List<byte[]> contents = contents(batches);
    int[] restores = {0};
    CrashStates.of(record(DoubleWriteCrashTest::rightly, batches), profile)
        .cappedAt(8)
        .forEach(first -> {
          Optional<Recording> restore = recordRestore(first.image());
          restores[0] += restore.isPresent() ? 1 : 0;
          if (restore.isPresent()) {
            CrashStates.of(restore.get(), profile).cappedAt(8).forEach(second -> {
              try (KitFileSystem left = second.image().open()) {
                SmallDatabase.restore(left.root());
                assertTrue(
                    isAllowed(SmallDatabase.content(left.root()), first, contents),
                    () -> first + "\nand in the restore: " + second);
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            });
          }
        });
    assertTrue(restores[0] > 0, "nothing was ever restored");
  }

  /** Empty if there is nothing to restore. */
  private static Optional<Recording> recordRestore(Image image) {
    try (Image.Opened opened = image.openRecorded()) {
      opened.recorder().begin();
      RestoreResult result = SmallDatabase.restore(opened.files().root());
      return result.outcome() == Outcome.RESTORED
          ? Optional.of(opened.recorder().end())
          : Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Profile.class,
      names = {"KILL", "DROP_UNSYNCED", "META_ORDERED", "WEAK", "GARBAGE"})
  void afterAClearNoBatchComesBack(Profile profile) {
    int[] after = {0};
    assertTrue(countComeBack(profile, true, after) == 0 && after[0] > 0, profile + " came back");
  }

  @Test
  void withoutAClearTheLastBatchComesBack() {
    assertTrue(countComeBack(Profile.KILL, false, new int[1]) > 0);
  }

  /** Counts the states in which a page that was written past the side file is not as written. */
  private static int countComeBack(Profile profile, boolean clears, int[] after) {
    Batch batch = Batch.of(10, 8, 2);
    byte[] direct = Batch.of(90, 8, 2).over(SmallDatabase.initial());
    Way way = (root, batches, recorder) -> {
      try (DataFile database = SmallDatabase.open(root);
          DoubleWrite side = SmallDatabase.openSide(root)) {
        batch.stage(side, SmallDatabase.initial());
        side.writeTo(database);
        if (clears) {
          side.clear();
        }
        database.write(ByteBuffer.wrap(direct), 0);
        database.force();
        recorder.mark("direct");
      }
    };
    int[] wrong = {0};
    CrashStates.of(record(way, List.of()), profile).cappedAt(30).forEachRaw(state -> {
      if (state.passed("direct")) {
        after[0]++;
        wrong[0] += isRestored(state, List.of(direct)) ? 0 : 1;
      }
    });
    return wrong[0];
  }

  @Test
  void pagesInPlaceBeforeTheSideFileIsForcedAreCaught() {
    assertCaught((root, batches, recorder) -> wrongly(root, batches, recorder, true, true));
  }

  @Test
  void aSideFileWhoseNameIsNotForcedIsCaught() {
    assertCaught((root, batches, recorder) -> wrongly(root, batches, recorder, false, false));
  }

  @Test
  void theHandWrittenWayIsRightWhereItForcesEverything() {
    Way right = (root, batches, recorder) -> wrongly(root, batches, recorder, false, true);
    List<byte[]> contents = contents(WHOLE);
    CrashStates.of(record(right, WHOLE), Profile.WEAK)
        .cappedAt(30)
        .forEachRaw(state -> assertTrue(isRestored(state, contents), state::toString));
  }

  private static void assertCaught(Way way) {
    List<byte[]> contents = contents(WHOLE);
    int[] wrong = {0};
    CrashStates.of(record(way, WHOLE), Profile.WEAK).cappedAt(30).forEachRaw(state -> {
      wrong[0] += isRestored(state, contents) ? 0 : 1;
    });
    assertTrue(wrong[0] > 0, "a wrong way of writing was not caught");
  }

  /** Writes the files by hand, with one of two mistakes. */
  private static void wrongly(
      Path root, List<Batch> batches, CrashRecorder recorder, boolean late, boolean named) {
    try (DataFile database = SmallDatabase.open(root);
        DataFile side = DataFile.open(SmallDatabase.side(root), Mode.CREATE)) {
      if (named) {
        Directories.force(root);
      }
      List<byte[]> contents = contents(batches);
      for (int i = 0; i < batches.size(); i++) {
        List<Integer> pages = batches.get(i).pages();
        byte[] after = contents.get(i + 1);
        side.write(sealed(pages, after, i + 1), 0);
        if (!late) {
          side.force();
        }
        for (int page : pages) {
          long at = SmallDatabase.SIZE.offsetOf(new PageNumber(page));
          database.write(ByteBuffer.wrap(after, (int) at, SmallDatabase.SIZE.bytes()), at);
        }
        side.force();
        database.force();
        recorder.mark(mark(i + 1));
      }
    }
  }

  private static ByteBuffer sealed(List<Integer> pages, byte[] file, long sequence) {
    ByteBuffer batch =
        ByteBuffer.allocate(DoubleWriteHeader.offsetOf(SmallDatabase.SIZE, pages.size()));
    DoubleWriteHeader header = new DoubleWriteHeader(batch, SmallDatabase.SIZE);
    header.prepare(SmallDatabase.SIGNATURE);
    for (int i = 0; i < pages.size(); i++) {
      PageNumber page = new PageNumber(pages.get(i));
      header.putNumber(i, page);
      batch.put(
          DoubleWriteHeader.offsetOf(SmallDatabase.SIZE, i),
          file,
          (int) SmallDatabase.SIZE.offsetOf(page),
          SmallDatabase.SIZE.bytes());
    }
    header.seal(pages.size(), sequence);
    return batch;
  }
}
