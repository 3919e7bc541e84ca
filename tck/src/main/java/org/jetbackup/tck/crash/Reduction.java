package org.jetbackup.tck.crash;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * Takes one deviation after the other back and keeps what is still bad: from the state in which
 * nothing is lost, and from the one in which everything is, whichever ends nearer.
 */
final class Reduction {

  private final CrashState bad;
  private final Situation situation;
  private final Predicate<CrashState> isBad;

  Reduction(CrashState bad, Predicate<CrashState> isBad) {
    this.bad = bad;
    this.situation = bad.situation();
    this.isBad = isBad;
  }

  CrashState smallest() {
    if (!situation.profile().chooses()) {
      return bad;
    }
    Choice all = Choice.all(situation);
    Choice none = Choice.none(situation);
    Choice nearAll = towards(bad.choice(), all);
    if (distance(nearAll, all) <= 1) {
      return state(nearAll);
    }
    Choice nearNone = towards(bad.choice(), none);
    return state(distance(nearNone, none) < distance(nearAll, all) ? nearNone : nearAll);
  }

  private Choice towards(Choice from, Choice goal) {
    Choice best = from;
    if (holds(goal)) {
      return goal;
    }
    boolean moved = true;
    while (moved) {
      moved = false;
      for (int i = 0; i < best.names().length; i++) {
        if (best.names()[i] != goal.names()[i]) {
          Choice next = best.withName(situation, i, goal.names()[i]);
          if (distance(next, goal) < distance(best, goal) && holds(next)) {
            best = next;
            moved = true;
          }
        }
      }
      for (int i = 0; i < best.levels().length; i++) {
        for (int level : nearer(i, best.levels()[i], goal.levels()[i])) {
          Choice next = best.withLevel(i, level);
          if (holds(next)) {
            best = next;
            moved = true;
            break;
          }
        }
      }
    }
    return best;
  }

  /**
   * The levels of a chain that deviate less from the goal than the one that it has, best first.
   * Garbage deviates most: the loss of a sector is easier to believe in.
   */
  private List<Integer> nearer(int index, int level, int goal) {
    Situation.Chain chain = situation.chains().get(index);
    List<Integer> levels = new ArrayList<>();
    for (int away = 0; away <= chain.length(); away++) {
      levels.add(Math.abs(goal - away));
    }
    for (int garbage = chain.length() + 1; garbage < situation.levels(chain); garbage++) {
      levels.add(garbage);
    }
    return levels.subList(0, levels.indexOf(level));
  }

  private boolean holds(Choice choice) {
    return isBad.test(state(choice));
  }

  private CrashState state(Choice choice) {
    return new CrashState(situation, choice, choice.image(situation));
  }

  private static int distance(Choice one, Choice other) {
    int distance = 0;
    for (int i = 0; i < one.names().length; i++) {
      distance += one.names()[i] == other.names()[i] ? 0 : 1;
    }
    for (int i = 0; i < one.levels().length; i++) {
      distance += one.levels()[i] == other.levels()[i] ? 0 : 1;
    }
    return distance;
  }
}
