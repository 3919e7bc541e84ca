package org.jetbackup.engine.foreign;

import java.nio.file.Path;
import java.util.Map;
import org.jetbackup.engine.format.PageSize;

/** A program that reads database files and was written by others. */
public interface ForeignReader {

  /** {@return the name of the program, for messages} */
  String name();

  /** {@return what to install, for messages} */
  String origin();

  /** {@return whether the program can be run here} */
  boolean isHere();

  /**
   * Says what files can be given to it.
   *
   * @param size the page size of a file
   * @return whether the program reads such files
   */
  boolean reads(PageSize size);

  /** {@return whether it shows values that lie outside their record} */
  boolean followsLongValues();

  /**
   * Reads everything.
   *
   * @param database a file on the default file system
   * @return every table, the system's own among them, by its name, in the order of the catalog
   * @throws ForeignReadException if the program fails or does not end
   */
  Map<String, ForeignTable> readAll(Path database);

  /**
   * Reads one table.
   *
   * @param database a file on the default file system
   * @param table its name
   * @return the table
   * @throws ForeignReadException if the program fails, does not end, or finds no such table
   */
  ForeignTable read(Path database, String table);
}
