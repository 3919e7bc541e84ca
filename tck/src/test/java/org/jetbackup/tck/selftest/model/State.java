package org.jetbackup.tck.selftest.model;

import java.util.Collections;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** What all attached databases hold at one moment: immutable, by name of the database. */
record State(SortedMap<String, Tables> databases) {

  static final State EMPTY = new State(Collections.emptySortedMap());

  State {
    databases = Collections.unmodifiableSortedMap(databases);
  }

  boolean has(String database) {
    return databases.containsKey(database);
  }

  Tables tables(String database) {
    return databases.getOrDefault(database, Tables.NONE);
  }

  Optional<NavigableMap<Bytes, Bytes>> rows(String database, String table) {
    return tables(database).rows(table);
  }

  /** This state with one database added or replaced. */
  State with(String database, Tables tables) {
    SortedMap<String, Tables> next = new TreeMap<>(databases);
    next.put(database, tables);
    return new State(next);
  }

  State without(String database) {
    SortedMap<String, Tables> next = new TreeMap<>(databases);
    next.remove(database);
    return new State(next);
  }

  /** This state after changes to tables and records. */
  State with(List<Change> changes) {
    State next = this;
    for (String database : changes.stream().map(Change::database).distinct().toList()) {
      List<Change> own =
          changes.stream().filter(c -> c.database().equals(database)).toList();
      next = next.with(database, next.tables(database).with(own));
    }
    return next;
  }
}
