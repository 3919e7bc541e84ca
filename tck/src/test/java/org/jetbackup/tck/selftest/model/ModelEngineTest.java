package org.jetbackup.tck.selftest.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jetbackup.api.Environment;
import org.jetbackup.api.InstanceState;
import org.jetbackup.api.JetCursor;
import org.jetbackup.api.JetDatabase;
import org.jetbackup.api.JetInstance;
import org.jetbackup.api.JetSession;
import org.jetbackup.api.JetTable;
import org.jetbackup.api.KeyRange;
import org.jetbackup.api.TermGrbit;
import org.jetbackup.api.backup.BackupGrbit;
import org.jetbackup.api.backup.Snt;
import org.jetbackup.api.backup.StatusCallback;
import org.jetbackup.api.error.JetErr;
import org.jetbackup.api.error.JetException;
import org.jetbackup.api.event.JetEvent;
import org.jetbackup.api.param.Parameters;
import org.jetbackup.api.param.SystemParameter;
import org.jetbackup.api.restore.RestoreMoment;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The model engine at work, in memory and on disk. The kit itself judges it far more strictly. */
class ModelEngineTest {

  private static final Environment ENVIRONMENT = new Environment(
      Clock.fixed(Instant.parse("2030-01-02T03:04:05Z"), ZoneOffset.UTC),
      new Random(7),
      Runnable::run);

  private final FileSystem memory = Jimfs.newFileSystem(Configuration.unix());
  private final List<JetEvent> events = new ArrayList<>();

  @TempDir
  private Path disk;

  @AfterEach
  void closeMemory() throws IOException {
    memory.close();
  }

  /** One instance with the usual directories, and the few things that tests do with it. */
  private final class World {
    private final Path root;
    private final Path database;
    private final Path backup;
    private final Parameters parameters;
    private JetInstance instance;

    World(Path root, boolean circular) throws IOException {
      this.root = root;
      this.database = root.resolve("data").resolve("a.edb");
      this.backup = root.resolve("backup");
      for (String directory : List.of("log", "data", "backup")) {
        Files.createDirectories(root.resolve(directory));
      }
      this.parameters = Parameters.at(root.resolve("log"))
          .with(SystemParameter.LOG_FILE_SIZE, 64)
          .with(SystemParameter.CIRCULAR_LOG, circular);
      this.instance = create();
    }

    private JetInstance create() {
      JetInstance created = new ModelEngine().createInstance("world", parameters, ENVIRONMENT);
      created.addEventListener(events::add);
      return created;
    }

    void reopen() {
      instance = create();
      instance.init();
    }

    void terminate() {
      instance.terminate(TermGrbit.COMPLETE);
    }

    void createTable() {
      instance.init();
      try (JetSession session = instance.beginSession()) {
        session.createDatabase(database).createTable("t");
      }
    }

    void put(String key, String value) {
      try (JetSession session = instance.beginSession();
          JetTable table = session.openDatabase(database).openTable("t")) {
        table.put(bytes(key), bytes(value));
      }
    }

    void attach() {
      try (JetSession session = instance.beginSession()) {
        session.attachDatabase(database);
      }
    }

    String content() {
      return content(database);
    }

    String content(Path file) {
      SortedMap<String, String> rows = new TreeMap<>();
      try (JetSession session = instance.beginSession()) {
        session.attachDatabase(file);
        try (JetDatabase opened = session.openDatabase(file);
            JetTable table = opened.openTable("t");
            JetCursor cursor = table.cursor(KeyRange.all())) {
          while (cursor.moveNext()) {
            rows.put(text(cursor.key()), text(cursor.value()));
          }
        }
      }
      return rows.toString();
    }

    void backup(BackupGrbit grbit) {
      instance.backup(backup, grbit, StatusCallback.NONE);
    }

    long logFiles() throws IOException {
      try (Stream<Path> files = Files.list(root.resolve("log"))) {
        return files.filter(file -> file.toString().endsWith(".log")).count();
      }
    }
  }

  private World world(String where) throws IOException {
    return world(where, false);
  }

