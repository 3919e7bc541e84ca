package org.jetbackup.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jetbackup.api.InstanceState;
import org.jetbackup.api.error.JetErr;
import org.jetbackup.tck.life.LifeRow;
import org.jetbackup.tck.life.LifeTable;
import org.junit.jupiter.api.Test;

/**
 * The page about the life cycle: its tables are the rows that the kit tests, its drawing is that of
 * the api. What stands above the mark is written by hand.
 */
class LifeCyclePageTest {

  private static final String PAGE = "life-cycle.md";
  private static final String MARK = "<!-- generated -->\n";
  private static final Pattern DRAWING_OF_THE_PAGE =
      Pattern.compile("```\n(.*?)```", Pattern.DOTALL);
  private static final Pattern DRAWING_OF_THE_API =
      Pattern.compile(" \\* <pre>\n(.*?) \\* </pre>", Pattern.DOTALL);

  @Test
  void theTablesAreThoseOfTheKit() throws IOException {
    StringBuilder page = new StringBuilder(head());
    for (InstanceState state : InstanceState.values()) {
      page.append("\n## ").append(state).append("\n\n");
      page.append("| call | answer | then | from |\n|---|---|---|---|\n");
      lines(LifeTable.of(state)).forEach(page::append);
    }
    page.append("\n## The errors\n\n| number | symbol |\n|---|---|\n");
    LifeTable.rows().stream()
        .flatMap(row -> row.allowed().errors().stream())
        .distinct()
        .sorted((a, b) -> Integer.compare(b.number(), a.number()))
        .forEach(error -> page.append(line(error)));
    Generated.check(PAGE, page.toString());
  }

  @Test
  void theDrawingIsThatOfTheApi() throws IOException {
    Path api = Path.of("api/src/main/java/org/jetbackup/api/InstanceState.java");
    String drawn = found(DRAWING_OF_THE_API, Files.readString(Repository.root().resolve(api)));
    assertEquals(
        drawn.replaceAll("(?m)^ \\* ", "").stripIndent(),
        found(DRAWING_OF_THE_PAGE, head()).stripIndent());
  }

  /** What stands beside the names of calls. */
  private record Line(boolean ofASession, String answer, String then, String from) {

    static Line of(LifeRow row) {
      return new Line(
          row.call().isOfASession(),
          row.allowed().inShort(),
          row.then() == row.state() ? "" : row.then().toString(),
          row.hasSource() ? row.source() : "");
    }

    String with(List<String> calls) {
      return "| " + String.join(" | ", String.join(", ", calls), answer, then, from) + " |\n";
    }
  }

  /** Calls that differ in nothing but their names share a line. */
  private static List<String> lines(List<LifeRow> rows) {
    Map<Line, List<String>> calls = new LinkedHashMap<>();
    for (LifeRow row : rows) {
      calls
          .computeIfAbsent(Line.of(row), line -> new ArrayList<>())
          .add(row.call().text());
    }
    return calls.entrySet().stream()
        .map(entry -> entry.getKey().with(entry.getValue()))
        .toList();
  }

  private static String line(JetErr error) {
    return "| " + error.number() + " | `" + error.symbol() + "` |\n";
  }

  private static String head() throws IOException {
    String page = Files.readString(Repository.root().resolve("docs").resolve(PAGE));
    int mark = page.indexOf(MARK);
    if (mark < 0) {
      throw new IllegalStateException(PAGE + " has no line " + MARK);
    }
    return page.substring(0, mark + MARK.length());
  }

  private static String found(Pattern pattern, String text) {
    Matcher matcher = pattern.matcher(text);
    if (!matcher.find()) {
      throw new IllegalStateException("no drawing is found");
    }
    return matcher.group(1);
  }
}
