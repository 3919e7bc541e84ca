package org.jetbackup.engine.recovery;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Collection;
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
import org.jetbackup.engine.log.LogAddress;
import org.jetbackup.engine.log.LogReader;
import org.jetbackup.engine.log.RecordKind;
import org.jetbackup.engine.transaction.RemovalRecord;
import org.jetbackup.engine.transaction.UndoRecord;

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
 * <p>A header that is still to be called clean says an old change time: the largest one is found
 * here, because nothing of such a database is redone.
 *
 * <p>What records of a block say of removals counts only when the block has ended. Recovery ends the
 * one that it takes back; so before that it has to {@linkplain #removalsTakenBack say the contrary}.
 * For one thread.
 */
public final class Analysis {

  private final Map<Integer, Attachment> attached = new TreeMap<>();
  private final Map<String, Attachment> ended = new LinkedHashMap<>();
  private final Map<Integer, Attachment> creating = new TreeMap<>();

  /** By number: the largest change time that the pages of a database may have. */
  private final Map<Integer, Long> dbtimes = new TreeMap<>();

  private final List<Attachment> dropped = new ArrayList<>();
  /** With the address of each. */
  private final Map<RemovalRecord, Long> removals = new LinkedHashMap<>();

  /** What the block says of removals, in its order; no address: it is removed. */
  private final List<Mention> inBlock = new ArrayList<>();

  private final List<ByteBuffer> undo = new ArrayList<>();

  private long undoBytes;
  private int lastDatabaseId;
  private boolean openBlock;

  private record Mention(RemovalRecord removal, long address) {}

  /**
   * Begins where nothing was read yet.
   *
   * @param start the databases that were attached there
   */
  public Analysis(AttachmentList start) {
    lastDatabaseId = start.lastDatabaseId();
    start.attachments().forEach(this::attach);
  }

  private void attach(Attachment about) {
    attached.put(about.databaseId(), about);
    dbtimes.merge(about.databaseId(), about.dbtime(), Math::max);
  }

  /**
   * Takes the record on which a reader stands.
   *
   * @param record the reader
   * @throws JetException {@link JetErr#LOG_FILE_CORRUPT} or {@link JetErr#LOG_CORRUPTED} if it is
   *     none that the engine writes
   */
  public void add(LogReader record) {
    openBlock = !record.endsBlock();
    ByteBuffer payload = record.payload().order(ByteOrder.LITTLE_ENDIAN);
    switch (record.kind()) {
      case UNDO -> keep(payload);
      case REMOVAL -> inBlock.add(new Mention(RemovalRecord.decode(payload), record.address()));
      case REMOVED -> inBlock.add(new Mention(RemovalRecord.decode(payload), LogAddress.NONE));
      case CHANGE ->
        dbtimes.merge(ChangeRecord.databaseId(payload), ChangeRecord.dbtime(payload), Math::max);
      case END, NOTE -> {}
      default -> database(record.kind(), payload);
    }
    if (record.endsBlock()) {
      inBlock.forEach(this::count);
      inBlock.clear();
      undo.clear();
      undoBytes = 0;
    }
  }

  private void count(Mention mention) {
    if (mention.address == LogAddress.NONE) {
      removals.remove(mention.removal);
    } else {
      removals.put(mention.removal, mention.address);
    }
  }

  private void keep(ByteBuffer payload) {
    undoBytes += payload.remaining();
    if (undoBytes > UndoRecord.BLOCK_BYTES_MAX) {
      throw JetException.of(
          JetErr.LOG_FILE_CORRUPT,
          Subject.value("bytes to take back", undoBytes, "up to " + UndoRecord.BLOCK_BYTES_MAX));
    }
    ByteBuffer copy = ByteBuffer.allocate(payload.remaining()).order(ByteOrder.LITTLE_ENDIAN);
    undo.add(copy.put(payload.duplicate()).flip());
  }

  private void database(RecordKind kind, ByteBuffer payload) {
    if (kind == RecordKind.SHUTDOWN || kind == RecordKind.RECOVERED) {
      attached.values().forEach(each -> ended.put(each.path(), each));
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
        attach(about);
      }
      case DETACH -> {
        attached.remove(id);
        ended.put(about.path(), about);
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

  /** {@return the databases that were attached at the end} */
  public Collection<Attachment> attached() {
    return attached.values();
  }

  /**
   * {@return those that were flushed and detached, and may still have to be called clean; with the
   * change times that their headers need then}
   */
  public Collection<Attachment> ended() {
    return ended.values().stream().map(this::withLastDbtime).toList();
  }

  private Attachment withLastDbtime(Attachment attachment) {
    long last = dbtimes.getOrDefault(attachment.databaseId(), 0L);
    return attachment.withDbtime(Math.max(last, attachment.dbtime()));
  }

  /** {@return those that were dropped, whose files may still be there} */
  public List<Attachment> dropped() {
    return dropped;
  }

  /** {@return those whose making was begun and not finished} */
  public Collection<Attachment> unfinished() {
    return creating.values();
  }

  /** {@return the values that no record names any more, each with the address of its record} */
  public Map<RemovalRecord, Long> removals() {
    return removals;
  }

  /** {@return what takes an unfinished block back, in the order in which it was written} */
  public List<ByteBuffer> undo() {
    return undo;
  }

  /**
   * {@return the values whose removal an unfinished block speaks of, each with the record that
   * makes it what it was before the block}
   */
  public Map<RemovalRecord, RecordKind> removalsTakenBack() {
    Map<RemovalRecord, RecordKind> before = new LinkedHashMap<>();
    for (Mention mention : inBlock) {
      boolean pending = removals.containsKey(mention.removal);
      before.put(mention.removal, pending ? RecordKind.REMOVAL : RecordKind.REMOVED);
    }
    return before;
  }

  /** {@return whether the log ends in a block that was not finished} */
  public boolean hasOpenBlock() {
    return openBlock;
  }

  /** {@return the largest number that a database has got} */
  public int lastDatabaseId() {
    return lastDatabaseId;
  }
}
