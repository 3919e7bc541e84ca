package org.jetbackup.engine.durable;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import org.jetbackup.api.JetCursor;
import org.jetbackup.api.JetInstance;
import org.jetbackup.api.JetSession;
import org.jetbackup.api.JetTable;
import org.jetbackup.api.KeyRange;
import org.jetbackup.api.TermGrbit;
import org.jetbackup.api.error.JetErr;
import org.jetbackup.api.error.JetException;
import org.jetbackup.api.param.Parameters;
import org.jetbackup.api.param.SystemParameter;
import org.jetbackup.tck.storage.KitFileSystem;
import org.junit.jupiter.api.Test;

/** What an instance makes of readers that stay, of files that go, and of directories with two names. */
final class DamagedLivesTest {

  private static final byte[] KEY = {1};
  private static final String TABLE = "t";

  private int life;

  private JetInstance begin(Parameters parameters) {
    JetInstance instance = Lab.instance(Lab.engine(), parameters, life++);
    instance.init();
    return instance;
  }

  @Test
  void writersThatWereRefusedBecauseOfAReaderAreLetInWhenItHasEnded() throws IOException {
    try (KitFileSystem kit = KitFileSystem.inMemory()) {
      Lab.makeDirectories(kit.root());
      Parameters parameters = Lab.parameters(kit.root())
          .with(SystemParameter.CHECKPOINT_TOO_DEEP, 0x20)
          .with(SystemParameter.VERSION_STORE_SIZE_BYTES, 64L << 20);
      JetInstance instance = begin(parameters);
      try (JetSession writer = instance.beginSession();
          JetSession reader = instance.beginSession()) {
        JetTable table = writer.createDatabase(file(kit)).createTable(TABLE);
        table.put(KEY, new byte[9_000]);
        JetCursor cursor = reader.openDatabase(file(kit)).openTable(TABLE).cursor(KeyRange.all());
        JetException refused = assertThrows(JetException.class, () -> {
          for (int i = 0; i < 2_000; i++) {
            table.put(KEY, new byte[9_000]);
          }
        });
        assertEquals(JetErr.CHECKPOINT_DEPTH_TOO_DEEP, refused.error());
        cursor.close();
        table.put(KEY, new byte[] {7});
      }
      instance.terminate(TermGrbit.NONE);
      Lab.requireTidy(kit.root());
    }
  }

  @Test
  void theLogThatTheCheckpointNamesMustBeThere() throws IOException {
    try (KitFileSystem kit = KitFileSystem.inMemory()) {
      Lab.makeDirectories(kit.root());
      Parameters parameters =
          Lab.parameters(kit.root()).with(SystemParameter.CHECKPOINT_DEPTH_MAX, 1L << 30);
      JetInstance instance = begin(parameters);
      try (JetSession session = instance.beginSession()) {
        JetTable table = session.createDatabase(file(kit)).createTable(TABLE);
        for (int i = 0; i < 40; i++) {
          table.put(new byte[] {(byte) i}, new byte[3_000]);
        }
      }
      instance.terminate(TermGrbit.DIRTY);
      Path first = Lab.logs(kit.root()).resolve("edb00001.log");
      Path aside = kit.root().resolve("aside");
      Files.move(first, aside);
      JetException missing = assertThrows(JetException.class, () -> begin(parameters));
      assertEquals(JetErr.REQUIRED_LOG_FILES_MISSING, missing.error());
      Files.move(aside, first);
      begin(parameters).terminate(TermGrbit.NONE);
      Lab.requireTidy(kit.root());
    }
  }

  @Test
  void anOlderCopyOfADatabaseIsNotTakenForIt() throws IOException {
    try (KitFileSystem kit = KitFileSystem.inMemory()) {
      Lab.makeDirectories(kit.root());
      Parameters parameters =
          Lab.parameters(kit.root()).with(SystemParameter.CHECKPOINT_DEPTH_MAX, 0L);
      JetInstance instance = begin(parameters);
      Path copy = kit.root().resolve("copy");
      try (JetSession session = instance.beginSession()) {
        session.createDatabase(file(kit)).createTable(TABLE).close();
      }
      try (JetSession session = instance.beginSession()) {
        session.detachDatabase(file(kit));
        Files.copy(file(kit), copy);
        session.attachDatabase(file(kit));
        session.openDatabase(file(kit)).openTable(TABLE).put(KEY, KEY);
      }
      instance.terminate(TermGrbit.DIRTY);
      Path aside = kit.root().resolve("aside");
      Files.move(file(kit), aside);
      Files.copy(copy, file(kit));
      JetException refused = assertThrows(JetException.class, () -> begin(parameters));
      assertEquals(JetErr.ATTACHED_DATABASE_MISMATCH, refused.error());
      Files.move(aside, file(kit), StandardCopyOption.REPLACE_EXISTING);
      JetInstance next = begin(parameters);
      try (JetSession session = next.beginSession()) {
        session.attachDatabase(file(kit));
        JetTable table = session.openDatabase(file(kit)).openTable(TABLE);
        assertTrue(Arrays.equals(KEY, table.get(KEY).orElseThrow()));
      }
      next.terminate(TermGrbit.NONE);
    }
  }

  @Test
  void theTwoDirectoriesMayBeOneUnderTwoNames() throws IOException {
    try (KitFileSystem kit = KitFileSystem.inMemory()) {
      Lab.makeDirectories(kit.root());
      Path link = kit.root().resolve("link");
      Files.createSymbolicLink(link, Lab.logs(kit.root()));
      JetInstance instance =
          begin(Lab.parameters(kit.root()).with(SystemParameter.LOG_FILE_PATH, link));
      instance.terminate(TermGrbit.NONE);
    }
  }

  private static Path file(KitFileSystem kit) {
    return Lab.database(kit.root(), "a.edb");
  }
}
