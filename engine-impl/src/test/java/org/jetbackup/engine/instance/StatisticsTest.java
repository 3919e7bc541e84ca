package org.jetbackup.engine.instance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jetbackup.api.Environment;
import org.jetbackup.api.InstanceStatistics;
import org.jetbackup.api.JetInstance;
import org.jetbackup.api.JetSession;
import org.jetbackup.api.JetTable;
import org.jetbackup.api.TermGrbit;
import org.jetbackup.api.error.JetErr;
import org.jetbackup.api.error.JetException;
import org.jetbackup.api.event.EventId;
import org.jetbackup.api.event.JetEvent;
import org.jetbackup.api.param.Parameters;
import org.jetbackup.api.param.SystemParameter;
import org.jetbackup.tck.storage.KitFileSystem;
import org.junit.jupiter.api.Test;

class StatisticsTest {

  private static final int STORE_BYTES = 64 << 10;

  @Test
  void everyFigureFollowsWhatWasDone() throws Exception {
    try (KitFileSystem files = KitFileSystem.inMemory()) {
      JetInstance instance = instance(files.root());
      assertEquals(0, instance.statistics().commits());
      instance.init();
      JetSession session = instance.beginSession();
      JetTable table = session.createDatabase(files.root().resolve("a.edb")).createTable("t");
      InstanceStatistics before = instance.statistics();
      session.beginTransaction();
      table.put(key(1), new byte[10]);
      assertEquals(1, instance.statistics().activeTransactions());
      assertTrue(instance.statistics().versionStoreBytes() > 0);
      session.commitTransaction();
      session.beginTransaction();
      session.rollbackTransaction();
      conflict(instance, files.root(), table);
      InstanceStatistics done = instance.statistics().since(before);
      assertEquals(2, done.commits());
      assertEquals(2, done.rollbacks());
      assertEquals(1, done.writeConflicts());
      assertTrue(done.logForces() >= 2 && done.logBytesWritten() >= 1_024, done::toString);
      assertEquals(0, instance.statistics().activeTransactions());
      assertEquals(0, instance.statistics().versionStoreBytes());
      assertEquals(1, instance.statistics().openSessions());
      instance.terminate(TermGrbit.NONE);
      InstanceStatistics last = instance.statistics();
      assertEquals(0, last.openSessions());
      assertTrue(last.pagesWritten() > 0, last::toString);
    }
  }

  private static void conflict(JetInstance instance, Path root, JetTable table) {
    try (JetSession other = instance.beginSession()) {
      JetTable same = other.openDatabase(root.resolve("a.edb")).openTable("t");
      other.beginTransaction();
      table.put(key(1), new byte[20]);
      JetException refused = assertThrows(JetException.class, () -> same.put(key(1), new byte[30]));
      assertEquals(JetErr.WRITE_CONFLICT, refused.error());
      other.rollbackTransaction();
    }
  }

  @Test
  void aReaderThatIsCutOffIsCountedAndTold() throws Exception {
    try (KitFileSystem files = KitFileSystem.inMemory()) {
      JetInstance instance = instance(files.root());
      List<JetEvent> events = new ArrayList<>();
      instance.addEventListener(events::add);
      instance.init();
      JetSession writer = instance.beginSession();
      JetTable table = writer.createDatabase(files.root().resolve("a.edb")).createTable("t");
      JetSession reader = instance.beginSession();
      JetTable read = reader.openDatabase(files.root().resolve("a.edb")).openTable("t");
      table.put(key(0), new byte[1_000]);
      reader.beginTransaction();
      assertTrue(read.get(key(0)).isPresent());
      for (int i = 0; i < 2 * STORE_BYTES / 1_000; i++) {
        table.put(key(0), new byte[1_000]);
      }
      JetException late = assertThrows(JetException.class, () -> read.get(key(0)));
      assertEquals(JetErr.VERSION_STORE_OUT_OF_MEMORY, late.error());
      reader.rollbackTransaction();
      assertEquals(1, instance.statistics().readersCutOff());
      assertEquals(
          1,
          events.stream()
              .filter(event -> event.id() == EventId.VERSION_STORE_REACHED_MAXIMUM_ID.number())
              .count());
      instance.terminate(TermGrbit.NONE);
    }
  }

  private static JetInstance instance(Path root) {
    Parameters parameters = Parameters.at(root)
        .with(SystemParameter.LOG_FILE_SIZE, 64)
        .with(SystemParameter.VERSION_STORE_SIZE_BYTES, (long) STORE_BYTES);
    return new ReferenceEngine().createInstance("statistics", parameters, Environment.standard());
  }

  private static byte[] key(int number) {
    return ("key " + number).getBytes(StandardCharsets.US_ASCII);
  }
}
