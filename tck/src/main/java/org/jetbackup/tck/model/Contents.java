package org.jetbackup.tck.model;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jetbackup.api.JetCursor;
import org.jetbackup.api.JetDatabase;
import org.jetbackup.api.JetTable;
import org.jetbackup.api.KeyRange;

/**
 * Everything that a set of databases holds, as one sorted map of text: {@code database/table/} for a
 * table, {@code database/table/key} for a record. Bytes and characters correspond one to one (ISO
 * 8859-1). Immutable.
 *
 * @param entries the map
 */
public record Contents(NavigableMap<String, String> entries) {

  /** No database, no table. */
  public static final Contents EMPTY = new Contents(new TreeMap<>());

  private static final int ENTRIES_SHOWN = 20;
  private static final int DIFFERENCES_SHOWN = 5;
  private static final int VALUE_SHOWN = 24;

  /** Keeps a copy. */
  public Contents {
    entries = Collections.unmodifiableNavigableMap(new TreeMap<>(entries));
  }

  /** These contents and one entry more, or with another value. */
  public Contents with(String path, String value) {
    NavigableMap<String, String> copy = new TreeMap<>(entries);
    copy.put(path, value);
    return new Contents(copy);
  }

  /** These contents without one entry. */
  public Contents without(String path) {
    NavigableMap<String, String> copy = new TreeMap<>(entries);
    copy.remove(path);
    return new Contents(copy);
  }

  /** These contents without a database. */
  public Contents withoutDatabase(String database) {
    NavigableMap<String, String> copy = new TreeMap<>(entries);
    copy.keySet().removeIf(path -> path.startsWith(database + "/"));
    return new Contents(copy);
  }

  /** Reads a whole database, each table forwards, and once more backwards to compare. */
  public static Contents read(String name, JetDatabase database) {
    NavigableMap<String, String> entries = new TreeMap<>();
    for (String tableName : database.tables()) {
      String prefix = name + "/" + tableName + "/";
      entries.put(prefix, "");
      try (JetTable table = database.openTable(tableName);
          JetCursor cursor = table.cursor(KeyRange.all())) {
        List<Map.Entry<String, String>> forwards = new ArrayList<>();
        while (cursor.moveNext()) {
          forwards.add(Map.entry(prefix + text(cursor.key()), text(cursor.value())));
        }
        List<Map.Entry<String, String>> backwards = new ArrayList<>();
        while (cursor.movePrevious()) {
          backwards.add(0, Map.entry(prefix + text(cursor.key()), text(cursor.value())));
        }
        if (!forwards.equals(backwards)) {
          entries.put(prefix + "?", "forwards and backwards the table reads differently");
        }
        forwards.forEach(entry -> entries.put(entry.getKey(), entry.getValue()));
      }
    }
    return new Contents(entries);
  }

  /** Both contents together. */
  public Contents and(Contents other) {
    NavigableMap<String, String> copy = new TreeMap<>(entries);
    copy.putAll(other.entries);
    return new Contents(copy);
  }

  /** What differs, seen from the other: missing, extra and changed entries; empty if nothing. */
  public List<String> differencesOf(Contents seen) {
    List<String> differences = new ArrayList<>();
    entries.forEach((path, value) -> {
      String other = seen.entries.get(path);
      if (other == null) {
        differences.add("missing " + path);
      } else if (!other.equals(value)) {
        differences.add(path + " is " + cut(other) + " and not " + cut(value));
      }
    });
    seen.entries.keySet().stream()
        .filter(path -> !entries.containsKey(path))
        .forEach(path -> differences.add("extra " + path));
    return differences;
  }

  /** The first few differences in one line. */
  public String describeDifferencesOf(Contents seen) {
    List<String> all = differencesOf(seen);
    String shown = String.join(", ", all.subList(0, Math.min(all.size(), DIFFERENCES_SHOWN)));
    int more = all.size() - DIFFERENCES_SHOWN;
    return more > 0 ? shown + " and " + more + " more" : shown;
  }

  /** The entries in one line, the first of them if they are many. */
  @Override
  public String toString() {
    StringBuilder line = new StringBuilder("{");
    entries.entrySet().stream().limit(ENTRIES_SHOWN).forEach(entry -> {
      line.append(line.length() > 1 ? ", " : "").append(entry.getKey());
      if (!entry.getKey().endsWith("/")) {
        line.append('=').append(cut(entry.getValue()));
      }
    });
    int more = entries.size() - ENTRIES_SHOWN;
    return line.append(more > 0 ? " and " + more + " more}" : "}").toString();
  }

  /** Bytes as text. */
  public static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }

  /** Text as bytes. */
  public static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  private static String cut(String value) {
    return value.length() <= VALUE_SHOWN
        ? value
        : value.substring(0, VALUE_SHOWN) + "... (" + value.length() + " bytes)";
  }
}
