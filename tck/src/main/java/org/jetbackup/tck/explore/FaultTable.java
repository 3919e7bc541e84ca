package org.jetbackup.tck.explore;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;
import org.jetbackup.tck.report.Table;

/** What fault sweeps came to, for people: a table of workload and fault, and one line. */
public final class FaultTable {

  private static final List<Table.Column> COLUMNS = List.of(
      Table.Column.text("workload"),
      Table.Column.text("fault"),
      Table.Column.number("points"),
      Table.Column.number("failed"),
      Table.Column.number("succeeded"),
      Table.Column.number("unavailable"),
      Table.Column.text("broken"));

  private static final String TITLE = "What came of faults";
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
   * @return a table for the report
   */
  public static Table table(List<SweepRow> rows) {
    List<List<String>> cells = new ArrayList<>();
    rows.stream()
        .filter(row -> row.points() > 0)
        .sorted(Comparator.comparing((SweepRow row) -> row.workload().word())
            .thenComparing(SweepRow::kind))
        .forEach(row -> cells.add(cells(row.workload().word(), row.kind(), List.of(row))));
    cells.add(cells(ALL, ALL, rows));
    return new Table(TITLE, COLUMNS, cells);
  }

  /**
   * The sum over all workloads for each kind of fault, sorted.
   *
   * @return a table for the report
   */
  public static Table byKind(List<SweepRow> rows) {
    Map<String, List<SweepRow>> kinds =
        rows.stream().collect(Collectors.groupingBy(SweepRow::kind));
    List<List<String>> cells = new ArrayList<>();
    kinds.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(kind -> cells.add(cells(ALL, kind.getKey(), kind.getValue())));
    cells.add(cells(ALL, ALL, rows));
    return new Table(TITLE, COLUMNS, cells);
  }

  private static List<String> cells(String workload, String kind, List<SweepRow> rows) {
    return List.of(
        workload,
        kind,
        Table.count(sum(rows, SweepRow::points)),
        Table.count(sum(rows, SweepRow::failed)),
        Table.count(sum(rows, SweepRow::succeeded)),
        Table.count(sum(rows, SweepRow::unavailable)),
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
