package org.jetbackup.engine.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jetbackup.engine.storage.RestoreResult.Outcome;
import org.jetbackup.engine.storage.SmallDatabase.Batch;
import org.junit.jupiter.api.Test;

/** A damaged side file is refused, or is a batch that was written. */
class DoubleWriteMutationTest {

  private static final int ROUNDS = 20_000;
  private static final long SEED = 20261126;
  private static final int SECTOR = 512;

  private static final List<Batch> BATCHES =
      List.of(Batch.of(10, 8, 1, 2, 4), Batch.of(20, 8, 2), Batch.of(30, 3, 2, 3));

  @Test
  void twentyThousandDamagedSideFilesWriteNothingThatWasNotWritten() throws IOException {
    try (FileSystem files = Jimfs.newFileSystem(Configuration.unix())) {
      Path root = files.getPath("").toAbsolutePath();
      SmallDatabase.create(root);
      List<byte[]> sides = BATCHES.stream().map(batch -> sideAfter(root, batch)).toList();
      Files.write(SmallDatabase.path(root), SmallDatabase.initial());
      Map<Outcome, Integer> outcomes = new EnumMap<>(Outcome.class);
      try (DataFile database = SmallDatabase.open(root)) {
        for (int round = 0; round < ROUNDS; round++) {
          long seed = SEED + round;
          byte[] damaged = damage(sides, new Random(seed));
          try {
            outcomes.merge(attempt(root, database, damaged), 1, Integer::sum);
          } catch (IOException | RuntimeException | Error e) {
            throw new AssertionError("seed " + seed, e);
          }
        }
      }
      assertTrue(outcomes.getOrDefault(Outcome.TORN, 0) > ROUNDS / 2, outcomes::toString);
      assertTrue(outcomes.getOrDefault(Outcome.RESTORED, 0) > ROUNDS / 100, outcomes::toString);
    }
  }

  /** The side file as one batch leaves it over what was there before. */
  private static byte[] sideAfter(Path root, Batch batch) {
    try (DataFile database = SmallDatabase.open(root);
        DoubleWrite side = SmallDatabase.openSide(root)) {
      batch.stage(side, SmallDatabase.initial());
      side.writeTo(database);
      return Files.readAllBytes(SmallDatabase.side(root));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static Outcome attempt(Path root, DataFile database, byte[] damaged) throws IOException {
    Files.write(SmallDatabase.side(root), damaged);
    RestoreResult result = DoubleWrite.restore(
        SmallDatabase.side(root), database, SmallDatabase.SIZE, SmallDatabase.SIGNATURE);
    byte[] found = SmallDatabase.content(root);
    if (result.outcome() != Outcome.RESTORED) {
      assertTrue(Arrays.equals(SmallDatabase.initial(), found), "refused, but changed");
      return result.outcome();
    }
    assertEquals(
        1,
        BATCHES.stream()
            .filter(batch -> batch.pages().size() == result.pages())
            .filter(batch -> Arrays.equals(batch.over(SmallDatabase.initial()), found))
            .count());
    database.write(ByteBuffer.wrap(SmallDatabase.initial()), 0);
    return result.outcome();
  }

  private static byte[] damage(List<byte[]> sides, Random random) {
    byte[] file = sides.get(random.nextInt(sides.size())).clone();
    for (int changes = 1 + random.nextInt(3); changes > 0; changes--) {
      int at = random.nextInt(4) == 0 ? random.nextInt(80) : random.nextInt(file.length);
      int sector = at / SECTOR * SECTOR;
      switch (random.nextInt(7)) {
        case 0 -> file[at] ^= (byte) (1 << random.nextInt(8));
        case 1 -> file[at] = (byte) random.nextInt();
        case 2 -> little(file).putInt(Math.min(at & ~3, file.length - 4), random.nextInt(6));
        case 3 -> little(file).putInt(Math.min(at & ~3, file.length - 4), random.nextInt());
        case 4 -> Arrays.fill(file, sector, Math.min(sector + SECTOR, file.length), (byte) 0);
        case 5 -> {
          byte[] other = sides.get(random.nextInt(sides.size()));
          int length = Math.min(SECTOR, Math.min(file.length, other.length) - sector);
          if (length > 0) {
            System.arraycopy(other, sector, file, sector, length);
          }
        }
        default -> file = Arrays.copyOf(file, Math.max(80, at));
      }
    }
    return file;
  }

  private static ByteBuffer little(byte[] file) {
    return ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
  }
}
