package org.jetbackup.engine.checkpoint;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongSupplier;

/**
 * The databases whose files may need the log just now. A database is entered before the record that
 * attaches it, and taken out only after its header says that it is clean: recovery that begins at a
 * checkpoint in between finds it here and finishes the work. Thread-safe; the monitor is a leaf.
 */
public final class AttachmentRegistry {

  private final Map<Integer, Entry> entries = new TreeMap<>();
  private int lastDatabaseId;

  private record Entry(Attachment attachment, LongSupplier dbtime) {}

  /** Makes an empty registry. */
  public AttachmentRegistry() {}

  /**
   * Makes sure that numbers which the log knows are not given again.
   *
   * @param databaseId the largest number in the log
   */
  public synchronized void raise(int databaseId) {
    lastDatabaseId = Math.max(lastDatabaseId, databaseId);
  }

  /** {@return a number that no database had before} */
  public synchronized int nextDatabaseId() {
    return ++lastDatabaseId;
  }

  /**
   * Enters a database, or gives it another source of its change time.
   *
   * @param attachment the database
   * @param dbtime answers its largest change time
   */
  public synchronized void add(Attachment attachment, LongSupplier dbtime) {
    lastDatabaseId = Math.max(lastDatabaseId, attachment.databaseId());
    entries.put(attachment.databaseId(), new Entry(attachment, dbtime));
  }

  /**
   * Takes a database out.
   *
   * @param databaseId its number
   */
  public synchronized void remove(int databaseId) {
    entries.remove(databaseId);
  }

  /** {@return all of them, with the change times of now} */
  public synchronized AttachmentList list() {
    List<Attachment> found = new ArrayList<>();
    entries.values().forEach(entry -> {
      long now = Math.max(entry.attachment().dbtime(), entry.dbtime().getAsLong());
      found.add(entry.attachment().withDbtime(now));
    });
    return new AttachmentList(lastDatabaseId, found);
  }
}
