package org.jetbackup.engine.durable;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.jetbackup.tck.report.Table;

/**
 * The numbers of what was explored, without the states: those hold all that recovery wrote, and of
 * a whole run they would not fit into memory. Immutable.
 *
 * @param points at which a crash was tried
 * @param bounded at how many of them combinations were left out
 * @param states equal ones counted each time
 * @param different how many have different content or other demands
 * @param fresh how many of them no stronger profile has
 * @param judged how many of those were judged
 * @param second crashes within recovery
 * @param third crashes within the recovery of those
 * @param wrong states that broke a demand
 */
record Tally(
    String workload,
    String disk,
    String profile,
    long points,
    long bounded,
    long states,
    long different,
    long fresh,
    long judged,
    long second,
    long third,
    long wrong) {

  /** A table of several, and of them all together. */
  static Table table(List<Tally> tallies) {
    List<Table.Column> columns = new ArrayList<>();
    Stream.of("workload", "disk", "profile").map(Table.Column::text).forEach(columns::add);
    Stream.of("points", "states", "different", "new", "judged", "second", "third", "wrong")
        .map(Table.Column::number)
        .forEach(columns::add);
    columns.add(Table.Column.text("reach"));
    List<List<String>> rows = new ArrayList<>(tallies.stream().map(Tally::cells).toList());
    tallies.stream().reduce(Tally::and).ifPresent(all -> rows.add(all.cells()));
    return new Table("What crashes left", columns, rows);
  }

  private Tally and(Tally other) {
    return new Tally(
        "all",
        "",
        "",
        points + other.points,
        bounded + other.bounded,
        states + other.states,
        different + other.different,
        fresh + other.fresh,
        judged + other.judged,
        second + other.second,
        third + other.third,
        wrong + other.wrong);
  }

  /** As one line of a table. */
  String line() {
    return "| " + String.join(" | ", cells()) + " |";
  }

  private List<String> cells() {
    List<String> cells = new ArrayList<>(List.of(workload, disk, profile));
    LongStream.of(points, states, different, fresh, judged, second, third, wrong)
        .mapToObj(Table::count)
        .forEach(cells::add);
    cells.add(reach());
    return cells;
  }

  /** Exhaustive is what has left out no combination at any point, and no state. */
  private String reach() {
    List<String> limits = new ArrayList<>();
    if (judged < fresh) {
      limits.add(Table.count(judged) + " of " + Table.count(fresh) + " judged");
    }
    if (bounded > 0) {
      limits.add("bounded at " + Table.count(bounded) + " of " + Table.count(points) + " points");
    }
    return limits.isEmpty() ? "exhaustive" : String.join(", ", limits);
  }
}
