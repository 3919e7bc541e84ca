package org.jetbackup.tck.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.jetbackup.tck.Storage;
import org.junit.jupiter.api.Test;

class JsonReportTest {

  private final KitReport report = Samples.everything();

  @Test
  void theSameGivesTheSameBytesInWhateverOrderTheTestsRan() {
    List<TestReport> backwards = new ArrayList<>(report.tests());
    Collections.reverse(backwards);
    KitReport again = Samples.judge(
        backwards,
        KnownList.parse("INC-2 2027-03-31 https://example.org/issues/17", Set.of("INC-2")),
        Storage.DISK,
        Storage.MEMORY);

    assertEquals(JsonReport.of(report), JsonReport.of(again));
  }

  @Test
  void onlyTimesTellTwoRunsApart() {
    KitReport later = new KitReport(
        later(report.run()),
        report.chapters(),
        report.tests().stream().map(JsonReportTest::slower).toList(),
        report.stale(),
        report.tables());

    assertNotEquals(JsonReport.of(report), JsonReport.of(later));
    assertEquals(timeless(JsonReport.of(report)), timeless(JsonReport.of(later)));
  }

  @Test
  void itIsReadableAndEndsInALineFeed() throws Exception {
    String text = JsonReport.of(report);
    JsonNode root = new ObjectMapper().readTree(text);

    assertTrue(text.endsWith("}\n"));
    assertEquals(-1, text.indexOf('\r'));
    assertEquals("not conformant", root.at("/verdict").asText());
    assertEquals(
        "its test stopped at FULL-2", root.at("/chapters/0/clauses/2/why").asText());
    assertEquals("failed", root.at("/chapters/0/clauses/1/storages/disk").asText());
    assertEquals(
        3,
        root.at("/totals/levels/MUST/tested").asInt()
            - root.at("/totals/levels/MUST/kept").asInt());
  }

  @Test
  void everyTestOfAClauseIsThere() throws Exception {
    JsonNode root = new ObjectMapper().readTree(JsonReport.of(report));
    List<String> keys = root.get("tests").findValuesAsText("key");

    root.get("chapters")
        .findValues("tests")
        .forEach(
            tests -> tests.forEach(test -> assertTrue(keys.contains(test.asText()), test::asText)));
    assertEquals(report.tests().size(), keys.size());
  }

  @Test
  void aHostileTextComesBackAsItWas() throws Exception {
    JsonNode root = new ObjectMapper().readTree(JsonReport.of(report));

    assertTrue(root.findValuesAsText("seen").contains(Samples.hostile()));
  }

  private static String timeless(String json) {
    return json.replaceAll("(\"(millis|started)\": )[^\n]*", "$1");
  }

  private static TestReport slower(TestReport t) {
    return new TestReport(
        t.sentence(),
        t.method(),
        t.storage(),
        t.clauses(),
        t.outcome(),
        t.message(),
        t.violation(),
        t.replay(),
        t.note(),
        t.millis() + 5);
  }

  private static RunInfo later(RunInfo run) {
    return new RunInfo(
        run.engine(),
        run.engineVersion(),
        run.plugin(),
        run.kit(),
        run.seed(),
        run.tries(),
        run.storages(),
        run.capabilities(),
        run.asked(),
        Instant.EPOCH,
        Duration.ofDays(1));
  }
}
