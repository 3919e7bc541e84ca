package org.jetbackup.engine.instance;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jetbackup.api.Environment;
import org.jetbackup.api.JetInstance;
import org.jetbackup.api.JetSession;
import org.jetbackup.api.JetTable;
import org.jetbackup.api.TermGrbit;
import org.jetbackup.api.error.JetErr;
import org.jetbackup.api.error.JetException;
import org.jetbackup.api.error.Subject;
import org.jetbackup.api.param.Parameters;
import org.jetbackup.api.param.SystemParameter;
import org.jetbackup.engine.format.FileNames;
import org.jetbackup.engine.verify.DatabaseVerifier;
import org.jetbackup.engine.verify.VerifyOptions;
import org.jetbackup.tck.storage.KitFileSystem;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Databases of a crashed instance that somebody has carried to another directory. */
class AlternateRecoveryPathTest {

  private final KitFileSystem files = KitFileSystem.inMemory();
  private final Path data = files.root().resolve("data");
  private final Path other = files.root().resolve("other");

  /** A crash leaves two databases dirty; one lies beneath the log, one does not. */
  @BeforeEach
  void crash() throws IOException {
    Path logs = Files.createDirectory(files.root().resolve("logs"));
    Files.createDirectory(data);
    Files.createDirectory(other);
    JetInstance instance = instance(Parameters.none());
    instance.init();
    JetSession session = instance.beginSession();
    for (Path file : List.of(data.resolve("a.edb"), logs.resolve("b.edb"))) {
      JetTable table = session.createDatabase(file).createTable("t");
      table.put(bytes("key"), bytes(String.valueOf(file.getFileName())));
    }
    instance.terminate(TermGrbit.DIRTY);
  }

  @AfterEach
  void close() throws IOException {
    assertTrue(files.openHandles().isEmpty(), () -> "" + files.openHandles());
    files.close();
  }

  private JetInstance instance(Parameters more) {
    Parameters parameters = more.toBuilder()
        .set(SystemParameter.SYSTEM_PATH, files.root().resolve("logs"))
        .set(SystemParameter.LOG_FILE_SIZE, 64)
        .build();
    return new ReferenceEngine().createInstance("alternate", parameters, Environment.standard());
  }

  private JetInstance elsewhere() {
    return instance(
        Parameters.none().with(SystemParameter.ALTERNATE_DATABASE_RECOVERY_PATH, other));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private void carry(Path file) throws IOException {
    Path side = FileNames.doubleWriteOf(file);
    Files.move(file, other.resolve(String.valueOf(file.getFileName())));
    if (Files.exists(side)) {
      Files.move(side, other.resolve(String.valueOf(side.getFileName())));
    }
  }

  @Test
  void recoveryFindsThemThereByTheirNames() throws IOException {
    carry(data.resolve("a.edb"));
    carry(files.root().resolve("logs").resolve("b.edb"));
    JetException missing =
        assertThrows(JetException.class, () -> instance(Parameters.none()).init());
    assertEquals(JetErr.ATTACHED_DATABASE_MISMATCH, missing.error());
    JetInstance instance = elsewhere();
    instance.init();
    try (JetSession session = instance.beginSession()) {
      for (String name : List.of("a.edb", "b.edb")) {
        Path file = other.resolve(name);
        assertTrue(
            DatabaseVerifier.verify(file, VerifyOptions.DEFAULT.withCleanRequired(true))
                .findings()
                .isEmpty(),
            name);
        session.attachDatabase(file);
        JetTable table = session.openDatabase(file).openTable("t");
        assertArrayEquals(bytes(name), table.get(bytes("key")).orElseThrow());
      }
    }
    instance.terminate(TermGrbit.COMPLETE);
    assertFalse(Files.exists(data.resolve("a.edb")));
  }

  /** What lies in its old place is not looked at, and not changed. */
  @Test
  void aDatabaseThatIsNotThereIsMissingWhereverElseItIs() throws IOException {
    carry(data.resolve("a.edb"));
    Path left = files.root().resolve("logs").resolve("b.edb");
    byte[] before = Files.readAllBytes(left);
    JetException missing = assertThrows(JetException.class, () -> elsewhere().init());
    assertEquals(JetErr.ATTACHED_DATABASE_MISMATCH, missing.error());
    assertTrue(
        missing.subjects().contains(Subject.path(other.resolve("b.edb"))), missing::toString);
    assertArrayEquals(before, Files.readAllBytes(left));
    carry(left);
    JetInstance instance = elsewhere();
    instance.init();
    instance.terminate(TermGrbit.COMPLETE);
  }
}
