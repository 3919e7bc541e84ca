package org.jetbackup.engine.foreign;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jetbackup.engine.format.PageSize;
import org.jetbackup.engine.format.Samples;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.opentest4j.AssertionFailedError;
import org.opentest4j.TestAbortedException;

/** The readers read what others have written; only then what they say of ours means something. */
class ForeignReadersTest {

  private static final String READERS = "org.jetbackup.engine.foreign.ForeignReaders#all";

  @TempDir
  Path directory;

  @ParameterizedTest
  @CsvSource({
    "basic, 87, 7, 7, basic, 2",
    "binary, 87, 8, 7, binary, 1",
    "index, 112, 26, 8, index, 1",
    "multi, 97, 8, 7, multi, 2",
    "synthetic-min-8192, 76, 7, 7, kv, 3"
  })
  void everyReaderCountsTheRowsOfEverySample(
      String sample, int objects, int ids, int locales, String table, int rows) {
    Path file = SampleFiles.copy(sample, directory);
    Map<String, Integer> expected = Map.of(
        "MSysObjects",
        objects,
        "MSysObjectsShadow",
        objects,
        "MSysObjids",
        ids,
        "MSysLocales",
        locales,
        table,
        rows);
    for (ForeignReader reader : ForeignReaders.require()) {
      Map<String, Integer> counts = reader.readAll(file).values().stream()
          .collect(Collectors.toMap(ForeignTable::name, found -> found.rows().size()));
      assertEquals(expected, counts, reader.name());
    }
  }

  @ParameterizedTest
  @MethodSource(READERS)
  void numbersTextsAndBytesAreReadFromRealSamples(ForeignReader reader) {
    ForeignReaders.require(reader);
    ForeignTable basic = reader.read(SampleFiles.copy("basic", directory), "basic");
    assertEquals("-13371337", basic.cell(0, "Long"));
    assertEquals("f10a363f6667dc469af20dacf295c2a1", basic.cell(0, "GUID"));
    assertEquals("", basic.cell(1, "GUID"));
    ForeignTable binary = reader.read(SampleFiles.copy("binary", directory), "binary");
    assertArrayEquals("test binary data".getBytes(US_ASCII), binary.bytes(0, "Binary"));
    assertArrayEquals(new byte[0], binary.bytes(0, "NullableBinary"));
  }

  @ParameterizedTest
  @MethodSource(READERS)
  void aTableReadAloneIsTheSameAsAmongAll(ForeignReader reader) {
    ForeignReaders.require(reader);
    Path file = SampleFiles.copy("multi", directory);
    reader.readAll(file).forEach((name, table) -> assertEquals(table, reader.read(file, name)));
  }

  @ParameterizedTest
  @MethodSource(READERS)
  void anEmptyTableStillHasItsColumns(ForeignReader reader) {
    ForeignReaders.require(reader);
    Path file = SampleFiles.rebuild(directory, PageSize.KIB_8, SampleFiles.noRows());
    ForeignTable table = reader.read(file, SampleFiles.TABLE);
    assertEquals(List.of(ForeignComparison.KEY, ForeignComparison.VALUE), table.columns());
    assertEquals(List.of(), table.rows());
  }

  @ParameterizedTest
  @MethodSource(READERS)
  void aTableThatIsNotThereIsAFailure(ForeignReader reader) {
    ForeignReaders.require(reader);
    Path file = SampleFiles.copy(Samples.SYNTHETIC, directory);
    String message = assertThrows(ForeignReadException.class, () -> reader.read(file, "other"))
        .toString();
    assertTrue(message.contains("no such table: other"), message);
  }

  @ParameterizedTest
  @MethodSource(READERS)
  void aFileThatIsNoDatabaseIsAFailure(ForeignReader reader) throws IOException {
    ForeignReaders.require(reader);
    byte[] junk = new byte[1 << 16];
    Arrays.fill(junk, (byte) 'x');
    Path file = Files.write(directory.resolve("junk"), junk);
    assertThrows(ForeignReadException.class, () -> reader.readAll(file));
  }

  @Test
  void aReaderThatDoesNotEndIsEnded() throws IOException {
    // This one reads for ever at the end of a file that ends inside a page.
    ForeignReader reader = new Impacket(Duration.ofSeconds(1));
    ForeignReaders.require(reader);
    Path file = SampleFiles.copy(Samples.SYNTHETIC, directory);
    Files.write(file, Arrays.copyOf(Files.readAllBytes(file), 3 * PageSize.KIB_8.bytes()));
    String message =
        assertThrows(ForeignReadException.class, () -> reader.readAll(file)).toString();
    assertTrue(message.contains("has not ended after 1 s"), message);
  }

  @Test
  void whatIsNotInstalledSkipsATestUnlessItIsRequired() {
    ForeignReader absent = new Absent();
    assertThrows(TestAbortedException.class, () -> ForeignReaders.require(absent, false));
    assertThrows(AssertionFailedError.class, () -> ForeignReaders.require(absent, true));
  }

  @Test
  void anEscapeStandsForOneCharacter() {
    assertEquals("a\tb\nc\rd\\te", ExportFile.unescaped("a\\tb\\nc\\rd\\\\te"));
    assertThrows(ForeignReadException.class, () -> ExportFile.unescaped("\\x"));
  }

  @Test
  void anExportThatEndsInsideALineOrARowIsRefused() throws IOException {
    for (String text : List.of("", "Key\tValue", "Key\tValue\n00\t01", "Key\tValue\n00\n")) {
      Path file = Files.writeString(directory.resolve("kv"), text);
      assertThrows(ForeignReadException.class, () -> ExportFile.read("kv", file), text);
    }
  }

  /** A program that nobody has. */
  private static final class Absent implements ForeignReader {

    @Override
    public String name() {
      return "absent";
    }

    @Override
    public String origin() {
      return "nowhere";
    }

    @Override
    public boolean isHere() {
      return false;
    }

    @Override
    public boolean reads(PageSize size) {
      return false;
    }

    @Override
    public boolean followsLongValues() {
      return false;
    }

    @Override
    public Map<String, ForeignTable> readAll(Path database) {
      throw new UnsupportedOperationException();
    }

    @Override
    public ForeignTable read(Path database, String table) {
      throw new UnsupportedOperationException();
    }
  }
}
