package org.jetbackup.perf;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jetbackup.api.Environment;
import org.jetbackup.api.JetDatabase;
import org.jetbackup.api.JetEngine;
import org.jetbackup.api.JetInstance;
import org.jetbackup.api.JetSession;
import org.jetbackup.api.JetTable;
import org.jetbackup.api.TermGrbit;
import org.jetbackup.api.param.Parameters;
import org.jetbackup.api.param.SystemParameter;

/**
 * An instance with one database and one table, as measurements want it: nothing is written to the
 * database unless they ask for it, and no log file is deleted, so that its bytes can be counted.
 * The engine is the one that is installed, or that of the property {@code jetbackup.perf.engine}.
 */
final class EngineInstance implements Closeable {

  static final String ENGINE = "jetbackup.perf.engine";
  private static final String TABLE = "kv";
  private static final int SESSIONS = 64;

  private final Path directory;
  private final JetInstance instance;

  private EngineInstance(Path directory) {
    this.directory = directory;
    this.instance = engine().createInstance("perf", parameters(directory), Environment.standard());
  }

  /** The engine that is measured. */
  static JetEngine engine() {
    String name = System.getProperty(ENGINE);
    if (name == null || name.isEmpty()) {
      return JetEngine.installed().get(0);
    }
    try {
      return Class.forName(name).asSubclass(JetEngine.class).getConstructor().newInstance();
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("no engine " + name, e);
    }
  }

  private static Parameters parameters(Path directory) {
    return Parameters.builder()
        .set(SystemParameter.SYSTEM_PATH, directory)
        .set(SystemParameter.LOG_FILE_PATH, log(directory))
        .set(SystemParameter.MAX_SESSIONS, SESSIONS)
        .set(SystemParameter.LOG_BUFFERS, 2048)
        .set(SystemParameter.CACHE_SIZE_BYTES, 384L << 20)
        .set(SystemParameter.CHECKPOINT_DEPTH_MAX, 4L << 30)
        .set(SystemParameter.VERSION_STORE_SIZE_BYTES, 128L << 20)
        .set(SystemParameter.DATABASE_EXTENSION_SIZE, 1024)
        .build();
  }

  /** Makes an instance with an empty table in an empty directory. */
  static EngineInstance create(Path directory) throws IOException {
    Files.createDirectory(log(directory));
    EngineInstance made = new EngineInstance(directory);
    made.instance.init();
    try (JetSession session = made.session();
        JetDatabase database = session.createDatabase(made.database())) {
      database.createTable(TABLE).close();
    }
    return made;
  }

  /** Opens what was made before; this is where recovery takes place. */
  static EngineInstance open(Path directory) {
    EngineInstance opened = new EngineInstance(directory);
    opened.instance.init();
    return opened;
  }

  JetSession session() {
    return instance.beginSession();
  }

  /** Opens the table in a session. */
  JetTable table(JetSession session) {
    session.attachDatabase(database());
    return session.openDatabase(database()).openTable(TABLE);
  }

  Path database() {
    return directory.resolve("perf.edb");
  }

  private static Path log(Path directory) {
    return directory.resolve("log");
  }

  /** The files of the log and whatever else lies there. */
  static List<Path> logFiles(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(log(directory))) {
      return files.filter(Files::isRegularFile).sorted().toList();
    }
  }

  /** How much log was written: files count up to their last byte that is not zero. */
  long logBytes() throws IOException {
    return logBytes(directory);
  }

  /** How often the log was forced. */
  long logForces() {
    return instance.statistics().logForces();
  }

  static long logBytes(Path directory) throws IOException {
    long bytes = 0;
    for (Path file : logFiles(directory)) {
      bytes += written(file);
    }
    return bytes;
  }

  /** How much of a log file is written: up to its last byte that is not zero. */
  static long written(Path path) throws IOException {
    ByteBuffer chunk = ByteBuffer.allocate(1 << 16);
    try (FileChannel file = FileChannel.open(path)) {
      long end = file.size();
      while (end > 0) {
        long begin = Math.max(0, end - chunk.capacity());
        file.read(chunk.clear().limit((int) (end - begin)), begin);
        for (int i = chunk.position() - 1; i >= 0; i--) {
          if (chunk.get(i) != 0) {
            return begin + i + 1;
          }
        }
        end = begin;
      }
    }
    return 0;
  }

  @Override
  public void close() {
    instance.terminate(TermGrbit.COMPLETE);
  }
}
