package org.jetbackup.tck.crash;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What one crash keeps of what is pending in a {@link Situation}: which names, and how many units of
 * each chain (one more than there are: zeros, two more: noise). Immutable by convention: the arrays
 * are copied before they are changed.
 */
final class Choice {

  private static final String ZERO = " zero";
  private static final String NOISE = " noise";

  private final boolean[] names;
  private final int[] levels;

  Choice(boolean[] names, int[] levels) {
    this.names = names;
    this.levels = levels;
  }

  /** Everything is kept. */
  static Choice all(Situation situation) {
    boolean[] names = new boolean[situation.names().size()];
    Arrays.fill(names, true);
    int[] levels = situation.chains().stream().mapToInt(Situation.Chain::length).toArray();
    return new Choice(names, levels);
  }

  /** Everything is lost. */
  static Choice none(Situation situation) {
    return new Choice(
        new boolean[situation.names().size()], new int[situation.chains().size()]);
  }

  boolean[] names() {
    return names;
  }

  int[] levels() {
    return levels;
  }

  Choice withLevel(int chain, int level) {
    int[] changed = levels.clone();
    changed[chain] = level;
    return new Choice(names, changed);
  }

  Choice withNames(boolean[] others) {
    return new Choice(others, levels);
  }

  /**
   * Keeps or loses one name, and what must be kept or lost with it: an earlier meaning of the same
   * name cannot be lost when a later one is kept.
   */
  Choice withName(Situation situation, int index, boolean keep) {
    boolean[] changed = names.clone();
    changed[index] = keep;
    List<Unit.Entry> entries = situation.names();
    if (situation.profile().keepsNamesInOrder()) {
      Arrays.fill(changed, 0, keep ? index : 0, true);
      Arrays.fill(changed, index, keep ? index : changed.length, false);
      return new Choice(changed, levels);
    }
    if (keep) {
      for (int later = index; later >= 0; later--) {
        for (int earlier = 0; changed[later] && earlier < later; earlier++) {
          changed[earlier] |= entries.get(earlier).touches(entries.get(later));
        }
      }
    } else {
      for (int earlier = index; earlier < changed.length; earlier++) {
        for (int later = earlier + 1; !changed[earlier] && later < changed.length; later++) {
          changed[later] &= !entries.get(earlier).touches(entries.get(later));
        }
      }
    }
    return new Choice(changed, levels);
  }

  Image image(Situation situation) {
    return situation
        .layout(names)
        .image(situation.recording().pool(), Choices.contents(situation, this));
  }

  /** The units that are lost, and the sectors that are garbage, in the order in which they came. */
  List<String> lost(Situation situation, boolean withOrigin) {
    Recording recording = situation.recording();
    List<Unit> lost = new ArrayList<>();
    Set<String> garbage = new TreeSet<>();
    for (int i = 0; i < names.length; i++) {
      if (!names[i]) {
        lost.add(situation.names().get(i));
      }
    }
    for (int i = 0; i < levels.length; i++) {
      Situation.Chain chain = situation.chains().get(i);
      if (levels[i] > chain.length()) {
        Unit last = chain.units().get(chain.length() - 1);
        String kind = levels[i] == chain.length() + 1 ? ZERO : NOISE;
        garbage.add(recording.name(last) + kind + origin(recording, last, withOrigin));
      } else {
        lost.addAll(chain.units().subList(levels[i], chain.length()));
      }
    }
    lost.sort((one, other) -> Integer.compare(one.number(), other.number()));
    List<String> lines = new ArrayList<>();
    lost.forEach(unit -> lines.add(recording.name(unit) + origin(recording, unit, withOrigin)));
    lines.addAll(garbage);
    return lines;
  }

  private static String origin(Recording recording, Unit unit, boolean wanted) {
    return wanted ? "  # " + recording.origin(unit) : "";
  }

  /**
   * Reads back what {@link #lost} printed.
   *
   * @throws IllegalArgumentException if a line names nothing that is pending here
   */
  static Choice parse(Situation situation, List<String> lines) {
    Set<String> open = new TreeSet<>();
    lines.forEach(line -> open.add(line.replaceAll("\\s*#.*", "").strip()));
    Choice choice = all(situation);
    Recording recording = situation.recording();
    for (int i = 0; i < choice.names.length; i++) {
      choice.names[i] = !open.remove(recording.name(situation.names().get(i)));
    }
    for (int i = 0; i < choice.levels.length; i++) {
      Situation.Chain chain = situation.chains().get(i);
      for (int level = chain.length() - 1; level >= 0; level--) {
        String name = recording.name(chain.units().get(level));
        if (open.remove(name)) {
          choice.levels[i] = level;
        }
        if (situation.profile().makesGarbage() && chain.isSector()) {
          choice.levels[i] = open.remove(name + ZERO) ? chain.length() + 1 : choice.levels[i];
          choice.levels[i] = open.remove(name + NOISE) ? chain.length() + 2 : choice.levels[i];
        }
      }
    }
    if (!open.isEmpty()) {
      throw new IllegalArgumentException("nothing pending there is called " + open);
    }
    return choice;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Choice that
        && Arrays.equals(names, that.names)
        && Arrays.equals(levels, that.levels);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(names) * 31 + Arrays.hashCode(levels);
  }
}
