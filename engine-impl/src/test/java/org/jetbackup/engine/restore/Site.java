package org.jetbackup.engine.restore;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jetbackup.api.Environment;
import org.jetbackup.api.JetCursor;
import org.jetbackup.api.JetDatabase;
import org.jetbackup.api.JetInstance;
import org.jetbackup.api.JetSession;
import org.jetbackup.api.JetTable;
import org.jetbackup.api.KeyRange;
import org.jetbackup.api.TermGrbit;
import org.jetbackup.api.backup.StatusCallback;
import org.jetbackup.api.error.JetErr;
import org.jetbackup.api.error.JetException;
import org.jetbackup.api.event.JetEvent;
import org.jetbackup.api.param.Parameters;
import org.jetbackup.api.param.SystemParameter;
import org.jetbackup.api.position.LogGeneration;
import org.jetbackup.engine.event.Counters;
import org.jetbackup.engine.event.EventLog;
import org.jetbackup.engine.instance.ColdSets;
import org.jetbackup.engine.instance.ReferenceEngine;
import org.jetbackup.engine.verify.DatabaseVerifier;
import org.jetbackup.engine.verify.VerifyOptions;
import org.jetbackup.engine.verify.VerifyReport;
import org.jetbackup.tck.storage.KitFileSystem;

/**
 * An instance with its log in one directory, its databases in another, its backups in a third; and
 * what its databases have to hold. Values are texts; long ones are separated.
 */
final class Site {

  static final String TABLE = "t";
  private static final int LOG_KB = 64;
  private static final int PAGE_BYTES = 4096;
  private static final long CACHE_BYTES = 512 << 10;
  private static final Instant BEGIN = Instant.parse("2026-11-26T08:00:00Z");

  private final Path root;
  private final Parameters parameters;
  private final List<JetEvent> events = new ArrayList<>();
  private int life;
  private JetInstance instance;

  /** By name of the database: its entries. */
  private final NavigableMap<String, NavigableMap<String, String>> known = new TreeMap<>();

  Site(Path root) {
    this(root, root.resolve("logs"), 0);
  }

  /** The life tells instances apart: each has a time and random numbers of its own. */
  Site(Path root, Path logs, int life) {
    this.root = root;
    this.life = life;
    this.parameters = Parameters.builder()
        .set(SystemParameter.SYSTEM_PATH, logs)
        .set(SystemParameter.LOG_FILE_SIZE, LOG_KB)
        .set(SystemParameter.LOG_SECTOR_SIZE, 512)
        .set(SystemParameter.LOG_BUFFERS, 16)
        .set(SystemParameter.DATABASE_PAGE_SIZE, PAGE_BYTES)
        .set(SystemParameter.DATABASE_INITIAL_SIZE, 34)
        .set(SystemParameter.DATABASE_EXTENSION_SIZE, 4)
        .set(SystemParameter.CACHE_SIZE_BYTES, CACHE_BYTES)
        .build();
    makeDirectory(logs);
    makeDirectory(data());
    makeDirectory(backups());
    instance = next();
  }

