package org.jetbackup.engine.instance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jetbackup.api.Environment;
import org.jetbackup.api.InstanceState;
import org.jetbackup.api.JetInstance;
import org.jetbackup.api.JetSession;
import org.jetbackup.api.JetTable;
import org.jetbackup.api.TermGrbit;
import org.jetbackup.api.backup.BackupGrbit;
import org.jetbackup.api.backup.StatusCallback;
import org.jetbackup.api.error.JetErr;
import org.jetbackup.api.error.JetException;
import org.jetbackup.api.event.JetEvent;
import org.jetbackup.api.param.Parameters;
import org.jetbackup.api.param.SystemParameter;
import org.jetbackup.engine.format.LogBatchHeader;
import org.jetbackup.tck.storage.Fault;
import org.jetbackup.tck.storage.KitFileSystem;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Each failure is told once, where it happens, and by a thread that has no lock. */
class FailureEventsTest {

  private static final int SECTOR = 512;
  private static final int PAGE = 4_096;
  private static final int LOG_HEADER = 4_096;

  /** Of information, only what recovery meets. */
  private static final Set<Integer> RECOVERY = Set.of(300, 328, 329, 302);

  private final KitFileSystem files = KitFileSystem.inMemory();
  private final Path database = files.root().resolve("a.edb");
  private final Path log = files.root().resolve("edb.log");
  private final List<JetEvent> heard = new CopyOnWriteArrayList<>();
  private JetInstance instance = instance();

  @AfterEach
  void close() throws IOException {
    files.clearFaults();
    if (instance.state() != InstanceState.CREATED) {
      instance.terminate(TermGrbit.NONE);
    }
    assertTrue(files.openHandles().isEmpty(), () -> "" + files.openHandles());
    files.close();
  }

  private JetInstance instance() {
    Parameters parameters = Parameters.at(files.root())
        .with(SystemParameter.LOG_FILE_SIZE, 64)
        .with(SystemParameter.LOG_SECTOR_SIZE, SECTOR)
        .with(SystemParameter.DATABASE_PAGE_SIZE, PAGE);
    JetInstance made =
        new ReferenceEngine().createInstance("events", parameters, Environment.standard());
    made.addEventListener(heard::add);
    return made;
  }

  /** Events as text, without those that are told of every life. */
  private List<String> told() {
    List<String> told = heard.stream()
        .filter(event ->
            event.error().isPresent() || event.id() == 462 || RECOVERY.contains(event.id()))
        .map(JetEvent::toString)
        .toList();
    heard.clear();
    return told;
  }

  private JetTable create() {
    instance.init();
    return instance.beginSession().createDatabase(database).createTable("t");
  }

  private JetSession restart(TermGrbit how) {
    instance.terminate(how);
    instance = instance();
    heard.clear();
    instance.init();
    return instance.beginSession();
  }

  private JetTable open(JetSession session) {
    session.attachDatabase(database);
    return session.openDatabase(database).openTable("t");
  }

  private static byte[] key(int number) {
    return "key %03d".formatted(number).getBytes(StandardCharsets.US_ASCII);
  }

  private static byte[] value(int number) {
    return "value %03d ".formatted(number).repeat(20).getBytes(StandardCharsets.US_ASCII);
  }

  private static JetErr errorOf(Runnable action) {
    return assertThrows(JetException.class, action::run).error();
  }

  // Pages

  /** Makes a hundred records and damages the page of one; {@return the place of the page}. */
  private int damagePageOf(int number, boolean blank) throws IOException {
    JetTable table = create();
    for (int i = 0; i < 100; i++) {
      table.put(key(i), value(i));
    }
    instance.terminate(TermGrbit.NONE);
    byte[] content = Files.readAllBytes(database);
    String text = new String(content, StandardCharsets.ISO_8859_1);
    int at = text.indexOf("value %03d ".formatted(number));
    int page = at / PAGE * PAGE;
    if (blank) {
      Arrays.fill(content, page, page + PAGE, (byte) 0);
    } else {
      content[at] ^= 1;
    }
    Files.write(database, content);
    instance = instance();
    heard.clear();
    return page;
  }

  @Test
  void everyReadOfADamagedPageIsToldOnce() throws IOException {
    int place = damagePageOf(50, false);
    instance.init();
    JetTable table = open(instance.beginSession());
    assertEquals(List.of(), told());
    assertTrue(table.get(key(0)).isPresent());
    String event = "474 DATABASE_PAGE_CHECKSUM_MISMATCH_ID: " + database + ", " + place
        + ", 4096, -1018, , , " + (place / PAGE - 1) + " [-1018 JET_errReadVerifyFailure]";
    assertEquals(JetErr.READ_VERIFY_FAILURE, errorOf(() -> table.get(key(50))));
    assertEquals(List.of(event), told());
    assertEquals(JetErr.READ_VERIFY_FAILURE, errorOf(() -> table.put(key(50), value(1))));
    assertEquals(List.of(event), told());
    assertTrue(table.get(key(99)).isPresent());
    assertEquals(List.of(), told());
  }

