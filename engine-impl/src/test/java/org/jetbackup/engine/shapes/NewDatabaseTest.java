package org.jetbackup.engine.shapes;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jetbackup.engine.format.PageFlags;
import org.jetbackup.engine.format.PageSize;
import org.jetbackup.engine.format.PageView;
import org.jetbackup.engine.format.Samples;
import org.jetbackup.engine.record.SystemCatalog;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A new database of ours beside one of the original: read by pages, not by the code that wrote it.
 * Source: sections 4.2, 7.3 and 12.
 */
class NewDatabaseTest {

  private static final int SYSTEM_ROWS = 72;
  private static final int SYSTEM_TABLES = 4;

  /** How often a page was written, and how high its tree is: the sample has a table of its own. */
  private static final int FLUSH_TYPE_AND_LEVEL =
      0x18000 | PageFlags.LEAF | PageFlags.PARENT_OF_LEAVES;

  @TempDir
  Path directory;

  @Test
  void theSystemRowsAreThoseOfTheOriginalByteForByte() {
    PagesOf theirs = sample();
    PagesOf ours = fresh(PageSize.KIB_4);
    for (long root : List.of(SystemCatalog.CATALOG_ROOT, SystemCatalog.SHADOW_ROOT)) {
      List<String> rows = ours.entries(root);
      assertEquals(SYSTEM_ROWS, rows.size());
      assertEquals(theirs.entries(root).subList(0, SYSTEM_ROWS), rows);
    }
    List<String> ids = ours.entries(SystemCatalog.OBJECT_IDS_ROOT);
    assertEquals(6, ids.size());
    assertEquals(theirs.entries(SystemCatalog.OBJECT_IDS_ROOT).subList(0, 6), ids);
    assertEquals(
        theirs.entries(SystemCatalog.LOCALES_ROOT), ours.entries(SystemCatalog.LOCALES_ROOT));
  }

  @Test
  void theIndexesOfTheCatalogAreThoseOfTheOriginalByteForByte() {
    PagesOf theirs = sample();
    PagesOf ours = fresh(PageSize.KIB_4);
    Set<String> keys = ours.entries(SystemCatalog.CATALOG_ROOT).stream()
        .map(entry -> entry.substring(0, entry.indexOf(' ')))
        .collect(Collectors.toSet());
    assertSystemEntries(theirs, ours, SystemCatalog.NAME_INDEX_ROOT, keys, SYSTEM_ROWS);
    assertSystemEntries(theirs, ours, SystemCatalog.ROOT_OBJECTS_INDEX_ROOT, keys, SYSTEM_TABLES);
  }

  private static void assertSystemEntries(
      PagesOf theirs, PagesOf ours, long root, Set<String> keys, int count) {
    List<String> entries = ours.entries(root);
    assertEquals(count, entries.size());
    assertEquals(
        theirs.entries(root).stream()
            .filter(entry -> keys.contains(entry.substring(entry.indexOf(' ') + 1)))
            .toList(),
        entries);
  }

  @ParameterizedTest
  @CsvSource({
    "1, 1", "2, 1", "3, 1", "4, 2", "5, 2", "6, 2", "7, 4", "8, 4", "9, 4", "10, 5", "11, 5",
    "12, 5", "24, 3", "25, 3", "26, 3", "29, 6", "30, 7"
  })
  void thePagesOfTheSystemAreWhereAndWhatTheyAreInTheOriginal(long number, long objectId) {
    PageView original = sample().page(number);
    PageView page = fresh(PageSize.KIB_4).page(number);
    assertEquals(objectId, page.objectId());
    assertEquals(objectId, original.objectId());
    assertEquals(kind(original), kind(page));
    assertEquals(0, page.previous());
    assertEquals(0, page.next());
  }

  @ParameterizedTest
  @CsvSource({
    "4, 14000000 01000000 01000000 05000000",
    "7, 03000000 04000000 01000000 08000000",
    "10, 03000000 04000000 01000000 0b000000",
    "24, 05000000 01000000 01000000 19000000",
    "29, 01000000 01000000 00000000 00000000",
    "30, 01000000 01000000 00000000 00000000"
  })
  void theSpaceOfTheSystemBeginsAsInTheOriginal(long root, String header) {
    assertEquals(header.replace(" ", ""), fresh(PageSize.KIB_8).header(root));
  }

  @Test
  void anEightKibibyteDatabaseWithOneTableHasThePagesOfTheSheet() {
    try (Filled filled = Filled.create(path(), PageSize.KIB_8, 64)) {
      Filled.Content table = filled.table("kv");
      for (int row = 1; row <= 3; row++) {
        table.insert(new byte[] {(byte) row}, new byte[] {4});
      }
      filled.closeAndCheck();
      assertEquals(31, filled.rootOf("kv"));
    }
    PagesOf pages = PagesOf.file(path(), PageSize.KIB_8);
    assertEquals("01000000010000000000000000000000", pages.header(31));
    flags(pages, 0xA803, 1, 4, 24, 29, 30, 31);
    flags(pages, 0xA823, 2, 3, 5, 6, 25, 26);
    flags(pages, 0xA843, 7, 10);
    flags(pages, 0xA863, 8, 9, 11, 12);
    assertEquals("22000000000000000100000002000000", pages.header(1));
    assertEquals(List.of(), pages.entries(1));
    assertEquals(List.of("00000022 22000000"), pages.entries(2));
    assertEquals(List.of("00000022 03000000"), pages.entries(3));
    assertEquals(List.of("00000017 14000000"), pages.entries(5));
    assertEquals(List.of("00000017 0b000000"), pages.entries(6));
    assertEquals(List.of("00000009 03000000"), pages.entries(8));
    assertEquals(List.of(), pages.entries(9));
    assertEquals(List.of("0000000c 03000000"), pages.entries(11));
    assertEquals(List.of(), pages.entries(12));
    assertEquals(List.of("0000001c 05000000"), pages.entries(25));
    assertEquals(List.of("0000001c 02000000"), pages.entries(26));
    for (long space : new long[] {2, 3, 5, 6, 8, 9, 11, 12, 25, 26}) {
      assertEquals("0".repeat(32), pages.header(space), "split buffer of page " + space);
    }
    assertEquals(76, pages.entries(SystemCatalog.CATALOG_ROOT).size());
    assertEquals(pages.entries(SystemCatalog.CATALOG_ROOT), pages.entries(24));
    assertEquals(76, pages.entries(SystemCatalog.NAME_INDEX_ROOT).size());
    assertEquals(5, pages.entries(SystemCatalog.ROOT_OBJECTS_INDEX_ROOT).size());
    assertEquals(7, pages.entries(SystemCatalog.OBJECT_IDS_ROOT).size());
    assertEquals(7, pages.entries(SystemCatalog.LOCALES_ROOT).size());
  }

  private static void flags(PagesOf pages, int flags, long... numbers) {
    for (long number : numbers) {
      assertEquals(flags, pages.page(number).flags().bits(), "flags of page " + number);
    }
  }

  private static int kind(PageView page) {
    return page.flags().bits() & ~FLUSH_TYPE_AND_LEVEL;
  }

  private static PagesOf sample() {
    return PagesOf.sample(Samples.read("basic"));
  }

  private PagesOf fresh(PageSize size) {
    Filled.create(path(), size, 64).close();
    Filled.verify(path());
    return PagesOf.file(path(), size);
  }

  private Path path() {
    return directory.resolve("new.edb");
  }
}
