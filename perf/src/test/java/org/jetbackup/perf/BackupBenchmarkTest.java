package org.jetbackup.perf;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.jetbackup.perf.BackupSubject.Settings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A benchmark that does not do what it says measures nothing. */
class BackupBenchmarkTest {

  private static final long DATABASE_BYTES = 20 << 20;
  private static final Settings SETTINGS = new Settings(256, 4 << 20);

  private final ByteArrayOutputStream text = new ByteArrayOutputStream();
  private final PrintStream out = new PrintStream(text, true, StandardCharsets.UTF_8);

  @TempDir
  Path directory;

  @Test
  void everythingIsMeasuredAndTheLastRestoreHasAllRecords() throws Exception {
    long found = new BackupBenchmark(out, directory, 1, 256).measure(DATABASE_BYTES);
    assertTrue(found * Records.VALUE_BYTES > DATABASE_BYTES / 2, () -> "found = " + found);
    String count = String.format("records: %,d built, %,d in the restored database", found, found);
    for (String line : List.of(
        "full backup",
        "incremental backup",
        "/ log written",
        "restore to a destination",
        "restore in place",
        count)) {
      assertTrue(printed().contains(line), printed());
    }
    assertEquals(List.of(), leftOver());
  }

  @Test
  void aSmallHeapIsReallySmallAndItsPeaksAreTold() throws Exception {
    long found = new SmallHeapBenchmark(out, directory).measure(DATABASE_BYTES);
    assertTrue(found * Records.VALUE_BYTES > DATABASE_BYTES / 2, () -> "found = " + found);
    for (String line : List.of("full backup", "peak heap", "commits meanwhile", "restore")) {
      assertTrue(printed().contains(line), printed());
    }
    assertEquals(List.of(), leftOver());
  }

  @Test
  void aProcessThatFailsIsNoMeasurement() {
    assertThrows(IllegalStateException.class, () -> ForkedJava.of(Failing.class).output());
    assertThrows(
        IllegalStateException.class,
        () -> ForkedJava.of(Greedy.class).option("-Xmx16m").output());
  }

  /** Ends badly. */
  static final class Failing {
    public static void main(String[] arguments) {
      System.exit(3);
    }
  }

  /** Needs more than it gets. */
  static final class Greedy {
    public static void main(String[] arguments) {
      System.out.println(new byte[64 << 20].length);
    }
  }

  @Test
  void updatesAreInTheLogAndWhatIsWrittenOfItIsCounted() throws Exception {
    long records = BackupSubject.build(directory, DATABASE_BYTES);
    try (BackupSubject subject = BackupSubject.open(directory, SETTINGS)) {
      long before = EngineInstance.logBytes(directory);
      subject.update(records, 100, new SplittableRandom(1));
      assertTrue(EngineInstance.logBytes(directory) - before >= 100 * Records.VALUE_BYTES);
      try (Updaters updaters = new Updaters(subject, 2, records)) {
        updaters.awaitFirst();
        assertTrue(updaters.commits() >= 2);
      }
      assertEquals(records, subject.count());
    }
  }

  @Test
  void theControlCopiesEveryByte() throws IOException {
    byte[] content = new byte[(3 << 20) + 17];
    new SplittableRandom(1).nextBytes(content);
    Path one = Files.write(directory.resolve("one"), content);
    Path two = Files.write(directory.resolve("two"), new byte[1]);
    Path copy = directory.resolve("copy");
    assertTrue(new ForcedCopy().copy(List.of(one, two), copy) > 0);
    assertArrayEquals(content, Files.readAllBytes(copy.resolve("0.one")));
    assertEquals(content.length + 1, ForcedCopy.bytes(ForcedCopy.files(copy)));
  }

  private List<Path> leftOver() throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.toList();
    }
  }

  private String printed() {
    return text.toString(StandardCharsets.UTF_8);
  }
}
