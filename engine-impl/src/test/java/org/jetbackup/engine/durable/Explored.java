package org.jetbackup.engine.durable;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jetbackup.tck.crash.CrashStates;
import org.jetbackup.tck.crash.Profile;
import org.jetbackup.tck.report.Table;

/**
 * What came of one workload under one profile. Immutable.
 *
 * @param extent what was enumerated
 * @param different how many states with different content or other demands it has
 * @param fresh how many of them no stronger profile has
 * @param first what came of those that were judged
 * @param second of crashes within their recovery
 * @param third of crashes within the recovery of those
 */
record Explored(
    Played played,
    Profile profile,
    Pace pace,
    CrashStates.Extent extent,
    int different,
    int fresh,
    List<Explorer.Outcome> first,
    List<Explorer.Outcome> second,
    List<Explorer.Outcome> third) {

  private static final int FRAMES = 25;
  private static final int KINDS = 6;

  /** Those that broke a demand. */
  List<Explorer.Outcome> wrong() {
    return Stream.of(first, second, third)
        .flatMap(List::stream)
        .filter(outcome -> outcome.wrong().isPresent())
        .toList();
  }

  /** How many states hold what was acknowledged last, and not more. */
  long old() {
    return first.stream().filter(outcome -> holds(outcome, true)).count();
  }

  /** How many states hold what was in flight. */
  long ahead() {
    return first.stream().filter(outcome -> holds(outcome, false)).count();
  }

  private static boolean holds(Explorer.Outcome outcome, boolean oldest) {
    List<Picture> legal = outcome.trial().legal();
    return legal.size() > 1
        && outcome.seen().isPresent()
        && outcome.seen().get().picture().equals(legal.get(0)) == oldest;
  }

  /** Of how many states recovery had to write. */
  long recovered() {
    return first.stream()
        .filter(outcome -> outcome.seen().flatMap(Judge.Seen::recovery).isPresent())
        .count();
  }

  /** The same for several. */
  static Table table(List<Explored> rows) {
    List<Table.Column> columns = new ArrayList<>();
    Stream.of("workload", "disk", "profile").map(Table.Column::text).forEach(columns::add);
    Stream.of("points", "states", "different", "new", "judged", "second", "third", "wrong")
        .map(Table.Column::number)
        .forEach(columns::add);
    columns.add(Table.Column.text("reach"));
    return new Table(
        "What crashes left", columns, rows.stream().map(Explored::cells).toList());
  }

  private List<String> cells() {
    List<String> cells =
        new ArrayList<>(List.of(played.workload().word(), played.disk().word(), profile.word()));
    Stream.of(
            extent.points(),
            extent.raw(),
            different,
            fresh,
            first.size(),
            second.size(),
            third.size(),
            wrong().size())
        .map(number -> Table.count(number.longValue()))
        .forEach(cells::add);
    cells.add(reach());
    return cells;
  }

  private String reach() {
    String judged = first.size() < fresh ? first.size() + " of " + fresh + " judged" : "";
    String bounded = extent.exhaustive()
        ? ""
        : "bounded at " + extent.boundedPoints() + " of " + extent.points() + " points";
    String both = judged + (judged.isEmpty() || bounded.isEmpty() ? "" : ", ") + bounded;
    return both.isEmpty() ? "exhaustive" : both;
  }

  /** The first of each kind of what broke a demand, with all that is needed to see it again. */
  String describe() {
    Map<String, List<Explorer.Outcome>> kinds = new LinkedHashMap<>();
    for (Explorer.Outcome outcome : wrong()) {
      String kind = outcome.wrong().orElseThrow().toString().replaceAll("[0-9]+", "n");
      kinds.computeIfAbsent(kind, none -> new ArrayList<>()).add(outcome);
    }
    StringBuilder text = new StringBuilder();
    text.append(wrong().size()).append(" states are wrong of ");
    text.append(played.workload().word()).append(", disk ").append(played.disk().word());
    text.append(", ").append(profile.word());
    kinds.values().stream()
        .limit(KINDS)
        .forEach(same -> text.append("\n\nin ")
            .append(same.size())
            .append(" states; the first: ")
            .append(describe(same.get(0))));
    return text.toString();
  }

  private String describe(Explorer.Outcome outcome) {
    Explorer.Trial trial = outcome.trial();
    StringBuilder text = new StringBuilder();
    trial.before().forEach(state -> text.append(state).append("\nand recovery crashed: "));
    text.append(trial.state()).append('\n');
    StringWriter stack = new StringWriter();
    outcome.wrong().orElseThrow().printStackTrace(new PrintWriter(stack, true));
    stack.toString().lines().limit(FRAMES).forEach(line -> text.append(line).append('\n'));
    text.append("replay with -D").append(Replay.PROPERTY).append('=');
    return text.append(Replay.of(this, trial)).toString();
  }
}
