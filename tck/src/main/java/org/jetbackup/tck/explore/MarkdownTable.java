package org.jetbackup.tck.explore;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A table as Markdown, its columns aligned, which is also how it reads best on a terminal. */
final class MarkdownTable {

  /**
   * A column.
   *
   * @param title what stands above it
   * @param number whether it holds numbers, which stand at the right
   */
  record Column(String title, boolean number) {

    static Column text(String title) {
      return new Column(title, false);
    }

    static Column number(String title) {
      return new Column(title, true);
    }
  }

  private final List<Column> columns;
  private final List<List<String>> lines = new ArrayList<>();

  MarkdownTable(List<Column> columns) {
    this.columns = List.copyOf(columns);
    lines.add(columns.stream().map(Column::title).toList());
  }

  /** Adds a line with one cell for each column. */
  void add(List<String> cells) {
    if (cells.size() != columns.size()) {
      throw new IllegalArgumentException(
          cells.size() + " cells in a table of " + columns.size() + " columns");
    }
    lines.add(List.copyOf(cells));
  }

  /** The lines, the first two of which are the head. */
  List<String> lines() {
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
  static String count(long value) {
    return String.format(Locale.ROOT, "%,d", value);
  }
}
