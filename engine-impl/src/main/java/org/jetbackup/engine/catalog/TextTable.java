package org.jetbackup.engine.catalog;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Rows of words and numbers as aligned lines, for a terminal. For one thread. */
final class TextTable {

  private static final char STANDS_FOR_CONTROL = '?';

  private final List<String> titles;
  private final List<List<String>> rows = new ArrayList<>();
  private final int words;

  /** The first so many columns hold words, the others numbers, which stand at the right. */
  TextTable(int words, String... titles) {
    this.words = words;
    this.titles = List.of(titles);
  }

  TextTable add(Object... cells) {
    if (cells.length != titles.size()) {
      throw new IllegalArgumentException(
          cells.length + " cells in a table of " + titles.size() + " columns");
    }
    rows.add(Arrays.stream(cells).map(TextTable::text).toList());
    return this;
  }

  /** {@return head, rule, and a line for each row} */
  List<String> lines() {
    int[] widths = titles.stream().mapToInt(String::length).toArray();
    for (List<String> row : rows) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], row.get(i).length());
      }
    }
    List<String> lines = new ArrayList<>();
    lines.add(line(titles, widths));
    StringBuilder rule = new StringBuilder("|");
    for (int i = 0; i < widths.length; i++) {
      rule.append("-".repeat(widths[i] + 1)).append(i < words ? "-|" : ":|");
    }
    lines.add(rule.toString());
    rows.forEach(row -> lines.add(line(row, widths)));
    return lines;
  }

  private String line(List<String> cells, int[] widths) {
    StringBuilder line = new StringBuilder("|");
    for (int i = 0; i < widths.length; i++) {
      String pad = " ".repeat(widths[i] - cells.get(i).length());
      line.append(' ')
          .append(i < words ? cells.get(i) + pad : pad + cells.get(i))
          .append(" |");
    }
    return line.toString();
  }

  /** Numbers as people read them; and no file gets to send commands to a terminal. */
  static String text(Object value) {
    if (value instanceof Long || value instanceof Integer) {
      return String.format(Locale.ROOT, "%,d", ((Number) value).longValue());
    }
    StringBuilder text = new StringBuilder(value.toString());
    for (int i = 0; i < text.length(); i++) {
      if (Character.isISOControl(text.charAt(i))) {
        text.setCharAt(i, STANDS_FOR_CONTROL);
      }
    }
    return text.toString();
  }
}
