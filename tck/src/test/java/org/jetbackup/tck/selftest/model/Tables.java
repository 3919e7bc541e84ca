package org.jetbackup.tck.selftest.model;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The content of one database: immutable; a change makes a new one that shares untouched tables.
 */
final class Tables {

  static final Tables NONE = new Tables(new TreeMap<>());

  private final SortedMap<String, NavigableMap<Bytes, Bytes>> tables;

  private Tables(SortedMap<String, NavigableMap<Bytes, Bytes>> tables) {
    this.tables = Collections.unmodifiableSortedMap(tables);
  }

  List<String> names() {
    return List.copyOf(tables.keySet());
  }

  /** The rows of a table; not to be changed. */
  Optional<NavigableMap<Bytes, Bytes>> rows(String table) {
    return Optional.ofNullable(tables.get(table)).map(Collections::unmodifiableNavigableMap);
  }

  /** This content after changes; those that concern no table of it have no effect. */
  Tables with(List<Change> changes) {
    SortedMap<String, NavigableMap<Bytes, Bytes>> next = new TreeMap<>(tables);
    Set<String> copied = new HashSet<>();
    for (Change change : changes) {
      String table = change.table();
      if (next.containsKey(table) && copied.add(table)) {
        next.put(table, new TreeMap<>(next.get(table)));
      }
      switch (change.kind()) {
        case CREATE_TABLE -> next.put(table, new TreeMap<>());
        case DROP_TABLE -> next.remove(table);
        case PUT -> rowsOf(next, table).put(change.key(), change.value());
        case DELETE -> rowsOf(next, table).remove(change.key());
        default -> {} // concerns the database as a whole
      }
    }
    return new Tables(next);
  }

  private static NavigableMap<Bytes, Bytes> rowsOf(
      SortedMap<String, NavigableMap<Bytes, Bytes>> tables, String table) {
    return Optional.ofNullable(tables.get(table)).orElseGet(TreeMap::new);
  }

  void write(DataOutputStream out) throws IOException {
    out.writeInt(tables.size());
    for (Map.Entry<String, NavigableMap<Bytes, Bytes>> table : tables.entrySet()) {
      out.writeUTF(table.getKey());
      out.writeInt(table.getValue().size());
      for (Map.Entry<Bytes, Bytes> row : table.getValue().entrySet()) {
        row.getKey().write(out);
        row.getValue().write(out);
      }
    }
  }

  static Tables read(DataInputStream in) throws IOException {
    SortedMap<String, NavigableMap<Bytes, Bytes>> tables = new TreeMap<>();
    for (int table = in.readInt(); table > 0; table--) {
      NavigableMap<Bytes, Bytes> rows = new TreeMap<>();
      tables.put(in.readUTF(), rows);
      for (int row = in.readInt(); row > 0; row--) {
        rows.put(Bytes.read(in), Bytes.read(in));
      }
    }
    return new Tables(tables);
  }
}
