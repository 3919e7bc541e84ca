package org.jetbackup.tck.launcher;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jetbackup.spec.Catalogue;
import org.jetbackup.spec.Chapter;
import org.jetbackup.spec.Clause;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;

/** Prints the clauses and the tests that stand for them; nothing is run. */
final class ClauseList {

  private static final int WIDTH = 100;

  private final Catalogue catalogue;
  private final Selection selection;
  private final Map<String, List<String>> tests = new TreeMap<>();

  ClauseList(Catalogue catalogue, Selection selection, String suites) {
    this.catalogue = catalogue;
    this.selection = selection;
    TestPlan plan = SuiteDiscovery.launcher().discover(SuiteDiscovery.request(suites, selection));
    plan.getRoots().forEach(root -> plan.getDescendants(root).forEach(this::note));
  }

  private void note(TestIdentifier identifier) {
    SuiteTest.of(identifier.getSource())
        .ifPresent(test -> test.clauses()
            .forEach(id -> tests.computeIfAbsent(id, i -> new ArrayList<>()).add(test.name())));
  }

  void print(Terminal terminal) {
    for (Chapter chapter : catalogue.chapters()) {
      List<Clause> clauses = chapter.clauses().stream()
          .filter(clause -> selection.includes(clause.id()))
          .toList();
      if (!clauses.isEmpty()) {
        terminal.line(terminal.bold(chapter.name() + ": " + chapter.title()));
        clauses.forEach(clause -> print(terminal, clause));
        terminal.line("");
      }
    }
  }

  private void print(Terminal terminal, Clause clause) {
    String head = String.format(Locale.ROOT, "  %-8s %-6s  ", clause.id(), clause.level());
    String rule = clause.rule();
    terminal.line(head + (terminal.live() ? gist(rule, WIDTH - head.length()) : rule));
    String indent = " ".repeat(head.length());
    if (!clause.capabilities().isEmpty()) {
      terminal.line(terminal.faint(indent + "needs " + String.join(", ", clause.capabilities())));
    }
    clause
        .untestableBecause()
        .ifPresent(reason -> terminal.line(terminal.faint(indent + "untestable: " + reason)));
    List<String> named = tests.getOrDefault(clause.id(), List.of());
    named.stream().sorted().forEach(name -> terminal.line(terminal.faint(indent + name)));
    if (named.isEmpty() && clause.isTestable()) {
      String reason = catalogue.untested().getOrDefault(clause.id(), "no test names it");
      terminal.line(terminal.faint(indent + "untested: " + reason));
    }
  }

  /** As much of the rule as fits, by whole words. */
  static String gist(String rule, int width) {
    if (rule.length() <= width) {
      return rule;
    }
    int end = rule.lastIndexOf(' ', width - 1);
    return rule.substring(0, end <= 0 ? width - 1 : end) + "\u2026";
  }
}
