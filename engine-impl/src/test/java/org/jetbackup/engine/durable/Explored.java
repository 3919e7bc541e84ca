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

  /** How many states were judged, whichever crash left them. */
  int judged() {
    return first.size() + second.size() + third.size();
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

  /** The numbers alone. */
  Tally tally() {
    return new Tally(
        played.workload().word(),
        played.disk().word(),
        profile.word(),
        extent.points(),
        extent.boundedPoints(),
        extent.raw(),
        different,
        fresh,
        first.size(),
        second.size(),
        third.size(),
        wrong().size());
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
