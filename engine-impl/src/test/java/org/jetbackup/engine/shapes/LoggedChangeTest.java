package org.jetbackup.engine.shapes;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.jetbackup.api.Environment;
import org.jetbackup.api.error.JetErr;
import org.jetbackup.api.error.JetException;
import org.jetbackup.engine.btree.TreeWriter;
import org.jetbackup.engine.buffer.Change;
import org.jetbackup.engine.buffer.ChangeLog;
import org.jetbackup.engine.buffer.PagedFile;
import org.jetbackup.engine.buffer.Redo;
import org.jetbackup.engine.catalog.Database;
import org.jetbackup.engine.catalog.DatabaseOptions;
import org.jetbackup.engine.catalog.DirectWriter;
import org.jetbackup.engine.catalog.Table;
import org.jetbackup.engine.format.Allocation;
import org.jetbackup.engine.format.DatabaseState;
import org.jetbackup.engine.format.HeaderField;
import org.jetbackup.engine.format.PageSize;
import org.jetbackup.engine.space.BareDatabase;
import org.jetbackup.engine.storage.DataFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a logged change costs, and what becomes of one that the log does not take. */
class LoggedChangeTest {

  private static final Environment ENVIRONMENT = Environment.standard();
  private static final int KEY_BYTES = 16;
  private static final int VALUE_BYTES = 100;
  private static final int OVERHEAD_MAX = 60;
  private static final int BATCHES = 500;
  private static final int BATCH = 20;

  @TempDir
  Path directory;

  /** Counts, and keeps nothing. */
  private static final class Counting implements ChangeLog {
    private long records;
    private long bytes;
    private long last;

    @Override
    public long append(ByteBuffer record) {
      last = record.remaining();
      bytes += last;
      return ++records;
    }
  }

  @ParameterizedTest
  @EnumSource(PageSize.class)
  void aLoggedInsertIntoALeafIsShortAndAllocatesNothing(PageSize size) {
    Counting log = new Counting();
    try (BareDatabase bare = BareDatabase.create(directory.resolve("b.edb"), size, 34, 64, 4000)) {
      BareDatabase.Made made = bare.createTree(bare.space().root(), 8, 0);
      bare.file().logTo(log, 1);
      TreeWriter writer = made.tree().writer();
      ByteBuffer key = ByteBuffer.allocate(KEY_BYTES).order(ByteOrder.LITTLE_ENDIAN);
      ByteBuffer value = ByteBuffer.allocate(VALUE_BYTES).order(ByteOrder.LITTLE_ENDIAN);
      Random random = new Random(1);
      long inLeaf = 0;
      long splits = 0;
      long splitBytes = 0;
      long least = Long.MAX_VALUE;
      for (int batch = 0; batch < BATCHES; batch++) {
        long splitsBefore = splits;
        long before = Allocation.ofThisThread();
        for (int i = 0; i < BATCH; i++) {
          key.putLong(0, random.nextLong()).putLong(8, random.nextLong());
          writer.insert(key, value);
          boolean split = log.last > KEY_BYTES + VALUE_BYTES + OVERHEAD_MAX;
          inLeaf += split ? 0 : 1;
          splits += split ? 1 : 0;
          splitBytes += split ? log.last : 0;
        }
        long allocated = Allocation.ofThisThread() - before;
        least = splits == splitsBefore ? Math.min(least, allocated) : least;
      }
      System.out.println(size + ": " + log.records + " records of " + log.bytes + " bytes; "
          + splits + " splits of " + splitBytes / Math.max(1, splits) + " bytes; the others "
          + (log.bytes - splitBytes) / inLeaf + " bytes; allocated " + (least - costOfAsking()));
      assertEquals(BATCHES * BATCH, log.records);
      assertTrue(splits < 1_000, splits + " splits or long records");
      assertTrue(least - costOfAsking() < BATCH, least + " bytes allocated");
    }
  }

  private static long costOfAsking() {
    long least = Long.MAX_VALUE;
    for (int i = 0; i < 100; i++) {
      long before = Allocation.ofThisThread();
      least = Math.min(least, Allocation.ofThisThread() - before);
    }
    return least;
  }

  @Test
  void aRecordThatTheLogDoesNotTakeBreaksTheFileDownAndNothingOfItIsWritten() throws IOException {
    IllegalStateException cause = new IllegalStateException("the disk of the log is gone");
    boolean[] broken = new boolean[1];
    ChangeLog log = record -> {
      if (broken[0]) {
        throw cause;
      }
      return 1;
    };
    Path path = directory.resolve("kv.edb");
    PageSize size = PageSize.KIB_4;
    Database database = Database.create(
        Recorded.cache(size, 64),
        path,
        new DatabaseOptions(size, 34, 4),
        Database.newSignature(ENVIRONMENT),
        ENVIRONMENT,
        log,
        1);
    Table table = database.catalog().create("kv");
    DirectWriter.of(table).put(new byte[] {1}, new byte[50]);
    database.flush();
    DirectWriter.of(table).put(new byte[] {2}, new byte[50]);
    byte[] before = Files.readAllBytes(path);
    broken[0] = true;
    assertSame(
        cause,
        assertThrows(
            IllegalStateException.class,
            () -> DirectWriter.of(table).put(new byte[] {3}, new byte[50])));
    broken[0] = false;
    JetException refused = assertThrows(
        JetException.class, () -> DirectWriter.of(table).put(new byte[] {4}, new byte[50]));
    assertEquals(JetErr.INTERNAL_ERROR, refused.error());
    assertThrows(JetException.class, database::flush);
    assertThrows(JetException.class, () -> database.cache().flush(database.pages()));
    database.closeFiles();
    assertArrayEquals(before, Files.readAllBytes(path));
  }

