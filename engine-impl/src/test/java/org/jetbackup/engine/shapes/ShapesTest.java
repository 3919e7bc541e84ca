package org.jetbackup.engine.shapes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jetbackup.engine.format.PageSize;
import org.jetbackup.engine.format.PageView;
import org.jetbackup.engine.record.KeyValueRecord;
import org.jetbackup.engine.record.LongValues;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whatever shape a database has, others read from it what was put in, and it is in order. */
class ShapesTest {

  private static final long SEED = 20_240;
  private static final int CACHE_PAGES = 100;

  @TempDir
  Path directory;

  @ParameterizedTest
  @EnumSource(PageSize.class)
  void tablesThatGrewAndShrankInManyWaysAreReadByOthers(PageSize size) {
    try (Filled filled = create(size)) {
      filled.table("empty");
      orders(filled);
      deletions(filled);
      replacements(filled);
      keys(filled);
      filled.closeAndCheck();
      requirePrefix(filled, "long prefixes");
      requirePrefix(filled, "longest keys");
      filled.compareWithForeignReaders();
    }
  }

  @ParameterizedTest
  @EnumSource(PageSize.class)
  void aValueOfEveryLengthIsReadByOthers(PageSize size) {
    try (Filled filled = create(size)) {
      Filled.Content one = filled.table("one value");
      byte[] only = number(7, 4);
      for (int length : lengths(size, only.length)) {
        one.put(only, value(length, length));
      }
      Filled.Content all = filled.table("lengths");
      for (int length : lengths(size, 4)) {
        all.insert(number(length, 4), value(length, length));
      }
      Filled.Content largest = filled.table("largest");
      for (int key = 1; key <= KeyValueRecord.LONGEST_KEY; key += key < 9 ? 1 : 41) {
        int most = KeyValueRecord.largestInlineValue(size, key);
        for (int more = -1; more <= 1; more++) {
          largest.insert(pattern(key, more + 1), value(most + more, key));
        }
      }
      filled.closeAndCheck();
      filled.compareWithForeignReaders();
    }
  }

  @Test
  void threeHundredTablesAreReadByOthers() {
    try (Filled filled = create(PageSize.KIB_4)) {
      for (int i = 0; i < 300; i++) {
        Filled.Content content = filled.table("table " + i);
        for (int row = 0; row < i % 5 * 4; row++) {
          content.insert(number(row, 3), value(row * 13, i));
        }
      }
      for (int i = 0; i < 300; i += 7) {
        filled.drop("table " + i);
      }
      filled.closeAndCheck();
      // One by one: a reader of Python looks through the whole catalog for each.
      List.of("table 1", "table 5", "table 18", "table 150", "table 299")
          .forEach(filled::compareWithForeignReaders);
    }
  }

  @Test
  void sixtyThousandRowsInThreeLevelsAreReadByOthers() {
    try (Filled filled = create(PageSize.KIB_4)) {
      Filled.Content content = filled.table("rows");
      List<Integer> order = shuffled(60_000);
      for (int row : order) {
        content.insert(number(row, 4), value(row % 17, row));
      }
      filled.closeAndCheck();
      PagesOf pages = PagesOf.file(filled.path(), filled.size());
      assertEquals(3, pages.levels(filled.rootOf("rows")));
      filled.compareWithForeignReaders();
    }
  }

  private static void orders(Filled filled) {
    Filled.Content ascending = filled.table("ascending");
    Filled.Content descending = filled.table("descending");
    Filled.Content random = filled.table("random");
    List<Integer> order = shuffled(1200);
    for (int row = 0; row < order.size(); row++) {
      ascending.insert(number(row, 5), value(60, row));
      descending.insert(number(order.size() - row, 5), value(60, row));
      random.insert(number(order.get(row), 5), value(order.get(row) % 300, row));
    }
  }

