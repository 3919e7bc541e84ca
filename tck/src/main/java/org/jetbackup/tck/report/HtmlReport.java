package org.jetbackup.tck.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jetbackup.spec.Level;
import org.jetbackup.tck.Capability;

/**
 * The report as one HTML file for people, which loads nothing from elsewhere and loses only its
 * filter buttons without scripts.
 */
public final class HtmlReport {

  private static final Pattern WORD = Pattern.compile("[\\w-]+|[^\\w-]+");
  private static final Pattern PLACE = Pattern.compile("\\{\\{(\\w+)}}");

  /** With more failures than these, the calls that led to them are folded. */
  private static final int OPEN_MAX = 5;

  private static final DateTimeFormatter BEGUN =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);

  private final KitReport report;
  private final Markup html = new Markup();
  private final HtmlClauses clauses = new HtmlClauses(html);

  private HtmlReport(KitReport report) {
    this.report = report;
  }

  /** The report as an HTML document. */
  public static String of(KitReport report) {
    return new HtmlReport(report).document();
  }

  private String document() {
    String title =
        report.run().subject() + ": " + report.verdict().words() + " \u2013 jetbackup conformance";
    header();
    html.open("main");
    failures();
    chapters();
    report.tables().forEach(this::table);
    capabilities();
    glossary();
    html.close();
    Map<String, String> values = Map.of(
        "css", resource("report.css").strip(),
        "js", resource("report.js").strip(),
        "title", new Markup().text(title).toString(),
        "body", html.toString());
    // In one pass, so that nothing inside a value is taken for a part of the template.
    return PLACE
        .matcher(resource("report.html"))
        .replaceAll(match -> Matcher.quoteReplacement(
            Objects.requireNonNull(values.get(match.group(1)), match.group())));
  }

  private void header() {
    Verdict verdict = report.verdict();
    String tone = switch (verdict) {
      case CONFORMANT -> "good";
      case STALE, KNOWN -> "warn";
      case NOT_CONFORMANT, NOTHING -> "bad";
    };
    html.open("header", "class", "verdict " + tone).open("div", "class", "page");
    html.leaf("p", "jetbackup conformance report", "class", "kicker");
    html.open("h1");
    html.leaf(
        "span",
        tone.equals("good") ? "\u2713" : tone.equals("warn") ? "!" : "\u2717",
        "class",
        "mark",
        "aria-hidden",
        "true");
    html.open("span").leaf("span", report.run().subject(), "class", "subject").text(" ");
    html.leaf("span", headline(verdict), "class", "headline").close();
    html.close();
    html.open("p", "class", "sentence");
    linked(VerdictLine.explanation(report));
    html.close();
    html.close().close();
    html.open("div", "class", "page");
    totals();
    html.open("div", "class", "overview");
    levels();
    facts();
    html.close().close();
  }

  /** Text in which the ids of clauses of this report lead to them. */
  private void linked(String text) {
    Set<String> ids = report.clauses().stream().map(ClauseReport::id).collect(Collectors.toSet());
    Matcher words = WORD.matcher(text);
    while (words.find()) {
      if (ids.contains(words.group())) {
        html.leaf("a", words.group(), "href", "#" + words.group());
      } else {
        html.text(words.group());
      }
    }
  }

  private static String headline(Verdict verdict) {
    return switch (verdict) {
      case CONFORMANT -> "is conformant";
      case STALE -> "is conformant, but the known list is stale";
      case KNOWN -> "is not conformant, as known";
      case NOT_CONFORMANT -> "is not conformant";
      case NOTHING -> "was not exercised";
    };
  }

  private void totals() {
    html.open("section", "class", "totals", "aria-labelledby", "totals");
    html.leaf("h2", report.clauses().size() + " clauses", "id", "totals");
    clauses.bar(report::count);
    html.open("ul", "class", "legend");
    for (Outcome outcome : Outcome.values()) {
      if (report.count(outcome) > 0) {
        html.open("li", "title", outcome.meaning());
        label(HtmlClauses.css(outcome), report.count(outcome), outcome.word());
        html.close();
      }
    }
    html.close().close();
  }

  private void filters() {
    html.open(
        "div", "class", "filters", "role", "group", "aria-label", "Show only clauses that are");
    filter("all", report.clauses().size(), "all", "every clause");
    for (Outcome outcome : Outcome.values()) {
      if (report.count(outcome) > 0) {
        filter(HtmlClauses.css(outcome), report.count(outcome), outcome.word(), outcome.meaning());
      }
    }
    html.close();
  }

  private void filter(String css, long count, String word, String meaning) {
    String pressed = Boolean.toString(css.equals("all"));
    html.open(
        "button", "type", "button", "data-filter", css, "aria-pressed", pressed, "title", meaning);
    label(css, count, word);
    html.close();
  }

  private void label(String css, long count, String word) {
    html.open("span", "class", "dot " + css, "aria-hidden", "true").close();
    html.leaf("strong", Long.toString(count)).text(" " + word);
  }

  private void levels() {
    html.open("table", "class", "levels");
    html.leaf("caption", "Kept, of those tested, by level");
    html.open("tbody");
    for (Level level : Level.values()) {
      if (report.total(level) > 0) {
        long tested = report.tested(level);
        long kept = report.kept(level);
        html.open("tr").leaf("th", level.name(), "scope", "row").open("td");
        html.leaf("strong", tested == 0 ? "none tested" : kept + " of " + tested);
        html.close().open("td");
        html.open("span", "class", "track", "aria-hidden", "true");
        html.open("span", "style", "width:" + 100 * kept / Math.max(1, tested) + "%")
            .close();
        html.close();
        html.close().leaf("td", report.total(level) - tested + " not tested", "class", "quiet");
        html.close();
      }
    }
    html.close().close();
  }

  private void facts() {
    RunInfo run = report.run();
    html.open("dl", "class", "facts");
    fact("Engine", run.subject());
    html.open("div").leaf("dt", "Plug-in").open("dd");
    // A line may break after a dot.
    html.raw(new Markup().text(run.plugin()).toString().replace(".", ".<wbr/>"));
    html.close().close();
    fact("Storage", run.places());
    fact("Seed", Long.toString(run.seed()));
    fact("Random histories", run.tries() + " per property");
    fact("Kit", run.kit());
    if (!run.asked().isEmpty()) {
      fact("Asked for", String.join(", ", run.asked()));
    }
    if (!report.stale().isEmpty()) {
      fact("Stale on the known list", String.join(", ", report.stale()));
    }
    fact("Begun", BEGUN.format(run.started()));
    fact("Took", duration(run.taken()));
    html.close();
  }

  private void fact(String name, String value) {
    html.open("div").leaf("dt", name).leaf("dd", value).close();
  }

  private static String duration(Duration taken) {
    return taken.toMinutes() > 0
        ? taken.toMinutes() + " min " + taken.toSecondsPart() + " s"
        : taken.toSeconds() + "." + taken.toMillisPart() / 100 + " s";
  }

  private void failures() {
    List<ClauseReport> broken = report.with(Outcome.FAILED, Outcome.HUNG, Outcome.EXCLUDED);
    if (broken.isEmpty()) {
      return;
    }
    html.open("section", "class", "failures", "aria-labelledby", "failures");
    html.leaf("h2", "What is broken (" + broken.size() + ")", "id", "failures");
    List<ClauseReport> binding = broken.stream().filter(ClauseReport::binding).toList();
    List<ClauseReport> others =
        broken.stream().filter(clause -> !clause.binding()).toList();
    boolean open = broken.size() <= OPEN_MAX;
    binding.forEach(clause -> clauses.failure(clause, open));
    if (!others.isEmpty()) {
      html.leaf("h3", "Warnings: SHOULD and MAY clauses, which do not decide", "class", "divider");
      others.forEach(clause -> clauses.failure(clause, open));
    }
    html.close();
  }

  private void chapters() {
    html.open("section", "aria-labelledby", "chapters");
    html.open("div", "class", "row").leaf("h2", "Clauses by chapter", "id", "chapters");
    html.leaf("button", "Open all", "type", "button", "id", "unfold", "aria-pressed", "false");
    html.close();
    html.open("nav", "class", "index", "aria-label", "Chapters");
    report.chapters().forEach(clauses::index);
    html.close();
    filters();
    report.chapters().forEach(clauses::chapter);
    html.close();
  }

  /** Folded up, because it is long. */
  private void table(Table table) {
    html.open("section", "class", "figures").leaf("h2", table.title());
    html.open("details").leaf("summary", table.rows().size() + " rows");
    html.open("div", "class", "wide").open("table").open("thead").open("tr");
    table.columns().forEach(column -> cell("th", column, column.title()));
    html.close().close().open("tbody");
    for (List<String> row : table.rows()) {
      html.open("tr");
      for (int i = 0; i < row.size(); i++) {
        cell("td", table.columns().get(i), row.get(i));
      }
      html.close();
    }
    html.close().close().close().close().close();
  }

  private void cell(String element, Table.Column column, String text) {
    if (column.number()) {
      html.leaf(element, text, "class", "number");
    } else {
      html.leaf(element, text);
    }
  }

  private void capabilities() {
    html.open("section", "aria-labelledby", "capabilities");
    html.leaf("h2", "Capabilities", "id", "capabilities");
    html.open("ul", "class", "capabilities");
    Set<Capability> declared = EnumSet.noneOf(Capability.class);
    declared.addAll(report.run().capabilities());
    for (Capability capability : Capability.values()) {
      boolean has = declared.contains(capability);
      html.open("li", "class", has ? "yes" : "no");
      html.leaf("span", has ? "\u2713" : "\u2013", "aria-hidden", "true");
      html.text(" " + capability.word());
      html.leaf("span", has ? " declared" : " not declared", "class", "quiet").close();
    }
    html.close().close();
  }

  private void glossary() {
    html.open("section", "aria-labelledby", "glossary");
    html.leaf("h2", "What the outcomes mean", "id", "glossary");
    html.open("dl", "class", "glossary");
    for (Outcome outcome : Outcome.values()) {
      html.open("div").open("dt");
      clauses.badge(outcome);
      html.close().leaf("dd", outcome.meaning()).close();
    }
    html.close();
    html.leaf(
        "p",
        "Only MUST clauses decide on conformance. Passing shows that no test of this kit saw a clause"
            + " broken, with this seed, on these storages; it proves no more than that.",
        "class",
        "quiet");
    html.close();
  }

  private static String resource(String name) {
    try (InputStream in = HtmlReport.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("the kit is incomplete: no " + name);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
