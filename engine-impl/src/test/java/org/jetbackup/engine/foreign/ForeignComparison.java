package org.jetbackup.engine.foreign;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.BiPredicate;
import java.util.function.Predicate;
import org.jetbackup.engine.format.PageSize;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;

/**
 * Compares a table of a database file, as foreign readers show it, with what it should hold.
 *
 * <p>A table has the columns {@code Key} and {@code Value}. Its rows must be the expected ones in
 * the order of the map, no more and no fewer. Every reader that is installed and reads the page
 * size of the file takes part.
 */
public final class ForeignComparison {

  /** The column of keys. */
  public static final String KEY = "Key";

  /** The column of values. */
  public static final String VALUE = "Value";

  /** Hexadecimal digits of a value in a message. */
  private static final int SHOWN = 64;

  private static final int PAGE_SIZE_AT = 236;
  private static final HexFormat HEX = HexFormat.of();

  private ForeignComparison() {}

  /**
   * Compares keys and values. Skips the test if no reader can take part.
   *
   * @param database the file
   * @param table the name of the table
   * @param expected its rows, ordered as unsigned bytes
   * @throws AssertionError naming, for each reader that differs, the first difference
   */
  public static void compare(Path database, String table, SortedMap<byte[], byte[]> expected) {
    compare(database, table, expected, value -> false);
  }

  /**
   * Compares keys and values. Skips the test if no reader can take part.
   *
   * @param database the file
   * @param table the name of the table
   * @param expected its rows, ordered as unsigned bytes
   * @param separated says of an expected value whether it lies outside its record: readers that do
   *     not follow such values are asked for the key only
   * @throws AssertionError naming, for each reader that differs, the first difference
   */
  public static void compare(
      Path database,
      String table,
      SortedMap<byte[], byte[]> expected,
      Predicate<byte[]> separated) {
    List<String> differences = new ArrayList<>();
    for (ForeignReader reader : readersOf(database)) {
      difference(reader, database, table, expected, separated).ifPresent(differences::add);
    }
    if (!differences.isEmpty()) {
      Assertions.fail(String.join("\n", differences));
    }
  }

  /**
   * Compares several tables; every reader reads the whole file once. Skips the test if no reader
   * can take part.
   *
   * @param database the file
   * @param expected the rows of tables by name; other tables of the file are not looked at
   * @param separated says of a key and its value whether the value lies outside its record
   * @throws AssertionError naming the first difference of each table for each reader that differs
   */
  public static void compareAll(
      Path database,
      Map<String, ? extends SortedMap<byte[], byte[]>> expected,
      BiPredicate<byte[], byte[]> separated) {
    List<String> differences = new ArrayList<>();
    for (ForeignReader reader : readersOf(database)) {
      Map<String, ForeignTable> tables = reader.readAll(database);
      expected.forEach((name, rows) -> {
        ForeignTable table = tables.get(name);
        BiPredicate<byte[], byte[]> unseen =
            reader.followsLongValues() ? (key, value) -> false : separated;
        Optional<String> what =
            table == null ? Optional.of("not there") : firstDifference(table, rows, unseen);
        what.ifPresent(text -> differences.add(
            reader.name() + ", table " + name + " of " + database.getFileName() + ", " + text));
      });
    }
    if (!differences.isEmpty()) {
      Assertions.fail(String.join("\n", differences));
    }
  }

  /**
   * Finds the readers that can take part. Skips or fails the test if there are none.
   *
   * @param database the file
   * @return at least one reader
   */
  public static List<ForeignReader> readersOf(Path database) {
    PageSize size = pageSize(database);
    List<ForeignReader> able =
        ForeignReaders.require().stream().filter(reader -> reader.reads(size)).toList();
    Assumptions.assumeFalse(able.isEmpty(), "no foreign reader here reads pages of " + size);
    return able;
  }

  /** The first difference that one reader shows. */
  static Optional<String> difference(
      ForeignReader reader,
      Path database,
      String name,
      SortedMap<byte[], byte[]> expected,
      Predicate<byte[]> separated) {
    ForeignTable table = reader.read(database, name);
    BiPredicate<byte[], byte[]> unseen =
        (key, value) -> !reader.followsLongValues() && separated.test(value);
    return firstDifference(table, expected, unseen)
        .map(what ->
            reader.name() + ", table " + name + " of " + database.getFileName() + ", " + what);
  }

  private static Optional<String> firstDifference(
      ForeignTable table, SortedMap<byte[], byte[]> expected, BiPredicate<byte[], byte[]> unseen) {
    Iterator<String> keys = table.column(KEY).iterator();
    Iterator<String> values = table.column(VALUE).iterator();
    String counts = ", " + table.rows().size() + " rows instead of " + expected.size();
    int row = 0;
    for (Map.Entry<byte[], byte[]> entry : expected.entrySet()) {
      String wanted = HEX.formatHex(entry.getKey());
      if (!keys.hasNext()) {
        return Optional.of("row " + row + ": no more rows, not key " + shown(wanted) + counts);
      }
      String key = keys.next();
      if (!key.equals(wanted)) {
        return Optional.of(
            "row " + row + ": key " + shown(key) + " instead of " + shown(wanted) + counts);
      }
      String value = values.next();
      String wantedValue = HEX.formatHex(entry.getValue());
      if (!unseen.test(entry.getKey(), entry.getValue()) && !value.equals(wantedValue)) {
        return Optional.of("row " + row + " with key " + shown(key) + ": value " + shown(value)
            + " instead of " + shown(wantedValue));
      }
      row++;
    }
    return keys.hasNext()
        ? Optional.of("row " + row + ": key " + shown(keys.next()) + " too many" + counts)
        : Optional.empty();
  }

  private static String shown(String hex) {
    return hex.length() <= SHOWN
        ? "'" + hex + "'"
        : "'" + hex.substring(0, SHOWN) + "...' (" + hex.length() / 2 + " bytes)";
  }

  private static PageSize pageSize(Path database) {
    ByteBuffer field = ByteBuffer.allocate(Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    try (FileChannel file = FileChannel.open(database)) {
      file.read(field, PAGE_SIZE_AT);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return PageSize.ofBytes(field.getInt(0));
  }
}
