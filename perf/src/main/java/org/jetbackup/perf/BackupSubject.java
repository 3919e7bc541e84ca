package org.jetbackup.perf;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import org.jetbackup.api.Environment;
import org.jetbackup.api.JetDatabase;
import org.jetbackup.api.JetInstance;
import org.jetbackup.api.JetSession;
import org.jetbackup.api.JetTable;
import org.jetbackup.api.TermGrbit;
import org.jetbackup.api.backup.BackupGrbit;
import org.jetbackup.api.backup.StatusCallback;
import org.jetbackup.api.param.Parameters;
import org.jetbackup.api.param.SystemParameter;

/**
 * An instance as it is backed up and restored: one database with one table, a log that is not
 * circular, and a checkpoint that moves as it does in real life. Records have rising keys and 1,000
 * random bytes of value, each its own.
 */
final class BackupSubject implements Closeable {

  private static final String TABLE = "kv";
  private static final int RECORDS_PER_TRANSACTION = 10;
  private static final int RECORDS_PER_LOAD = 500;
  private static final int PAGES_OF_GROWTH = 1024;
  private static final int SESSIONS = 64;
  private static final long LOAD_CACHE_BYTES = 64L << 20;

  private final Path directory;
  private final JetInstance instance;

  private BackupSubject(Path directory, JetInstance instance) {
    this.directory = directory;
    this.instance = instance;
  }

  /**
   * What an instance is made with.
   *
   * @param logFileKilobytes the size of a log file in units of 1,024 bytes
   * @param cacheBytes the size of the page cache
   */
  record Settings(int logFileKilobytes, long cacheBytes) {}

  /**
   * Makes a database of at least so many bytes in an empty directory, without a log; answers how many
   * records it has.
   */
  static long build(Path directory, long bytes) throws IOException {
    Files.createDirectory(log(directory));
    JetInstance instance = create(directory, new Settings(5120, LOAD_CACHE_BYTES), "off");
    instance.init();
    long records = 0;
    try (JetSession session = instance.beginSession();
        JetDatabase database = session.createDatabase(database(directory));
        JetTable table = database.createTable(TABLE)) {
      SplittableRandom random = new SplittableRandom(bytes);
      byte[] key = new byte[Records.KEY_BYTES];
      byte[] value = new byte[Records.VALUE_BYTES];
      while (Files.size(database(directory)) < bytes) {
        session.beginTransaction();
        for (int i = 0; i < RECORDS_PER_LOAD; i++) {
          random.nextBytes(value);
          table.insert(keyOf(records++, key), value);
        }
        session.commitTransaction();
      }
    }
    instance.terminate(TermGrbit.COMPLETE);
    Scratch.delete(log(directory));
    Files.createDirectory(log(directory));
    return records;
  }

  /** Opens what was built; the log begins anew if it was not there. */
  static BackupSubject open(Path directory, Settings settings) {
    JetInstance instance = create(directory, settings, "on");
    instance.init();
    try (JetSession session = instance.beginSession()) {
      session.attachDatabase(database(directory));
    }
    return new BackupSubject(directory, instance);
  }

  /** An instance that is ready to restore what another in the same directory has backed up. */
  static JetInstance create(Path directory, Settings settings) {
    return create(directory, settings, "on");
  }

  private static JetInstance create(Path directory, Settings settings, String recovery) {
    Parameters parameters = Parameters.builder()
        .set(SystemParameter.SYSTEM_PATH, directory)
        .set(SystemParameter.LOG_FILE_PATH, log(directory))
        .set(SystemParameter.RECOVERY, recovery)
        .set(SystemParameter.MAX_SESSIONS, SESSIONS)
        .set(SystemParameter.LOG_FILE_SIZE, settings.logFileKilobytes())
        .set(SystemParameter.CACHE_SIZE_BYTES, settings.cacheBytes())
        .set(SystemParameter.DATABASE_EXTENSION_SIZE, PAGES_OF_GROWTH)
        .build();
    return EngineInstance.engine().createInstance("perf", parameters, Environment.standard());
  }

  static Path database(Path directory) {
    return directory.resolve("perf.edb");
  }

  static Path log(Path directory) {
    return directory.resolve("log");
  }

  /** Key number {@code index}, written into an array. */
  static byte[] keyOf(long index, byte[] key) {
    ByteBuffer.wrap(key).putLong(index);
    return key;
  }

  /** Makes a backup and answers how many nanoseconds it took. */
  long backup(Path target, BackupGrbit grbit) {
    long began = System.nanoTime();
    instance.backup(target, grbit, StatusCallback.NONE);
    return System.nanoTime() - began;
  }

  JetSession session() {
    return instance.beginSession();
  }

  /** Opens the table in a session; both belong to one thread. */
  JetTable table(JetSession session) {
    return session.openDatabase(database(directory)).openTable(TABLE);
  }

  /** Gives {@code updates} records, chosen by chance, new values; ten a transaction. */
  void update(long records, long updates, SplittableRandom random) {
    try (JetSession session = session();
        JetTable table = table(session)) {
      byte[] key = new byte[Records.KEY_BYTES];
      byte[] value = new byte[Records.VALUE_BYTES];
      for (long done = 0; done < updates; done += RECORDS_PER_TRANSACTION) {
        session.beginTransaction();
        for (int i = 0; i < RECORDS_PER_TRANSACTION; i++) {
          random.nextBytes(value);
          table.put(keyOf(random.nextLong(records), key), value);
        }
        session.commitTransaction();
      }
    }
  }

  /** Visits all records; answers how many there are. */
  long count() {
    ByteBuffer target = ByteBuffer.allocate(Records.VALUE_BYTES);
    try (JetSession session = session();
        JetTable table = table(session)) {
      return Reads.scan(table, target) / Records.VALUE_BYTES;
    }
  }

  @Override
  public void close() {
    instance.terminate(TermGrbit.COMPLETE);
  }
}
