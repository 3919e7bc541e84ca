package org.jetbackup.tck.explore;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A table in Markdown with columns that line up: words to the left, numbers to the right. */
final class MarkdownTable {

  private final int words;
  private final int numbers;
  private final List<List<String>> rows = new ArrayList<>();

  /** With these headings: words first, then numbers, then words again. */
  MarkdownTable(List<String> first, List<String> figures, List<String> last) {
    words = first.size();
    numbers = figures.size();
    add(first, figures, last);
  }

  /** Adds a row with as many cells as the headings. */
  void add(List<String> first, List<String> figures, List<String> last) {
    List<String> row = new ArrayList<>(first);
    row.addAll(figures);
    row.addAll(last);
    rows.add(row);
  }

  /** The lines, headings first. */
  List<String> lines() {
    int[] widths = new int[rows.get(0).size()];
    for (List<String> row : rows) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], row.get(i).length());
      }
    }
    List<String> lines = new ArrayList<>();
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder("|");
      for (int i = 0; i < widths.length; i++) {
        String format = isNumber(i) ? " %" + widths[i] + "s |" : " %-" + widths[i] + "s |";
        line.append(String.format(Locale.ROOT, format, row.get(i)));
      }
      lines.add(line.toString());
      if (lines.size() == 1) {
        lines.add(rule(widths));
      }
    }
    return lines;
  }

  private String rule(int[] widths) {
    StringBuilder rule = new StringBuilder("|");
    for (int i = 0; i < widths.length; i++) {
      rule.append("-".repeat(widths[i] + 1)).append(isNumber(i) ? ":|" : "-|");
    }
    return rule.toString();
  }

  private boolean isNumber(int column) {
    return column >= words && column < words + numbers;
  }
}
