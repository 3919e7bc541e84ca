package org.jetbackup.engine.durable;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.jetbackup.api.JetCursor;
import org.jetbackup.api.JetDatabase;
import org.jetbackup.api.JetSession;
import org.jetbackup.api.JetTable;
import org.jetbackup.api.KeyRange;

/** Reads everything, by every way that there is, and demands that all say the same. */
final class Reading {

  private Reading() {}

  /** Attaches the databases that are there and reads them. */
  static Picture attachAll(JetSession session, Path root) {
    Lab.databases(root).forEach(name -> session.attachDatabase(Lab.database(root, name)));
    return everything(session, root, Lab.databases(root));
  }

  static Picture everything(JetSession session, Path root, List<String> databases) {
    Picture picture = Picture.EMPTY;
    for (String name : databases) {
      picture = picture.withDatabase(name);
      try (JetDatabase database = session.openDatabase(Lab.database(root, name))) {
        for (String table : database.tables()) {
          try (JetTable open = database.openTable(table)) {
            picture = picture.withTable(name, table, entries(open));
          }
        }
      }
    }
    return picture;
  }

  private static NavigableMap<String, String> entries(JetTable table) {
    List<String[]> forward = new ArrayList<>();
    List<String[]> backward = new ArrayList<>();
    try (JetCursor cursor = table.cursor(KeyRange.all())) {
      while (cursor.moveNext()) {
        forward.add(entry(cursor));
      }
      while (cursor.movePrevious()) {
        backward.add(entry(cursor));
      }
    }
    Collections.reverse(backward);
    if (!Arrays.deepEquals(forward.toArray(), backward.toArray())) {
      throw new AssertionError("table " + table.name() + " has " + forward.size()
          + " entries in one direction and others, " + backward.size() + ", in the other");
    }
    NavigableMap<String, String> entries = new TreeMap<>();
    String last = "";
    for (String[] entry : forward) {
      if (entry[0].compareTo(last) <= 0) {
        throw new AssertionError("in table " + table.name() + " keys are not in order");
      }
      last = entry[0];
      entries.put(entry[0], entry[1]);
      Optional<byte[]> alone = table.get(Picture.bytes(entry[0]));
      if (!alone.map(Picture::text).equals(Optional.of(entry[1]))) {
        throw new AssertionError("in table " + table.name() + " key " + entry[0] + " reads as "
            + (alone.isEmpty() ? "nothing" : "another value") + " by itself");
      }
    }
    return entries;
  }

  private static String[] entry(JetCursor cursor) {
    return new String[] {Picture.text(cursor.key()), Picture.text(cursor.value())};
  }
}