  static void makeDirectory(Path directory) {
    try {
      Files.createDirectories(directory);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Environment environment() {
    life++;
    return new Environment(
        Clock.fixed(BEGIN.plusSeconds(60L * life), ZoneOffset.UTC),
        new SplittableRandom(20_261_126L + life),
        Runnable::run);
  }

  private JetInstance next() {
    return new ReferenceEngine().createInstance("site", parameters, environment());
  }

  Path root() {
    return root;
  }

  Path logs() {
    return parameters.get(SystemParameter.LOG_FILE_PATH);
  }

  Path data() {
    return root.resolve("data");
  }

  Path backups() {
    return root.resolve("backups");
  }

  Path file(String name) {
    return data().resolve(name);
  }

  JetInstance instance() {
    return instance;
  }

  /** What all databases have to hold now; a copy. */
  NavigableMap<String, NavigableMap<String, String>> known() {
    NavigableMap<String, NavigableMap<String, String>> copy = new TreeMap<>();
    known.forEach((name, entries) -> copy.put(name, new TreeMap<>(entries)));
    return copy;
  }

  Site know(NavigableMap<String, NavigableMap<String, String>> all) {
    known.clear();
    all.forEach((name, entries) -> known.put(name, new TreeMap<>(entries)));
    return this;
  }

  Site start() {
    Restore.requireNotInterrupted(logs(), "edb");
    instance = next();
    instance.init();
    return this;
  }

  Site stop() {
    instance.terminate(TermGrbit.NONE);
    return this;
  }

  Site die() {
    instance.terminate(TermGrbit.DIRTY);
    return this;
  }

  private Site within(Consumer<JetSession> action) {
    try (JetSession session = instance.beginSession()) {
      action.accept(session);
    }
    return this;
  }

  Site create(String name) {
    known.put(name, new TreeMap<>());
    return within(session -> session.createDatabase(file(name)).createTable(TABLE));
  }

  Site attach(String name) {
    return within(session -> session.attachDatabase(file(name)));
  }

  Site detach(String name) {
    return within(session -> session.detachDatabase(file(name)));
  }

  Site drop(String name) {
    known.remove(name);
    return within(session -> session.dropDatabase(file(name)));
  }

  private NavigableMap<String, String> known(String name) {
    return Objects.requireNonNull(known.get(name), name);
  }

  Site put(String name, String key, String value) {
    known(name).put(key, value);
    return within(session -> table(session, name).put(bytes(key), bytes(value)));
  }

  Site delete(String name, String key) {
    known(name).remove(key);
    return within(session -> table(session, name).delete(bytes(key)));
  }

  /** Entries in one transaction, so that its log is one block. */
  Site putAll(String name, NavigableMap<String, String> entries) {
    known(name).putAll(entries);
    return within(session -> {
      session.beginTransaction();
      JetTable table = table(session, name);
      entries.forEach((key, value) -> table.put(bytes(key), bytes(value)));
      session.commitTransaction();
    });
  }

  private JetTable table(JetSession session, String name) {
    return session.openDatabase(file(name)).openTable(TABLE);
  }

  /** Many entries, some of which are separated values, replaced and deleted: pages split. */
  Site work(String name, int from, int count) {
    for (int i = from; i < from + count; i++) {
      put(name, "key" + i % 17, text(i, i % 5 == 0 ? 5_000 : 300 + i));
      if (i % 7 == 6) {
        delete(name, "key" + i % 17);
      }
    }
    return this;
  }

  static String text(int seed, int length) {
    byte[] bytes = new byte[length];
    new SplittableRandom(seed).nextBytes(bytes);
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  Site backup() {
    ColdSets.full(instance, backups(), () -> {});
    return this;
  }

  Site backup(Runnable meanwhile) {
    ColdSets.full(instance, backups(), meanwhile);
    return this;
  }

  LogGeneration increment() {
    return ColdSets.incremental(instance, backups());
  }

  void restore() {
    restore(backups(), Optional.empty(), Optional.empty(), StatusCallback.NONE);
  }

  void restore(
      Path from, Optional<Path> to, Optional<LogGeneration> upTo, StatusCallback callback) {
    restore(parameters, from, to, upTo, callback);
  }

  void restore(
      Parameters with,
      Path from,
      Optional<Path> to,
      Optional<LogGeneration> upTo,
      StatusCallback callback) {
    events.clear();
    Environment environment = environment();
    EventLog log = new EventLog("site", with, environment.clock());
    log.add(events::add);
    new Restore(ColdSets.places(with), CACHE_BYTES, environment, log, new Counters(), callback)
        .run(from, to, upTo);
  }

  Parameters parameters() {
    return parameters;
  }

  List<Integer> eventNumbers() {
    return events.stream().map(JetEvent::id).toList();
  }

  List<JetEvent> events() {
    return events;
  }

  /** Attaches what is to be there and demands that it holds what it has to, and is sound. */
  Site requireKnown() {
    requireTidy(data());
    for (String name : known.keySet()) {
      requireSound(file(name));
      attach(name);
    }
    return requireContent();
  }

  Site requireContent() {
    within(session -> known.forEach((name, entries) -> {
      NavigableMap<String, String> found = read(session, file(name));
      assertEquals(describe(entries), describe(found), name);
      assertEquals(entries, found, name);
    }));
    return this;
  }

  private static NavigableMap<String, Integer> describe(NavigableMap<String, String> entries) {
    NavigableMap<String, Integer> lengths = new TreeMap<>();
    entries.forEach((key, value) -> lengths.put(key, value.length()));
    return lengths;
  }

  static NavigableMap<String, String> read(JetSession session, Path file) {
    NavigableMap<String, String> found = new TreeMap<>();
    try (JetDatabase database = session.openDatabase(file);
        JetTable table = database.openTable(TABLE);
        JetCursor cursor = table.cursor(KeyRange.all())) {
      while (cursor.moveNext()) {
        found.put(
            new String(cursor.key(), StandardCharsets.ISO_8859_1),
            new String(cursor.value(), StandardCharsets.ISO_8859_1));
      }
    }
    return found;
  }

  static void requireSound(Path file) {
    VerifyReport report =
        DatabaseVerifier.verify(file, VerifyOptions.DEFAULT.withCleanRequired(true));
    assertEquals(0, report.damage() + report.notes(), report::describe);
  }

  /** Nothing that is staged may be left. */
  static void requireTidy(Path directory) {
    List<String> left = names(directory).stream()
        .filter(name -> name.contains("jetbackup-restore"))
        .toList();
    assertTrue(left.isEmpty(), left::toString);
  }

  static List<String> names(Path directory) {
    try (Stream<Path> entries = Files.list(directory)) {
      return entries.map(entry -> String.valueOf(entry.getFileName())).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Deletes the files of a directory whose names match. */
  static void deleteFiles(Path directory, String pattern) {
    for (String name : names(directory)) {
      if (name.matches(pattern)) {
        try {
          Files.delete(directory.resolve(name));
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      }
    }
  }

  /** The disk with the databases is lost. */
  Site loseData() {
    deleteFiles(data(), ".*");
    return this;
  }

  /** The disk with the log is lost. */
  Site loseLogs() {
    deleteFiles(logs(), ".*");
    return this;
  }

  /** The files of a tree, by their names relative to it. */
  static NavigableMap<String, byte[]> tree(Path top) {
    NavigableMap<String, byte[]> files = new TreeMap<>();
    try (Stream<Path> all = Files.walk(top)) {
      for (Path path : all.filter(Files::isRegularFile).toList()) {
        files.put(top.relativize(path).toString(), Files.readAllBytes(path));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return files;
  }

  static void requireSame(NavigableMap<String, byte[]> before, NavigableMap<String, byte[]> after) {
    assertEquals(before.keySet(), after.keySet());
    before.forEach(
        (name, bytes) -> assertTrue(Arrays.equals(bytes, after.get(name)), name + " has changed"));
  }

  /** Opens a file system with these files. */
  static KitFileSystem open(NavigableMap<String, byte[]> files) {
    KitFileSystem kit = KitFileSystem.inMemory();
    kit.captureStacks(false);
    write(kit.root(), files);
    return kit;
  }

  static void write(Path top, NavigableMap<String, byte[]> files) {
    try {
      for (String name : files.keySet()) {
        Path file = top.resolve(name);
        Files.createDirectories(file.getParent());
        Files.write(file, files.get(name));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static JetException refused(JetErr expected, Runnable action) {
    try {
      action.run();
    } catch (JetException e) {
      assertEquals(expected, e.error(), e::toString);
      return e;
    }
    throw new AssertionError("not refused with " + expected);
  }
}
