package org.jetbackup.tck.explore;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jetbackup.tck.crash.Profile;
import org.jetbackup.tck.report.Table;

/** What was explored, for people: a table of workload and profile, and a summary in one line. */
public final class CrashTable {

  private static final String TITLE = "What crashes left";

  /** The last one is the time, which differs from run to run. */
  private static final List<String> NUMBERS = List.of(
      "moments",
      "raw",
      "unique",
      "new",
      "judged",
      "again",
      "acceptable",
      "interesting",
      "forbidden",
      "seconds");

  /** The numbers of one row, or the sums of several. */
  private record Figures(List<Long> values, int bounded, int rows) {
    private static Figures of(List<Exploration> rows) {
      long[] sums = new long[NUMBERS.size()];
      for (Exploration row : rows) {
        long[] values = {
          row.extent().points(),
          row.extent().raw(),
          row.unique(),
          row.fresh(),
          row.judged(),
          row.again(),
          row.count(Grade.ACCEPTABLE),
          row.count(Grade.INTERESTING),
          row.count(Grade.FORBIDDEN),
          row.millis()
        };
        for (int i = 0; i < sums.length; i++) {
          sums[i] += values[i];
        }
      }
      int bounded = (int) rows.stream().filter(row -> !row.exhaustive()).count();
      return new Figures(Arrays.stream(sums).boxed().toList(), bounded, rows.size());
    }

    private List<String> cells() {
      List<String> cells = new ArrayList<>();
      for (long value : values.subList(0, values.size() - 1)) {
        cells.add(Table.count(value));
      }
      cells.add(String.format(Locale.ROOT, "%.1f", values.get(values.size() - 1) / 1000.0));
      return cells;
    }

    private String reach() {
      return bounded == 0 ? "exhaustive" : "bounded in " + bounded + " of " + rows;
    }
  }

  private CrashTable() {}

  /**
   * What some explorations came to, the same in every run.
   *
   * @return one line
   */
  public static String summary(List<Exploration> rows) {
    Figures sums = Figures.of(rows);
    Set<String> workloads =
        rows.stream().map(row -> row.workload().word()).collect(Collectors.toSet());
    Set<String> profiles = rows.stream()
        .map(row -> row.profile().word())
        .collect(Collectors.toCollection(LinkedHashSet::new));
    return String.format(
        Locale.ROOT,
        "%s: %,d states of their own (%,d raw) of %d workloads under %s, %,d of second crashes",
        sums.reach(),
        sums.values().get(4),
        sums.values().get(1),
        workloads.size(),
        String.join(", ", profiles),
        sums.values().get(5));
  }

  /**
   * One row for each workload and profile, with the time that each took.
   *
   * @return lines of Markdown
   */
  public static List<String> markdown(List<Exploration> rows) {
    return byWorkload(rows, NUMBERS.size()).markdown();
  }

  /**
   * One row for each workload and profile, the same in every run.
   *
   * @return a table for the report
   */
  public static Table table(List<Exploration> rows) {
    return byWorkload(rows, NUMBERS.size() - 1);
  }

  /**
   * One row for each profile.
   *
   * @return lines of Markdown
   */
  public static List<String> byProfile(List<Exploration> rows) {
    Map<Profile, List<Exploration>> profiles = new EnumMap<>(Profile.class);
    rows.forEach(
        row -> profiles.computeIfAbsent(row.profile(), p -> new ArrayList<>()).add(row));
    List<List<String>> cells = new ArrayList<>();
    profiles.forEach((profile, own) -> {
      Figures sums = Figures.of(own);
      cells.add(cells(List.of(profile.word()), sums, NUMBERS.size(), sums.reach()));
    });
    Figures sums = Figures.of(rows);
    cells.add(cells(List.of("all"), sums, NUMBERS.size(), sums.reach()));
    return new Table(TITLE, columns(List.of("profile"), NUMBERS.size()), cells).markdown();
  }

  private static Table byWorkload(List<Exploration> rows, int numbers) {
    List<List<String>> cells = new ArrayList<>();
    for (Exploration row : rows) {
      List<String> what = List.of(
          row.workload().word(),
          Integer.toString(row.sectorSize()),
          row.profile().word());
      cells.add(cells(what, Figures.of(List.of(row)), numbers, row.reach()));
    }
    Figures sums = Figures.of(rows);
    cells.add(cells(List.of("all", "", ""), sums, numbers, sums.reach()));
    return new Table(TITLE, columns(List.of("workload", "sector", "profile"), numbers), cells);
  }

  private static List<Table.Column> columns(List<String> what, int numbers) {
    List<Table.Column> columns = new ArrayList<>();
    what.forEach(title -> columns.add(Table.Column.text(title)));
    NUMBERS.subList(0, numbers).forEach(title -> columns.add(Table.Column.number(title)));
    columns.add(Table.Column.text("reach"));
    return columns;
  }

  private static List<String> cells(List<String> what, Figures figures, int numbers, String reach) {
    List<String> cells = new ArrayList<>(what);
    cells.addAll(figures.cells().subList(0, numbers));
    cells.add(reach);
    return cells;
  }
}
