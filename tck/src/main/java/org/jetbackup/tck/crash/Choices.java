package org.jetbackup.tck.crash;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.BiConsumer;

/**
 * Every choice that a crash has in one {@link Situation}, if they are not too many; otherwise the
 * most telling ones: everything, nothing, each single deviation from these, each file and directory
 * lost or alone surviving, a sample by chance, and then pairs of deviations as far as there is room.
 *
 * <p>Files to which no kept name leads make no difference, so their chains are not varied.
 */
final class Choices {

  private static final double[] CHANCES = {0.25, 0.5, 0.75};
  private static final int SAMPLE_SHARE = 4;

  private final Situation situation;
  private final int cap;

  Choices(Situation situation, int cap) {
    this.situation = situation;
    this.cap = cap;
  }

  /**
   * Hands over choices with their images, each choice once.
   *
   * @return whether these were all
   */
  boolean forEach(BiConsumer<Choice, Image> visitor) {
    Profile profile = situation.profile();
    if (!profile.chooses()) {
      Choice only = profile == Profile.KILL ? Choice.all(situation) : Choice.none(situation);
      visitor.accept(only, only.image(situation));
      return true;
    }
    List<boolean[]> names = new ArrayList<>();
    if (names(new boolean[situation.names().size()], 0, names) && count(names) <= cap) {
      names.forEach(kept -> product(kept, visitor));
      return true;
    }
    telling().forEach(choice -> visitor.accept(choice, choice.image(situation)));
    return false;
  }

  /** Collects the sets of names that may be kept; false if they are more than the cap. */
  private boolean names(boolean[] kept, int index, List<boolean[]> found) {
    if (index == kept.length) {
      found.add(kept.clone());
      return found.size() <= cap;
    }
    kept[index] = false;
    boolean ordered = situation.profile().keepsNamesInOrder();
    if (ordered) {
      found.add(kept.clone()); // the rest is lost
    } else if (!names(kept, index + 1, found)) {
      return false;
    }
    if (mayKeep(kept, index)) {
      kept[index] = true;
      boolean fits = names(kept, index + 1, found);
      kept[index] = false;
      return fits;
    }
    return true;
  }

  private boolean mayKeep(boolean[] kept, int index) {
    List<Unit.Entry> entries = situation.names();
    for (int earlier = 0; earlier < index; earlier++) {
      if (!kept[earlier] && entries.get(earlier).touches(entries.get(index))) {
        return false;
      }
    }
    return true;
  }

  private long count(List<boolean[]> names) {
    long count = 0;
    for (boolean[] kept : names) {
      long product = 1;
      for (int chain : active(situation.layout(kept))) {
        product = Math.min(product * situation.levels(situation.chains().get(chain)), cap + 1L);
      }
      count += product;
      if (count > cap) {
        break;
      }
    }
    return count;
  }

  private int[] active(Layout layout) {
    List<Integer> active = new ArrayList<>();
    for (int i = 0; i < situation.chains().size(); i++) {
      if (layout.reaches(situation.chains().get(i).file())) {
        active.add(i);
      }
    }
    return active.stream().mapToInt(n -> n).toArray();
  }

  private void product(boolean[] kept, BiConsumer<Choice, Image> visitor) {
    Layout layout = situation.layout(kept);
    int[] active = active(layout);
    Choice first = Choice.all(situation).withNames(kept);
    for (int chain : active) {
      first = first.withLevel(chain, 0);
    }
    Pool pool = situation.recording().pool();
    Map<Integer, Map<List<Integer>, Integer>> known = new HashMap<>();
    int[] levels = first.levels().clone();
    while (true) {
      Choice choice = new Choice(kept, levels.clone());
      visitor.accept(choice, layout.image(pool, contents(situation, choice, known)));
      int digit = 0;
      while (digit < active.length) {
        int chain = active[digit];
        levels[chain]++;
        if (levels[chain] < situation.levels(situation.chains().get(chain))) {
          break;
        }
        levels[chain] = 0;
        digit++;
      }
      if (digit == active.length) {
        return;
      }
    }
  }

  /** The content of every file of which something is pending or was made durable. */
  static Map<Integer, Integer> contents(Situation situation, Choice choice) {
    return contents(situation, choice, new HashMap<>());
  }

