package org.jetbackup.tck.explore;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** What was explored, for people: a table of workload and profile, and a summary in one line. */
public final class CrashTable {

  private static final List<String> HEAD = List.of(
      "workload",
      "sector",
      "profile",
      "moments",
      "raw",
      "unique",
      "new",
      "judged",
      "again",
      "acceptable",
      "interesting",
      "forbidden",
      "seconds",
      "reach");

  private CrashTable() {}

  /**
   * What some explorations came to, the same in every run.
   *
   * @return one line
   */
  public static String summary(List<Exploration> rows) {
    Set<String> workloads = new LinkedHashSet<>();
    Set<String> profiles = new LinkedHashSet<>();
    long raw = 0;
    long judged = 0;
    long again = 0;
    int bounded = 0;
    for (Exploration row : rows) {
      workloads.add(row.workload().word());
      profiles.add(row.profile().word());
      raw += row.extent().raw();
      judged += row.judged();
      again += row.again();
      bounded += row.exhaustive() ? 0 : 1;
    }
    return String.format(
        Locale.ROOT,
        "%s: %,d different states (%,d raw) of %d workloads under %s, and %,d of second crashes",
        bounded == 0 ? "exhaustive" : "bounded in " + bounded + " of " + rows.size(),
        judged,
        raw,
        workloads.size(),
        String.join(", ", profiles),
        again);
  }

  /**
   * The table as Markdown, which is also how it reads best on a terminal.
   *
   * @return lines
   */
  public static List<String> markdown(List<Exploration> rows) {
    List<List<String>> cells = new ArrayList<>(List.of(HEAD));
    rows.forEach(row -> cells.add(cells(row)));
    cells.add(total(rows));
    int[] widths = new int[HEAD.size()];
    cells.forEach(line -> {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], line.get(i).length());
      }
    });
    List<String> lines = new ArrayList<>();
    for (List<String> line : cells) {
      StringBuilder text = new StringBuilder("|");
      for (int i = 0; i < widths.length; i++) {
        String format = isNumber(i) ? " %" + widths[i] + "s |" : " %-" + widths[i] + "s |";
        text.append(String.format(Locale.ROOT, format, line.get(i)));
      }
      lines.add(text.toString());
      if (lines.size() == 1) {
        lines.add(rule(widths));
      }
    }
    return lines;
  }

  private static boolean isNumber(int column) {
    return column == 1 || (column > 2 && column < HEAD.size() - 1);
  }

  private static String rule(int[] widths) {
    StringBuilder rule = new StringBuilder("|");
    for (int i = 0; i < widths.length; i++) {
      rule.append("-".repeat(widths[i] + 1)).append(isNumber(i) ? ":|" : "-|");
    }
    return rule.toString();
  }

  private static List<String> cells(Exploration row) {
    return List.of(
        row.workload().word(),
        Integer.toString(row.sectorSize()),
        row.profile().word(),
        number(row.extent().points()),
        number(row.extent().raw()),
        number(row.unique()),
        number(row.fresh()),
        number(row.judged()),
        number(row.again()),
        number(row.count(Grade.ACCEPTABLE)),
        number(row.count(Grade.INTERESTING)),
        number(row.count(Grade.FORBIDDEN)),
        seconds(row.millis()),
        row.reach());
  }

  private static List<String> total(List<Exploration> rows) {
    long[] sums = new long[HEAD.size()];
    for (Exploration row : rows) {
      long[] values = {
        0,
        0,
        0,
        row.extent().points(),
        row.extent().raw(),
        row.unique(),
        row.fresh(),
        row.judged(),
        row.again(),
        row.count(Grade.ACCEPTABLE),
        row.count(Grade.INTERESTING),
        row.count(Grade.FORBIDDEN),
        row.millis(),
        0
      };
      Arrays.setAll(sums, i -> sums[i] + values[i]);
    }
    List<String> cells = new ArrayList<>();
    for (int i = 0; i < sums.length; i++) {
      cells.add(i > 2 && i < 12 ? number(sums[i]) : "");
    }
    cells.set(0, "all");
    cells.set(12, seconds(sums[12]));
    return cells;
  }

  private static String number(long value) {
    return String.format(Locale.ROOT, "%,d", value);
  }

  private static String seconds(long millis) {
    return String.format(Locale.ROOT, "%.1f", millis / 1000.0);
  }
}
