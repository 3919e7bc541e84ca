package org.jetbackup.tck.report;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToLongFunction;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The parts of the HTML report that show clauses and their tests. */
final class HtmlClauses {

  private static final int WORD_MAX = 24;
  private static final Pattern AFTER_SPACE = Pattern.compile("(?<= )");

  private final Markup html;

  /** The clause below which a finding was shown in full. */
  private final Map<List<Object>, String> shown = new HashMap<>();

  HtmlClauses(Markup html) {
    this.html = html;
  }

  /** The class of an outcome in the style sheet. */
  static String css(Outcome outcome) {
    return "o-" + outcome.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  void badge(Outcome outcome) {
    html.open("span", "class", "badge " + css(outcome), "title", outcome.meaning());
    html.leaf("span", mark(outcome), "aria-hidden", "true")
        .text(" " + outcome.word())
        .close();
  }

  /** A bar with a part for every outcome; the numbers stand beside it in words. */
  void bar(ToLongFunction<Outcome> count) {
    html.open("span", "class", "bar", "aria-hidden", "true");
    for (Outcome outcome : Outcome.values()) {
      long size = count.applyAsLong(outcome);
      if (size > 0) {
        String style = "flex-grow:" + size;
        html.open(
            "span", "class", css(outcome), "style", style, "title", size + " " + outcome.word());
        html.close();
      }
    }
    html.close();
  }

  private static String mark(Outcome outcome) {
    return switch (outcome) {
      case FAILED -> "\u2717";
      case HUNG -> "\u2026";
      case EXCLUDED -> "!";
      case VACUOUS -> "\u2205";
      case SKIPPED -> "\u2192";
      case PASSED -> "\u2713";
      case NOT_APPLICABLE -> "\u2013";
      case UNTESTED -> "?";
      case UNTESTABLE -> "\u00d7";
    };
  }

  /** A broken clause in full, the calls that led there open or folded. */
  void failure(ClauseReport clause, boolean open) {
    String css = "failure " + css(clause.outcome());
    html.open("article", "class", css, "id", "failure-" + clause.id());
    html.open("h3").leaf("a", clause.id(), "href", "#" + clause.id()).text(" ");
    html.leaf("span", clause.level().name(), "class", "level").text(" ");
    badge(clause.outcome());
    html.close();
    html.leaf("p", clause.clause().rule(), "class", "rule");
    if (clause.outcome() == Outcome.EXCLUDED) {
      html.leaf("p", clause.why(), "class", "quiet");
    }
    List<TestReport> fresh = new ArrayList<>();
    for (TestReport test : clause.evidence()) {
      String earlier = shown.putIfAbsent(test.finding(), clause.id());
      if (earlier == null || earlier.equals(clause.id())) {
        fresh.add(test);
      } else {
        html.open("p", "class", "quiet").leaf("code", test.method());
        html.text(" \u00b7 " + test.storage().word() + ", as shown at ");
        html.leaf("a", earlier, "href", "#failure-" + earlier).close();
      }
    }
    evidence(clause, fresh, open);
    html.close();
  }

  /** A way to a chapter, with how it came out. */
  void index(ChapterReport chapter) {
    html.open("a", "href", "#chapter-" + chapter.name())
        .leaf("span", chapter.title(), "class", "to");
    long passed = chapter.count(Outcome.PASSED);
    long broken = chapter.clauses().stream().filter(c -> c.outcome().broken()).count();
    html.leaf(
        "span",
        passed + " of " + chapter.clauses().size() + " passed"
            + (broken == 0 ? "" : ", " + broken + " broken"),
        "class",
        "quiet");
    bar(chapter::count);
    html.close();
  }

  void chapter(ChapterReport chapter) {
    String id = "chapter-" + chapter.name();
    html.open("section", "class", "chapter", "aria-labelledby", id);
    html.open("h3", "id", id).text(chapter.title() + " ");
    html.leaf("span", chapter.name(), "class", "name").close();
    html.open("p", "class", "counts");
    for (Outcome outcome : Outcome.values()) {
      if (chapter.count(outcome) > 0) {
        html.open("span", "class", "count");
        html.open("span", "class", "dot " + css(outcome), "aria-hidden", "true").close();
        html.text(chapter.count(outcome) + " " + outcome.word()).close().text(" ");
      }
    }
    html.close();
    html.open("table", "class", "clauses").open("thead").open("tr");
    for (String column : List.of("Clause", "Level", "Outcome", "Rule")) {
      html.leaf("th", column, "scope", "col");
    }
    html.close().close().open("tbody");
    chapter.clauses().forEach(this::row);
    html.close().close().close();
  }

  private void row(ClauseReport clause) {
    html.open("tr", "id", clause.id(), "data-outcome", css(clause.outcome()));
    html.open("th", "scope", "row")
        .leaf("a", clause.id(), "href", "#" + clause.id())
        .close();
    html.open("td").leaf("span", clause.level().name(), "class", "level").close();
    html.open("td");
    badge(clause.outcome());
    html.close();
    html.open("td", "class", "rule").open("details");
    html.leaf("summary", clause.clause().rule());
    html.open("div", "class", "inside");
    html.open("dl", "class", "about");
    about("Why this outcome", clause.why().isEmpty() ? clause.outcome().meaning() : clause.why());
    about("Why this clause", clause.clause().reason());
    about("Source", String.join("; ", clause.clause().sources()));
    about("Needs", String.join(", ", clause.clause().capabilities()));
    html.close();
    tests(clause);
    html.close().close().close().close();
  }

  private void about(String name, String value) {
    if (!value.isBlank()) {
      html.open("div").leaf("dt", name).leaf("dd", value).close();
    }
  }

  private void tests(ClauseReport clause) {
    if (clause.tests().isEmpty()) {
      return;
    }
    Map<String, List<TestReport>> byMethod = clause.tests().stream()
        .collect(
            Collectors.groupingBy(TestReport::method, LinkedHashMap::new, Collectors.toList()));
    html.open("ul", "class", "tests");
    byMethod.forEach((method, tests) -> test(clause, method, tests));
    html.close();
  }

  private void test(ClauseReport clause, String method, List<TestReport> onStorages) {
    html.open("li").leaf("p", onStorages.get(0).sentence(), "class", "sentence");
    html.open("p", "class", "quiet").leaf("code", method).close();
    for (TestReport test : onStorages) {
      html.open("p", "class", "run");
      badge(test.outcome());
      html.text(" " + test.storage().word() + ", " + test.millis() + " ms");
      html.text(test.note().isEmpty() ? "" : ", " + test.note());
      html.close();
      if (Verdicts.against(clause.id(), test)) {
        continue;
      }
      if (test.violation().isPresent()) {
        String other = test.violation().orElseThrow().clause();
        html.open("p", "class", "quiet").text("stopped at ");
        html.leaf("a", other, "href", "#" + other).close();
      } else if (!test.message().isEmpty()) {
        html.leaf("p", test.message().lines().findFirst().orElse(""), "class", "quiet");
      }
    }
    List<TestReport> against =
        onStorages.stream().filter(t -> Verdicts.against(clause.id(), t)).toList();
    evidence(clause, against, false);
    html.close();
  }

  /** Every way in which the clause was seen broken; what two storages share is told once. */
  private void evidence(ClauseReport clause, List<TestReport> tests, boolean open) {
    Map<List<Object>, List<TestReport>> alike = tests.stream()
        .collect(
            Collectors.groupingBy(TestReport::finding, LinkedHashMap::new, Collectors.toList()));
    alike.values().forEach(same -> told(clause, same, open));
  }

  /** How a test saw the clause broken, alike on one or more storages. */
  private void told(ClauseReport clause, List<TestReport> same, boolean open) {
    TestReport test = same.get(0);
    String places = same.stream().map(t -> t.storage().word()).collect(Collectors.joining(", "));
    html.open("div", "class", "evidence");
    html.open("p", "class", "quiet").text(test.sentence() + " \u00b7 ");
    html.leaf("code", test.method()).text(" \u00b7 " + places).close();
    test.violation()
        .ifPresentOrElse(
            violation -> contrast(violation, open),
            () -> html.leaf("pre", test.message(), "tabindex", "0"));
    html.open("div", "class", "replay").open("code");
    AFTER_SPACE.splitAsStream(test.replay()).forEach(this::word);
    html.close();
    html.leaf(
        "button",
        "Copy",
        "type",
        "button",
        "data-copy",
        test.replay(),
        "aria-label",
        "Copy the command that replays " + clause.id());
    html.close().close();
  }

  /** What was allowed beside what was seen, and the calls that led there. */
  private void contrast(Violation violation, boolean open) {
    html.open("dl", "class", "contrast");
    html.open("div", "class", "allowed").leaf("dt", "Allowed").leaf("dd", violation.allowed());
    html.close().open("div", "class", "seen").leaf("dt", "Seen").leaf("dd", violation.seen());
    html.close().close();
    if (!violation.history().isEmpty()) {
      html.open("details", open ? new String[] {"open", "open"} : new String[0]);
      html.leaf("summary", counted(violation.history().size()) + " that led there");
      html.open("ol", "class", "history", "tabindex", "0");
      violation.history().forEach(line -> html.leaf("li", line));
      html.close().close();
    }
  }

  /** Keeps a short word, such as an option, from being broken at its hyphens. */
  private void word(String word) {
    if (word.length() > WORD_MAX) {
      html.text(word);
    } else {
      html.leaf("span", word);
    }
  }

  private static String counted(int calls) {
    return calls == 1 ? "The call" : "The " + calls + " calls";
  }
}
