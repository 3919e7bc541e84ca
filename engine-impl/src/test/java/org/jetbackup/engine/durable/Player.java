package org.jetbackup.engine.durable;

import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.jetbackup.api.JetDatabase;
import org.jetbackup.api.JetInstance;
import org.jetbackup.api.JetSession;
import org.jetbackup.api.JetTable;
import org.jetbackup.api.TermGrbit;
import org.jetbackup.api.error.JetException;
import org.jetbackup.api.param.Parameters;
import org.jetbackup.tck.crash.CrashRecorder;
import org.jetbackup.tck.storage.Interceptor;
import org.jetbackup.tck.storage.KitFileSystem;
import org.jetbackup.tck.storage.Operation;
import org.jetbackup.tck.storage.OperationKind;

/**
 * Plays calls on an instance and notes, between them, what a crash may leave from then on.
 *
 * <pre>
 *   open = [durable, then one for each lazy commit since]       what a crash may leave
 *   before a call:            open + what it makes; a moment
 *   after it has returned:    only what it made; a moment       (of a lazy commit: no change)
 *   after it has failed:      without what it would have made; a moment
 * </pre>
 *
 * Each moment is a mark of the recording, {@code moment n}.
 */
final class Player implements AutoCloseable {

  static final String MOMENT = "moment ";

  private final Subject subject;
  private final KitFileSystem files;
  private final CrashRecorder recorder;
  private final Parameters parameters;
  private final List<List<Picture>> moments = new ArrayList<>();
  private final DiskLimit limit = new DiskLimit();
  private List<Picture> open = List.of(Picture.EMPTY);
  private JetInstance instance;
  private JetSession session;
  private int lives;
  private boolean isRunning;

  Player(Subject subject, KitFileSystem files, CrashRecorder recorder, Parameters parameters) {
    this.subject = subject;
    this.files = files;
    this.recorder = recorder;
    this.parameters = parameters;
    this.instance = Lab.instance(subject.engine(), parameters, 0);
    files.intercept(limit);
  }

  // The instance

  /** From here on crashes are explored. */
  void beginRecording() {
    recorder.begin();
    moments.clear();
    note();
  }

  void start() {
    instance = Lab.instance(subject.engine(), parameters, lives++);
    instance.init();
    isRunning = true;
    session = instance.beginSession();
    Lab.databases(root()).forEach(name -> session.attachDatabase(path(name)));
    note();
  }

  /** Ends in order: what was committed lazily is durable then. */
  void end() {
    session.close();
    durable(last(), () -> instance.terminate(TermGrbit.COMPLETE));
    isRunning = false;
  }

  /** Ends in order, unless that has been done. */
  void endIfRunning() {
    if (isRunning) {
      end();
    }
  }

  /** Another session, for what happens at the same time. */
  Actor actor() {
    return new Actor(instance.beginSession());
  }

  // Databases and tables

  void createDatabase(String name) {
    durable(last().withDatabase(name), () -> session.createDatabase(path(name)).close());
  }

  void dropDatabase(String name) {
    durable(last().withoutDatabase(name), () -> session.dropDatabase(path(name)));
  }

  void detachDatabase(String name) {
    durable(last(), () -> session.detachDatabase(path(name)));
  }

  void attachDatabase(String name) {
    durable(last(), () -> session.attachDatabase(path(name)));
  }

  void createTable(String database, String table) {
    durable(last().withTable(database, table, new TreeMap<>()), () -> {
      try (JetDatabase open = session.openDatabase(path(database))) {
        open.createTable(table).close();
      }
    });
  }

  void dropTable(String database, String table) {
    durable(last().withoutTable(database, table), () -> {
      try (JetDatabase open = session.openDatabase(path(database))) {
        open.dropTable(table);
      }
    });
  }

  /** From now on no database file can grow; or it can again. */
  void letDatabasesGrow(boolean can) {
    files.whileQuiet(() -> limit.active = !can);
  }

  // What is legal

