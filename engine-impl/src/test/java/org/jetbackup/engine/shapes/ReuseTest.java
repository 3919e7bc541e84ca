package org.jetbackup.engine.shapes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.jetbackup.engine.format.PageSize;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Space that is not needed any more is used again. */
class ReuseTest {

  private static final long SEED = 99;
  private static final int ROUNDS = 100;

  /** After so many rounds the file is as long as it will be, but for the luck of random keys. */
  private static final int SETTLED = 5;

  private static final int ROWS = 250;

  @TempDir
  Path directory;

  enum Filling {
    SEQUENTIAL,
    RANDOM,
    LONG_VALUES
  }

  @ParameterizedTest
  @EnumSource(Filling.class)
  void aTableThatIsFilledAndEmptiedAHundredTimesDoesNotGrowForEver(Filling filling)
      throws IOException {
    Path path = directory.resolve("reuse.edb");
    Random random = new Random(SEED);
    try (Filled filled = Filled.create(path, PageSize.KIB_4, 100)) {
      Filled.Content table = filled.table("t");
      long settled = 0;
      for (int round = 1; round <= ROUNDS; round++) {
        for (int row = 0; row < ROWS; row++) {
          byte[] key = new byte[8];
          random.nextBytes(key);
          if (filling != Filling.RANDOM) {
            key[0] = (byte) (row >> 8);
            key[1] = (byte) row;
          }
          boolean separate = filling == Filling.LONG_VALUES && row % 5 == 0;
          table.put(key, new byte[separate ? 10_000 : 200]);
        }
        table.deleteAll();
        if (round == SETTLED) {
          settled = Files.size(path);
        }
        if (round > SETTLED) {
          long bytes = Files.size(path);
          long most = filling == Filling.RANDOM ? settled * 5 / 4 : settled;
          assertTrue(bytes <= most, "round " + round + ": " + bytes + " bytes, not " + settled);
        }
      }
      long pages = filled.closeAndCheck().counts().used();
      long empty = usedByAnEmptyTable();
      assertTrue(pages <= empty + 6, () -> pages + " pages in use, with an empty table " + empty);
    }
  }

  private long usedByAnEmptyTable() {
    try (Filled filled = Filled.create(directory.resolve("empty.edb"), PageSize.KIB_4, 64)) {
      filled.table("t");
      return filled.closeAndCheck().counts().used();
    }
  }

  @Test
  void tablesThatComeAndGoUseTheSamePagesButNotTheSameIds() throws IOException {
    Path path = directory.resolve("come.edb");
    try (Filled filled = Filled.create(path, PageSize.KIB_4, 100)) {
      long settled = 0;
      long lastId = 0;
      for (int round = 1; round <= 2 * ROUNDS; round++) {
        Filled.Content table = filled.table("t");
        assertTrue(table.table().id() > lastId);
        lastId = table.table().id();
        for (int row = 0; row < 60; row++) {
          table.insert(new byte[] {(byte) row, 1}, new byte[row % 20 == 0 ? 9_000 : 120]);
        }
        filled.drop("t");
        settled = round == 1 ? Files.size(path) : settled;
        assertEquals(settled, Files.size(path), "bytes after round " + round);
      }
      filled.closeAndCheck();
    }
  }
}
