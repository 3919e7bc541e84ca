package org.jetbackup.engine.restore;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jetbackup.api.error.JetErr;
import org.jetbackup.api.error.JetException;
import org.jetbackup.api.error.Subject;
import org.jetbackup.engine.backup.directory.Manifest;
import org.jetbackup.engine.backup.directory.SetDatabase;
import org.jetbackup.engine.buffer.ChangeRecord;
import org.jetbackup.engine.checkpoint.Attachment;
import org.jetbackup.engine.checkpoint.AttachmentList;
import org.jetbackup.engine.format.Signature;
import org.jetbackup.engine.log.LogAddress;
import org.jetbackup.engine.log.LogReader;
import org.jetbackup.engine.recovery.CreationRecord;
import org.jetbackup.engine.restore.RestoredDatabase.Source.FromSet;
import org.jetbackup.engine.restore.RestoredDatabase.Source.Lying;
import org.jetbackup.engine.restore.RestoredDatabase.Source.Made;
import org.jspecify.annotations.Nullable;

/**
 * Which databases there are, by what the log says of them: made in the first pass over it.
 *
 * <pre>
 *   a database of the set                 counts from the number on under which it was copied
 *   one that is created behind the set    counts from its creation on
 *   one that is attached behind the set   is a stranger: it has to lie in its place
 *   any other                             is left out
 *   DROP                                  it is none of these any more, unless a copy that has
 *                                         the same content is attached later
 * </pre>
 *
 * <p>A database that is attached anew has a new number and the same signature. Changes under older
 * numbers than that of the copy do not count: they were flushed before, and what was changed
 * between may be in the log of another instance. For one thread.
 */
final class Census {

  private final long genHigh;
  private final Map<Signature, RestoredDatabase> bySignature = new HashMap<>();
  private final Map<Integer, RestoredDatabase> byId = new TreeMap<>();
  private final Set<Integer> strangers = new TreeSet<>();

  /** By signature: what was dropped, and under which numbers it was known. */
  private final Map<Signature, Dropped> gone = new HashMap<>();

  private record Dropped(RestoredDatabase database, Set<Integer> ids) {}

  Census(Manifest manifest) {
    genHigh = manifest.genHigh().value();
    for (SetDatabase database : manifest.databases()) {
      Attachment origin = database.origin();
      boolean isNew = !bySignature.containsKey(origin.signature());
      if (!isNew) {
        throw JetException.of(
            JetErr.DATABASE_CORRUPTED,
            Subject.value("two databases of a set with the signature", origin.signature()));
      }
      add(new RestoredDatabase(new FromSet(database), origin), origin);
    }
  }

  private void add(RestoredDatabase database, Attachment first) {
    bySignature.put(first.signature(), database);
    byId.put(first.databaseId(), database);
  }

  /** Takes the record on which a reader stands. */
  void add(LogReader record) {
    boolean isBehind = LogAddress.generation(record.address()) > genHigh;
    ByteBuffer payload = record.payload().duplicate().order(ByteOrder.LITTLE_ENDIAN);
    switch (record.kind()) {
      case CHANGE -> {
        RestoredDatabase changed = byId.get(ChangeRecord.databaseId(payload));
        if (changed != null) {
          changed.changed(ChangeRecord.dbtime(payload));
        }
      }
      case CREATED -> {
        if (isBehind) {
          created(CreationRecord.decode(payload));
        }
      }
      case ATTACH -> attached(Attachment.read(payload), isBehind);
      case DETACH -> {
        Attachment about = Attachment.read(payload);
        RestoredDatabase leaving = byId.get(about.databaseId());
        if (leaving != null) {
          leaving.detached(about);
        }
        strangers.remove(about.databaseId());
      }
      case DROP -> dropped(Attachment.read(payload).databaseId());
      case SHUTDOWN -> {
        for (Attachment last : AttachmentList.decode(bytes(payload)).attachments()) {
          RestoredDatabase leaving = byId.get(last.databaseId());
          if (leaving != null) {
            leaving.ended(last);
          }
        }
        ended();
      }
      case RECOVERED -> ended();
      default -> {}
    }
  }

  private void created(CreationRecord creation) {
    Attachment about = creation.attachment();
    if (!bySignature.containsKey(about.signature())) {
      add(new RestoredDatabase(new Made(creation), about), about);
    }
  }

  private void attached(Attachment about, boolean isBehind) {
    takeBack(about);
    RestoredDatabase known = bySignature.get(about.signature());
    if (known == null) {
      if (isBehind) {
        strangers.add(about.databaseId());
      }
    } else if (about.databaseId() > known.newest().databaseId()) {
      known.attached(about);
      byId.put(about.databaseId(), known);
    }
  }

  private void dropped(int id) {
    RestoredDatabase leaving = byId.get(id);
    if (leaving != null) {
      Set<Integer> ids = new TreeSet<>(byId.keySet());
      ids.removeIf(each -> !leaving.equals(byId.get(each)));
      gone.put(leaving.newest().signature(), new Dropped(leaving, ids));
      byId.keySet().removeAll(ids);
      bySignature.values().removeIf(leaving::equals);
    }
    strangers.remove(id);
  }

  /** A copy was kept of what was dropped: its change time says whether it holds the same. */
  private void takeBack(Attachment about) {
    Dropped dropped = gone.get(about.signature());
    if (dropped != null && dropped.database().newest().dbtime() == about.dbtime()) {
      gone.remove(about.signature());
      bySignature.put(about.signature(), dropped.database());
      dropped.ids().forEach(id -> byId.put(id, dropped.database()));
    }
  }

  private void ended() {
    strangers.clear();
    byId.values().forEach(RestoredDatabase::ended);
  }

  private static byte[] bytes(ByteBuffer payload) {
    byte[] bytes = new byte[payload.remaining()];
    payload.get(bytes);
    return bytes;
  }

  /**
   * Adds the strangers that were attached at the end of the log.
   *
   * @param attached all that were attached there
   */
  void addStrangers(Collection<Attachment> attached) {
    for (Attachment each : attached) {
      if (strangers.contains(each.databaseId())) {
        add(new RestoredDatabase(new Lying(), each), each);
      }
    }
  }

  /** All that are restored, in the order of their numbers. */
  Collection<RestoredDatabase> all() {
    return new LinkedHashSet<>(byId.values());
  }

  /** Whether it was detached, and another one got its path later: that one is restored there. */
  boolean isReplaced(RestoredDatabase database) {
    Attachment last = database.newest();
    return database.isDetached()
        && byId.values().stream()
            .map(RestoredDatabase::newest)
            .anyMatch(other ->
                other.path().equals(last.path()) && other.databaseId() > last.databaseId());
  }

  /** The database that has, or had, a number; null if its changes do not count. */
  @Nullable
  RestoredDatabase find(int databaseId) {
    return byId.get(databaseId);
  }
}
