package org.jetbackup.engine.backup;

import java.util.Comparator;

/**
 * A row of one of the tables that {@link StampingWriter}s write, known by its number. Which number
 * belongs to whom:
 *
 * <pre>
 *   writer * 1000 ...   its own rows
 *   900000 + writer     its witnesses: every transaction writes them, one in each table
 *   990000 ...          shared by all writers
 * </pre>
 *
 * @param table which table, from 0 on
 * @param number the number of the row
 */
record StampedRow(int table, int number) implements Comparable<StampedRow> {

  /** The first two lie in one database, the third in another. */
  static final int TABLES = 3;

  /** Own rows of a writer in each table. */
  static final int OWN = 60;

  /** Shared rows, all of them in the table 0. */
  static final int SHARED = 12;

  private static final int OF_WRITER = 1000;
  private static final int FIRST_WITNESS = 900_000;
  private static final int FIRST_SHARED = 990_000;

  private static final Comparator<StampedRow> ORDER =
      Comparator.comparingInt(StampedRow::table).thenComparingInt(StampedRow::number);

  static StampedRow own(int table, int writer, int index) {
    return new StampedRow(table, writer * OF_WRITER + index);
  }

  static StampedRow witness(int table, int writer) {
    return new StampedRow(table, FIRST_WITNESS + writer);
  }

  static StampedRow shared(int index) {
    return new StampedRow(0, FIRST_SHARED + index);
  }

  boolean isShared() {
    return number >= FIRST_SHARED;
  }

  byte[] key() {
    return Site.key(number);
  }

  @Override
  public int compareTo(StampedRow other) {
    return ORDER.compare(this, other);
  }
}
