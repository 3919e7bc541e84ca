package org.jetbackup.tck.crash;

import java.util.List;

/**
 * The smallest part of a change that a crash loses or keeps as a whole.
 *
 * <p>Files and directories go by a number of their own (like an inode), because names change.
 */
sealed interface Unit {

  /** The place of the unit in the order in which units came up, from 0. */
  int number();

  /** The index of the event that it comes from. */
  int event();

  /** How it is called within its event: {@code name}, {@code size}, {@code sector 3}. */
  String label();

  /** A unit of the content of one file. */
  sealed interface OfFile extends Unit {
    /** The number of the file. */
    int file();
  }

  /**
   * New content of one sector.
   *
   * @param content the number of the whole sector in the pool
   */
  record Sector(int number, int event, int file, int sector, int content) implements OfFile {
    @Override
    public String label() {
      return "sector " + sector;
    }
  }

  /** A new size. */
  record Size(int number, int event, int file, long size, boolean shrinks) implements OfFile {
    @Override
    public String label() {
      return "size";
    }
  }

  /**
   * New meanings of one or two names, all or none of them.
   *
   * @param label {@code name}; where a move is split, {@code old name} and {@code new name}
   */
  record Entry(int number, int event, List<Cell> cells, String label) implements Unit {
    boolean touches(Entry other) {
      return cells.stream().anyMatch(cell -> other.cells.stream().anyMatch(cell::samePlace));
    }

    boolean touches(int directory) {
      return cells.stream().anyMatch(cell -> cell.directory == directory);
    }
  }

  /**
   * What one name in one directory means.
   *
   * @param target the number of what it names, or {@link #ABSENT}
   */
  record Cell(int directory, String name, int target) {
    static final int ABSENT = -1;

    boolean samePlace(Cell other) {
      return directory == other.directory && name.equals(other.name);
    }
  }
}
