package org.jetbackup.spec;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What the reader takes from a text, and what it refuses with file and line. */
class FormatTest {

  private static final String FILE = "chapters/05-full.md";

  /** A text without a mistake; each test below makes one. */
  private static final String GOOD = """
      # full: Full backup

      What it is about,
      in a paragraph.

      ## FULL-1 MUST
      Rule: It works,
        also on Mondays.
      Reason: It has to.
      Source: contract S1 N10; decision B4; semantics 14.3
      Capability: atomic, null-path

      ## FULL-2 MAY
      Rule: It is silent.
      Reason: Noise disturbs.
      Source: crash oracle; house api
      Testable: no: silence
        cannot be measured
      """;

  private final Map<String, String> files = new HashMap<>(Map.of(
      FILE,
      GOOD,
      "chapters/index.txt",
      "# comment\n05-full.md FULL\n",
      "capabilities.txt",
      "atomic = in one step\nnull-path = without a path\n",
      "untested.txt",
      "# comment\nFULL-1 # waits for a clock\n"));

  private Catalogue read() {
    return Catalogue.of(file -> files.get(file).lines().toList());
  }

  @Test
  void readsAChapter() {
    Chapter chapter = read().chapters().get(0);

    assertEquals("full", chapter.name());
    assertEquals("Full backup", chapter.title());
    assertEquals("What it is about, in a paragraph.", chapter.introduction());
    assertEquals(2, chapter.clauses().size());
  }

  @Test
  void readsClauses() {
    Clause first = new Clause(
        "FULL-1",
        Level.MUST,
        "It works, also on Mondays.",
        "It has to.",
        List.of("contract S1", "contract N10", "decision B4", "semantics 14.3"),
        Set.of("atomic", "null-path"),
        Optional.empty(),
        "full");
    Clause second = new Clause(
        "FULL-2",
        Level.MAY,
        "It is silent.",
        "Noise disturbs.",
        List.of("crash oracle", "house api"),
        Set.of(),
        Optional.of("silence cannot be measured"),
        "full");

    assertEquals(List.of(first, second), read().clauses());
    assertEquals(Optional.of(second), read().clause("FULL-2"));
  }

  @Test
  void readsTheUntestedAndTheCapabilities() {
    assertEquals(Map.of("FULL-1", "waits for a clock"), read().untested());
    assertEquals(
        Map.of("atomic", "in one step", "null-path", "without a path"), read().capabilities());
  }

  @ParameterizedTest(name = "{3}")
  @MethodSource("mistakes")
  void refusesAMistake(String good, String bad, int line, String message) {
    assertTrue(GOOD.contains(good), "the test changes nothing");
    files.put(FILE, GOOD.replaceFirst(Pattern.quote(good), bad));

    refuses(FILE, line, message);
  }

