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

/** What was explored, for people: a table of workload and profile, and a summary in one line. */
public final class CrashTable {

  private static final List<String> WHAT = List.of("workload", "sector", "profile");
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
        cells.add(String.format(Locale.ROOT, "%,d", value));
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
   * One row for each workload and profile.
   *
   * @return lines of Markdown, which is also how a table reads best on a terminal
   */
  public static List<String> markdown(List<Exploration> rows) {
    MarkdownTable table = new MarkdownTable(WHAT, NUMBERS, List.of("reach"));
    for (Exploration row : rows) {
      table.add(
          List.of(
              row.workload().word(),
              Integer.toString(row.sectorSize()),
              row.profile().word()),
          Figures.of(List.of(row)).cells(),
          List.of(row.reach()));
    }
    Figures sums = Figures.of(rows);
    table.add(List.of("all", "", ""), sums.cells(), List.of(sums.reach()));
    return table.lines();
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
    MarkdownTable table = new MarkdownTable(List.of("profile"), NUMBERS, List.of("reach"));
    profiles.forEach((profile, own) -> {
      Figures sums = Figures.of(own);
      table.add(List.of(profile.word()), sums.cells(), List.of(sums.reach()));
    });
    Figures sums = Figures.of(rows);
    table.add(List.of("all"), sums.cells(), List.of(sums.reach()));
    return table.lines();
  }
}
