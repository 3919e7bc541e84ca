package org.jetbackup.tck.explore;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** What was explored, for people: a table of workload and profile, and a summary in one line. */
public final class CrashTable {

  private static final List<MarkdownTable.Column> COLUMNS = List.of(
      MarkdownTable.Column.text("workload"),
      MarkdownTable.Column.number("sector"),
      MarkdownTable.Column.text("profile"),
      MarkdownTable.Column.number("moments"),
      MarkdownTable.Column.number("raw"),
      MarkdownTable.Column.number("unique"),
      MarkdownTable.Column.number("new"),
      MarkdownTable.Column.number("judged"),
      MarkdownTable.Column.number("again"),
      MarkdownTable.Column.number("acceptable"),
      MarkdownTable.Column.number("interesting"),
      MarkdownTable.Column.number("forbidden"),
      MarkdownTable.Column.number("seconds"),
      MarkdownTable.Column.text("reach"));

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
    MarkdownTable table = new MarkdownTable(COLUMNS);
    rows.forEach(row -> table.add(cells(row)));
    table.add(total(rows));
    return table.lines();
  }

  private static List<String> cells(Exploration row) {
    return List.of(
        row.workload().word(),
        Integer.toString(row.sectorSize()),
        row.profile().word(),
        MarkdownTable.count(row.extent().points()),
        MarkdownTable.count(row.extent().raw()),
        MarkdownTable.count(row.unique()),
        MarkdownTable.count(row.fresh()),
        MarkdownTable.count(row.judged()),
        MarkdownTable.count(row.again()),
        MarkdownTable.count(row.count(Grade.ACCEPTABLE)),
        MarkdownTable.count(row.count(Grade.INTERESTING)),
        MarkdownTable.count(row.count(Grade.FORBIDDEN)),
        seconds(row.millis()),
        row.reach());
  }

  private static List<String> total(List<Exploration> rows) {
    long[] sums = new long[COLUMNS.size()];
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
      cells.add(i > 2 && i < 12 ? MarkdownTable.count(sums[i]) : "");
    }
    cells.set(0, "all");
    cells.set(12, seconds(sums[12]));
    return cells;
  }

  private static String seconds(long millis) {
    return String.format(Locale.ROOT, "%.1f", millis / 1000.0);
  }
}
