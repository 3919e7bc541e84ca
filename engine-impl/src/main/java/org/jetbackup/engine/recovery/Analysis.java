package org.jetbackup.engine.recovery;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jetbackup.api.error.JetErr;
import org.jetbackup.api.error.JetException;
import org.jetbackup.api.error.Subject;
import org.jetbackup.engine.buffer.ChangeRecord;
import org.jetbackup.engine.checkpoint.Attachment;
import org.jetbackup.engine.checkpoint.AttachmentList;
import org.jetbackup.engine.log.LogReader;
import org.jetbackup.engine.log.RecordKind;
import org.jetbackup.engine.transaction.RemovalRecord;

/**
 * The first pass over the log: what has to be done, without touching a database.
 *
 * <pre>{@code
 *   a database         ATTACH, CREATED: to be redone      DETACH, SHUTDOWN, RECOVERED: was flushed
 *                      DROP: its file goes                before, only its header may be unfinished
 *                      CREATE_BEGIN alone: its file goes
 *   a separated value  REMOVAL: to be removed             REMOVED: is removed
 *   a block            ended: stays                       not ended: its UNDO records are kept
 * }</pre>
 *
 * <p>What records of a block say of removals counts only when the block has ended. For one thread.
 */
final class Analysis {

  /** More before-images than this in one block are no log of ours. */
  private static final long UNDO_BYTES_MAX = 1L << 30;

  private final Map<Integer, Attachment> attached = new TreeMap<>();
  private final Map<String, Attachment> ended = new LinkedHashMap<>();
  private final Map<Integer, Long> dbtimes = new HashMap<>();
  private final Map<Integer, Attachment> creating = new TreeMap<>();
  private final List<Attachment> dropped = new ArrayList<>();
  /** With the address of each. */
  private final Map<RemovalRecord, Long> removals = new LinkedHashMap<>();

  /** What the block says of removals, in its order. */
  private final List<Runnable> inBlock = new ArrayList<>();

  private final List<ByteBuffer> undo = new ArrayList<>();
  private long undoBytes;
  private int lastDatabaseId;
  private boolean openBlock;
  private long records;

  Analysis(AttachmentList start) {
    lastDatabaseId = start.lastDatabaseId();
    start.attachments().forEach(each -> attached.put(each.databaseId(), each));
  }

  /** Takes the record on which a reader stands. */
  void add(LogReader record) {
    records++;
    openBlock = !record.endsBlock();
    ByteBuffer payload = record.payload().order(ByteOrder.LITTLE_ENDIAN);
    switch (record.kind()) {
      case UNDO -> keep(payload);
      case REMOVAL -> {
        RemovalRecord removal = RemovalRecord.decode(payload);
        long address = record.address();
        inBlock.add(() -> removals.put(removal, address));
      }
      case REMOVED -> {
        RemovalRecord removal = RemovalRecord.decode(payload);
        inBlock.add(() -> removals.remove(removal));
      }
      case CHANGE ->
        dbtimes.merge(ChangeRecord.databaseId(payload), ChangeRecord.dbtime(payload), Math::max);
      case END, NOTE -> {}
      default -> database(record.kind(), payload);
    }
    if (record.endsBlock()) {
      inBlock.forEach(Runnable::run);
      inBlock.clear();
      undo.clear();
      undoBytes = 0;
    }
  }

  private void keep(ByteBuffer payload) {
    undoBytes += payload.remaining();
    if (undoBytes > UNDO_BYTES_MAX) {
      throw JetException.of(
          JetErr.LOG_FILE_CORRUPT,
          Subject.value("bytes to take back", undoBytes, "up to " + UNDO_BYTES_MAX));
    }
    ByteBuffer copy = ByteBuffer.allocate(payload.remaining()).order(ByteOrder.LITTLE_ENDIAN);
    undo.add(copy.put(payload.duplicate()).flip());
  }

  private void database(RecordKind kind, ByteBuffer payload) {
    if (kind == RecordKind.SHUTDOWN || kind == RecordKind.RECOVERED) {
      attached.values().forEach(each -> end(each, each));
      attached.clear();
      return;
    }
    Attachment about = Attachment.read(payload.duplicate().order(ByteOrder.LITTLE_ENDIAN));
    int id = about.databaseId();
    lastDatabaseId = Math.max(lastDatabaseId, id);
    switch (kind) {
      case CREATE_BEGIN -> creating.put(id, about);
      case CREATED, ATTACH -> {
        creating.remove(id);
        ended.remove(about.path());
        attached.put(id, about);
      }
      case DETACH -> {
        Attachment known = attached.remove(id);
        end(about, known == null ? about : known);
      }
      case DROP -> {
        attached.remove(id);
        creating.remove(id);
        ended.remove(about.path());
        dropped.add(about);
      }
      default -> throw new IllegalStateException("record of kind " + kind);
    }
  }

  /** The header that calls it clean has to know the last change of its pages. */
  private void end(Attachment about, Attachment known) {
    long changed = dbtimes.getOrDefault(about.databaseId(), 0L);
    long last = Math.max(changed, Math.max(about.dbtime(), known.dbtime()));
    ended.put(about.path(), about.withDbtime(last));
  }

  /** {@return the databases that were attached at the end} */
  Collection<Attachment> attached() {
    return attached.values();
  }

  /** {@return those that were flushed and detached, and may still have to be called clean} */
  Collection<Attachment> ended() {
    return ended.values();
  }

  /** {@return those that were dropped, whose files may still be there} */
  List<Attachment> dropped() {
    return dropped;
  }

  /** {@return those whose making was begun and not finished} */
  Collection<Attachment> unfinished() {
    return creating.values();
  }

  /** {@return the values that no record names any more, each with the address of its record} */
  Map<RemovalRecord, Long> removals() {
    return removals;
  }

  /** {@return what takes an unfinished block back, in the order in which it was written} */
  List<ByteBuffer> undo() {
    return undo;
  }

  boolean hasOpenBlock() {
    return openBlock;
  }

  int lastDatabaseId() {
    return lastDatabaseId;
  }

  long records() {
    return records;
  }
}
