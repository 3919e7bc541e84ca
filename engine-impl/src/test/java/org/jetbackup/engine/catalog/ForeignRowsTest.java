package org.jetbackup.engine.catalog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jetbackup.engine.foreign.ForeignReader;
import org.jetbackup.engine.foreign.ForeignReaders;
import org.jetbackup.engine.foreign.ForeignTable;
import org.jetbackup.engine.format.Samples;
import org.jetbackup.engine.record.Column;
import org.jetbackup.engine.record.ColumnKind;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every cell of every table of the samples is what other programs read there too, but for the cells
 * listed here: exactly those differ. RowReaderTest knows what is in them.
 */
class ForeignRowsTest {

  /** Values outside their record, by table, column and row: neither reader looks for them. */
  private static final Map<String, List<String>> SEPARATED = Map.of(
      "esedbexport",
      List.of(
          "binary.LongCompressedBinary 1",
          "index.LongASCII 1",
          "index.LongUnicode 1",
          "multi.LongASCII 1",
          "multi.LongCompressedASCII 1",
          "multi.LongCompressedUnicode 1",
          "multi.LongUnicode 1"),
      "impacket",
      List.of(
          "binary.LongCompressedBinary 1",
          "index.LongASCII 1",
          "index.LongUnicode 1",
          "multi.LongASCII 1",
          "multi.LongBinary 1",
          "multi.LongCompressedASCII 1",
          "multi.LongCompressedBinary 1",
          "multi.LongCompressedUnicode 1",
          "multi.LongUnicode 1"));

  /** Compressed values that one reader leaves out. */
  private static final Map<String, List<String>> COMPRESSED = Map.of(
      "impacket", List.of("binary.MaxLongCompressedBinary 1", "multi.LongCompressedASCII 2"));

  @TempDir
  Path directory;

  static Stream<Arguments> samplesAndReaders() {
    return Stream.concat(Samples.REAL.stream(), Stream.of(Samples.SYNTHETIC))
        .flatMap(
            sample -> ForeignReaders.all().stream().map(reader -> Arguments.of(sample, reader)));
  }

  @ParameterizedTest
  @MethodSource("samplesAndReaders")
  void everyCellIsWhatAnotherReaderShowsUnlessItIsKnownToBeWrong(
      String sample, ForeignReader reader) {
    ForeignReaders.require(reader);
    Path file = SampleDatabases.copy(sample, directory);
    Map<String, ForeignTable> theirs = reader.readAll(file);
    Map<String, String> differences = new TreeMap<>();
    try (Database database = SampleDatabases.open(file)) {
      List<TableDefinition> tables = database.catalog().tables();
      assertEquals(
          List.copyOf(theirs.keySet()),
          tables.stream().map(TableDefinition::name).toList());
      ForeignPrint print = ForeignPrint.valueOf(reader.name().toUpperCase(Locale.ROOT));
      for (TableDefinition table : tables) {
        compare(
            database, table, Objects.requireNonNull(theirs.get(table.name())), print, differences);
      }
    }
    Set<String> known = Stream.concat(
            SEPARATED.getOrDefault(reader.name(), List.of()).stream(),
            COMPRESSED.getOrDefault(reader.name(), List.of()).stream())
        .filter(cell -> cell.startsWith(sample + "."))
        .collect(Collectors.toCollection(TreeSet::new));
    assertEquals(known, differences.keySet(), () -> reader.name() + " differs: " + differences);
  }

  private static void compare(
      Database database,
      TableDefinition table,
      ForeignTable theirs,
      ForeignPrint print,
      Map<String, String> differences) {
    assertEquals(theirs.columns(), table.columns().stream().map(Column::name).toList());
    RowReader rows = RowReader.open(database, table);
    for (List<String> their : theirs.rows()) {
      assertTrue(rows.next(), table.name());
      List<CellValue> ours = rows.cells();
      for (int i = 0; i < ours.size(); i++) {
        Column column = table.columns().get(i);
        String expected = their.get(i);
        String found = print.cell(column, ours.get(i));
        boolean nullWithin = ours.get(i) instanceof CellValue.Null
            && column.kind() == ColumnKind.FIXED
            && expected.equals(print.nullWithin(column));
        if (!found.equals(expected) && !nullWithin) {
          differences.put(
              table.name() + "." + column.name() + " " + rows.rows(),
              "ours: " + found + ", theirs: " + expected);
        }
      }
    }
    assertFalse(rows.next(), table.name());
  }
}
