package org.jetbackup.engine.backup;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jetbackup.api.Environment;
import org.jetbackup.api.JetDatabase;
import org.jetbackup.api.JetInstance;
import org.jetbackup.api.JetSession;
import org.jetbackup.api.JetTable;
import org.jetbackup.api.TermGrbit;
import org.jetbackup.api.event.JetEvent;
import org.jetbackup.api.param.Parameters;
import org.jetbackup.api.param.SystemParameter;
import org.jetbackup.engine.instance.ReferenceEngine;
import org.jetbackup.engine.storage.Directories;
import org.jspecify.annotations.Nullable;

/** An instance with one database and everything that its event log says. */
final class Site implements AutoCloseable {

  private static final int VALUE_BYTES = 200;

  final Path root;
  final List<JetEvent> events = new ArrayList<>();
  private Parameters parameters;
  private @Nullable JetInstance instance;
  private @Nullable JetSession session;

  Site(Path root) {
    this.root = root;
    this.parameters = Parameters.builder()
        .set(SystemParameter.SYSTEM_PATH, directory("log"))
        .set(SystemParameter.LOG_FILE_SIZE, 64)
        .set(SystemParameter.DATABASE_INITIAL_SIZE, 34)
        .set(SystemParameter.BACKUP_RETRY_PAUSE, 0)
        .build();
  }

  <T> Site with(org.jetbackup.api.param.Parameter<T> parameter, T value) {
    parameters = parameters.with(parameter, value);
    return this;
  }

  Path directory(String name) {
    Path path = root.resolve(name);
    if (!Directories.exists(path)) {
      Directories.create(path);
    }
    return path;
  }

  Path log() {
    return root.resolve("log");
  }

  Path database() {
    return root.resolve("a.edb");
  }

  /** Starts the instance and attaches or creates the database. */
  Site start() {
    JetInstance started = create();
    started.init();
    session = started.beginSession();
    if (Directories.exists(database())) {
      session().attachDatabase(database());
    } else {
      session().createDatabase(database()).createTable("t");
    }
    return this;
  }

  /** Creates the instance only. */
  JetInstance create() {
    JetInstance created =
        new ReferenceEngine().createInstance("site", parameters, Environment.standard());
    created.addEventListener(events::add);
    instance = created;
    return created;
  }

  JetInstance instance() {
    return Objects.requireNonNull(instance);
  }

  JetSession session() {
    return Objects.requireNonNull(session);
  }

  JetTable table() {
    JetDatabase database = session().openDatabase(database());
    return database.openTable("t");
  }

  /** Commits records one by one. */
  Site put(int from, int to) {
    JetTable table = table();
    for (int i = from; i < to; i++) {
      session().beginTransaction();
      table.put(key(i), value(i));
      session().commitTransaction();
    }
    return this;
  }

  boolean has(int number) {
    return table().get(key(number)).isPresent();
  }

  static byte[] key(int number) {
    return String.format(java.util.Locale.ROOT, "%06d", number).getBytes(StandardCharsets.UTF_8);
  }

  static byte[] value(int number) {
    byte[] value = new byte[VALUE_BYTES];
    java.util.Arrays.fill(value, (byte) number);
    return value;
  }

  List<Integer> eventNumbers() {
    return events.stream().map(event -> event.id()).toList();
  }

  void stop() {
    JetInstance running = instance;
    if (running != null) {
      running.terminate(TermGrbit.ABRUPT);
      instance = null;
    }
  }

  @Override
  public void close() {
    stop();
  }
}