  /** What is replaced, by what, in which line that is noticed, and what is said. */
  static Stream<Arguments> mistakes() {
    return Stream.of(
        arguments("Reason: It has to.\n", "", 6, "the clause has no 'Reason:'"),
        arguments("Rule: It is silent.\n", "", 13, "the clause has no 'Rule:'"),
        arguments("Source: crash oracle; house api\n", "", 13, "the clause has no 'Source:'"),
        arguments("## FULL-2", "## FULL-1", 13, "duplicate id FULL-1"),
        arguments("## FULL-2", "## FULL-3", 13, "the next id is FULL-2, not FULL-3"),
        arguments("## FULL-1", "## ATOM-1", 6, "the ids of this chapter begin with 'FULL-'"),
        arguments("FULL-2 MAY", "FULL-2 CAN", 13, "unknown level 'CAN'"),
        arguments("## FULL-2 MAY", "## FULL-2", 13, "a clause begins with '## FULL-2 LEVEL'"),
        arguments("## FULL-2 MAY", "### FULL-2 MAY", 13, "a clause begins with '## FULL-2 LEVEL'"),
        arguments("  also", "    also", 8, "bad indentation"),
        arguments("  also", " also", 8, "bad indentation"),
        arguments("  also", "also", 8, "unknown field"),
        arguments("MUST\nRule", "MUST\n  Rule", 7, "no field for this line to continue"),
        arguments("Reason: It", "Because: It", 9, "unknown field"),
        arguments(
            "Reason: It has", "Reason:It has", 9, "after 'Reason:' come one blank and a text"),
        arguments("Reason: It has to.", "Reason:", 9, "after 'Reason:' come one blank and a text"),
        arguments("Reason: It has to.", "Rule: Again.", 9, "'Rule:' comes too late or twice"),
        arguments(
            "Capability: atomic, null-path",
            "Reason: Late.",
            11,
            "'Reason:' comes too late or twice"),
        arguments("contract S1", "contract S6", 10, "there is no source 'contract S6'"),
        arguments("S1 N10", "S1 S1", 10, "the source 'contract S1' is named twice"),
        arguments("decision B4", "rumour B4", 10, "unknown kind of source 'rumour'"),
        arguments("decision B4", "decision", 10, "the source 'decision' names no id"),
        arguments("atomic, null", "atomic, zero", 11, "unknown capability 'zero-path'"),
        arguments(
            "atomic, null-path", "atomic, atomic", 11, "the capability 'atomic' is named twice"),
        arguments(
            "Testable: no: silence", "Testable: yes", 17, "the form is 'Testable: no: reason'"),
        arguments("Mondays.", "Mondays. ", 8, "white space at the end"),
        arguments("Mondays.", "\tMondays.", 8, "there is a tab"),
        arguments("\n\n## FULL-2", "\n\n\n## FULL-2", 12, "a blank line has nothing after it"),
        arguments("measured\n", "measured\n\n", 19, "a blank line has nothing after it"),
        arguments("# full: Full", "# fool: Full", 1, "the chapter begins with '# full: Title'"),
        arguments("backup\n\n", "backup\n", 2, "a blank line is missing before this one"),
        arguments(
            "paragraph.\n\n", "paragraph.\n", 5, "the chapter begins with one plain paragraph"));
  }

  @Test
  void refusesAChapterWithoutClauses() {
    files.put(FILE, "# full: Full backup\n\nNothing.\n");

    refuses(FILE, 4, "the file ends too early");
  }

  @Test
  void refusesABadIndex() {
    assertAll(
        () -> refusesText("chapters/index.txt", "05-full.md\n", 1, "an entry is a key"),
        () -> refusesText("chapters/index.txt", "05-full.md Full\n", 1, "'Full' is no prefix"),
        () -> refusesText("chapters/index.txt", "full.md FULL\n", 1, "called like 05-full.md"),
        () -> refusesText(
            "chapters/index.txt",
            "05-full.md FULL\n05-full.md FOO\n",
            2,
            "duplicate entry '05-full.md'"));
  }

  @Test
  void refusesABadListOfCapabilities() {
    refusesText("capabilities.txt", "atomic = x\nNull Path = y\n", 2, "a capability is a word");
  }

  @Test
  void refusesAnUntestedEntryThatCannotBe() {
    assertAll(
        () -> refusesText("untested.txt", "FULL-1\n", 1, "an entry is a key"),
        () -> refusesText("untested.txt", "FULL-9 # later\n", 1, "there is no clause 'FULL-9'"),
        () -> refusesText("untested.txt", "FULL-2 # later\n", 1, "FULL-2 is not testable"),
        () -> refusesText(
            "untested.txt", "FULL-1 # later\nFULL-1 # never\n", 2, "duplicate entry 'FULL-1'"));
  }

  @Test
  void aMissingFileIsNamed() {
    SpecFormatException refusal = assertThrows(
        SpecFormatException.class, () -> SpecFiles.ON_CLASS_PATH.lines("chapters/no.md"));

    assertEquals("chapters/no.md:1: there is no such file", refusal.getMessage());
  }

  private void refusesText(String file, String text, int line, String message) {
    String before = files.put(file, text);
    refuses(file, line, message);
    files.put(file, before);
  }

  private void refuses(String file, int line, String message) {
    SpecFormatException refusal = assertThrows(SpecFormatException.class, this::read);
    assertEquals(file + ":" + line, refusal.file() + ":" + refusal.line(), refusal::getMessage);
    assertTrue(refusal.getMessage().startsWith(file + ":" + line + ": "), refusal::getMessage);
    assertTrue(refusal.getMessage().contains(message), refusal::getMessage);
  }
}
