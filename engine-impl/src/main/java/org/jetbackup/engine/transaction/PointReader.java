package org.jetbackup.engine.transaction;

import org.jetbackup.api.error.JetErr;
import org.jetbackup.api.error.JetException;
import org.jetbackup.api.error.Subject;
import org.jetbackup.engine.catalog.RecordValue;
import org.jetbackup.engine.catalog.TableCursor;
import org.jetbackup.engine.version.TableVersions;
import org.jetbackup.engine.version.Version;
import org.jspecify.annotations.Nullable;

/** Reads single records as a snapshot sees them. For one thread at a time. */
final class PointReader {

  /** Where the record is that a snapshot sees. */
  enum Place {
    NOWHERE,
    TREE,
    IMAGE
  }

  private final TableState state;
  private final TableCursor cursor;
  private final RecordValue image;

  PointReader(TableState state) {
    this.state = state;
    this.cursor = state.table().cursor();
    this.image = state.table().recordValue();
  }

  /** Reads the pages on the way to a key, whatever is there. */
  void touch(byte[] key) {
    cursor.find(key);
  }

  boolean isThere(byte[] key, long snapshot) {
    return find(state.versions(), cursor, image, key, snapshot) != Place.NOWHERE;
  }

  /** {@return the value; null if there is none} */
  byte @Nullable [] value(byte[] key, long snapshot) {
    return switch (find(state.versions(), cursor, image, key, snapshot)) {
      case NOWHERE -> null;
      case TREE -> cursor.value();
      case IMAGE -> image.value();
    };
  }

  /**
   * Finds a record: the tree first and then the versions, so that no change is taken for older than
   * it is.
   *
   * @param cursor moved to the record if it is in the tree
   * @param image moved to the record if it is a before-image
   */
  static Place find(
      TableVersions versions, TableCursor cursor, RecordValue image, byte[] key, long snapshot) {
    while (true) {
      int aborts = versions.aborts();
      Version seen = versions.isEmpty() ? null : versions.seenBy(key, snapshot);
      boolean there = seen == null && cursor.find(key);
      if (seen == null) {
        seen = versions.seenBy(key, snapshot);
        if (seen == null && aborts != versions.aborts()) {
          continue; // the tree may have shown a change that was taken back since
        }
      }
      if (seen == null) {
        return there ? Place.TREE : Place.NOWHERE;
      }
      byte[] before = seen.before();
      if (before == null) {
        return Place.NOWHERE;
      }
      image.moveTo(before);
      return Place.IMAGE;
    }
  }

  /** A value that a live snapshot sees is not removed; if it is not there, the tree is damaged. */
  static JetException explained(JetException failure, TableState state) {
    return failure.error() == JetErr.RECORD_DELETED
        ? JetException.of(
            JetErr.LV_CORRUPTED,
            Subject.path(state.table().pages().path()),
            Subject.value("table", state.table().name(), "one whose values are there"))
        : failure;
  }
}
