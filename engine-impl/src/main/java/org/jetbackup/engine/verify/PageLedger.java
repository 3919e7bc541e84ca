package org.jetbackup.engine.verify;

/**
 * The accounts of all pages: to which tree a page belongs, and what that tree does with it.
 *
 * <p>Two numbers a page, in pieces that come into being with the first page that needs them. A tree
 * is a number from 1 on; 0 = none. For one thread.
 *
 * <pre>
 *   owner    the innermost tree that owns the page: first the database, then a table, then an
 *            index of it or its long values; each takes the page from the one above
 *   account  +tree if a tree uses the page, -tree if it is free in a tree
 * </pre>
 */
final class PageLedger {

  /** What the accounts of a page need. */
  static final long BYTES_A_PAGE = 2L * Integer.BYTES;

  private static final int PIECE_BITS = 16;
  private static final int PIECE = 1 << PIECE_BITS;

  /** The owner of pages outside the database. */
  static final int NOBODY = -1;

  private final long pages;
  private final int[][] owner;
  private final int[][] account;

  /** Accounts for the pages 1 to a last. */
  PageLedger(long pages) {
    this.pages = pages;
    int pieces = (int) (pages >>> PIECE_BITS) + 1;
    owner = new int[pieces][];
    account = new int[pieces][];
  }

  long pages() {
    return pages;
  }

  boolean contains(long page) {
    return page >= 1 && page <= pages;
  }

  int owner(long page) {
    return get(owner, page);
  }

  /** Gives a page to a tree, if the tree above had it; answers whose it was. */
  int own(long page, int parent, int tree) {
    int before = get(owner, page);
    if (before == parent) {
      set(owner, page, tree);
    }
    return before;
  }

  int account(long page) {
    return get(account, page);
  }

  void use(long page, int tree) {
    set(account, page, tree);
  }

  void free(long page, int tree) {
    set(account, page, -tree);
  }

  private static int get(int[][] pieces, long page) {
    int[] piece = pieces[(int) (page >>> PIECE_BITS)];
    return piece == null ? 0 : piece[(int) (page & PIECE - 1)];
  }

  private static void set(int[][] pieces, long page, int value) {
    int index = (int) (page >>> PIECE_BITS);
    if (pieces[index] == null) {
      pieces[index] = new int[PIECE];
    }
    pieces[index][(int) (page & PIECE - 1)] = value;
  }
}
