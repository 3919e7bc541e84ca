package org.jetbackup.engine.foreign;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jetbackup.engine.format.PageSize;
import org.jetbackup.engine.format.Samples;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** A comparison is of use if it holds for what is right, and for nothing else. */
class ForeignComparisonTest {

  private static final String READERS = "org.jetbackup.engine.foreign.ForeignReaders#all";

  @TempDir
  Path directory;

  @Test
  void theSyntheticSampleHoldsItsThreeRows() {
    Path file = SampleFiles.copy(Samples.SYNTHETIC, directory);
    ForeignComparison.compare(file, SampleFiles.TABLE, threeRows());
  }

  @ParameterizedTest
  @EnumSource(names = "KIB_4", mode = EnumSource.Mode.EXCLUDE)
  void rowsOverSeveralLeavesAreReadAtEveryPageSizeFromThatOfTheSampleOn(PageSize size) {
    SortedMap<byte[], byte[]> rows = manyRows(3 * size.bytes() / 100);
    Path file = SampleFiles.rebuild(directory, size, rows);
    ForeignComparison.compare(file, SampleFiles.TABLE, rows);
  }

  @Test
  void sixThousandRowsAreCompared() {
    SortedMap<byte[], byte[]> rows = manyRows(6_000);
    Path file = SampleFiles.rebuild(directory, PageSize.KIB_8, rows);
    ForeignComparison.compare(file, SampleFiles.TABLE, rows);
  }

  @ParameterizedTest
  @EnumSource(names = "KIB_4", mode = EnumSource.Mode.EXCLUDE)
  void anEmptyTableHasNoRows(PageSize size) {
    Path file = SampleFiles.rebuild(directory, size, SampleFiles.noRows());
    ForeignComparison.compare(file, SampleFiles.TABLE, SampleFiles.noRows());
  }

  @ParameterizedTest
  @MethodSource(READERS)
  void anotherValueIsReported(ForeignReader reader) {
    SortedMap<byte[], byte[]> expected = threeRows();
    expected.put(bytes("beta"), new byte[] {0, 1, 2, 3});
    assertEquals(
        reader.name()
            + ", table kv of synthetic-min-8192.edb, row 1 with key '62657461': value '000102ff'"
            + " instead of '00010203'",
        difference(reader, expected));
  }

  @ParameterizedTest
  @MethodSource(READERS)
  void aValueThatIsTooShortIsReported(ForeignReader reader) {
    SortedMap<byte[], byte[]> expected = threeRows();
    expected.put(bytes("beta"), new byte[] {0, 1, 2});
    assertTrue(difference(reader, expected).contains("'000102ff' instead of '000102'"));
  }

  @ParameterizedTest
  @MethodSource(READERS)
  void aRowThatTheFileLacksIsReported(ForeignReader reader) {
    SortedMap<byte[], byte[]> expected = threeRows();
    expected.put(bytes("b"), bytes("x"));
    assertEquals(
        reader.name() + ", table kv of synthetic-min-8192.edb, row 1: key '62657461' instead of"
            + " '62', 3 rows instead of 4",
        difference(reader, expected));
  }

  @ParameterizedTest
  @MethodSource(READERS)
  void aRowThatTheFileLacksAtItsEndIsReported(ForeignReader reader) {
    SortedMap<byte[], byte[]> expected = threeRows();
    expected.put(bytes("z"), bytes("x"));
    assertTrue(difference(reader, expected)
        .endsWith("row 3: no more rows, not key '7a', 3 rows instead of 4"));
  }

  @ParameterizedTest
  @MethodSource(READERS)
  void aRowTooManyIsReported(ForeignReader reader) {
    SortedMap<byte[], byte[]> expected = threeRows();
    expected.remove(bytes("alpha"));
    assertTrue(difference(reader, expected)
        .endsWith("row 0: key '616c706861' instead of '62657461', 3 rows instead of 2"));
  }

  @ParameterizedTest
  @MethodSource(READERS)
  void aRowTooManyAtTheEndIsReported(ForeignReader reader) {
    SortedMap<byte[], byte[]> expected = threeRows();
    expected.remove(expected.lastKey());
    assertTrue(difference(reader, expected)
        .endsWith("row 2: key '67616d6d612d6b65792d6c6f6e676572' too many, 3 rows instead of 2"));
  }

  @ParameterizedTest
  @MethodSource(READERS)
  void anotherOrderIsReported(ForeignReader reader) {
    ForeignReaders.require(reader);
    Path file = SampleFiles.copy(Samples.SYNTHETIC, directory);
    SortedMap<byte[], byte[]> backwards =
        new TreeMap<>((left, right) -> Arrays.compareUnsigned(right, left));
    backwards.putAll(threeRows());
    assertTrue(
        ForeignComparison.difference(reader, file, SampleFiles.TABLE, backwards, value -> false)
            .isPresent());
  }

  @ParameterizedTest
  @MethodSource(READERS)
  void ofSeparatedValuesOnlyTheKeyIsCompared(ForeignReader reader) {
    ForeignReaders.require(reader);
    Path file = SampleFiles.copy(Samples.SYNTHETIC, directory);
    SortedMap<byte[], byte[]> expected = threeRows();
    expected.put(bytes("beta"), new byte[100]);
    assertEquals(
        Optional.empty(),
        ForeignComparison.difference(
            reader, file, SampleFiles.TABLE, expected, value -> value.length == 100));
    expected.remove(bytes("beta"));
    expected.put(bytes("beto"), new byte[100]);
    assertTrue(ForeignComparison.difference(
            reader, file, SampleFiles.TABLE, expected, value -> value.length == 100)
        .isPresent());
  }

  @Test
  void aFailureNamesEveryReaderThatDiffers() {
    Path file = SampleFiles.copy(Samples.SYNTHETIC, directory);
    List<ForeignReader> readers = ForeignComparison.readersOf(file);
    String message = assertThrows(
            AssertionError.class,
            () -> ForeignComparison.compare(file, SampleFiles.TABLE, SampleFiles.noRows()))
        .toString();
    for (ForeignReader reader : readers) {
      assertTrue(message.contains(reader.name() + ", table kv"), message);
    }
  }

  private String difference(ForeignReader reader, SortedMap<byte[], byte[]> expected) {
    ForeignReaders.require(reader);
    Path file = SampleFiles.copy(Samples.SYNTHETIC, directory);
    return ForeignComparison.difference(reader, file, SampleFiles.TABLE, expected, value -> false)
        .orElseThrow();
  }

  private static SortedMap<byte[], byte[]> threeRows() {
    SortedMap<byte[], byte[]> rows = SampleFiles.noRows();
    rows.put(bytes("alpha"), bytes("first value"));
    rows.put(bytes("beta"), new byte[] {0, 1, 2, -1});
    rows.put(bytes("gamma-key-longer"), bytes("third ".repeat(10)));
    return rows;
  }

  /** Values of 0 to 30 bytes. */
  private static SortedMap<byte[], byte[]> manyRows(int count) {
    SortedMap<byte[], byte[]> rows = SampleFiles.noRows();
    for (int i = 0; i < count; i++) {
      byte[] value = new byte[i % 31];
      Arrays.fill(value, (byte) i);
      rows.put(bytes("k%06d".formatted(i)), value);
    }
    return rows;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }
}
