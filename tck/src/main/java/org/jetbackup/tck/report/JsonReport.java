package org.jetbackup.tck.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collection;
import org.jetbackup.spec.Level;

/**
 * The report as JSON, which holds everything that the other forms show.
 *
 * <p>Keys stand in a fixed order, lists are sorted, and nothing in it depends on the machine or the
 * hour, but for the keys {@code millis} and the object {@code times} at the end. A clause names its
 * tests by their {@code key}.
 */
public final class JsonReport {

  /** Grows when a reader of an earlier form would misunderstand. */
  private static final int FORMAT = 1;

  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private JsonReport() {}

  /** The report as text that ends in a line feed. */
  public static String of(KitReport report) {
    RunInfo run = report.run();
    ObjectNode root = NODES.objectNode();
    root.put("format", FORMAT);
    root.put("kit", run.kit());
    root.putObject("engine")
        .put("name", run.engine())
        .put("version", run.engineVersion())
        .put("plugin", run.plugin());
    root.put("conformant", report.conformant());
    root.put("verdict", report.verdict().words());
    root.put("sentence", VerdictLine.of(report));
    root.put("seed", run.seed());
    root.put("tries", run.tries());
    root.set("storages", strings(run.storages().stream().map(s -> s.word()).toList()));
    root.set(
        "capabilities", strings(run.capabilities().stream().map(c -> c.word()).toList()));
    root.set("asked", strings(run.asked()));
    root.set("stale", strings(report.stale()));
    root.set("totals", totals(report));
    ArrayNode chapters = root.putArray("chapters");
    report.chapters().forEach(chapter -> chapters.add(chapter(chapter)));
    ArrayNode tests = root.putArray("tests");
    report.tests().forEach(test -> tests.add(test(test)));
    ArrayNode tables = root.putArray("tables");
    report.tables().forEach(table -> tables.add(table(table)));
    root.putObject("times")
        .put("started", run.started().toString())
        .put("millis", run.taken().toMillis());
    return text(root);
  }

  private static ObjectNode totals(KitReport report) {
    ObjectNode totals = NODES.objectNode();
    ObjectNode outcomes = totals.putObject("outcomes");
    for (Outcome outcome : Outcome.values()) {
      outcomes.put(outcome.word(), report.count(outcome));
    }
    ObjectNode levels = totals.putObject("levels");
    for (Level level : Level.values()) {
      levels
          .putObject(level.name())
          .put("kept", report.kept(level))
          .put("tested", report.tested(level))
          .put("clauses", report.total(level));
    }
    return totals;
  }

  private static ObjectNode chapter(ChapterReport chapter) {
    ObjectNode node = NODES.objectNode();
    node.put("name", chapter.name());
    node.put("title", chapter.title());
    ArrayNode clauses = node.putArray("clauses");
    chapter.clauses().forEach(clause -> clauses.add(clause(clause)));
    return node;
  }

  private static ObjectNode clause(ClauseReport report) {
    ObjectNode node = NODES.objectNode();
    node.put("id", report.id());
    node.put("level", report.level().name());
    node.put("outcome", report.outcome().word());
    node.put("why", report.why());
    ObjectNode storages = node.putObject("storages");
    report.storages().forEach((storage, outcome) -> storages.put(storage.word(), outcome.word()));
    node.put("rule", report.clause().rule());
    node.put("reason", report.clause().reason());
    node.set("sources", strings(report.clause().sources()));
    node.set("capabilities", strings(report.clause().capabilities()));
    node.set("tests", strings(report.tests().stream().map(TestReport::key).toList()));
    return node;
  }

  private static ObjectNode test(TestReport test) {
    ObjectNode node = NODES.objectNode();
    node.put("key", test.key());
    node.put("sentence", test.sentence());
    node.put("method", test.method());
    node.put("storage", test.storage().word());
    node.set("clauses", strings(test.clauses()));
    node.put("outcome", test.outcome().word());
    node.put("message", test.message());
    test.violation().ifPresent(violation -> {
      ObjectNode inner = node.putObject("violation");
      inner.put("clause", violation.clause());
      inner.put("allowed", violation.allowed());
      inner.put("seen", violation.seen());
      inner.set("history", strings(violation.history()));
    });
    node.put("replay", test.replay());
    node.put("note", test.note());
    node.put("millis", test.millis());
    return node;
  }

  private static ObjectNode table(Table table) {
    ObjectNode node = NODES.objectNode();
    node.put("title", table.title());
    node.set(
        "columns", strings(table.columns().stream().map(Table.Column::title).toList()));
    ArrayNode rows = node.putArray("rows");
    table.rows().forEach(row -> rows.add(strings(row)));
    return node;
  }

  private static ArrayNode strings(Collection<String> values) {
    ArrayNode node = NODES.arrayNode();
    values.forEach(node::add);
    return node;
  }

  private static String text(ObjectNode root) {
    DefaultIndenter indenter = new DefaultIndenter("  ", "\n");
    DefaultPrettyPrinter printer = new DefaultPrettyPrinter(Separators.createDefaultInstance()
        .withObjectFieldValueSpacing(Separators.Spacing.AFTER)
        .withArrayEmptySeparator("")
        .withObjectEmptySeparator(""));
    printer.indentObjectsWith(indenter);
    printer.indentArraysWith(indenter);
    try {
      return MAPPER.writer(printer).writeValueAsString(root) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree of plain values cannot be written", e);
    }
  }
}
