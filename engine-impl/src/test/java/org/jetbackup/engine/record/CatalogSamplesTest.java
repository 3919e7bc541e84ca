package org.jetbackup.engine.record;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.jetbackup.engine.format.PageSize;
import org.jetbackup.engine.format.Samples;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;

/** Catalogs that the original engine wrote; all samples have pages of 4 KiB. */
class CatalogSamplesTest {

  static final List<String> NAMES = Samples.REAL;

  private static final PageSize SIZE = PageSize.KIB_4;

  @ParameterizedTest
  @FieldSource("NAMES")
  void theSystemRowsAreTheOriginalsByteForByte(String name) {
    List<String> ours = new ArrayList<>();
    for (CatalogRow row : SystemCatalog.rows()) {
      ours.add(Hex.of(row.primaryKey()) + " " + Hex.of(row.encode(SIZE)));
    }
    List<String> theirs =
        lines(SampleEntries.entries(name, SystemCatalog.CATALOG_ID)).subList(0, ours.size());
    assertEquals(72, ours.size());
    assertEquals(String.join("\n", theirs), String.join("\n", ours));
  }

  @ParameterizedTest
  @FieldSource("NAMES")
  void theShadowHasTheSameRows(String name) {
    assertEquals(
        lines(SampleEntries.entries(name, SystemCatalog.CATALOG_ID)),
        lines(SampleEntries.entries(name, SystemCatalog.SHADOW_ID)));
  }

  @ParameterizedTest
  @CsvSource({"basic, 87, 0", "binary, 87, 0", "index, 112, 2", "multi, 97, 0"})
  void everyRowComesBackByteForByteUnlessItHasMoreThanWeWrite(String name, int rows, int more) {
    List<SampleEntries.Entry> entries = SampleEntries.entries(name, SystemCatalog.CATALOG_ID);
    assertEquals(rows, entries.size());
    int different = 0;
    for (SampleEntries.Entry entry : entries) {
      CatalogRow row = read(entry);
      assertEquals(entry.key(), Bytes.of(row.primaryKey()));
      if (!Bytes.of(row.encode(SIZE)).equals(entry.data())) {
        // Indexes of Unicode text say which version of the sort order they have.
        assertTrue(((CatalogRow.Index) row).name().endsWith("Unicode"), row.toString());
        different++;
      }
    }
    assertEquals(more, different);
  }

  @ParameterizedTest
  @FieldSource("NAMES")
  void theIndexesOfTheCatalogListItsRowsUnderOurKeys(String name) {
    List<String> names = new ArrayList<>();
    List<String> tables = new ArrayList<>();
    for (SampleEntries.Entry entry : SampleEntries.entries(name, SystemCatalog.CATALOG_ID)) {
      CatalogRow row = read(entry);
      names.add(Hex.of(row.nameKey()) + " " + entry.key());
      if (row instanceof CatalogRow.Table table) {
        tables.add(Hex.of(table.rootObjectsKey()) + " " + entry.key());
      }
    }
    names.sort(null);
    tables.sort(null);
    assertEquals(lines(SampleEntries.entries(name, SystemCatalog.NAME_INDEX_ID)), names);
    assertEquals(lines(SampleEntries.entries(name, SystemCatalog.ROOT_OBJECTS_INDEX_ID)), tables);
  }

  @Test
  void theObjectIdsAreTheOriginalsByteForByte() {
    List<ObjectIdRow> ours = new ArrayList<>(SystemCatalog.objectIds());
    ours.add(new ObjectIdRow(SystemCatalog.FIRST_USER_ID, 8, ObjectIdRow.TABLE));
    List<SampleEntries.Entry> theirs = SampleEntries.entries("basic", SystemCatalog.OBJECT_IDS_ID);
    List<String> lines = new ArrayList<>();
    for (ObjectIdRow row : ours) {
      lines.add(Hex.of(row.key()) + " " + Hex.of(row.encode(SIZE)));
    }
    assertEquals(lines(theirs), lines);
    for (int i = 0; i < ours.size(); i++) {
      SampleEntries.Entry entry = theirs.get(i);
      assertEquals(
          ours.get(i),
          ObjectIdRow.decode(entry.buffer(), 0, entry.data().length(), SIZE, entry.place()));
    }
  }

  @Test
  void theLocalesAreTheOriginalsByteForByte() {
    List<String> ours = new ArrayList<>();
    for (LocaleRow row : SystemCatalog.locales()) {
      ours.add(Hex.of(row.nodeKey()) + " " + Hex.of(row.encode(SIZE)));
    }
    assertEquals(lines(SampleEntries.entries("basic", SystemCatalog.LOCALES_ID)), ours);
  }

  @Test
  void aLongNameOfALocaleIsReadAndWrittenAsTheOriginalHasIt() {
    for (SampleEntries.Entry entry : SampleEntries.entries("index", SystemCatalog.LOCALES_ID)) {
      LocaleRow row =
          LocaleRow.decode(entry.buffer(), 0, entry.data().length(), SIZE, entry.place());
      assertEquals(entry.key(), Bytes.of(row.nodeKey()), row.key());
      assertEquals(entry.data(), Bytes.of(row.encode(SIZE)), row.key());
    }
  }

  private static CatalogRow read(SampleEntries.Entry entry) {
    return new CatalogReader(SIZE, entry.place())
        .read(entry.buffer(), 0, entry.data().length());
  }

  private static List<String> lines(List<SampleEntries.Entry> entries) {
    return entries.stream().map(entry -> entry.key() + " " + entry.data()).toList();
  }
}
