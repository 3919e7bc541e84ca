package org.jetbackup.tck.launcher;

import java.util.Comparator;
import java.util.List;

/** Finds the names that somebody may have meant. */
final class Nearest {

  private static final int SHOWN = 3;

  private Nearest() {}

  /** Says that there is no such thing, and what comes near. */
  static String complaint(String kind, String name, List<String> names) {
    List<String> near = names.stream()
        .filter(other -> distance(name, other) <= Math.max(2, name.length() / 3))
        .sorted(Comparator.comparingInt(other -> distance(name, other)))
        .limit(SHOWN)
        .toList();
    List<String> offered = near.isEmpty() && names.size() <= 30 ? names : near;
    String hint = offered.isEmpty()
        ? "--list shows all"
        : (near.isEmpty() ? "there are " : "did you mean ") + String.join(", ", offered);
    return "no " + kind + " is called " + name + "; " + hint + (near.isEmpty() ? "" : "?");
  }

  /** How many characters must be added, removed or changed to get from one to the other. */
  static int distance(String from, String to) {
    int[] above = new int[to.length() + 1];
    for (int j = 0; j <= to.length(); j++) {
      above[j] = j;
    }
    for (int i = 1; i <= from.length(); i++) {
      int[] row = new int[to.length() + 1];
      row[0] = i;
      for (int j = 1; j <= to.length(); j++) {
        int change = above[j - 1] + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
        row[j] = Math.min(change, Math.min(above[j], row[j - 1]) + 1);
      }
      above = row;
    }
    return above[to.length()];
  }
}
