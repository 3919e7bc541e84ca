package org.jetbackup.engine.durable;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * All that the databases of an instance hold: database, table, key, value. Immutable by convention:
 * every change makes another one.
 *
 * <p>Keys and values are strings of characters up to 255, one for each byte: such strings compare
 * as unsigned bytes do.
 *
 * @param databases by file name
 */
record Picture(SortedMap<String, SortedMap<String, SortedMap<String, String>>> databases) {

  static final Picture EMPTY = new Picture(new TreeMap<>());

  private static final int DIFFERENCES_SHOWN = 8;
  private static final int SHOWN_MAX = 24;

  static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  private Picture copy() {
    SortedMap<String, SortedMap<String, SortedMap<String, String>>> copy = new TreeMap<>();
    databases.forEach((name, tables) -> copy.put(name, new TreeMap<>(tables)));
    return new Picture(copy);
  }

  Picture withDatabase(String database) {
    Picture other = copy();
    other.databases.put(database, new TreeMap<>());
    return other;
  }

  Picture withoutDatabase(String database) {
    Picture other = copy();
    other.databases.remove(database);
    return other;
  }

  Picture withTable(String database, String table, SortedMap<String, String> entries) {
    Picture other = copy();
    other.tables(database).put(table, entries);
    return other;
  }

  Picture withoutTable(String database, String table) {
    Picture other = copy();
    other.tables(database).remove(table);
    return other;
  }

  /** With the last write to each key of a transaction. */
  Picture after(List<Write> writes) {
    Picture other = copy();
    for (Write write : writes) {
      SortedMap<String, SortedMap<String, String>> tables = other.tables(write.database());
      SortedMap<String, String> entries = new TreeMap<>(tables.get(write.table()));
      if (write.value() == null) {
        entries.remove(write.key());
      } else {
        entries.put(write.key(), write.value());
      }
      tables.put(write.table(), entries);
    }
    return other;
  }

  SortedMap<String, SortedMap<String, String>> tables(String database) {
    return databases.getOrDefault(database, new TreeMap<>());
  }

  /**
   * Sets one key.
   *
   * @param value null if the key is deleted
   */
  record Write(String database, String table, String key, String value) {}

  /** The first differences, one a line, empty if there are none. */
  String differencesOf(Picture found) {
    List<String> lines = new ArrayList<>();
    Map<String, String> mine = flat();
    Map<String, String> theirs = found.flat();
    TreeSet<String> names = new TreeSet<>(mine.keySet());
    names.addAll(theirs.keySet());
    for (String name : names) {
      String wanted = mine.get(name);
      String is = theirs.get(name);
      if (wanted == null || !wanted.equals(is)) {
        lines.add("  " + name + ": " + shown(is) + " instead of " + shown(wanted));
      }
    }
    int more = lines.size() - DIFFERENCES_SHOWN;
    return more <= 0
        ? String.join("\n", lines)
        : String.join("\n", lines.subList(0, DIFFERENCES_SHOWN)) + "\n  and " + more + " more";
  }

  private Map<String, String> flat() {
    Map<String, String> flat = new TreeMap<>();
    databases.forEach((database, tables) -> {
      flat.put(database, "there");
      tables.forEach((table, entries) -> {
        flat.put(database + "/" + table, "there");
        entries.forEach((key, value) -> flat.put(database + "/" + table + "/" + key, value));
      });
    });
    return flat;
  }

  private static String shown(String value) {
    if (value == null) {
      return "nothing";
    }
    String begin = value.substring(0, Math.min(value.length(), SHOWN_MAX));
    String text =
        begin.matches("[ -~]*") ? "'" + begin + "'" : HexFormat.of().formatHex(bytes(begin));
    return value.length() == begin.length() ? text : text + "... of " + value.length();
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder("{");
    databases.forEach((database, tables) -> tables.forEach((table, entries) -> text.append(database)
        .append('/')
        .append(table)
        .append(": ")
        .append(entries.size())
        .append(" entries; ")));
    return text.append(databases.keySet()).append('}').toString();
  }
}
