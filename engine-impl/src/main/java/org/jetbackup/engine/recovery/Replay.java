package org.jetbackup.engine.recovery;

import java.nio.ByteBuffer;
import java.util.function.IntFunction;
import org.jetbackup.engine.buffer.ChangeRecord;
import org.jetbackup.engine.buffer.PageCache;
import org.jetbackup.engine.buffer.Redo;
import org.jetbackup.engine.catalog.Database;
import org.jetbackup.engine.log.LogAddress;
import org.jetbackup.engine.log.LogFile;
import org.jetbackup.engine.log.LogFiles;
import org.jetbackup.engine.log.LogReader;
import org.jetbackup.engine.log.RecordKind;
import org.jspecify.annotations.Nullable;

/**
 * The second pass over the log: the changes of databases are made again where their pages lack
 * them. For one thread.
 */
public final class Replay {

  private final PageCache cache;
  private final IntFunction<@Nullable Database> databases;
  private final Listener listener;

  /** Hears of the files of the log. */
  @FunctionalInterface
  public interface Listener {

    /**
     * A record was met that is no change.
     *
     * @param record the reader that stands on it
     */
    default void met(LogReader record) {}

    /**
     * A file was replayed.
     *
     * @param file the file
     * @param records how many changes it held, whatever their databases
     */
    void replayed(LogFile file, long records);
  }

  /**
   * Prepares.
   *
   * @param cache holds the pages of all databases
   * @param databases finds a database by its number; null if none of its changes count
   * @param listener hears of each file that had changes, in their order
   */
  public Replay(PageCache cache, IntFunction<@Nullable Database> databases, Listener listener) {
    this.cache = cache;
    this.databases = databases;
    this.listener = listener;
  }

  /**
   * Replays to the end of the log, which it has to be: pages may be taken back on the way.
   *
   * @param files of the log
   * @param start where to begin, as {@link LogReader#open}
   */
  public void run(LogFiles files, long start) {
    Redo redo = new Redo(cache);
    long generation = 0;
    long records = 0;
    try (LogReader reader = LogReader.open(files, start)) {
      while (reader.next()) {
        if (reader.kind() != RecordKind.CHANGE) {
          listener.met(reader);
          continue;
        }
        long now = LogAddress.generation(reader.address());
        if (now != generation) {
          tell(files, generation, records);
          generation = now;
          records = 0;
        }
        ByteBuffer payload = reader.payload();
        Database database = databases.apply(ChangeRecord.databaseId(payload));
        if (database != null) {
          redo.apply(database.pages(), payload, reader.behind());
        }
        records++;
      }
      tell(files, generation, records);
    }
  }

  private void tell(LogFiles files, long generation, long records) {
    files.find(generation).ifPresent(file -> listener.replayed(file, records));
  }
}
