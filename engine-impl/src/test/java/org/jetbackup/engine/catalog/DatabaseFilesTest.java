package org.jetbackup.engine.catalog;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jetbackup.api.Environment;
import org.jetbackup.api.error.JetErr;
import org.jetbackup.api.error.JetException;
import org.jetbackup.api.position.PageNumber;
import org.jetbackup.engine.buffer.Frame;
import org.jetbackup.engine.buffer.LogForce;
import org.jetbackup.engine.buffer.PageCache;
import org.jetbackup.engine.format.NodeView;
import org.jetbackup.engine.format.PageFlags;
import org.jetbackup.engine.format.PageSize;
import org.jetbackup.engine.format.PageView;
import org.jetbackup.engine.storage.DataFile;
import org.jetbackup.engine.verify.DatabaseVerifier;
import org.jetbackup.engine.verify.VerifyOptions;
import org.jetbackup.engine.verify.VerifyReport;
import org.jetbackup.tck.storage.Fault;
import org.jetbackup.tck.storage.KitFileSystem;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What becomes of the files of a database where creating, opening and replacing it go wrong. */
// not a verdict: a hang shall not last for ever
@Timeout(value = 1, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class DatabaseFilesTest {

  private static final PageSize SIZE = PageSize.KIB_4;
  private static final DatabaseOptions OPTIONS = new DatabaseOptions(SIZE, 34, 8);
  private static final int ROWS = 400;

  private final KitFileSystem files = KitFileSystem.inMemory();
  private final Path path = files.root().resolve("kv.edb");

  @AfterEach
  void close() throws IOException {
    files.close();
  }

  @Test
  void aDatabaseForWhichThereIsNoRoomInTheCacheIsNotMade() {
    PageCache cache = cache();
    Path second = files.root().resolve("second.edb");
    List<Frame> latched = new ArrayList<>();
    try (Database database = Database.create(cache, path, OPTIONS, Environment.standard())) {
      fill(database.catalog().create("kv"), 0);
      try {
        for (int page = 38; page < 90; page++) { // leaves of the table
          latched.add(cache.share(database.pages(), page));
        }
        JetException failure = assertThrows(
            JetException.class,
            () -> Database.create(cache, second, OPTIONS, Environment.standard()));
        assertEquals(JetErr.OUT_OF_BUFFERS, failure.error());
        assertFalse(Files.exists(second));
      } finally {
        latched.forEach(Frame::release);
      }
      Database.create(cache, second, OPTIONS, Environment.standard()).close();
    }
    verify(path);
    verify(second);
  }

  @Test
  void anOlderCopyInThePlaceOfADatabaseStaysWhatItWas() throws IOException {
    Path copy = files.root().resolve("copy.edb");
    try (Database database = Database.create(cache(), path, OPTIONS, Environment.standard())) {
      fill(database.catalog().create("kv"), 0);
    }
    Files.copy(path, copy);
    try (Database database = Database.open(cache(), path, 8, Environment.standard())) {
      Table table = database.catalog().open("kv");
      fill(table, ROWS);
      fill(database.catalog().create("later"), 0);
      for (int row = 0; row < ROWS; row += 2) {
        assertTrue(DirectWriter.of(table).delete(key(row)));
      }
    }
    Files.delete(path);
    Files.move(copy, path);
    try (Database database = Database.open(cache(), path, 8, Environment.standard())) {
      TableCursor cursor = database.catalog().open("kv").cursor();
      for (int row = 0; row < ROWS; row++) {
        assertTrue(cursor.next());
        assertArrayEquals(key(row), cursor.key());
      }
      assertFalse(cursor.next());
    }
    verify(path);
  }

  @Test
  void aDamagedSecondHeaderIsMendedBeforeTheFirstIsWritten() throws IOException {
    try (Database database = Database.create(cache(), path, OPTIONS, Environment.standard())) {
      fill(database.catalog().create("kv"), 0);
    }
    damage(SIZE.shadowHeaderOffset());
    files.inject(Fault.parse("write kv.edb #2 sticky before-effect"));
    assertThrows(JetException.class, () -> Database.open(cache(), path, 8, Environment.standard()));
    files.clearFaults();
    damage(0); // as a crash in the middle of that write could have left it
    try (Database database = Database.open(cache(), path, 8, Environment.standard())) {
      assertTrue(database.catalog().open("kv").cursor().find(key(3)));
    }
    verify(path);
  }

  @Test
  void aDamagedLongValueKeepsNoOtherFromGoingAndTheDatabaseFromClosing() throws IOException {
    try (Database database = Database.create(cache(), path, OPTIONS, Environment.standard())) {
      DirectWriter writer = DirectWriter.of(database.catalog().create("kv"));
      for (int row = 0; row < 3; row++) {
        writer.insert(key(row), new byte[20_000]);
      }
    }
    damage(SIZE.offsetOf(new PageNumber(longValueLeaves().get(3))));
    try (Database database = Database.open(cache(), path, 8, Environment.standard())) {
      DirectWriter writer = DirectWriter.of(database.catalog().open("kv"));
      JetException failure = assertThrows(JetException.class, () -> writer.delete(key(0)));
      assertEquals(JetErr.READ_VERIFY_FAILURE, failure.error());
      assertTrue(writer.delete(key(2)));
    }
    try (Database database = Database.openReadOnly(cache(), path)) {
      TableCursor cursor = database.catalog().open("kv").cursor();
      assertEquals(20_000, cursor.get(key(1)).orElseThrow().length);
      assertFalse(cursor.find(key(0)) || cursor.find(key(2)));
    }
  }

  /** In the order of their keys. */
  private List<Long> longValueLeaves() {
    List<Long> found = new ArrayList<>();
    try (DataFile file = DataFile.open(path, DataFile.Mode.READ)) {
      long root = 31;
      while (!isLongValueRoot(page(file, root))) {
        root++;
      }
      PageView page = page(file, new NodeView().moveTo(page(file, root), 1).child());
      found.add(page.number().value());
      while (page.next() != 0) {
        page = page(file, page.next());
        found.add(page.number().value());
      }
    }
    return found;
  }

  private static boolean isLongValueRoot(PageView page) {
    return page.isRoot()
        && !page.isLeaf()
        && !page.flags().isSpaceTree()
        && (page.flags().bits() & PageFlags.LONG_VALUE) != 0;
  }

  private PageView page(DataFile file, long number) {
    PageNumber page = new PageNumber(number);
    ByteBuffer bytes = SIZE.newBuffer();
    file.readFully(bytes, SIZE.offsetOf(page));
    return new PageView(bytes.clear().order(ByteOrder.LITTLE_ENDIAN), SIZE, page, path);
  }

  private void damage(long position) {
    try (DataFile file = DataFile.open(path, DataFile.Mode.WRITE)) {
      file.write(ByteBuffer.wrap(new byte[] {1, 2, 3, 4, 5, 6, 7, 8}), position + 100);
    }
  }

  private static void fill(Table table, int from) {
    DirectWriter writer = DirectWriter.of(table);
    for (int row = from; row < from + ROWS; row++) {
      writer.insert(key(row), new byte[500]);
    }
  }

  private static byte[] key(int row) {
    return ByteBuffer.allocate(Integer.BYTES).putInt(row).array();
  }

  private static void verify(Path database) {
    VerifyReport report =
        DatabaseVerifier.verify(database, VerifyOptions.DEFAULT.withCleanRequired(true));
    assertEquals(List.of(), report.findings(), report::describe);
  }

  private static PageCache cache() {
    return new PageCache(SIZE, 64L * SIZE.bytes(), LogForce.NONE);
  }
}
