package org.jetbackup.engine.foreign;

import java.util.HexFormat;
import java.util.List;

/**
 * A table as a foreign program shows it: text as it is, numbers in decimal, bytes in hexadecimal.
 * NULL and empty are both the empty cell.
 *
 * @param name the table's name
 * @param columns the names of its columns
 * @param rows its rows in the order in which the program shows them; each has a cell per column
 */
public record ForeignTable(String name, List<String> columns, List<List<String>> rows) {

  /** Copies the lists, and refuses a row of another width. */
  public ForeignTable {
    columns = List.copyOf(columns);
    rows = List.copyOf(rows);
    for (int i = 0; i < rows.size(); i++) {
      if (rows.get(i).size() != columns.size()) {
        throw new ForeignReadException("table " + name + ", row " + i + " has "
            + rows.get(i).size() + " cells for " + columns.size() + " columns");
      }
    }
  }

  /**
   * Looks at one cell.
   *
   * @param row the row, from 0 on
   * @param column the name of the column
   * @return the cell as printed
   */
  public String cell(int row, String column) {
    return rows.get(row).get(indexOf(column));
  }

  /**
   * Looks at one cell of a column of bytes.
   *
   * @param row the row, from 0 on
   * @param column the name of the column
   * @return its bytes; none for NULL
   */
  public byte[] bytes(int row, String column) {
    return HexFormat.of().parseHex(cell(row, column));
  }

  /** Looks at a whole column. */
  List<String> column(String column) {
    int index = indexOf(column);
    return rows.stream().map(row -> row.get(index)).toList();
  }

  private int indexOf(String column) {
    int index = columns.indexOf(column);
    if (index < 0) {
      throw new ForeignReadException(
          "table " + name + " has no column " + column + ", but " + columns);
    }
    return index;
  }
}
