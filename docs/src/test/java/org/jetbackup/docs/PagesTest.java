package org.jetbackup.docs;

import java.io.IOException;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jetbackup.api.error.JetErr;
import org.jetbackup.spec.Catalogue;
import org.jetbackup.spec.Chapter;
import org.jetbackup.spec.Clause;
import org.jetbackup.tck.Clauses;
import org.jetbackup.tck.selftest.WrongEngine;
import org.junit.jupiter.api.Test;

/** The pages that come from the specification, the api and the kit are up to date. */
class PagesTest {

  private final Catalogue catalogue = Catalogue.load();

  @Test
  void theClausesAreThoseOfTheSpecificationWithTheirTests() throws Exception {
    Map<String, Set<String>> tests = tests();
    StringBuilder page = new StringBuilder();
    page.append("# Clauses\n\nGenerated from `spec` and the tests of the kit.\n");
    for (Chapter chapter : catalogue.chapters()) {
      page.append("\n## ").append(chapter.title()).append("\n\n");
      page.append(chapter.introduction()).append("\n\n");
      page.append("| clause | level | rule | tests |\n|---|---|---|---|\n");
      for (Clause clause : chapter.clauses()) {
        page.append("| ").append(clause.id()).append(" | ").append(clause.level());
        page.append(" | ").append(Generated.cell(clause.rule())).append(" | ");
        page.append(Generated.cell(state(clause, tests))).append(" |\n");
      }
    }
    Generated.check("clauses.md", page.toString());
  }

  @Test
  void theErrorCodesAreThoseOfTheApi() throws IOException {
    StringBuilder page = new StringBuilder();
    page.append("# Error codes\n\nGenerated from `JetErr`.\n\n");
    page.append("| number | symbol | category | meaning |\n|---|---|---|---|\n");
    List<JetErr> errors = Arrays.stream(JetErr.values())
        .sorted((a, b) -> Integer.compare(b.number(), a.number()))
        .toList();
    for (JetErr error : errors) {
      page.append("| ").append(error.number()).append(" | `").append(error.symbol());
      page.append("` | ").append(error.category()).append(" | ");
      page.append(Generated.cell(error.meaning())).append(" |\n");
    }
    Generated.check("errors.md", page.toString());
  }

  @Test
  void theWrongEnginesAreThoseOfTheKit() throws IOException {
    StringBuilder page = new StringBuilder();
    page.append("# Wrong engines\n\n");
    page.append(
        "Each is the model engine with one decision wrong. A test lets the kit judge it and ");
    page.append(
        "holds that every clause\nnamed here catches it, on its own, with a message that says ");
    page.append(
        "what was allowed, what was seen, the calls that led\nthere and how to see it again. ");
    page.append("Generated from `WrongEngine` in the tests of the kit.\n\n");
    page.append("Where it takes a crash to see the mistake, the last columns\nname the ");
    page.append("profile that is the first to see it and the workload: no stronger profile does ");
    page.append("so then, and a test\nholds that too.\n\n");
    page.append("| the engine | caught by | first seen under | during |\n|---|---|---|---|\n");
    for (WrongEngine wrong : WrongEngine.values()) {
      page.append("| ").append(Generated.cell(wrong.mistake())).append(" | ");
      page.append(String.join(", ", wrong.clauses())).append(" | ");
      page.append(wrong.seenFirst().map(seen -> seen.profile().word()).orElse(""));
      page.append(" | ")
          .append(wrong.seenFirst().map(WrongEngine.Seen::workload).orElse(""));
      page.append(" |\n");
    }
    // What follows comes from the tests of the engine, which check it.
    Generated.checkBefore(
        "\n## The reference engine with bugs\n", "wrong-engines.md", page.toString());
  }

  private String state(Clause clause, Map<String, Set<String>> tests) {
    if (clause.untestableBecause().isPresent()) {
      return "*not testable: " + clause.untestableBecause().get() + "*";
    }
    if (tests.containsKey(clause.id())) {
      return String.join(", ", tests.get(clause.id()));
    }
    return "*not yet: " + catalogue.untested().getOrDefault(clause.id(), "") + "*";
  }

  private static Map<String, Set<String>> tests() throws Exception {
    Map<String, Set<String>> tests = new TreeMap<>();
    for (var file : Repository.files("Suite.java")) {
      if (!file.toString().contains("tck") || !file.getParent().endsWith("suite")) {
        continue;
      }
      String name = file.getFileName().toString().replace(".java", "");
      for (Method method : Class.forName("org.jetbackup.tck.suite." + name).getDeclaredMethods()) {
        Clauses clauses = method.getAnnotation(Clauses.class);
        if (clauses != null) {
          for (String id : clauses.value()) {
            tests.computeIfAbsent(id, i -> new TreeSet<>()).add(name + "." + method.getName());
          }
        }
      }
    }
    return tests;
  }
}
