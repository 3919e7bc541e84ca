package org.jetbackup.tck.explore;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;

/** What fault sweeps came to, for people: a table of workload and fault, and one line. */
public final class FaultTable {

  private static final List<MarkdownTable.Column> COLUMNS = List.of(
      MarkdownTable.Column.text("workload"),
      MarkdownTable.Column.text("fault"),
      MarkdownTable.Column.number("points"),
      MarkdownTable.Column.number("failed"),
      MarkdownTable.Column.number("succeeded"),
      MarkdownTable.Column.number("unavailable"),
      MarkdownTable.Column.text("broken"));

  private static final String ALL = "all";

  private FaultTable() {}

  /**
   * What some sweeps came to, the same in every run.
   *
   * @return one line
   */
  public static String summary(List<SweepRow> rows) {
    long bounded = rows.stream().filter(row -> !row.exhaustive()).count();
    return String.format(
        Locale.ROOT,
        "%s: %,d faults of %d kinds at the operations of %d calls; %,d failed, %,d succeeded",
        bounded == 0 ? "exhaustive" : "bounded in " + bounded + " of " + rows.size(),
        sum(rows, SweepRow::points),
        rows.stream().map(SweepRow::kind).distinct().count(),
        rows.stream().map(SweepRow::workload).distinct().count(),
        sum(rows, SweepRow::failed),
        sum(rows, SweepRow::succeeded));
  }

  /**
   * Every workload with every kind of fault that found an operation to strike, sorted, and the sum.
   *
   * @return lines
   */
  public static List<String> markdown(List<SweepRow> rows) {
    MarkdownTable table = new MarkdownTable(COLUMNS);
    rows.stream()
        .filter(row -> row.points() > 0)
        .sorted(Comparator.comparing((SweepRow row) -> row.workload().word())
            .thenComparing(SweepRow::kind))
        .forEach(row -> table.add(cells(row.workload().word(), row.kind(), List.of(row))));
    table.add(cells(ALL, ALL, rows));
    return table.lines();
  }

  /**
   * The sum over all workloads for each kind of fault, sorted.
   *
   * @return lines
   */
  public static List<String> markdownByKind(List<SweepRow> rows) {
    MarkdownTable table = new MarkdownTable(COLUMNS);
    Map<String, List<SweepRow>> kinds =
        rows.stream().collect(Collectors.groupingBy(SweepRow::kind));
    kinds.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(kind -> table.add(cells(ALL, kind.getKey(), kind.getValue())));
    table.add(cells(ALL, ALL, rows));
    return table.lines();
  }

  private static List<String> cells(String workload, String kind, List<SweepRow> rows) {
    return List.of(
        workload,
        kind,
        MarkdownTable.count(sum(rows, SweepRow::points)),
        MarkdownTable.count(sum(rows, SweepRow::failed)),
        MarkdownTable.count(sum(rows, SweepRow::succeeded)),
        MarkdownTable.count(sum(rows, SweepRow::unavailable)),
        rows.stream()
            .flatMap(row -> row.broken().keySet().stream())
            .distinct()
            .sorted()
            .collect(Collectors.joining(" ")));
  }

  private static int sum(List<SweepRow> rows, ToIntFunction<SweepRow> number) {
    return rows.stream().mapToInt(number).sum();
  }
}
