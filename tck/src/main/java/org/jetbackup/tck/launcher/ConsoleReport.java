package org.jetbackup.tck.launcher;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jetbackup.tck.Capability;
import org.jetbackup.tck.KitSettings;
import org.jetbackup.tck.Storage;
import org.jetbackup.tck.explore.CrashTable;
import org.jetbackup.tck.explore.Exploration;
import org.jetbackup.tck.explore.FaultTable;
import org.jetbackup.tck.explore.SweepRow;
import org.jetbackup.tck.report.ChapterReport;
import org.jetbackup.tck.report.ClauseReport;
import org.jetbackup.tck.report.KitReport;
import org.jetbackup.tck.report.Outcome;
import org.jetbackup.tck.report.TestReport;
import org.jetbackup.tck.report.Verdict;
import org.jetbackup.tck.report.VerdictLine;

/** Prints what a run is about, and what it found. */
final class ConsoleReport {

  private final Terminal terminal;

  /** The clause at which a finding was told in full. */
  private final Map<List<Object>, String> told = new HashMap<>();

  ConsoleReport(Terminal terminal) {
    this.terminal = terminal;
  }

  /** Before the run. */
  void header(KitSettings settings, Set<Storage> storages, List<String> remarks) {
    String engine =
        settings.plugin().engine().name() + " " + settings.plugin().engine().version();
    terminal.line("jetbackup conformance kit " + KitVersion.text());
    row("engine", terminal.bold(engine.strip()));
    row("plug-in", settings.plugin().getClass().getName());
    row(
        "declares",
        settings.capabilities().size() + " of " + Capability.values().length + " capabilities");
    row("storage", storages.stream().sorted().map(Storage::word).collect(Collectors.joining(", ")));
    row("seed", settings.seed() + ", " + settings.tries() + " random histories per property");
    remarks.forEach(remark -> row("note", remark));
  }

  private void row(String name, String value) {
    terminal.line(String.format(Locale.ROOT, "  %-9s %s", name, value));
  }

  /** After the run, but for the verdict. */
  void results(KitReport report) {
    table(report);
    List<ClauseReport> broken = report.with(Outcome.FAILED, Outcome.HUNG);
    if (!broken.isEmpty()) {
      terminal.line("");
      terminal.line(terminal.bold("What is broken"));
      broken.stream().filter(ClauseReport::binding).forEach(this::failure);
      broken.stream().filter(clause -> !clause.binding()).forEach(this::failure);
    }
    list("What is broken, as known", report.with(Outcome.EXCLUDED));
    list("What has no answer", report.with(Outcome.VACUOUS, Outcome.SKIPPED));
  }

  /** What crashes left, one row for each profile, and what came of faults in one line. */
  void tables(List<Exploration> explored, List<SweepRow> swept) {
    if (!explored.isEmpty()) {
      table("What crashes left", CrashTable.byProfile(explored));
    }
    if (!swept.isEmpty()) {
      table("What came of faults", List.of(FaultTable.summary(swept)));
    }
  }

  private void table(String heading, List<String> lines) {
    terminal.line("");
    terminal.line(terminal.bold(heading));
    lines.forEach(line -> terminal.line("  " + line));
  }

  private void list(String heading, List<ClauseReport> clauses) {
    if (!clauses.isEmpty()) {
      terminal.line("");
      terminal.line(terminal.bold(heading));
      clauses.forEach(clause -> {
        String id = String.format(Locale.ROOT, "  %-8s %-6s  ", clause.id(), clause.level());
        terminal.line(id + clause.outcome().word() + ": " + clause.why());
      });
    }
  }

  /** The last line. */
  void verdict(KitReport report) {
    boolean good = report.verdict() == Verdict.CONFORMANT;
    String line = VerdictLine.of(report);
    terminal.line(terminal.bold(terminal.in(good ? Outcome.PASSED : Outcome.FAILED, line)));
  }

  private void table(KitReport report) {
    List<Outcome> columns = Arrays.stream(Outcome.values())
        .filter(outcome -> report.count(outcome) > 0)
        .sorted((a, b) -> Boolean.compare(b == Outcome.PASSED, a == Outcome.PASSED))
        .toList();
    int width = report.chapters().stream()
        .mapToInt(chapter -> chapter.name().length())
        .max()
        .orElse(0);
    String first = "  %-" + Math.max(width, "clauses".length()) + "s";
    StringBuilder head = new StringBuilder(String.format(Locale.ROOT, first, "clauses"));
    columns.forEach(column -> head.append("  ").append(column.word()));
    terminal.line("");
    terminal.line(terminal.bold(head.toString()));
    for (ChapterReport chapter : report.chapters()) {
      List<Long> counts = columns.stream().map(chapter::count).toList();
      terminal.line(row(String.format(Locale.ROOT, first, chapter.name()), columns, counts));
    }
    List<Long> totals = columns.stream().map(report::count).toList();
    terminal.line(row(String.format(Locale.ROOT, first, "all"), columns, totals));
  }

  private String row(String name, List<Outcome> columns, List<Long> counts) {
    StringBuilder line = new StringBuilder(name);
    for (int i = 0; i < columns.size(); i++) {
      long count = counts.get(i);
      String shown = count == 0 ? "." : Long.toString(count);
      String cell = " ".repeat(columns.get(i).word().length() - shown.length()) + shown;
      line.append("  ")
          .append(count == 0 ? terminal.faint(cell) : terminal.in(columns.get(i), cell));
    }
    return line.toString();
  }

  /** Each finding once, even if two storages or several clauses share it. */
  private void failure(ClauseReport clause) {
    Map<List<Object>, List<TestReport>> findings = new LinkedHashMap<>();
    for (TestReport test : clause.evidence()) {
      findings.computeIfAbsent(test.finding(), f -> new ArrayList<>()).add(test);
    }
    terminal.line("");
    String heading =
        "  " + clause.id() + " " + clause.level() + " " + clause.outcome().word();
    terminal.line(terminal.in(clause.outcome(), heading));
    findings.forEach((finding, tests) -> tell(clause, finding, tests));
  }

  private void tell(ClauseReport clause, List<Object> finding, List<TestReport> tests) {
    String places =
        tests.stream().map(test -> test.storage().word()).collect(Collectors.joining(", "));
    String earlier = told.putIfAbsent(finding, clause.id());
    String by = "  by " + tests.get(0).method() + ", " + places;
    terminal.line(terminal.faint(earlier == null ? by : by + ", as told at " + earlier));
    if (earlier == null) {
      TestReport test = tests.get(0);
      test.message().lines().forEach(line -> terminal.line("    " + line));
      if (test.violation().isEmpty()) {
        terminal.line("      replay:  " + test.replay());
      }
    }
  }
}
