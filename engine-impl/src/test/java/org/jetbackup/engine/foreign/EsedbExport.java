package org.jetbackup.engine.foreign;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jetbackup.engine.format.PageSize;

/**
 * The program {@code esedbexport}, made from libesedb.
 *
 * <p>It writes a file for each table, {@code Name.i}, where i is the table's place in the catalog
 * less one, and prints a line for each. Columns of bytes are in hexadecimal, whatever they hold.
 * Its other mode, which exports indexes too, fails on every real file.
 */
final class EsedbExport implements ForeignReader {

  private static final String PROGRAM = "esedbexport";
  private static final String TARGET = "tables";
  private static final Pattern TABLE =
      Pattern.compile("Exporting table (\\d+) \\((.*)\\)(?: out of \\d+)?\\.");
  private static final String COMPLETED = "Export completed.";

  private final Command command;

  EsedbExport(Duration limit) {
    this.command = new Command(limit);
  }

  @Override
  public String name() {
    return PROGRAM;
  }

  @Override
  public String origin() {
    return "libesedb-utils";
  }

  @Override
  public boolean isHere() {
    return !Command.onPath(PROGRAM).isEmpty();
  }

  @Override
  public boolean reads(PageSize size) {
    return true;
  }

  /** Debian's build finds them in rare cases only, newer ones always. */
  @Override
  public boolean followsLongValues() {
    return false;
  }

  @Override
  public Map<String, ForeignTable> readAll(Path database) {
    return command.run(
        List.of(PROGRAM, "-t", TARGET, database.toAbsolutePath().toString()), EsedbExport::tables);
  }

  @Override
  public ForeignTable read(Path database, String table) {
    Map<String, ForeignTable> tables = command.run(
        List.of(PROGRAM, "-T", table, "-t", TARGET, database.toAbsolutePath().toString()),
        EsedbExport::tables);
    ForeignTable found = tables.get(table);
    if (found == null) {
      throw new ForeignReadException(PROGRAM + " has not exported table " + table);
    }
    return found;
  }

  private static Map<String, ForeignTable> tables(Path directory, List<String> printed)
      throws IOException {
    if (!printed.contains(COMPLETED)) {
      throw new ForeignReadException(
          PROGRAM + " has not completed its export:\n" + String.join("\n", printed));
    }
    Map<String, ForeignTable> tables = new LinkedHashMap<>();
    for (String line : printed) {
      Matcher table = TABLE.matcher(line);
      if (table.matches()) {
        String name = table.group(2);
        int suffix = Integer.parseInt(table.group(1)) - 1;
        Path file = directory.resolve(TARGET + ".export").resolve(name + "." + suffix);
        tables.put(name, ExportFile.read(name, file));
      }
    }
    return tables;
  }
}
