package org.jetbackup.tck.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jetbackup.tck.launcher.sample.SamplePlugin;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MainTest {

  @TempDir
  Path directory;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @Test
  void aConformantEngineGivesStatus0AndTheVerdictAsTheLastLine() {
    assertEquals(Main.GOOD, judge(SamplePlugin.class));

    assertTrue(lastLine().startsWith("conformant: sample 1.0 keeps all "), lastLine());
    assertTrue(lastLine().endsWith(" in memory and on disk; no answer about DATA-3"), lastLine());
    assertEquals("", text(err));
  }

  @Test
  void anEngineThatBreaksAMustClauseGivesStatus1AndIsToldWhy() {
    assertEquals(Main.BROKEN, judge(SamplePlugin.Broken.class, "--clause", "FULL-2,FULL-3"));

    assertEquals(
        "NOT conformant: sample 1.0 breaks FULL-2 (1 of 1 MUST clauses); asked for: FULL-2, FULL-3",
        lastLine());
    assertTrue(text(out).contains("replay:  replay FULL-2"));
    assertTrue(text(out).contains("FULL-3   MUST    skipped: its test stopped at FULL-2"));
  }

  @Test
  void theReportsAreWrittenAndNamed() {
    judge(SamplePlugin.class);

    for (String name : List.of("conformance.html", "conformance.json", "TEST-conformance.xml")) {
      assertTrue(Files.isRegularFile(directory.resolve("reports").resolve(name)), name);
      assertTrue(text(out).contains(name));
    }
  }

  @Test
  void withoutATerminalThereIsALineForEachChapterAndNoControlCharacter() {
    judge(SamplePlugin.Broken.class);

    assertTrue(text(out).contains("10 tests in memory\n"));
    assertTrue(text(out).contains("  \u2717 atomic              2 tests, 1 broken\n"), text(out));
    assertFalse(text(out).contains("\u001b"));
    assertFalse(text(out).contains("\r"));
  }

  @Test
  void onATerminalThereAreColoursAndALineThatIsWrittenOver() {
    int status = run(new Terminal(stream(out), true, true), arguments(SamplePlugin.class));

    assertEquals(Main.GOOD, status);
    assertTrue(text(out).contains("\r\u001b[2K"));
    assertTrue(text(out).contains("\u001b[32m"));
  }

  @Test
  void anEngineThatKnowsOnlyTheDefaultFileSystemIsJudgedOnDisk() {
    assertEquals(Main.GOOD, judge(SamplePlugin.DiskOnly.class));

    assertTrue(text(out).contains("on disk only: the engine does not declare"));
    assertTrue(lastLine().endsWith(" on disk; no answer about DATA-3, ATOM-1"), lastLine());
    assertEquals(Main.USAGE, judge(SamplePlugin.DiskOnly.class, "--storage", "memory"));
  }

  @Test
  void aKnownFailureGivesStatus0AndAStaleEntryStatus1() throws IOException {
    Path known = directory.resolve("known");
    Files.writeString(known, "FULL-4 2999-12-31 issue 17\n");
    String[] more = {"--known", known.toString(), "--clause", "FULL-4"};

    assertEquals(Main.GOOD, judge(SamplePlugin.Broken.class, more));
    assertTrue(lastLine().startsWith("NOT conformant; nothing new beyond the known list: "));
    assertEquals(Main.BROKEN, judge(SamplePlugin.class, more));
    assertTrue(lastLine().endsWith("; stale on the known list, take off: FULL-4"));
  }

  @Test
  void aKnownListWithMistakesIsAUsageError() throws IOException {
    Path known = directory.resolve("known");
    Files.writeString(known, "FULL-2 tomorrow x\nNOPE-1 2027-01-01 x\n");

    assertEquals(Main.USAGE, judge(SamplePlugin.class, "--known", known.toString()));
    assertTrue(text(err).contains("tck: line 1: no date such as 2027-03-31: tomorrow\n"));
    assertTrue(text(err).contains("tck: line 2: no clause is called NOPE-1\n"));
    assertEquals(Main.USAGE, judge(SamplePlugin.class, "--known", "nowhere"));
  }

  @Test
  void clausesThatNobodyTestsGiveStatus3() {
    assertEquals(Main.NOTHING, judge(SamplePlugin.class, "--clause", "FLAT-1"));

    assertTrue(lastLine().startsWith("nothing was exercised: "), lastLine());
  }

  @Test
  void aDefectOfTheKitGivesStatus3() {
    RunCommand command =
        new RunCommand(Terminal.plain(stream(out)), "org.jetbackup.tck.launcher.nameless");

    assertEquals(Main.NOTHING, execute(command, arguments(SamplePlugin.class)));
    assertTrue(text(err).contains("names no clause"), text(err));
  }

  @Test
  void unknownNamesAreUsageErrorsWithSuggestions() {
    assertUsage("did you mean atomic?", "--chapter", "atomik");
    assertUsage("did you mean FULL-", "--clause", "FULL-99");
    assertUsage("Unknown option: '--sead=1'", "--sead=1");
    assertUsage("'x' is not a", "--seed", "x");
    assertUsage("--tries must be at least 1", "--tries", "0");
    assertUsage("--limit must be 1 to 86400 seconds", "--limit", "0");
    assertUsage("--limit must be 1 to 86400 seconds", "--limit", "86401");
    assertUsage("a history knows no step like: garbage", "--history", "full; garbage");
    assertUsage("a history knows no step like: restore bogus", "--history", "restore bogus");
    assertUsage("there is no nowhere.jar", "--engine-path", "nowhere.jar");
  }

  @Test
  void aPluginThatCannotBeLoadedIsAUsageError() {
    assertUsage("there is no class no.Such", "--engine", "no.Such");
    assertUsage("is not a subclass of", "--engine", "java.lang.String");
    assertUsage(
        "cannot be created: java.lang.IllegalStateException: no licence",
        "--engine",
        SamplePlugin.Failing.class.getName());
    assertUsage(
        "gives no engine: java.lang.IllegalStateException: the server is away",
        "--engine",
        SamplePlugin.Empty.class.getName());
    assertUsage(
        "could not tell its capabilities: java.lang.IllegalStateException: ask later",
        "--engine",
        SamplePlugin.Silent.class.getName());
  }

  @Test
  void theListNeedsNoEngine() {
    assertEquals(Main.GOOD, run(Terminal.plain(stream(out)), "--list", "--chapter", "full"));

    assertTrue(text(out).startsWith("full: "));
    assertTrue(text(out).contains("FULL-1   MUST"));
    assertFalse(text(out).contains("\u2026"), "whole rules where they can be searched");
    assertTrue(text(out).contains("  FirstSampleSuite.aTestPassesAndLeavesANote\n"));
    assertFalse(text(out).contains("ATOM-1 "));
  }

  @Test
  void helpAndVersionGiveStatus0() {
    assertEquals(Main.GOOD, run(Terminal.plain(stream(out)), "--help"));
    assertTrue(text(out).contains("Examples:"));
    out.reset();
    assertEquals(Main.GOOD, run(Terminal.plain(stream(out)), "--version"));
    assertTrue(text(out).startsWith("jetbackup conformance kit "));
  }

  private int judge(Class<?> plugin, String... more) {
    return run(Terminal.plain(stream(out)), arguments(plugin, more));
  }

  private String[] arguments(Class<?> plugin, String... more) {
    List<String> arguments = new ArrayList<>();
    arguments.addAll(List.of("--engine", plugin.getName()));
    arguments.addAll(List.of("--report", directory.resolve("reports").toString()));
    arguments.addAll(Arrays.asList(more));
    return arguments.toArray(String[]::new);
  }

  private int run(Terminal terminal, String... arguments) {
    return execute(new RunCommand(terminal, ConformanceRunTest.SAMPLES), arguments);
  }

  private int execute(RunCommand command, String... arguments) {
    return Main.commandLine(command, Terminal.plain(stream(out)), stream(err)).execute(arguments);
  }

  private void assertUsage(String message, String... arguments) {
    err.reset();
    List<String> all = new ArrayList<>(Arrays.asList(arguments(SamplePlugin.class)));
    all.addAll(Arrays.asList(arguments));
    assertEquals(Main.USAGE, run(Terminal.plain(stream(out)), all.toArray(String[]::new)));
    assertTrue(text(err).contains(message), text(err));
    assertTrue(text(err).endsWith("tck: --help explains the options\n"));
  }

  private String lastLine() {
    List<String> lines = text(out).lines().toList();
    return lines.get(lines.size() - 1);
  }

  private static PrintStream stream(ByteArrayOutputStream bytes) {
    return new PrintStream(bytes, true, StandardCharsets.UTF_8);
  }

  private static String text(ByteArrayOutputStream bytes) {
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
