package org.jetbackup.engine.backup;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jetbackup.api.Environment;
import org.jetbackup.api.JetDatabase;
import org.jetbackup.api.JetInstance;
import org.jetbackup.api.JetSession;
import org.jetbackup.api.JetTable;
import org.jetbackup.api.TermGrbit;
import org.jetbackup.api.param.Parameters;
import org.jetbackup.api.param.SystemParameter;
import org.jetbackup.engine.instance.ReferenceEngine;

/**
 * An instance with two databases, three tables, and writers that commit until it is closed. The page
 * cache is small, so that pages are written all the time, and so are log files.
 */
final class LoadedSite implements AutoCloseable {

  static final List<String> DATABASES = List.of("a.edb", "b.edb");

  private static final int WRITERS = 8;
  private static final int PAGE_BYTES = 4096;
  private static final long CACHE_BYTES = 160L * PAGE_BYTES;
  private static final long CHECKPOINT_BYTES = 256 << 10;

  final Path root;
  final CommitHistory history = new CommitHistory();
  final Parameters parameters;
  final JetInstance instance;
  private final JetSession session;
  private final List<Thread> threads = new ArrayList<>();
  private volatile boolean isEnding;

  LoadedSite(Path root, boolean isCircular, long seed) {
    this.root = root;
    this.parameters = Parameters.builder()
        .set(SystemParameter.SYSTEM_PATH, root.resolve("log"))
        .set(SystemParameter.DATABASE_PAGE_SIZE, PAGE_BYTES)
        .set(SystemParameter.LOG_FILE_SIZE, 128)
        .set(SystemParameter.CACHE_SIZE_BYTES, CACHE_BYTES)
        .set(SystemParameter.CHECKPOINT_DEPTH_MAX, CHECKPOINT_BYTES)
        .set(SystemParameter.CIRCULAR_LOG, isCircular)
        .build();
    Site.makeDirectories(root.resolve("log"));
    instance = new ReferenceEngine().createInstance("loaded", parameters, Environment.standard());
    instance.init();
    session = instance.beginSession();
    for (String name : DATABASES) {
      JetDatabase database = session.createDatabase(root.resolve(name));
      tablesOf(name).keySet().forEach(table -> database.createTable(table).close());
    }
    for (int writer = 1; writer <= WRITERS; writer++) {
      threads.add(start(writer, seed));
    }
  }

  /** The names of the tables of a database, with their numbers. */
  static Map<String, Integer> tablesOf(String database) {
    return database.equals(DATABASES.get(0)) ? Map.of("t", 0, "u", 1) : Map.of("v", 2);
  }

  /** Opens all tables, in the order of their numbers. */
  static List<JetTable> tables(JetSession session, Path directory) {
    JetDatabase first = session.openDatabase(directory.resolve(DATABASES.get(0)));
    JetDatabase second = session.openDatabase(directory.resolve(DATABASES.get(1)));
    return List.of(first.openTable("t"), first.openTable("u"), second.openTable("v"));
  }

  private Thread start(int writer, long seed) {
    JetSession own = instance.beginSession();
    List<JetTable> tables = tables(own, root);
    Thread thread = new Thread(
        new StampingWriter(writer, seed, own, tables, history, () -> !isEnding),
        "writer " + writer);
    thread.setDaemon(true);
    thread.start();
    return thread;
  }

  /** Ends the writers and the instance; a second time does nothing. */
  @Override
  public void close() {
    isEnding = true;
    for (Thread thread : threads) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
    threads.clear();
    instance.terminate(TermGrbit.ABRUPT);
  }
}