  private static Map<Integer, Integer> contents(
      Situation situation, Choice choice, Map<Integer, Map<List<Integer>, Integer>> known) {
    Map<Integer, List<Integer>> levels = new HashMap<>();
    for (int file : situation.changedFiles()) {
      levels.put(file, new ArrayList<>());
    }
    for (int i = 0; i < choice.levels().length; i++) {
      int file = situation.chains().get(i).file();
      levels.computeIfAbsent(file, f -> new ArrayList<>()).add(choice.levels()[i]);
    }
    Map<Integer, Integer> contents = new HashMap<>();
    levels.forEach((file, own) -> contents.put(
        file,
        known
            .computeIfAbsent(file, f -> new HashMap<>())
            .computeIfAbsent(
                own,
                l -> situation
                    .recording()
                    .pool()
                    .number(situation.content(file, choice.levels())))));
    return contents;
  }

  /** The most telling choices, at most as many as the cap. */
  private Set<Choice> telling() {
    Set<Choice> found = new LinkedHashSet<>();
    Choice all = Choice.all(situation);
    Choice none = Choice.none(situation);
    found.addAll(List.of(all, none));
    for (Choice from : List.of(all, none)) {
      singles(from).forEach(choice -> add(found, choice));
    }
    groups(all, none).forEach(choice -> add(found, choice));
    sample(found);
    for (Choice from : List.of(all, none)) {
      for (Choice one : singles(from)) {
        if (found.size() >= cap) {
          return found;
        }
        singles(one).forEach(choice -> add(found, choice));
      }
    }
    return found;
  }

  private void add(Set<Choice> found, Choice choice) {
    if (found.size() < cap) {
      found.add(choice);
    }
  }

  private List<Choice> singles(Choice from) {
    List<Choice> singles = new ArrayList<>();
    for (int i = 0; i < from.names().length; i++) {
      singles.add(from.withName(situation, i, !from.names()[i]));
    }
    for (int i = 0; i < from.levels().length; i++) {
      for (int level = 0; level < situation.levels(situation.chains().get(i)); level++) {
        if (level != from.levels()[i]) {
          singles.add(from.withLevel(i, level));
        }
      }
    }
    return singles;
  }

  /** Each file and each directory lost, and alone surviving. */
  private List<Choice> groups(Choice all, Choice none) {
    List<Choice> groups = new ArrayList<>();
    Set<Integer> files = new LinkedHashSet<>();
    situation.chains().forEach(chain -> files.add(chain.file()));
    for (int file : files) {
      groups.add(withFile(all, file, false));
      groups.add(withFile(none, file, true));
      groups.add(withFile(none.withNames(all.names()), file, true));
    }
    Set<Integer> directories = new LinkedHashSet<>();
    situation
        .names()
        .forEach(entry -> entry.cells().forEach(cell -> directories.add(cell.directory())));
    for (int directory : directories) {
      groups.add(withDirectory(all, directory, false));
      groups.add(withDirectory(none, directory, true));
    }
    groups.add(all.withNames(none.names()));
    groups.add(none.withNames(all.names()));
    return groups;
  }

  private Choice withFile(Choice from, int file, boolean keep) {
    Choice result = from;
    for (int i = 0; i < from.levels().length; i++) {
      Situation.Chain chain = situation.chains().get(i);
      if (chain.file() == file) {
        result = result.withLevel(i, keep ? chain.length() : 0);
      }
    }
    return result;
  }

  private Choice withDirectory(Choice from, int directory, boolean keep) {
    Choice result = from;
    for (int i = 0; i < from.names().length; i++) {
      if (situation.names().get(i).touches(directory)) {
        result = result.withName(situation, i, keep);
      }
    }
    return result;
  }

  /** By chance, but always the same for the same situation. */
  private void sample(Set<Choice> found) {
    SplittableRandom random = new SplittableRandom(situation.point().events());
    int end = found.size() + (cap - found.size()) / SAMPLE_SHARE;
    for (int tries = 0; tries < cap && found.size() < end; tries++) {
      double chance = CHANCES[random.nextInt(CHANCES.length)];
      Choice choice = Choice.all(situation);
      int[] levels = choice.levels().clone();
      for (int i = 0; i < levels.length; i++) {
        if (random.nextDouble() < chance) {
          levels[i] = random.nextInt(situation.levels(situation.chains().get(i)));
        }
      }
      choice = new Choice(Arrays.copyOf(choice.names(), choice.names().length), levels);
      for (int i = 0; i < choice.names().length; i++) {
        if (choice.names()[i] && random.nextDouble() < chance) {
          choice = choice.withName(situation, i, false);
        }
      }
      add(found, choice);
    }
  }
}