  @Test
  void aCleanFileGetsDirtyWithTheFirstChangeThatIsRedoneAndNotBefore() throws IOException {
    try (Recorded recorded = new Recorded(PageSize.KIB_4, 1, 64).run(40)) {
      byte[] end = recorded.end();
      Path path = directory.resolve("kv.edb");
      Files.write(path, recorded.start);
      recover(path).close(); // dirty before, and clean from here on
      try (Database database = recover(path)) {
        database.afterRedo();
        assertEquals(DatabaseState.CLEAN, database.header().state());
      }
      assertEquals(DatabaseState.CLEAN, Database.headerOf(path).state());
      Database database = recover(path);
      Redo redo = new Redo(database.cache());
      for (int i = 0; i < recorded.records.size(); i++) {
        redo.apply(database.pages(), recorded.record(i), i + 1);
        assertEquals(DatabaseState.DIRTY, Database.headerOf(path).state());
      }
      database.flush();
      database.closeFiles();
      RedoTest.assertSamePages(PageSize.KIB_4, end, Files.readAllBytes(path), "");
      assertEquals(DatabaseState.DIRTY, Database.headerOf(path).state());
    }
  }

  private static Database recover(Path path) {
    return Database.recover(
        Recorded.cache(PageSize.KIB_4, 64), path, 4, ENVIRONMENT, ChangeLog.NONE, 3);
  }

  @Test
  void aTableIsFoundByItsNumber() throws IOException {
    try (Recorded recorded = new Recorded(PageSize.KIB_4, 1, 64)) {
      Table table = recorded.database().catalog().create("kv");
      assertSame(table, recorded.database().catalog().open(table.id()).orElseThrow());
      assertTrue(recorded.database().catalog().open(table.id() + 1).isEmpty());
      assertTrue(recorded.database().catalog().open(-1).isEmpty());
      recorded.database().close();
      Database again = Database.open(
          Recorded.cache(PageSize.KIB_4, 64),
          recorded.path(),
          4,
          ENVIRONMENT,
          ChangeLog.NONE,
          7,
          UnaryOperator.identity());
      try (again) {
        Table found = again.catalog().open(table.id()).orElseThrow();
        assertSame(again.catalog().open("kv"), found);
        again.catalog().drop("kv");
        assertTrue(again.catalog().open(table.id()).isEmpty());
      }
    }
  }

  @Test
  void noChangeMakesTheFileGrowByMoreThanRedoAllows() throws IOException {
    try (Recorded recorded = new Recorded(PageSize.KIB_4, 1, 64)) {
      Database database = recorded.database();
      long pages = database.pages().pagesThere();
      long most = PagedFile.GROWTH_BYTES_MAX / PageSize.KIB_4.bytes();
      Change change = new Change(database.cache(), database.pages());
      change.begin();
      JetException refused =
          assertThrows(JetException.class, () -> change.growFile(pages, pages + most + 1));
      assertEquals(JetErr.OUT_OF_DATABASE_SPACE, refused.error());
      change.rollback();
      assertEquals(pages, database.pages().pagesThere());
    }
  }

  @Test
  void aPageThatIsNewerThanTheFileIsNotEditedIfThatIsLogged() throws IOException {
    try (Recorded recorded = new Recorded(PageSize.KIB_4, 1, 64)) {
      Path path = recorded.path();
      recorded.database().catalog().create("kv");
      recorded.database().close();
      ByteBuffer header = Database.headerOf(path)
          .change()
          .set(HeaderField.DBTIME_DIRTIED, 1L)
          .header()
          .encode();
      try (DataFile file = DataFile.open(path, DataFile.Mode.WRITE)) {
        file.write(header.duplicate(), 0);
        file.write(header.duplicate(), PageSize.KIB_4.shadowHeaderOffset());
      }
      List<ByteBuffer> records = new ArrayList<>();
      ChangeLog log = record -> {
        records.add(record);
        return 1;
      };
      try (Database database = Database.open(
          Recorded.cache(PageSize.KIB_4, 64),
          path,
          4,
          ENVIRONMENT,
          log,
          1,
          UnaryOperator.identity())) {
        JetException refused = assertThrows(
            JetException.class,
            () -> DirectWriter.of(database.catalog().open("kv")).put(new byte[] {1}, new byte[1]));
        assertEquals(JetErr.DB_TIME_CORRUPTED, refused.error());
        assertEquals(List.of(), records);
        database.raiseDbtime(1_000);
        DirectWriter.of(database.catalog().open("kv")).put(new byte[] {1}, new byte[1]);
        assertEquals(1, records.size());
      }
    }
  }
}
