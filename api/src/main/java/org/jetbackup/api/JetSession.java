package org.jetbackup.api;

import java.nio.file.Path;
import org.jetbackup.api.backup.DatabaseHeader;
import org.jetbackup.api.error.JetException;

/**
 * A session: the one who reads and writes.
 *
 * <p>A session, and everything opened through it, may be used by one thread at a time; a second
 * thread that comes in meanwhile gets {@code JET_errSessionSharingViolation} (-1910). Every method
 * can also fail with an error of {@linkplain InstanceState state} of its instance.
 *
 * <p><b>Transactions</b> have snapshot isolation: a transaction sees the state that was committed
 * when it began, and its own changes. Of two transactions that overlap in time and change the same
 * key, one gets {@code JET_errWriteConflict} (-1102), at the change or at its commit. A call outside
 * a transaction is a transaction of its own. Databases and tables are created and dropped outside
 * transactions only ({@code JET_errInTransaction}, -1108).
 *
 * <p>Source: specification clauses DATA-8, DATA-9, DATA-10 and CONC-4.
 */
public interface JetSession extends AutoCloseable {

  /**
   * Creates an empty database, attaches and opens it. Source: specification clauses CONC-2, CONC-3
   * and CAP-5.
   *
   * @param file the file to create; its directory must exist
   * @return the database, open
   * @throws JetException {@code JET_errDatabaseDuplicate} (-1201) if the file is there, {@code
   *     JET_errInvalidPath} (-1023) or {@code JET_errDatabaseInvalidPath} (-1217) if its directory is
   *     not, {@code JET_errBackupInProgress} (-505) while a backup runs, -1108 in a transaction
   */
  JetDatabase createDatabase(Path file);

  /**
   * Makes a database part of the instance. Attaching an attached database changes nothing. Source:
   * specification clauses CONC-2, CONC-3 and CAP-5.
   *
   * @param file the database file
   * @throws JetException {@code JET_errFileNotFound} (-1811) or {@code JET_errDatabaseNotFound}
   *     (-1203) if there is no such file, {@code JET_errSoftRecoveryOnBackupDatabase} (-544) if it
   *     was taken raw from a backup, -505 while a backup runs, -1108 in a transaction
   */
  void attachDatabase(Path file);

  /**
   * Ends the part of a database in the instance and leaves its file clean. Source: specification
   * clauses CONC-2 and CONC-3.
   *
   * @param file the database file
   * @throws JetException {@code JET_errDatabaseNotFound} (-1203) if it is not attached, {@code
   *     JET_errDatabaseInUse} (-1202) if somebody has it open, -505 while a backup runs, -1108 in a
   *     transaction, {@code JET_errFeatureNotAvailable} (-1001) if the engine does not detach
   */
  default void detachDatabase(Path file) {
    throw JetException.notAvailable("detachDatabase");
  }

  /**
   * Detaches a database and deletes its file.
   *
   * @param file the database file
   * @throws JetException as {@link #detachDatabase}, -1001 if the engine does not drop
   */
  default void dropDatabase(Path file) {
    throw JetException.notAvailable("dropDatabase");
  }

  /**
   * Opens an attached database.
   *
   * @param file the database file
   * @return the database, open
   * @throws JetException {@code JET_errDatabaseNotFound} (-1203) if it is not attached
   */
  JetDatabase openDatabase(Path file);

  /**
   * {@return what the header of an attached database says, its backup records among it}
   *
   * <p>Source: specification clauses TRUNC-5, TRUNC-6, TRUNC-9 and CAP-4.
   *
   * @param file the database file
   * @throws JetException {@code JET_errDatabaseNotFound} (-1203) if it is not attached, -1001 if
   *     the engine does not tell
   */
  default DatabaseHeader databaseHeader(Path file) {
    throw JetException.notAvailable("databaseHeader");
  }

  /**
   * Begins a transaction. Source: specification clauses DATA-9 and LIFE-4.
   *
   * @throws JetException {@code JET_errTransTooDeep} (-1103) inside a transaction, unless the engine
   *     nests them that deep
   */
  void beginTransaction();

  /**
   * Commits. When this returns, the transaction is durable: it survives a crash of the process and
   * of the machine. Source: specification clauses CRASH-1, DATA-10 and LIFE-10.
   *
   * @throws JetException {@code JET_errNotInTransaction} (-1054); {@code JET_errWriteConflict}
   *     (-1102), after which the transaction can only be rolled back; {@code JET_errLogWriteFail}
   *     (-510), after which nobody knows whether it is durable, and the instance is {@link
   *     InstanceState#UNAVAILABLE}
   */
  void commitTransaction();

  /**
   * Commits without waiting for durability. A crash may lose the transaction and those after it,
   * never one before it, and never a part.
   *
   * @throws JetException as {@link #commitTransaction}, which an engine may do instead
   */
  default void commitTransactionLazily() {
    commitTransaction();
  }

  /**
   * Rolls back: as if the transaction had never begun. Source: specification clause DATA-8.
   *
   * @throws JetException {@code JET_errNotInTransaction} (-1054)
   */
  void rollbackTransaction();

  /** Ends the session, rolls back its transaction, closes what it opened. Closing twice is fine. */
  @Override
  void close();
}
