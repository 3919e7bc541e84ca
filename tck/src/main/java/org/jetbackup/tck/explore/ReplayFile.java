package org.jetbackup.tck.explore;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jetbackup.tck.crash.CrashPoint;
import org.jetbackup.tck.crash.Profile;
import org.jetbackup.tck.workload.History;

/**
 * One crash as text: what was done, when it crashed, and what was lost. It holds every choice as a
 * value, none as a seed, so it means the same in later versions of the kit.
 *
 * <pre>
 * # anything behind a number sign is for people
 * clause CRASH-5
 * prepared commit a=1; full; commit a=2
 * recorded atomic; commit a=3
 * profile meta-ordered
 * sector 4096
 * point 41
 * inside 0
 * lost 38 name
 * image 3f0c5f9e8a7b6d21
 * again-point 3          (only if recovery crashed too)
 * again-inside 0
 * again-lost 2 sector 0
 * </pre>
 *
 * @param image the fingerprint of what was left; another one now means that the engine does other
 *     things than then
 */
public record ReplayFile(
    String clause,
    History prepared,
    History recorded,
    Profile profile,
    int sectorSize,
    Moment moment,
    Optional<Moment> again,
    String image) {

  /** A point and what is lost there, as {@code CrashState.lost} says it. */
  public record Moment(CrashPoint point, List<String> lost) {
    private void print(String prefix, List<String> lines) {
      lines.add(prefix + "point " + point.events());
      lines.add(prefix + "inside " + point.inside());
      lost.forEach(unit -> lines.add(prefix + "lost " + unit));
    }
  }

  private static final String AGAIN = "again-";
  private static final int SHOWN_MAX = 100;
  private static final Set<String> SEVERAL = Set.of("lost", AGAIN + "lost");
  private static final Set<String> WORDS = Set.of(
      "clause",
      "prepared",
      "recorded",
      "profile",
      "sector",
      "point",
      "inside",
      "image",
      AGAIN + "point",
      AGAIN + "inside");

  /** The text, with remarks in front of it. */
  public String print(List<String> remarks) {
    List<String> lines = new ArrayList<>();
    remarks.forEach(remark -> remark.lines().forEach(line -> lines.add("# " + line)));
    lines.add("clause " + clause);
    lines.add("prepared " + prepared);
    lines.add("recorded " + recorded);
    lines.add("profile " + profile.word());
    lines.add("sector " + sectorSize);
    moment.print("", lines);
    lines.add("image " + image);
    again.ifPresent(second -> second.print(AGAIN, lines));
    return String.join("\n", lines) + "\n";
  }

  /**
   * Reads the text.
   *
   * @throws IllegalArgumentException if it is none; the message names the line
   */
  public static ReplayFile parse(String text) {
    Map<String, String> values = new HashMap<>();
    Map<String, List<String>> lists = new HashMap<>();
    int number = 0;
    for (String raw : text.lines().toList()) {
      number++;
      String line = raw.replaceAll("(^|\\s)# .*", "").strip();
      if (line.isEmpty() || line.equals("#")) {
        continue;
      }
      String word = line.split("\\s+", 2)[0];
      String rest = line.substring(word.length()).strip();
      if (SEVERAL.contains(word)) {
        lists.computeIfAbsent(word, w -> new ArrayList<>()).add(rest);
      } else if (!WORDS.contains(word) || values.put(word, rest) != null) {
        throw new IllegalArgumentException(
            "line " + number + " of a replay file: " + shortened(raw));
      }
    }
    Optional<Moment> again = values.containsKey(AGAIN + "point")
        ? Optional.of(moment(AGAIN, values, lists))
        : Optional.empty();
    return new ReplayFile(
        value(values, "clause"),
        History.parse(value(values, "prepared")),
        History.parse(value(values, "recorded")),
        Profile.ofWord(value(values, "profile")),
        number(values, "sector"),
        moment("", values, lists),
        again,
        value(values, "image"));
  }

  private static String shortened(String line) {
    return line.length() > SHOWN_MAX ? line.substring(0, SHOWN_MAX) + "..." : line;
  }

  private static Moment moment(
      String prefix, Map<String, String> values, Map<String, List<String>> lists) {
    CrashPoint point =
        new CrashPoint(number(values, prefix + "point"), number(values, prefix + "inside"));
    return new Moment(point, lists.getOrDefault(prefix + "lost", List.of()));
  }

  private static int number(Map<String, String> values, String word) {
    String value = value(values, word);
    if (!value.matches("[0-9]{1,9}")) {
      throw new IllegalArgumentException("in a replay file, " + word + " is no number: " + value);
    }
    return Integer.parseInt(value);
  }

  private static String value(Map<String, String> values, String word) {
    String value = values.get(word);
    if (value == null) {
      throw new IllegalArgumentException("a replay file needs a line that begins with " + word);
    }
    return value;
  }

  /** The workload that it replays. */
  Workload workload() {
    return new Workload("replay", "a replay", prepared, recorded, Set.of());
  }
}
