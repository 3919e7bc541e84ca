package org.jetbackup.engine.verify;

import java.util.Arrays;

/**
 * How many references each long value of a table counts, and has. Ids come in rising order, as a
 * walk meets them, and are found by halving: a hash table could be made slow by chosen ids. Twenty
 * bytes an id, and a bounded number of ids. For one thread.
 */
final class ReferenceCounts {

  /** So many long values need 20 MiB. */
  static final int IDS_MAX = 1 << 20;

  private static final int FIRST_ROOM = 64;

  private long[] ids = new long[FIRST_ROOM];
  private int[] counted = new int[FIRST_ROOM];
  private int[] found = new int[FIRST_ROOM];
  private int[] pages = new int[FIRST_ROOM];
  private int count;

  /** Sees every id. */
  @FunctionalInterface
  interface Each {
    /** Looks at an id. */
    void accept(long id, long counted, long found, long page);
  }

  /** Adds an id, larger than those before; answers whether it is, and there was room. */
  boolean add(long id, int references, long page) {
    boolean rises = count == 0 || Long.compareUnsigned(id, ids[count - 1]) > 0;
    if (!rises || count == IDS_MAX) {
      return false;
    }
    if (count == ids.length) {
      ids = Arrays.copyOf(ids, 2 * count);
      counted = Arrays.copyOf(counted, 2 * count);
      found = Arrays.copyOf(found, 2 * count);
      pages = Arrays.copyOf(pages, 2 * count);
    }
    ids[count] = id;
    counted[count] = references;
    pages[count] = (int) page;
    count++;
    return true;
  }

  /** Counts a record that refers to an id; answers whether the id is there. */
  boolean refer(long id) {
    int low = 0;
    int high = count;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (Long.compareUnsigned(ids[middle], id) < 0) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    if (low == count || ids[low] != id) {
      return false;
    }
    found[low]++;
    return true;
  }

  void forEach(Each each) {
    for (int i = 0; i < count; i++) {
      each.accept(
          ids[i],
          Integer.toUnsignedLong(counted[i]),
          Integer.toUnsignedLong(found[i]),
          Integer.toUnsignedLong(pages[i]));
    }
  }

  int count() {
    return count;
  }
}
