package org.jetbackup.engine.record;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.ByteBuffer;
import java.util.List;
import org.jetbackup.api.error.JetErr;
import org.jetbackup.api.error.JetException;
import org.jetbackup.engine.format.PageSize;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class CatalogRowTest {

  private static final String INDEX_TAIL = "0800 0880 0880 0880 0c00 | 4b6579496e646578 00008000"
      + " | 0501 0440 01 65006e002d0055005300";

  @Test
  void theRowsOfAUsersTableHaveTheBytesOfTheSheet() {
    List<CatalogRow> rows = KeyValueTable.rows(8, 31, 1, "kv");
    encodesAs(
        "08 80 20 00 | 08000000 0100 08000000 1f000000 50000000 00000000 01000000 ff | 00"
            + " | 0200 6b76",
        rows.get(0));
    encodesAs(
        "07 80 1f 00 | 08000000 0200 80000000 09000000 ff000000 01000000 00000000 | 80"
            + " | 0300 4b6579",
        rows.get(1));
    encodesAs(
        "07 80 1f 00 | 08000000 0200 00010000 0b000000 00000000 00000000 00000000 | 80"
            + " | 0500 56616c7565",
        rows.get(2));
    encodesAs(
        "0b 84 29 00 | 08000000 0300 08000000 1f000000 50000000 31000100 00000000"
            + " 2a 2a2a 01040300 2101 | 80f9 | " + INDEX_TAIL,
        rows.get(3));
  }

  @Test
  void anIndexNamesItsKeyLengthOnlyIfItIsNotTheUsualOne() {
    encodesAs(
        "0a 84 27 00 | 08000000 0300 08000000 1f000000 50000000 31000100 00000000"
            + " 2a 2a2a 01040300 | 80fd | " + INDEX_TAIL,
        KeyValueTable.index(8, 31, 255));
    encodesAs(
        "0b 84 29 00 | 08000000 0300 08000000 1f000000 50000000 31000100 00000000"
            + " 2a 2a2a 01040300 d007 | 80f9 | " + INDEX_TAIL,
        KeyValueTable.index(8, 31, 2000));
  }

  @Test
  void aTreeOfLongValuesHasTheBytesOfTheSheet() {
    CatalogRow row = CatalogRow.LongValueTree.of(11, 12, 211);
    encodesAs(
        "07 80 1f 00 | 0b000000 0400 0c000000 d3000000 64000000 00000000 01000000 | 80"
            + " | 0200 4c56",
        row);
    assertEquals(Hex.plain("7f8000000b 7f8004 7f8000000c"), Hex.of(row.primaryKey()));
  }

  @Test
  void aTableHasAnEntryInEveryIndexOfTheCatalog() {
    CatalogRow.Table table =
        (CatalogRow.Table) KeyValueTable.rows(8, 31, 1, "kv").get(0);
    assertEquals(Hex.plain("7f80000008 7f8001 7f80000008"), Hex.of(table.primaryKey()));
    assertEquals(Hex.plain("7f80000008 7f8001 7f4b5600"), Hex.of(table.nameKey()));
    assertEquals(Hex.plain("7fff 7f4b5600"), Hex.of(table.rootObjectsKey()));
    assertEquals("7f80000008", Hex.of(CatalogKeys.table(8)));
  }

  @ParameterizedTest
  @EnumSource
  void everySystemRowComesBackAtEveryPageSize(PageSize size) {
    for (CatalogRow row : SystemCatalog.rows()) {
      byte[] record = row.encode(size);
      assertEquals(row, read(size, record), row.name());
    }
    for (ObjectIdRow row : SystemCatalog.objectIds()) {
      byte[] record = row.encode(size);
      ByteBuffer bytes = Hex.buffer(Hex.of(record));
      assertEquals(row, ObjectIdRow.decode(bytes, 0, record.length, size, Hex.PLACE));
    }
    for (LocaleRow row : SystemCatalog.locales()) {
      byte[] record = row.encode(size);
      ByteBuffer bytes = Hex.buffer(Hex.of(record));
      assertEquals(row, LocaleRow.decode(bytes, 0, record.length, size, Hex.PLACE));
    }
  }

  @Test
  void rowsOfOtherTypesAndDeletedColumnsAreKeptAsTheyAre() {
    for (String start : List.of("0500 09000000 01000000", "0200 09000000 00000000")) {
      String hex =
          Hex.plain("07 80 1f00 08000000 " + start + " 00000000 00000000 00000000 80 0100 78");
      CatalogRow.Other row =
          assertInstanceOf(CatalogRow.Other.class, read(PageSize.KIB_8, Hex.bytes(hex)));
      assertEquals(hex, row.record().toString());
      assertEquals(9, row.id());
      assertEquals("x", row.name());
      assertThrows(IllegalArgumentException.class, () -> row.encode(PageSize.KIB_8));
    }
  }

  /**
   * A short list of columns; a name of a locale that is compressed, and one that is a long value.
   */
  @ParameterizedTest
  @CsvSource({
    "31000000, 0400 | 4978 8000",
    "31000100, 0600 | 4978 00008000 | 0501 0440 03 0e656e",
    "31000100, 0600 | 4978 00008000 | 0501 0440 05 01000000"
  })
  void anIndexOfAnotherFormIsKeptAsItIs(String flags, String tail) {
    String hex = Hex.plain("0a 84 2700 08000000 0300 09000000 1f000000 50000000 " + flags
        + " 00000000 2a 2a2a 01040300 80fd 0200 0280 0280 0280 " + tail);
    CatalogRow.Other row =
        assertInstanceOf(CatalogRow.Other.class, read(PageSize.KIB_8, Hex.bytes(hex)));
    assertEquals(hex, row.record().toString());
    assertEquals(3, row.type());
    assertEquals("Ix", row.name());
  }

  @ParameterizedTest
  @CsvSource({
    "07 80 1f00 08000000 0100 09000000 1f000000 50000000 00000000 01000000 80 0200 6b76",
    "07 80 1f00 08000000 0100 08000000 00000000 50000000 00000000 01000000 80 0200 6b76",
    "07 80 1f00 08000000 0100 08000000 1f000000 50000080 00000000 01000000 80 0200 6b76",
    "07 80 1f00 08000000 0100 08000000 1f000000 50000000 00000000 01000000 81 0200 6b76",
    "07 7f 1f00 08000000 0100 08000000 1f000000 50000000 00000000 01000000 80",
    "06 80 1b00 08000000 0100 08000000 1f000000 50000000 00000000 c0 0200 6b76",
    "07 80 1f00 08000000 0200 00000000 09000000 ff000000 01000000 00000000 80 0200 6b76",
    "07 80 1f00 08000000 0200 00000100 09000000 ff000000 01000000 00000000 80 0200 6b76",
    "07 80 1f00 08000000 0200 80000000 0d000000 ff000000 01000000 00000000 80 0200 6b76",
    "07 80 1f00 08000000 0200 01000000 04000000 ff000000 01000000 00000000 80 0200 6b76",
    "07 80 1f00 08000000 0300 08000000 1f000000 50000000 31000100 00000000 80 0200 6b76",
    "0b 84 2900 08000000 0300 08000000 1f000000 50000000 31000100 00000000"
        + " 2a 2a2a 01040300 0000 80f9 0200 0280 0280 0280 0600 4978 00008000",
    "0a 84 2700 08000000 0300 08000000 1f000000 50000000 31000100 00000000"
        + " 2a 2a2a 01040300 80fd 0200 0280 0280 0280 0600 4978 00000000",
    "0a 84 2700 08000000 0300 08000000 1f000000 50000000 31000100 00000000"
        + " 2a 2a2a 01040300 80fd 0200 0280 0280 0280 0500 4978 000080"
  })
  void aRowThatMakesNoSenseIsACorruptedCatalog(String hex) {
    JetException e = assertThrows(JetException.class, () -> read(PageSize.KIB_8, Hex.bytes(hex)));
    assertEquals(JetErr.CATALOG_CORRUPTED, e.error());
    assertEquals(Hex.PLACE.subject(), e.subjects().get(0));
  }

  @Test
  void aNameThatDoesNotFitIsTheCallersMistake() {
    for (String name : List.of("", "x".repeat(65), "\u20ac", "a\0b")) {
      CatalogRow row = KeyValueTable.rows(8, 31, 1, name).get(0);
      assertThrows(IllegalArgumentException.class, () -> row.encode(PageSize.KIB_8));
    }
  }

  private static void encodesAs(String hex, CatalogRow row) {
    byte[] record = row.encode(PageSize.KIB_8);
    assertEquals(Hex.plain(hex), Hex.of(record));
    assertEquals(row, read(PageSize.KIB_8, record));
  }

  private static CatalogRow read(PageSize size, byte[] record) {
    ByteBuffer bytes = Hex.buffer(Hex.of(record));
    return new CatalogReader(size, Hex.PLACE).read(bytes, 0, record.length);
  }
}