  @Test
  void aBlankPageIsToldAsSuch() throws IOException {
    int place = damagePageOf(50, true);
    instance.init();
    JetTable table = open(instance.beginSession());
    assertEquals(JetErr.PAGE_NOT_INITIALIZED, errorOf(() -> table.get(key(50))));
    assertEquals(
        List.of("476 DATABASE_PAGE_DATA_MISSING_ID: " + database + ", " + place + ", 4096, -1019, "
            + (place / PAGE - 1) + " [-1019 JET_errPageNotInitialized]"),
        told());
  }

  @Test
  void whoHearsOfADamagedPageMayLetAnotherThreadUseTheSession() throws IOException {
    damagePageOf(50, false);
    instance.init();
    JetSession session = instance.beginSession();
    JetTable table = open(session);
    List<Object> answers = new CopyOnWriteArrayList<>();
    instance.addEventListener(event -> {
      Thread other = new Thread(() -> {
        try {
          table.put(key(1_000), value(1));
          answers.add(event.id());
        } catch (JetException e) {
          answers.add(e);
        }
      });
      other.start();
      join(other);
    });
    assertThrows(JetException.class, () -> table.get(key(50)));
    assertEquals(List.of(474), answers);
  }

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  // Writing the log

  @Test
  void aLogThatCannotBeWrittenIsToldOnceWithItsFile() {
    JetTable table = create();
    told();
    files.inject(Fault.parse("force edb.log #1 sticky before-effect"));
    assertEquals(JetErr.LOG_WRITE_FAIL, errorOf(() -> table.put(key(1), value(1))));
    List<String> both = List.of(
        "408 LOG_WRITE_ERROR_ID: " + log + ", -1022 [-1022 JET_errDiskIO]",
        "492 LOG_DOWN_ID: " + files.root() + " [-1022 JET_errDiskIO]");
    assertEquals(both, told());
    assertEquals(JetErr.INSTANCE_UNAVAILABLE, errorOf(() -> table.put(key(2), value(2))));
    instance.terminate(TermGrbit.NONE);
    assertEquals(List.of(), told());
  }

  @Test
  void aDiskThatIsFullInTheMiddleOfAWriteIsToldAsSuch() {
    JetTable table = create();
    told();
    files.inject(Fault.parse("write edb.log #1 sticky disk-full-after 100"));
    assertThrows(JetException.class, () -> table.put(key(1), value(1)));
    assertEquals(
        List.of(
            "408 LOG_WRITE_ERROR_ID: " + log + ", -1808 [-1808 JET_errDiskFull]",
            "429 LOG_DISK_FULL [-529 JET_errLogDiskFull]"),
        told());
  }

  @Test
  void aNextLogFileThatCannotBeMadeIsTold() {
    JetTable table = create();
    told();
    files.inject(Fault.parse("move edbtmp.log #1 sticky before-effect"));
    assertThrows(JetException.class, () -> {
      for (int i = 0; i < 100; i++) {
        table.put(key(i), new byte[2_000]);
      }
    });
    assertEquals(
        List.of(
            "413 NEW_LOG_ERROR_ID: -1022 [-1022 JET_errDiskIO]",
            "492 LOG_DOWN_ID: " + files.root() + " [-1022 JET_errDiskIO]"),
        told());
  }

  @Test
  void aNextLogFileThatABackupCannotMakeIsTold() throws IOException {
    create();
    Path backup = Files.createDirectory(files.root().resolve("backup"));
    told();
    files.inject(Fault.parse("move edbtmp.log #1 sticky before-effect"));
    assertThrows(
        JetException.class, () -> instance.backup(backup, BackupGrbit.FULL, StatusCallback.NONE));
    List<String> told = told();
    assertTrue(
        told.contains("413 NEW_LOG_ERROR_ID: -1022 [-1022 JET_errDiskIO]")
            && told.contains("492 LOG_DOWN_ID: " + files.root() + " [-1022 JET_errDiskIO]"),
        told::toString);
  }

