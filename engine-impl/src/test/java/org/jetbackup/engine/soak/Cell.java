package org.jetbackup.engine.soak;

import java.util.Comparator;

/**
 * A key of one of the tables.
 *
 * @param table which table, from 0 on
 * @param key the number of the key
 */
record Cell(int table, int key) implements Comparable<Cell> {

  /** The names of the tables. */
  static final String[] TABLES = {"first", "second"};

  private static final Comparator<Cell> ORDER =
      Comparator.comparingInt(Cell::table).thenComparingInt(Cell::key);

  /** Where a writer notes its last transaction. */
  static Cell witness(int writer) {
    return new Cell(0, Keys.witness(writer));
  }

  @Override
  public int compareTo(Cell other) {
    return ORDER.compare(this, other);
  }

  @Override
  public String toString() {
    return "table " + TABLES[table] + " " + Keys.name(key);
  }
}
