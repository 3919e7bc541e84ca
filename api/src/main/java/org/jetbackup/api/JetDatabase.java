package org.jetbackup.api;

import java.nio.file.Path;
import java.util.List;
import org.jetbackup.api.error.JetException;

/**
 * An attached database, opened by a session. The thread rule of {@link JetSession} holds.
 *
 * <p>Table names are 1 to 64 characters out of letters, digits, {@code _} and {@code -}. An engine
 * may take two that differ in case only for the same one, as the original does; a portable caller
 * has no such two.
 *
 * <p>Source: specification clause DATA-11.
 */
public interface JetDatabase extends AutoCloseable {

  /** {@return the database file, as it was given} */
  Path file();

  /**
   * Creates an empty table and opens it.
   *
   * @param name the name of the new table
   * @return the table, open
   * @throws JetException {@code JET_errTableDuplicate} (-1303), {@code JET_errInvalidName} (-1002)
   *     or {@code JET_errInvalidParameter} (-1003) for a name that is not legal, {@code
   *     JET_errInTransaction} (-1108)
   */
  JetTable createTable(String name);

  /**
   * Opens a table.
   *
   * @param name the name of the table
   * @return the table, open
   * @throws JetException {@code JET_errObjectNotFound} (-1305)
   */
  JetTable openTable(String name);

  /**
   * Drops a table with everything in it.
   *
   * @param name the name of the table
   * @throws JetException {@code JET_errObjectNotFound} (-1305), {@code JET_errTableInUse} (-1304) if
   *     it is open, {@code JET_errInTransaction} (-1108)
   */
  void dropTable(String name);

  /** {@return the names of all tables, in ascending order} */
  List<String> tables();

  /** Closes the handle and the tables opened through it; the database stays attached. */
  @Override
  void close();
}
