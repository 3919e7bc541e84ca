package org.jetbackup.tck.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import org.junit.jupiter.api.Test;

class TableTest {

  private static final Table TABLE = new Table(
      "What <crashes> left",
      List.of(Table.Column.text("profile"), Table.Column.number("states")),
      List.of(List.of("kill", "7"), List.of("garbage", "1,471")));

  @Test
  void columnsLineUpWordsAtTheLeftAndNumbersAtTheRight() {
    assertEquals(
        List.of(
            "| profile | states |",
            "|---------|-------:|",
            "| kill    |      7 |",
            "| garbage |  1,471 |"),
        TABLE.markdown());
  }

  @Test
  void aRowHasACellForEachColumn() {
    assertThrows(
        IllegalArgumentException.class,
        () -> new Table("x", TABLE.columns(), List.of(List.of("only one"))));
  }

  @Test
  void theReportsShowIt() throws Exception {
    KitReport report = Samples.everything().showing(List.of(TABLE));

    String html = HtmlReport.of(report);
    assertTrue(html.contains("<h2>What &lt;crashes&gt; left</h2>"), html);
    assertTrue(html.contains("<td class=\"number\">1,471</td>"), html);
    JsonNode table =
        new ObjectMapper().readTree(JsonReport.of(report)).get("tables").get(0);
    assertEquals("What <crashes> left", table.get("title").asText());
    assertEquals("1,471", table.get("rows").get(1).get(1).asText());
    assertEquals("states", table.get("columns").get(1).asText());
  }
}
