package org.jetbackup.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Taste that can be checked: sizes, left-overs, and names that belong to somebody's machine. */
class TidyTest {

  private static final int LINES_MAX = 600;
  private static final int METHOD_MAX = 60;
  private static final Pattern REASON = Pattern.compile("(?i)this file is long because");
  private static final Pattern LEFT_OVER =
      Pattern.compile("\\b(?:TO" + "DO|FIX" + "ME|X" + "XX|HA" + "CK)\\b");
  private static final Pattern SWITCHED_OFF =
      Pattern.compile("^\\s*@(?:Dis" + "abled|Ig" + "nore)\\b");
  private static final Pattern MACHINE =
      Pattern.compile("(?:^|[^\\w.:/])/(?:home|root|Users|work|usr|opt)/\\w|[A-Z]:\\\\\\\\\\w");
  private static final Pattern METHOD_HEAD =
      Pattern.compile("^  (?![\\s/*@}])[\\w<>,.?\\[\\]& ]*[\\w>\\]] \\w+\\([^;=]*$");

  /** Files whose subject is what is forbidden elsewhere. */
  private static final Set<String> ABOUT_IT =
      Set.of("ScrubberTest.java", "SecondSampleSuite.java", "Repository.java");

  @Test
  void noFileIsLongWithoutSayingWhyAtItsHead() throws IOException {
    List<String> wrong = new ArrayList<>();
    for (Path file : Repository.files(".java")) {
      List<String> lines = Files.readAllLines(file);
      String head = String.join(" ", lines.subList(0, Math.min(lines.size(), 80)));
      if (lines.size() > LINES_MAX && !REASON.matcher(head).find()) {
        wrong.add(Repository.name(file) + " has " + lines.size() + " lines");
      }
    }
    assertEquals(List.of(), wrong, "say at the head: \"This file is long because ...\"");
  }

  @Test
  void methodsFitAScreen() throws IOException {
    List<String> wrong = new ArrayList<>();
    for (Path file : Repository.files(".java")) {
      List<String> lines = Files.readAllLines(file);
      for (int i = 0; i < lines.size(); i++) {
        boolean ends = lines.get(i).endsWith("{}");
        if (METHOD_HEAD.matcher(lines.get(i)).find() && !ends) {
          int end = i;
          while (end < lines.size() && !lines.get(end).equals("  }")) {
            end++;
          }
          if (end - i > METHOD_MAX) {
            wrong.add(Repository.name(file) + ": " + lines.get(i).strip() + " " + (end - i));
          }
        }
      }
    }
    assertEquals(List.of(), wrong, "methods of more than " + METHOD_MAX + " lines");
  }

  @Test
  void nothingIsLeftOverOrSwitchedOff() throws IOException {
    List<String> wrong = new ArrayList<>();
    for (Path file : judged(".java", ".xml", ".md", ".txt", ".html", ".yml")) {
      for (String line : Files.readAllLines(file)) {
        if (LEFT_OVER.matcher(line).find() || SWITCHED_OFF.matcher(line).find()) {
          wrong.add(Repository.name(file) + ": " + line.strip());
        }
      }
    }
    assertEquals(List.of(), wrong);
  }

  @Test
  void noPathOfAMachineIsNamed() throws IOException {
    List<String> wrong = new ArrayList<>();
    for (Path file : judged(".java", ".xml", ".md", ".properties", ".config")) {
      for (String line : Files.readAllLines(file)) {
        if (MACHINE.matcher(line).find()) {
          wrong.add(Repository.name(file) + ": " + line.strip());
        }
      }
    }
    assertEquals(List.of(), wrong);
  }

  private static List<Path> judged(String... endings) throws IOException {
    return Repository.files(endings).stream()
        .filter(file -> !ABOUT_IT.contains(String.valueOf(file.getFileName())))
        .toList();
  }
}