  private static void deletions(Filled filled) {
    Filled.Content emptied = filled.table("emptied");
    Filled.Content halved = filled.table("halved");
    Filled.Content refilled = filled.table("refilled");
    for (int row : shuffled(900)) {
      emptied.insert(number(row, 6), value(row % 200, row));
      halved.insert(number(row, 6), value(row % 200, row));
      refilled.insert(number(row, 6), value(row % 200, row));
    }
    emptied.deleteAll();
    refilled.deleteAll();
    for (int row : shuffled(900)) {
      if (row % 2 == 0) {
        halved.delete(number(row, 6));
      }
      refilled.insert(number(row, 7), value(row % 100, row + 1));
    }
  }

  private static void replacements(Filled filled) {
    int most = KeyValueRecord.largestInlineValue(filled.size(), 3);
    Filled.Content shorter = filled.table("shorter");
    Filled.Content longer = filled.table("longer");
    Filled.Content inAndOut = filled.table("in and out");
    for (int row = 0; row < 300; row++) {
      shorter.insert(number(row, 3), value(150, row));
      longer.insert(number(row, 3), value(row % 10, row));
      inAndOut.insert(number(row, 3), value(row % 9 == 0 ? most + row : row, row));
    }
    for (int row : shuffled(300)) {
      shorter.replace(number(row, 3), value(row % 20, row));
      longer.replace(number(row, 3), value(150 + row, row));
      inAndOut.replace(number(row, 3), value(row % 9 == 3 ? most + row : row + 1, row));
    }
  }

  private static void keys(Filled filled) {
    Filled.Content longest = filled.table("longest keys");
    Filled.Content prefixes = filled.table("long prefixes");
    for (int row : shuffled(400)) {
      byte[] key = pattern(KeyValueRecord.LONGEST_KEY, row / 100);
      System.arraycopy(number(row, 4), 0, key, 251, 4);
      longest.insert(key, value(row % 30, row));
      byte[] other = pattern(60 + row % 8, row / 200);
      System.arraycopy(number(row, 2), 0, other, 50, 2);
      prefixes.insert(other, value(row % 11, row));
    }
  }

  /** All at 4 KiB; else around what changes the shape: a page, a record, chunks of long values. */
  private static SortedSet<Integer> lengths(PageSize size, int keyLength) {
    SortedSet<Integer> lengths = new TreeSet<>();
    boolean dense = size == PageSize.KIB_4;
    range(lengths, 0, dense ? 4200 : size == PageSize.KIB_8 ? 300 : 20);
    int around = dense || size == PageSize.KIB_8 ? 20 : 3;
    int chunk = LongValues.chunkBytes(size);
    List<Integer> marks = List.of(
        KeyValueRecord.largestInlineValue(size, keyLength),
        size.bytes(),
        chunk,
        2 * chunk,
        5 * chunk);
    marks.forEach(mark -> range(lengths, mark - around, mark + around));
    return lengths;
  }

  private static void range(SortedSet<Integer> lengths, int from, int to) {
    for (int length = from; length <= to; length++) {
      lengths.add(length);
    }
  }

  private static void requirePrefix(Filled filled, String table) {
    PagesOf pages = PagesOf.file(filled.path(), filled.size());
    List<PageView> leaves = pages.leaves(filled.rootOf(table));
    assertTrue(leaves.size() > 1, table);
    assertTrue(
        leaves.stream().anyMatch(leaf -> !pages.header(leaf.number().value()).isEmpty()),
        () -> "no leaf of table " + table + " has a prefix");
  }

  private Filled create(PageSize size) {
    return Filled.create(directory.resolve("shapes.edb"), size, CACHE_PAGES);
  }

  private static List<Integer> shuffled(int count) {
    List<Integer> order = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      order.add(i);
    }
    Collections.shuffle(order, new Random(SEED));
    return order;
  }

  private static byte[] number(int number, int length) {
    byte[] bytes = new byte[length];
    for (int i = 0; i < length && i < Integer.BYTES; i++) {
      bytes[length - 1 - i] = (byte) (number >>> (i * Byte.SIZE));
    }
    return bytes;
  }

  private static byte[] pattern(int length, int which) {
    byte[] bytes = new byte[length];
    Arrays.fill(bytes, (byte) (0x30 + which));
    return bytes;
  }

  private static byte[] value(int length, int seed) {
    ByteBuffer bytes = ByteBuffer.allocate(length);
    new Random(seed).nextBytes(bytes.array());
    return bytes.array();
  }
}
