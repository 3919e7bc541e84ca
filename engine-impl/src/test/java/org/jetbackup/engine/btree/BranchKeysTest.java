package org.jetbackup.engine.btree;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jetbackup.engine.format.PageSize;
import org.jetbackup.engine.space.BareDatabase;
import org.jetbackup.engine.space.SpaceAudit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The last key of a branch page is the key that its parent has for it, also where whole branch
 * pages have gone. Keys are long and begin alike, so a branch page has few children and a tree many
 * levels.
 */
class BranchKeysTest {

  private static final int COMMON = 230;
  private static final int DATA_BYTES = 1800;

  @TempDir
  Path directory;

  @Test
  void thePageBeforeABranchPageThatGoesReachesUpToTheEnd() {
    try (BareDatabase database = create()) {
      BareDatabase.Made made = database.createTree(database.space().root(), 8, 0);
      TreeWriter writer = made.tree().writer();
      int rows = 0;
      while (rows < 150) {
        writer.insert(key(rows++), data());
      }
      check(database, made);
      while (rows > 0) {
        assertTrue(writer.delete(key(--rows)));
        check(database, made);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void rangesThatComeAndGoLeaveEveryRecordWhereItIsLookedFor(long seed) {
    String replay = "seed " + seed;
    try (BareDatabase database = create()) {
      BareDatabase.Made made = database.createTree(database.space().root(), 8, 0);
      TreeWriter writer = made.tree().writer();
      TreeCursor cursor = made.tree().cursor();
      SortedSet<Integer> model = new TreeSet<>();
      Random random = new Random(seed);
      for (int number = 0; number < 8000; number += 2) {
        writer.insert(key(number), data());
        model.add(number);
      }
      for (int round = 0; round < 60; round++) {
        int from = random.nextInt(8000);
        int to = from + 1 + random.nextInt(round % 10 == 0 ? 2000 : 200);
        boolean rises = random.nextBoolean();
        boolean inserts = random.nextInt(3) == 0;
        for (int i = from; i < to; i++) {
          int number = rises ? i : from + to - 1 - i;
          if (inserts && model.add(number)) {
            writer.insert(key(number), data());
          } else if (!inserts) {
            assertEquals(model.remove(number), writer.delete(key(number)), replay);
          }
        }
        check(database, made);
        assertSame(model, cursor, replay + ", round " + round);
      }
      for (int number : List.copyOf(model)) {
        assertTrue(writer.delete(key(number)), replay);
      }
      database.dissolve(made);
      SpaceAudit.check(database, List.of());
    }
  }

  private BareDatabase create() {
    return BareDatabase.create(directory.resolve("bare.edb"), PageSize.KIB_4, 34, 64, 256);
  }

  private static void check(BareDatabase database, BareDatabase.Made made) {
    SpaceAudit.check(database, List.of(new SpaceAudit.Root(made.tree().root(), List.of())));
  }

  private static void assertSame(Set<Integer> model, TreeCursor cursor, String replay) {
    for (int number : model) {
      assertTrue(cursor.next(), replay);
      assertArrayEquals(key(number).array(), array(cursor.key()), replay);
    }
    assertFalse(cursor.next(), replay);
    for (int number : model) {
      assertTrue(cursor.find(key(number)), replay);
    }
    cursor.seekBefore(key(0));
  }

  /** In the order of their numbers; of many lengths, so that bounds are longer and shorter. */
  private static ByteBuffer key(int number) {
    int high = number >>> 6;
    int length = COMMON + new Random(high).nextInt(20) + 3;
    ByteBuffer key = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
    return key.put(COMMON, (byte) high).put(length - 1, (byte) (number & 63));
  }

  private static ByteBuffer data() {
    return ByteBuffer.allocate(DATA_BYTES).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static byte[] array(ByteBuffer buffer) {
    byte[] bytes = new byte[buffer.limit()];
    buffer.get(0, bytes);
    return bytes;
  }
}
