package org.jetbackup.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Pages whose content comes from a program. A test compares; with {@code -Djetbackup.generate=true}
 * it writes instead.
 */
final class Generated {

  private Generated() {}

  /** Compares a page below {@code docs} with what it should be, or writes it. */
  static void check(String name, String content) throws IOException {
    Path page = Repository.root().resolve("docs").resolve(name);
    if (Boolean.getBoolean("jetbackup.generate")) {
      Files.writeString(page, content);
    }
    String present = Files.exists(page) ? Files.readString(page) : "";
    assertEquals(
        content,
        present,
        name + " is not up to date: ./mvnw verify -Djetbackup.generate=true writes it");
  }

  /** Compares, or writes, what stands in a page before a heading; the rest is others' business. */
  static void checkBefore(String heading, String name, String content) throws IOException {
    String present = Files.readString(Repository.root().resolve("docs").resolve(name));
    int rest = present.indexOf(heading);
    check(name, content + (rest < 0 ? "" : present.substring(rest)));
  }

  /** Text that stays in its cell of a table. */
  static String cell(String text) {
    return text.replace("|", "\\|").replace("\n", " ");
  }
}
