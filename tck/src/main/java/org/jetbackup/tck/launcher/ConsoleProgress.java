package org.jetbackup.tck.launcher;

import java.util.Locale;
import org.jetbackup.tck.Storage;
import org.jetbackup.tck.report.Outcome;
import org.jetbackup.tck.report.TestReport;

/**
 * Shows how a run gets on: a line for every chapter as it ends, and on a terminal below it a line
 * that says what is going on now.
 */
final class ConsoleProgress implements Progress {

  private final Terminal terminal;
  private String place = "";
  private String now = "";
  private String detail = "";
  private int tests;
  private int done;
  private int broken;

  ConsoleProgress(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public void begun(Storage storage, int newTests) {
    place = storage == Storage.MEMORY ? "in memory" : "on disk";
    tests = newTests;
    done = 0;
    broken = 0;
    now = "";
    terminal.clear();
    terminal.line("");
    terminal.line(terminal.bold(Terminal.plural(tests, "test") + " " + place));
    draw();
  }

  @Override
  public void testBegun(String newChapter, String newSentence) {
    now = newChapter + ": " + newSentence;
    detail = "";
    draw();
  }

  /** The test that runs says how far it has come. */
  void detail(String text) {
    detail = text;
    draw();
  }

  @Override
  public void caseEnded(TestReport test) {
    broken += test.outcome().broken() ? 1 : 0;
  }

  @Override
  public void testEnded(int nowDone) {
    done = nowDone;
    draw();
  }

  @Override
  public void chapterEnded(String ended, Storage storage, int all, int brokenOnes, int silent) {
    terminal.clear();
    Outcome outcome = brokenOnes > 0 ? Outcome.FAILED : Outcome.PASSED;
    String mark = terminal.in(outcome, brokenOnes > 0 ? "\u2717" : "\u2713");
    String detail = (brokenOnes == 0 ? "" : ", " + terminal.in(outcome, brokenOnes + " broken"))
        + (silent == 0 ? "" : ", " + silent + " not run");
    String name = String.format(Locale.ROOT, "%-20s", ended);
    terminal.line("  " + mark + " " + name + Terminal.plural(all, "test") + detail);
    draw();
  }

  /** Removes what is only there while the run lasts. */
  void close() {
    terminal.clear();
  }

  private void draw() {
    if (terminal.live()) {
      String seen = broken == 0 ? "" : ", " + broken + " broken";
      terminal.over(String.format(
          Locale.ROOT,
          "  %d/%d %s%s  %s",
          done,
          tests,
          place,
          seen,
          detail.isEmpty() ? now : detail));
    }
  }
}
