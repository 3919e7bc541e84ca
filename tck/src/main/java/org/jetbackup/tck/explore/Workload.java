package org.jetbackup.tck.explore;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jetbackup.tck.Capability;
import org.jetbackup.tck.KitSettings;
import org.jetbackup.tck.workload.History;

/**
 * Calls during which an engine is made to crash: some that prepare, after which everything is taken
 * for durable, and some that are recorded. They are as small as can be, because the number of states
 * grows with every sector that is pending.
 *
 * @param word the word for it in reports and replay files
 * @param title what it is, for people
 * @param prepared what happens before the recording; a step with a fault may fail
 * @param recorded what is recorded
 * @param needed what an engine must offer to be asked for it
 */
public record Workload(
    String word, String title, History prepared, History recorded, Set<Capability> needed) {

  /**
   * A backup that fails after it has closed the current generation of the log, so that the next one
   * needs two generations and not one.
   */
  private static final String ROLL = "full [force backup1/** #2 once before-effect]; elsewhere";

  private static final List<Workload> ALL = List.of(
      of(
          "commits",
          "commits of several transactions",
          "",
          "commit a=1 b=2; commit a=2; commit -b c=x*5000; commit d=1"),
      of(
          "create-database",
          "creation of a database",
          "commit a=1",
          "create other; commit other.a=1 a=2",
          Capability.SEVERAL_DATABASES),
      of(
          "reopen",
          "the end of an instance and the begin of the next",
          "commit a=1",
          "commit a=2; reopen; commit b=1"),
      of(
          "first-full",
          "the first full backup, of two generations",
          "commit a=1; " + ROLL + "; commit a=2",
          "full; commit a=3"),
      of(
          "second-atomic",
          "an atomic full backup over a set",
          "commit a=1 b=1; full; commit a=2 -b",
          "atomic; commit a=3",
          Capability.ATOMIC),
      of(
          "incremental-on-plain",
          "an incremental backup on a plain set",
          "commit a=1 b=1; full; commit a=2 -b",
          "incremental; commit a=3",
          Capability.INCREMENTAL),
      of(
          "incremental-on-atomic",
          "an incremental backup on an atomic set",
          "commit a=1; atomic; commit b=1; atomic; commit a=2 -b",
          "incremental; commit a=3",
          Capability.ATOMIC,
          Capability.INCREMENTAL),
      of(
          "chain",
          "a chain of three",
          "commit a=1",
          "full; commit a=2; incremental; commit b=3; incremental; commit a=4",
          Capability.INCREMENTAL),
      of(
          "truncation",
          "truncation without a directory",
          "commit a=1; full; commit a=2; incremental [move backup1/** #1 once before-effect];"
              + " commit b=2; reopen; commit b=1",
          "truncate; commit a=3",
          Capability.NULL_PATH,
          Capability.INCREMENTAL),
      of(
          "restore-and-roll-forward",
          "a restore onto existing files, with the live log",
          "commit a=1; full; commit a=2 b=2",
          "restore roll-forward; commit c=1",
          Capability.ROLL_FORWARD),
      of(
          "restore-without-log",
          "a restore onto existing files, the log lost",
          "commit a=1; full; commit a=2 b=2",
          "restore in-place; commit c=1"));

  /** Keeps a copy. */
  public Workload {
    needed = Set.copyOf(needed);
  }

  private static Workload of(
      String word, String title, String prepared, String recorded, Capability... needed) {
    Set<Capability> all = EnumSet.noneOf(Capability.class);
    all.addAll(List.of(needed));
    return new Workload(word, title, History.parse(prepared), History.parse(recorded), all);
  }

  /** Commits in two generations of the log, of which recovery needs both. */
  static Workload ofTwoGenerations() {
    return of(
        "two-generations",
        "commits in two generations of the log",
        "commit a=1; " + ROLL + "; commit a=2",
        "commit b=2; commit -a c=3");
  }

  /** The words for all workloads. */
  public static List<String> words() {
    return ALL.stream().map(Workload::word).toList();
  }

  /** Those that an engine with these capabilities can be asked for. */
  public static List<Workload> offeredBy(Set<Capability> capabilities) {
    return ALL.stream().filter(each -> capabilities.containsAll(each.needed)).toList();
  }

  /** Those that a run asks for: offered by the engine, and not left out by the settings. */
  static List<Workload> askedBy(KitSettings settings) {
    Set<String> wanted = settings.crashes().workloads();
    return offeredBy(settings.capabilities()).stream()
        .filter(each -> wanted.isEmpty() || wanted.contains(each.word))
        .toList();
  }
}