  @Test
  void aLogThatCannotBeWrittenByRecoveryIsToldBeforeItsFailure() {
    create().put(key(1), value(1));
    instance.terminate(TermGrbit.DIRTY);
    instance = instance();
    heard.clear();
    files.inject(Fault.parse("write edb.log #2 once before-effect")); // the first opens the log
    assertEquals(JetErr.LOG_WRITE_FAIL, errorOf(instance::init));
    List<Integer> ids = heard.stream().map(JetEvent::id).toList();
    assertEquals(List.of(408, 492, 454), ids.subList(ids.size() - 3, ids.size()));
  }

  // Reading the log

  @Test
  void recoveryTellsWhichDatabasesComeAndGoInTheLog() {
    create();
    JetSession session = instance.beginSession();
    Path other = files.root().resolve("b.edb");
    session.createDatabase(other).close();
    session.detachDatabase(other);
    restart(TermGrbit.DIRTY).attachDatabase(database);
    List<String> first = told();
    assertEquals(
        List.of(
            "300 START_REDO_ID",
            "328 RECOVERY_DB_ATTACH_ID: " + database,
            "328 RECOVERY_DB_ATTACH_ID: " + other,
            "329 RECOVERY_DB_DETACH_ID: " + other,
            "302 STOP_REDO_ID"),
        first.stream().map(event -> event.replaceFirst(", .*, 0$", "")).toList());
    String place = first.get(1).replaceFirst(".*, (.*), 0$", "$1");
    assertTrue(place.matches("\\(?0*1[,:].*"), place);
    restart(TermGrbit.DIRTY);
    assertEquals(
        List.of("300", "328", "302"),
        told().stream().map(event -> event.substring(0, 3)).toList());
  }

  @Test
  void recoveryTellsOfAnEndThatACrashLeftHalfWritten() throws IOException {
    JetTable table = create();
    table.put(key(1), value(1));
    table.put(key(2), value(2));
    instance.terminate(TermGrbit.DIRTY);
    damage(batches(1));
    instance = instance();
    heard.clear();
    instance.init();
    List<String> told = told();
    assertTrue(told.get(0).startsWith("462 LOG_TORN_WRITE_DURING_SOFT_RECOVERY_ID: " + log + ", "));
    assertEquals(1, told.stream().filter(event -> event.startsWith("462")).count());
    JetTable found = open(instance.beginSession());
    assertTrue(found.get(key(1)).isPresent());
    assertFalse(found.get(key(2)).isPresent());
    restart(TermGrbit.DIRTY);
    assertFalse(told().toString().contains("462"));
  }

  @Test
  void recoveryTellsWhereTheLogIsDamaged() throws IOException {
    JetTable table = create();
    for (int i = 0; i < 10; i++) {
      table.put(key(i), value(i));
    }
    instance.terminate(TermGrbit.DIRTY);
    int at = batches(5);
    damage(at);
    instance = instance();
    heard.clear();
    assertEquals(JetErr.LOG_FILE_CORRUPT, errorOf(instance::init));
    List<String> told = told();
    assertEquals(2, told.size(), told::toString);
    assertTrue(
        told.get(0).startsWith("465 LOG_CORRUPTION_DURING_SOFT_RECOVERY_ID: " + log + ", ")
            && told.get(0).endsWith(", " + at / SECTOR + " [-501 JET_errLogFileCorrupt]"),
        told::toString);
    assertEquals("454 RESTORE_DATABASE_FAIL_ID: -501 [-501 JET_errLogFileCorrupt]", told.get(1));
  }

  /** {@return where the nth batch from the end of the log begins} */
  private int batches(int fromTheEnd) throws IOException {
    byte[] content = Files.readAllBytes(log);
    ByteBuffer bytes = ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN);
    LogBatchHeader header = new LogBatchHeader(bytes);
    int sequence = sequence(bytes, header);
    int left = fromTheEnd;
    for (int at = content.length - SECTOR; at >= LOG_HEADER; at -= SECTOR) {
      header.moveTo(at);
      if (header.isAt(sequence, 1, at) && --left == 0) {
        return at;
      }
    }
    throw new AssertionError("fewer batches");
  }

  /** What the first batch says. */
  private static int sequence(ByteBuffer bytes, LogBatchHeader header) {
    int sequence = bytes.getInt(LOG_HEADER + 12);
    header.moveTo(LOG_HEADER);
    assertTrue(header.isAt(sequence, 1, LOG_HEADER), "the first batch stands elsewhere");
    return sequence;
  }

  /** Changes a byte of what a batch holds. */
  private void damage(int batch) throws IOException {
    byte[] content = Files.readAllBytes(log);
    content[batch + LogBatchHeader.BYTES] ^= 1;
    Files.write(log, content);
  }
}