  private void durable(Picture after, Runnable call) {
    expect(after);
    call.run();
    open = List.of(after);
    note();
  }

  private void lazy(Picture after, Runnable call) {
    expect(after);
    call.run();
  }

  private JetException failing(Picture after, Runnable call) {
    List<Picture> before = open;
    expect(after);
    JetException failure = assertThrows(JetException.class, call::run);
    open = before;
    note();
    return failure;
  }

  private void expect(Picture after) {
    if (!after.equals(last())) {
      List<Picture> more = new ArrayList<>(open);
      more.add(after);
      open = List.copyOf(more);
      note();
    }
  }

  private void note() {
    recorder.mark(MOMENT + moments.size());
    moments.add(open);
  }

  /** What the last call has made. */
  Picture last() {
    return open.get(open.size() - 1);
  }

  /** What is legal from each moment on, in order. */
  List<List<Picture>> moments() {
    return List.copyOf(moments);
  }

  private Path root() {
    return files.root();
  }

  private Path path(String database) {
    return Lab.database(root(), database);
  }

  /** The process dies. */
  @Override
  public void close() {
    files.freeze();
  }

  /** A session in a transaction. */
  final class Actor implements AutoCloseable {
    private final JetSession own;
    private final List<Picture.Write> writes = new ArrayList<>();

    private Actor(JetSession own) {
      this.own = own;
    }

    void begin() {
      own.beginTransaction();
      writes.clear();
    }

    void insert(String database, String table, String key, String value) {
      with(database, table, open -> open.insert(Picture.bytes(key), Picture.bytes(value)));
      writes.add(new Picture.Write(database, table, key, value));
    }

    void put(String database, String table, String key, String value) {
      with(database, table, open -> open.put(Picture.bytes(key), Picture.bytes(value)));
      writes.add(new Picture.Write(database, table, key, value));
    }

    void delete(String database, String table, String key) {
      with(database, table, open -> open.delete(Picture.bytes(key)));
      writes.add(new Picture.Write(database, table, key, null));
    }

    private void with(String database, String table, Use use) {
      try (JetDatabase opened = own.openDatabase(path(database));
          JetTable there = opened.openTable(table)) {
        use.of(there);
      }
    }

    void commit() {
      durable(last().after(writes), own::commitTransaction);
    }

    void commitLazily() {
      lazy(last().after(writes), own::commitTransactionLazily);
    }

    /** Commits in vain, and rolls back if the engine leaves that to the caller. */
    JetException failToCommit() {
      JetException failure = failing(last().after(writes), own::commitTransaction);
      rollbackIfOpen();
      return failure;
    }

    private void rollbackIfOpen() {
      try {
        own.rollbackTransaction();
      } catch (JetException ended) {
        // the failed commit has ended it
      }
    }

    void rollback() {
      own.rollbackTransaction();
    }

    @Override
    public void close() {
      own.close();
    }
  }

  private interface Use {
    void of(JetTable table);
  }

  /** Refuses every write that makes a database longer. */
  private static final class DiskLimit implements Interceptor {
    private final TreeMap<String, Long> sizes = new TreeMap<>();
    private boolean active;

    @Override
    public long before(Operation operation) throws IOException {
      if (active && grows(operation)) {
        throw new IOException("No space left on device");
      }
      return operation.length();
    }

    private boolean grows(Operation operation) {
      return operation.kind() == OperationKind.WRITE
          && operation.path().endsWith(".edb")
          && operation.offset() + operation.length() > sizes.getOrDefault(operation.path(), 0L);
    }

    @Override
    public void after(Operation operation, ByteBuffer content) {
      switch (operation.kind()) {
        case WRITE ->
          sizes.merge(operation.path(), operation.offset() + operation.length(), Math::max);
        case TRUNCATE -> sizes.put(operation.path(), operation.offset());
        case CREATE, DELETE -> sizes.remove(operation.path());
        default -> {}
      }
    }
  }
}