  private World world(String where, boolean circular) throws IOException {
    Path root = where.equals("memory") ? memory.getPath("/world") : disk.resolve("world");
    return new World(root, circular);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private static void assertFails(JetErr error, Executable call) {
    assertSame(error, assertThrows(JetException.class, call).error());
  }

  private static void copyTree(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path copy = to.resolve(from.relativize(file).toString());
        Files.createDirectories(copy.toAbsolutePath().getParent());
        Files.copy(file, copy, StandardCopyOption.REPLACE_EXISTING);
      }
    }
  }

  private static List<String> tree(Path root) throws IOException {
    try (Stream<Path> files = Files.walk(root)) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> root.relativize(file).toString())
          .sorted()
          .toList();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"memory", "disk"})
  void whatWasCommittedIsThereAfterTerminationAndAnInstanceHasItsLogForItself(String where)
      throws IOException {
    World world = world(where);
    world.createTable();
    world.put("a", "1");
    assertFails(JetErr.LOG_FILE_PATH_IN_USE, () -> world.create().init());
    world.terminate();
    world.reopen();
    assertEquals("{a=1}", world.content());
    world.put("a", "2");
    assertEquals("{a=2}", world.content());
  }

  @ParameterizedTest
  @ValueSource(strings = {"memory", "disk"})
  void aCrashLosesNothingThatWasCommitted(String where) throws IOException {
    World world = world(where);
    world.createTable();
    for (int i = 10; i < 60; i++) {
      world.put("k" + i, "v" + i);
    }
    String before = world.content();
    Path copy = world.root.resolveSibling("copy");
    copyTree(world.root, copy);
    world.put("k10", "after the crash");
    world.terminate();
    for (String directory : List.of("log", "data")) {
      for (String file : tree(world.root.resolve(directory))) {
        Files.delete(world.root.resolve(directory).resolve(file));
      }
    }
    copyTree(copy, world.root);
    List<String> logs = tree(world.root.resolve("log"));
    Path current = world.root.resolve("log").resolve(logs.get(logs.size() - 1));
    byte[] whole = Files.readAllBytes(current);
    Files.write(current, Arrays.copyOf(whole, whole.length + 5000)); // a torn end
    events.clear();
    world.reopen();
    assertEquals(List.of(102, 300, 302, 105), events.stream().map(JetEvent::id).toList());
    assertEquals(before, world.content());
    world.put("z", "z");
  }

  @ParameterizedTest
  @ValueSource(strings = {"memory", "disk"})
  void fullAndIncrementalBackupsRestoreToAnotherDirectory(String where) throws IOException {
    World world = world(where);
    world.createTable();
    world.put("a", "1");
    world.backup(BackupGrbit.FULL);
    world.put("b", "2");
    world.backup(BackupGrbit.INCREMENTAL);
    List<String> before = tree(world.backup);
    world.put("c", "3");
    world.backup(BackupGrbit.INCREMENTAL);
    String after = world.content();
    assertTrue(tree(world.backup).containsAll(before));
    world.put("d", "4");
    world.terminate();

    assertEquals(2, new ModelEngine().verifyBackup(world.backup).incrementals());
    assertEquals(
        List.of(
            RestoreMoment.Kind.FULL,
            RestoreMoment.Kind.INCREMENTAL,
            RestoreMoment.Kind.INCREMENTAL),
        new ModelEngine()
            .restoreMoments(world.backup).stream().map(RestoreMoment::kind).toList());
    World other = new World(world.root.resolveSibling("other"), false);
    Path target = Files.createDirectories(world.root.resolveSibling("target"));
    other.instance.restore(world.backup, target, StatusCallback.NONE);
    assertEquals(InstanceState.CREATED, other.instance.state());
    other.instance.init();
    assertEquals(after, other.content(target.resolve("a.edb")));
    assertFails(JetErr.MISSING_FULL_BACKUP, () -> other.backup(BackupGrbit.INCREMENTAL));
    Path raw = world.backup.resolve("set-000001").resolve("db-1-a.edb");
    assertFails(JetErr.SOFT_RECOVERY_ON_BACKUP_DATABASE, () -> other.content(raw));
  }

  @ParameterizedTest
  @ValueSource(strings = {"memory", "disk"})
  void aRestoreInPlaceRollsForwardToTheLastCommit(String where) throws IOException {
    World world = world(where);
    world.createTable();
    world.put("a", "1");
    world.backup(BackupGrbit.FULL);
    for (int i = 10; i < 60; i++) {
      world.put("k" + i, "v" + i);
    }
    String last = world.content();
    world.terminate();
    Files.delete(world.database);
    world.instance = world.create();
    world.instance.restore(world.backup, StatusCallback.NONE);
    world.instance.init();
    assertEquals(last, world.content());
    assertFails(JetErr.MISSING_FULL_BACKUP, () -> world.backup(BackupGrbit.INCREMENTAL));
    world.put("x", "y");
    world.backup(BackupGrbit.ATOMIC);
  }

  @ParameterizedTest
  @ValueSource(strings = {"memory", "disk"})
  void withoutLiveLogsARestoreInPlaceEndsWithTheSetAndCanBeRepeated(String where)
      throws IOException {
    World world = world(where);
    world.createTable();
    world.put("a", "1");
    world.backup(BackupGrbit.FULL);
    world.put("b", "2");
    world.terminate();
    for (String log : tree(world.root.resolve("log"))) {
      Files.delete(world.root.resolve("log").resolve(log));
    }
    for (int round = 0; round < 2; round++) {
      world.instance = world.create();
      world.instance.restore(world.backup, StatusCallback.NONE);
      world.instance.init();
      assertEquals("{a=1}", world.content());
      world.terminate();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"memory", "disk"})
  void anAtomicBackupReplacesASetAndAFailureKeepsIt(String where) throws IOException {
    World world = world(where);
    world.createTable();
    world.put("a", "1");
    world.backup(BackupGrbit.FULL);
    List<String> first = tree(world.backup);
    assertFails(JetErr.BACKUP_DIRECTORY_NOT_EMPTY, () -> world.backup(BackupGrbit.FULL));
    for (Snt moment : List.of(Snt.BEGIN, Snt.PROGRESS)) {
      assertFails(
          JetErr.CALLBACK_FAILED,
          () -> world.instance.backup(world.backup, BackupGrbit.ATOMIC, (snp, snt, snprog) -> {
            if (snt == moment) {
              throw new IllegalStateException("stop");
            }
          }));
      assertEquals(first, tree(world.backup));
    }
    world.put("b", "2");
    world.backup(BackupGrbit.ATOMIC);
    assertTrue(tree(world.backup).stream().allMatch(file -> file.startsWith("set-000002")));
    Files.writeString(world.backup.resolve("stranger"), "mine");
    assertFails(JetErr.BACKUP_DIRECTORY_NOT_EMPTY, () -> world.backup(BackupGrbit.ATOMIC));
  }

  @Test
  void circularLoggingReusesTheLogAndRefusesAnIncrementalBackup() throws IOException {
    World world = world("disk", true);
    world.createTable();
    for (int i = 10; i < 99; i++) {
      world.put("k" + i, "v" + i);
    }
    assertTrue(world.logFiles() <= 2);
    assertFails(JetErr.INVALID_BACKUP, () -> world.backup(BackupGrbit.INCREMENTAL));
    world.backup(BackupGrbit.FULL);
  }

  @Test
  void anIncrementalBackupNeedsAFullOneInItsDirectory() throws IOException {
    World world = world("memory");
    world.createTable();
    events.clear();
    assertFails(JetErr.MISSING_FULL_BACKUP, () -> world.backup(BackupGrbit.INCREMENTAL));
    assertEquals(List.of(206), events.stream().map(JetEvent::id).toList());
    world.backup(BackupGrbit.FULL);
    Path other = Files.createDirectories(world.root.resolve("other"));
    assertFails(
        JetErr.MISSING_FULL_BACKUP,
        () -> world.instance.backup(other, BackupGrbit.INCREMENTAL, StatusCallback.NONE));
  }

  @Test
  void aBackupTruncatesTheLogAndWithoutAPathItDoesNothingElse() throws IOException {
    World world = world("disk");
    world.createTable();
    for (int i = 10; i < 60; i++) {
      world.put("k" + i, "v" + i);
    }
    long before = world.logFiles();
    events.clear();
    world.backup(BackupGrbit.FULL);
    assertTrue(before > 2);
    assertEquals(1, world.logFiles());
    assertEquals(
        List.of(210, 220, 221, 223, 224, 213), events.stream().map(JetEvent::id).toList());
    for (int i = 10; i < 60; i++) {
      world.put("k" + i, "w" + i);
    }
    List<String> set = tree(world.backup);
    long kept = world.logFiles();
    world.instance.backup(Path.of(""), BackupGrbit.FULL, StatusCallback.NONE);
    assertEquals(kept, world.logFiles());
    assertEquals(set, tree(world.backup));
    world.instance.terminate(TermGrbit.DIRTY);
    world.reopen();
    world.attach();
    world.instance.backup(Path.of(""), BackupGrbit.FULL, StatusCallback.NONE);
    assertEquals(1, world.logFiles());
    assertFails(JetErr.MISSING_FILE_TO_BACKUP, () -> world.backup(BackupGrbit.INCREMENTAL));
    assertTrue(world.content().contains("k59=w59"));
  }

  @Test
  void aCallbackMayCallBackIntoTheEngine() throws IOException {
    World world = world("disk");
    world.createTable();
    world.put("a", "1");
    world.instance.backup(world.backup, BackupGrbit.FULL, (snp, snt, snprog) -> {
      if (snt == Snt.BEGIN) {
        world.put("b", "2");
        assertFails(JetErr.BACKUP_IN_PROGRESS, () -> world.backup(BackupGrbit.ATOMIC));
        assertFails(JetErr.BACKUP_IN_PROGRESS, world::terminate);
      }
    });
    assertFails(
        JetErr.BACKUP_ABORT_BY_SERVER,
        () -> world.instance.backup(
            world.backup, BackupGrbit.ATOMIC, (snp, snt, snprog) -> world.instance.stopBackup()));
    assertFails(
        JetErr.TERM_IN_PROGRESS,
        () -> world.instance.backup(world.backup, BackupGrbit.ATOMIC, (snp, snt, snprog) -> {
          if (snt == Snt.BEGIN) {
            world.instance.terminate(TermGrbit.ABRUPT);
          }
        }));
    assertEquals(InstanceState.TERMINATED, world.instance.state());
    world.reopen();
    assertEquals("{a=1, b=2}", world.content());
  }

  @Test
  void aDatabaseHeaderTellsOfBackupsAfterReopeningToo() throws IOException {
    World world = world("memory");
    world.createTable();
    world.backup(BackupGrbit.FULL);
    world.backup(BackupGrbit.INCREMENTAL);
    world.terminate();
    world.reopen();
    world.attach();
    try (JetSession session = world.instance.beginSession()) {
      var records = session.databaseHeader(world.database).backups();
      assertTrue(records.fullPrevious().isPresent());
      assertTrue(records.incrementalPrevious().isPresent());
    }
    world.backup(BackupGrbit.INCREMENTAL);
  }

  @Test
  void theFirstOfTwoTransactionsToChangeARecordWins() throws IOException {
    World world = world("memory");
    world.createTable();
    try (JetSession one = world.instance.beginSession();
        JetSession two = world.instance.beginSession()) {
      JetTable first = one.openDatabase(world.database).openTable("t");
      JetTable second = two.openDatabase(world.database).openTable("t");
      one.beginTransaction();
      two.beginTransaction();
      first.insert(bytes("k"), bytes(""));
      assertFails(JetErr.WRITE_CONFLICT, () -> second.put(bytes("k"), bytes("2")));
      assertEquals(Optional.empty(), second.get(bytes("k")));
      one.commitTransaction();
      assertEquals(Optional.empty(), second.get(bytes("k")));
      assertFails(JetErr.WRITE_CONFLICT, () -> second.put(bytes("k"), bytes("2")));
      two.rollbackTransaction();
      assertArrayEquals(bytes(""), second.get(bytes("k")).orElseThrow());
      assertFails(JetErr.KEY_DUPLICATE, () -> second.insert(bytes("k"), bytes("2")));
    }
  }

  @Test
  void damageIsFoundAndNotCopied() throws IOException {
    World world = world("disk");
    world.createTable();
    world.put("a", "1");
    byte[] good = Files.readAllBytes(world.database);
    byte[] bad = good.clone();
    bad[bad.length - 1] ^= 1;
    Files.write(world.database, bad);
    assertFails(JetErr.READ_VERIFY_FAILURE, () -> world.backup(BackupGrbit.FULL));
    Files.write(world.database, good);
    Path log = world.root.resolve("log").resolve("edb00001.log");
    byte[] damaged = Files.readAllBytes(log);
    damaged[damaged.length - 1] ^= 1;
    Files.write(log, damaged);
    assertFails(JetErr.LOG_READ_VERIFY_FAILURE, () -> world.backup(BackupGrbit.FULL));
    try (Stream<Path> left = Files.list(world.backup)) {
      assertEquals(List.of(), left.toList());
    }
  }
}
