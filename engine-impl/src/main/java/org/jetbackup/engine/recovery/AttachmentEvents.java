package org.jetbackup.engine.recovery;

import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.jetbackup.api.error.JetException;
import org.jetbackup.api.position.LogPosition;
import org.jetbackup.engine.checkpoint.Attachment;
import org.jetbackup.engine.checkpoint.AttachmentList;
import org.jetbackup.engine.event.EventLog;
import org.jetbackup.engine.log.LogAddress;
import org.jetbackup.engine.log.LogReader;

/**
 * Tells the event log of databases that come and go, as redo meets them in the log: also of those
 * of which nothing is redone, because they had gone before its end. For one thread.
 */
final class AttachmentEvents {

  private final RecoveryPlaces places;
  private final EventLog events;
  private final Map<Integer, Attachment> attached = new TreeMap<>();

  AttachmentEvents(RecoveryPlaces places, EventLog events, AttachmentList start) {
    this.places = places;
    this.events = events;
    start.attachments().forEach(each -> attached.put(each.databaseId(), each));
  }

  /** Takes the record on which a reader stands; analysis has read it before, and found it sound. */
  void meet(LogReader record) {
    LogPosition position = LogAddress.position(record.address(), places.log().sectorBytes());
    switch (record.kind()) {
      case CREATED, ATTACH -> {
        Attachment coming = attachmentOf(record);
        attached.put(coming.databaseId(), coming);
        tell(coming, position, events::recoveryAttaches);
      }
      case DETACH, DROP -> {
        Attachment going = attached.remove(attachmentOf(record).databaseId());
        if (going != null) { // not if its making was given up
          tell(going, position, events::recoveryDetaches);
        }
      }
      case SHUTDOWN, RECOVERED -> {
        attached.values().forEach(each -> tell(each, position, events::recoveryDetaches));
        attached.clear();
      }
      default -> {}
    }
  }

  private static Attachment attachmentOf(LogReader record) {
    return Attachment.read(record.payload().duplicate().order(ByteOrder.LITTLE_ENDIAN));
  }

  private interface Teller {
    void tell(Path database, LogPosition position);
  }

  private void tell(Attachment about, LogPosition position, Teller teller) {
    Path file;
    try {
      file = places.fileOf(about);
    } catch (JetException e) {
      return; // no path of this system: an event is no reason to give up
    }
    teller.tell(file, position);
  }
}
