package org.jetbackup.tck.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A table for people and programs. Immutable.
 *
 * @param title what it shows
 * @param columns its columns
 * @param rows one cell for each column
 */
public record Table(String title, List<Column> columns, List<List<String>> rows) {

  /**
   * A column.
   *
   * @param title what stands above it
   * @param number whether it holds numbers, which stand at the right
   */
  public record Column(String title, boolean number) {

    /** A column of words. */
    public static Column text(String title) {
      return new Column(title, false);
    }

    /** A column of numbers. */
    public static Column number(String title) {
      return new Column(title, true);
    }
  }

  /**
   * Keeps copies.
   *
   * @throws IllegalArgumentException if a row has too many or too few cells
   */
  public Table {
    columns = List.copyOf(columns);
    rows = rows.stream().map(List::copyOf).toList();
    for (List<String> row : rows) {
      if (row.size() != columns.size()) {
        throw new IllegalArgumentException(
            row.size() + " cells in a table of " + columns.size() + " columns");
      }
    }
  }

  /**
   * The table as Markdown, its columns aligned, which is also how it reads best on a terminal.
   *
   * @return lines, the first two of which are the head
   */
  public List<String> markdown() {
    List<List<String>> lines = new ArrayList<>();
    lines.add(columns.stream().map(Column::title).toList());
    lines.addAll(rows);
    int[] widths = new int[columns.size()];
    lines.forEach(line -> {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], line.get(i).length());
      }
    });
    List<String> texts = new ArrayList<>();
    for (List<String> line : lines) {
      StringBuilder text = new StringBuilder("|");
      for (int i = 0; i < widths.length; i++) {
        String format =
            columns.get(i).number() ? " %" + widths[i] + "s |" : " %-" + widths[i] + "s |";
        text.append(String.format(Locale.ROOT, format, line.get(i)));
      }
      texts.add(text.toString());
    }
    texts.add(1, rule(widths));
    return texts;
  }

  private String rule(int[] widths) {
    StringBuilder rule = new StringBuilder("|");
    for (int i = 0; i < widths.length; i++) {
      rule.append("-".repeat(widths[i] + 1)).append(columns.get(i).number() ? ":|" : "-|");
    }
    return rule.toString();
  }

  /** A count as people read it. */
  public static String count(long value) {
    return String.format(Locale.ROOT, "%,d", value);
  }
}
