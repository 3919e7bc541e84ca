package org.jetbackup.tck.launcher;

import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Turns the name of a test method into the sentence that it is. */
final class Sentence {

  private static final Pattern BOUNDARY =
      Pattern.compile("_+|(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])|(?<=[a-z])(?=[0-9])");

  private Sentence() {}

  /** {@code aFullBackupOfAJETInstance2} becomes {@code A full backup of a JET instance 2}. */
  static String of(String method) {
    String words = Arrays.stream(BOUNDARY.split(method))
        .filter(word -> !word.isEmpty())
        .map(word -> isAcronym(word) ? word : word.toLowerCase(Locale.ROOT))
        .collect(Collectors.joining(" "));
    return words.isEmpty()
        ? method
        : words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
  }

  private static boolean isAcronym(String word) {
    return word.length() > 1 && word.equals(word.toUpperCase(Locale.ROOT));
  }
}
