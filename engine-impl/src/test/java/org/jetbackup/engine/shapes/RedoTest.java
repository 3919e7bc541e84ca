package org.jetbackup.engine.shapes;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.jetbackup.api.Environment;
import org.jetbackup.engine.buffer.Change;
import org.jetbackup.engine.buffer.ChangeLog;
import org.jetbackup.engine.buffer.PageCache;
import org.jetbackup.engine.buffer.Redo;
import org.jetbackup.engine.catalog.Database;
import org.jetbackup.engine.catalog.DatabaseOptions;
import org.jetbackup.engine.format.FileNames;
import org.jetbackup.engine.format.HeaderField;
import org.jetbackup.engine.format.PageSize;
import org.jetbackup.engine.verify.DatabaseVerifier;
import org.jetbackup.engine.verify.VerifyOptions;
import org.jetbackup.engine.verify.VerifyReport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whatever a file held at some time, redo of the log from there on ends with the same pages. */
class RedoTest {

  private static final Environment ENVIRONMENT = Environment.standard();

  @ParameterizedTest
  @CsvSource({
    "KIB_4, 1, 64, 700",
    "KIB_4, 2, 4000, 700",
    "KIB_8, 3, 64, 500",
    "KIB_16, 4, 90, 300",
    "KIB_32, 5, 64, 300"
  })
  void redoFromAnyFileAndAnyRecordEndsWithTheSamePages(
      PageSize size, long seed, int cachePages, int steps) throws IOException {
    try (Recorded recorded = new Recorded(size, seed, cachePages).run(steps)) {
      byte[] end = recorded.end();
      String replay = "seed " + seed + " with " + size;
      assertTrue(recorded.failures > 5, recorded.failures + " failures, " + replay);
      assertTrue(recorded.moments.size() > 4, recorded.moments.size() + " moments, " + replay);
      redo(recorded, recorded.start, 0, 1, end, replay + " from the start");
      redo(recorded, recorded.start, 0, 2, end, replay + " twice");
      redo(recorded, recorded.fuzzy(), 0, 1, end, replay + " from pages of many moments");
      for (Recorded.Moment moment : recorded.moments) {
        int record = moment.record();
        Files.write(FileNames.doubleWriteOf(redone(recorded)), moment.side());
        redo(recorded, moment.file(), record, 1, end, replay + " from record " + record);
      }
      Random random = new Random(seed);
      for (int i = 0; i < 5; i++) {
        int record = random.nextInt(recorded.records.size());
        redo(recorded, end, record, 1, end, replay + " again from record " + record);
      }
    }
  }

  private static void redo(
      Recorded recorded, byte[] file, int first, int rounds, byte[] end, String replay)
      throws IOException {
    Path path = redone(recorded);
    Files.write(path, file);
    PageCache cache = Recorded.cache(recorded.size, 64);
    Database database =
        Database.recover(cache, path, 4, ENVIRONMENT, ChangeLog.NONE, Recorded.DATABASE_ID);
    try (database) {
      Redo redo = new Redo(cache);
      for (int round = 0; round < rounds; round++) {
        for (int i = first; i < recorded.records.size(); i++) {
          redo.apply(database.pages(), recorded.record(i), i + 1);
        }
      }
      database.flush();
      assertSamePages(recorded.size, end, Files.readAllBytes(path), replay);
      database.afterRedo();
    }
    VerifyReport report = DatabaseVerifier.verify(path, VerifyOptions.DEFAULT);
    assertTrue(report.isClean(), () -> replay + ": " + report.describe());
    Files.delete(path);
    Files.delete(FileNames.doubleWriteOf(path));
  }

  private static Path redone(Recorded recorded) {
    return recorded.files.root().resolve("redone.edb");
  }

  /** A change that was rolled back may have left the one file longer than the other. */
  static void assertSamePages(PageSize size, byte[] wanted, byte[] found, String replay) {
    int length = Math.max(wanted.length, found.length) + size.bytes() - 1;
    length -= length % size.bytes(); // where the disk was full, the file may end within a page
    byte[] one = Arrays.copyOf(wanted, length);
    byte[] other = Arrays.copyOf(found, length);
    for (int at = 2 * size.bytes(); at < length; at += size.bytes()) {
      if (!Arrays.equals(one, at, at + size.bytes(), other, at, at + size.bytes())) {
        int page = at / size.bytes() - 1;
        assertArrayEquals(
            Arrays.copyOfRange(one, at, at + size.bytes()),
            Arrays.copyOfRange(other, at, at + size.bytes()),
            "page " + page + ", " + replay);
      }
    }
  }

  @Test
  void aChangeThatIsRolledBackLeavesNoRecordAndNoTrace() throws IOException {
    try (Recorded recorded = new Recorded(PageSize.KIB_8, 9, 64).run(150)) {
      Database database = recorded.database();
      database.flush();
      byte[] before = Files.readAllBytes(recorded.path());
      int records = recorded.records.size();
      long dbtime = database.pages().dbtime();
      Change change = new Change(database.cache(), database.pages());
      assertThrows(
          ArithmeticException.class,
          () -> change.within(open -> {
            open.edit(open.own(4)).setNext(5);
            open.edit(open.own(24)).setPrevious(7);
            throw new ArithmeticException();
          }));
      change.within(open -> open.own(4)); // changes nothing
      database.flush();
      assertEquals(records, recorded.records.size());
      assertEquals(dbtime, database.pages().dbtime());
      assertArrayEquals(before, Files.readAllBytes(recorded.path()));
    }
  }

  @Test
  void aFileIsMadeAgainByteForByteFromItsSignature() throws IOException {
    try (Recorded recorded = new Recorded(PageSize.KIB_4, 1, 64)) {
      recorded.end();
      Path again = recorded.files.root().resolve("again.edb");
      Database.create(
              Recorded.cache(PageSize.KIB_4, 64),
              again,
              new DatabaseOptions(PageSize.KIB_4, 34, 4),
              Database.headerOf(recorded.path()).get(HeaderField.DATABASE_SIGNATURE),
              ENVIRONMENT,
              ChangeLog.NONE,
              Recorded.DATABASE_ID)
          .closeFiles();
      assertArrayEquals(recorded.start, Files.readAllBytes(again));
    }
  }
}
