package org.jetbackup.engine.catalog;

import org.jetbackup.engine.format.PageSize;

/**
 * How large a database begins and how it grows. Immutable.
 *
 * @param pageSize the size of its pages
 * @param initialPages how many pages a new file has, from {@value #PAGES_MIN} on
 * @param extensionPages by how many pages the file grows at least, from 1 on
 */
public record DatabaseOptions(PageSize pageSize, long initialPages, long extensionPages) {

  /** What a new database needs for its own tables, and a few pages for those of users. */
  public static final long PAGES_MIN = 34;

  /** Room for a small database in a file of 2 MiB, as the original makes it at 4 KiB. */
  public static final DatabaseOptions STANDARD = new DatabaseOptions(PageSize.KIB_8, 254, 128);

  /** Checks the numbers. */
  public DatabaseOptions {
    if (initialPages < PAGES_MIN || extensionPages < 1) {
      throw new IllegalArgumentException("pages at first = " + initialPages + ", allowed: from "
          + PAGES_MIN + " on; growth = " + extensionPages + ", allowed: from 1 on");
    }
  }
}
