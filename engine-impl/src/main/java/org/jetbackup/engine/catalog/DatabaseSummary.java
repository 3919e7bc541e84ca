package org.jetbackup.engine.catalog;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jetbackup.api.error.JetException;
import org.jetbackup.engine.format.DatabaseFileHeader;
import org.jetbackup.engine.format.HeaderField;
import org.jetbackup.engine.format.LogTime;
import org.jetbackup.engine.format.Signature;
import org.jetbackup.engine.record.Bytes;
import org.jetbackup.engine.record.Column;
import org.jetbackup.engine.record.ColumnFlags;
import org.jetbackup.engine.record.TableFlags;

/**
 * What a person wants to know of a database file first: whether it is whole, what made it and when,
 * and what tables are in it. Immutable.
 *
 * @param file the path
 * @param header the header
 * @param bytes the length of the file
 * @param tables the tables, those of users first, then in the order of their object ids
 */
public record DatabaseSummary(
    Path file, DatabaseFileHeader header, long bytes, List<Entry> tables) {

  private static final String NEVER = "never";

  /**
   * A table.
   *
   * @param table the table
   * @param rows how many rows it has; those that were met, if it is damaged
   * @param damage what broke the counting off; empty if nothing did
   */
  public record Entry(TableDefinition table, long rows, String damage) {

    /** {@return whether it is one of the engine's own} */
    public boolean isSystem() {
      return (table.table().flags() & TableFlags.SYSTEM) != 0;
    }
  }

  /** Copies the list. */
  public DatabaseSummary {
    tables = List.copyOf(tables);
  }

  /**
   * Summarises a database. Counts the rows of every table, so all its leaves are read.
   *
   * @param database a database that is open for reading only
   * @return the summary; a table that is damaged has an entry that says so
   * @throws JetException if the catalog cannot be read
   */
  public static DatabaseSummary of(Database database) {
    List<Entry> entries = new ArrayList<>();
    for (TableDefinition table : database.catalog().tables()) {
      RisingCursor cursor = new RisingCursor(database, table.table());
      String damage = "";
      try {
        while (cursor.next()) {
          // the cursor counts
        }
      } catch (JetException e) {
        damage = e.toString();
      }
      entries.add(new Entry(table, cursor.rows(), damage));
    }
    List<Entry> ordered = Stream.concat(
            entries.stream().filter(entry -> !entry.isSystem()),
            entries.stream().filter(Entry::isSystem))
        .toList();
    return new DatabaseSummary(
        database.path(), database.header(), database.pages().file().size(), ordered);
  }

  /** {@return the summary for a terminal: facts of the header, an empty line, the tables} */
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    fact(lines, "File", file);
    fact(lines, "State", header.state());
    fact(lines, "Size", size());
    fact(lines, "Format", format());
    Signature signature = header.get(HeaderField.DATABASE_SIGNATURE);
    fact(
        lines,
        "Created",
        or(signature.created(), "unknown") + ", signature "
            + String.format(Locale.ROOT, "%08x", signature.random()));
    fact(lines, "Attached", or(header.get(HeaderField.ATTACH_TIME), NEVER));
    fact(lines, "Detached", or(header.get(HeaderField.DETACH_TIME), NEVER));
    fact(lines, "Full backup", or(header.get(HeaderField.FULL_BACKUP).time(), NEVER));
    fact(
        lines,
        "Incremental backup",
        or(header.get(HeaderField.INCREMENTAL_BACKUP).time(), NEVER));
    lines.add("");
    TextTable table =
        new TextTable(2, "Table", "Kind", "Rows", "Columns", "Indexes", "Object id", "Root page");
    for (Entry entry : tables) {
      TableDefinition here = entry.table();
      table.add(
          here.name(),
          entry.isSystem() ? "system" : "user",
          entry.damage().isEmpty() ? (Object) entry.rows() : "damaged",
          here.columns().size(),
          here.indexes().size(),
          here.id(),
          here.table().rootPage());
    }
    lines.addAll(table.lines());
    for (Entry entry : tables) {
      if (!entry.damage().isEmpty()) {
        lines.add(TextTable.text(entry.table().name() + " is damaged after " + entry.rows()
            + " rows: " + entry.damage()));
      }
    }
    return lines;
  }

  /**
   * Describes the columns of a table.
   *
   * @param table the table
   * @return lines for a terminal, the first two of which are the head
   */
  public static List<String> columnLines(TableDefinition table) {
    TextTable text = new TextTable(5, "Column", "Type", "Kind", "Flags", "Default", "Id", "Most");
    for (Column column : table.columns()) {
      text.add(
          column.name(),
          column.type(),
          column.kind(),
          flags(column.flags()),
          column.defaultValue().map(Bytes::toString).orElse(""),
          column.id(),
          column.maxLength());
    }
    return text.lines();
  }

  private String size() {
    long pages = header.pageSize().pagesIn(bytes);
    return String.format(
        Locale.ROOT,
        "%,d bytes, %,d pages of %,d",
        bytes,
        pages,
        header.pageSize().bytes());
  }

  private String format() {
    return String.format(
        Locale.ROOT,
        "0x%x, update %d; written by system %d.%d.%d",
        DatabaseFileHeader.FORMAT_VERSION,
        header.get(HeaderField.FORMAT_UPDATE),
        header.get(HeaderField.SYSTEM_MAJOR),
        header.get(HeaderField.SYSTEM_MINOR),
        header.get(HeaderField.SYSTEM_BUILD));
  }

  private static String flags(int flags) {
    List<String> names = new ArrayList<>();
    name(names, flags, ColumnFlags.NOT_NULL, "not null");
    name(names, flags, ColumnFlags.AUTO_INCREMENT, "counts up");
    name(names, flags, ColumnFlags.VERSION, "version");
    name(names, flags, ColumnFlags.MULTI_VALUED, "many values");
    name(names, flags, ColumnFlags.COMPRESSED, "compressed");
    name(names, flags, ColumnFlags.ENCRYPTED, "encrypted");
    return String.join(", ", names);
  }

  private static void name(List<String> names, int flags, int flag, String name) {
    if ((flags & flag) != 0) {
      names.add(name);
    }
  }

  private static void fact(List<String> lines, String name, Object value) {
    lines.add(String.format(Locale.ROOT, "%-19s %s", name, TextTable.text(value)));
  }

  private static String or(LogTime time, String otherwise) {
    return time.bits() == 0 ? otherwise : time.toString();
  }
}
