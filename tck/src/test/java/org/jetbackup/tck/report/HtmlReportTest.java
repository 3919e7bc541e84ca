package org.jetbackup.tck.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.StringReader;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import org.jetbackup.tck.Storage;
import org.junit.jupiter.api.Test;
import org.xml.sax.InputSource;

class HtmlReportTest {

  private final String html = HtmlReport.of(Samples.everything());

  @Test
  void whatTestsSayIsTextAndNeverMarkup() {
    assertFalse(html.contains("<script>alert"));
    assertTrue(html.contains("&lt;script&gt;alert(&#39;1 &amp; 2&#39;)&lt;/script&gt;"));
    assertTrue(html.contains("{{body}} $1 \\0 \uFFFD\uFFFD[31m \uD83D\uDE00"));
  }

  @Test
  void theBodyIsWellFormed() throws Exception {
    String body = html.substring(html.indexOf("<body>"), html.indexOf("<script>")) + "</body>";

    DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new InputSource(new StringReader(body)));
  }

  @Test
  void nothingIsLoadedFromElsewhere() {
    assertFalse(
        Pattern.compile("(src|srcset|@import|url\\()\\s*[=(]").matcher(html).find());
    assertFalse(html.contains("<link"));
    assertFalse(Pattern.compile("href=\"(?!#)").matcher(html).find());
  }

  @Test
  void everyLinkLeadsToAPlaceThatExistsOnce() {
    Set<String> ids = new HashSet<>();
    Matcher id = Pattern.compile(" id=\"([^\"]+)\"").matcher(html);
    while (id.find()) {
      assertTrue(ids.add(id.group(1)), id.group(1));
    }
    Matcher link = Pattern.compile("href=\"#([^\"]+)\"").matcher(html);
    while (link.find()) {
      assertTrue(ids.contains(link.group(1)), link.group(1));
    }
  }

  @Test
  void headingsDescendOneStepAtATime() {
    Deque<Integer> levels = new ArrayDeque<>();
    Matcher heading = Pattern.compile("<h([1-6])[ >]").matcher(html);
    while (heading.find()) {
      int level = Integer.parseInt(heading.group(1));
      assertTrue(levels.isEmpty() ? level == 1 : level <= levels.getLast() + 1);
      levels.add(level);
    }
    assertEquals(1, levels.stream().filter(level -> level == 1).count());
  }

  @Test
  void theVerdictComesFirstThenWhatIsBrokenThenTheChapters() {
    int verdict = html.indexOf("is not conformant");
    int broken = html.indexOf("What is broken (4)");
    int chapters = html.indexOf("Clauses by chapter");

    assertTrue(verdict > 0 && verdict < broken && broken < chapters);
  }

  @Test
  void everyOutcomeIsNamedInWords() {
    for (Outcome outcome : Outcome.values()) {
      assertTrue(html.contains("</span> " + outcome.word() + "</span>"), outcome.word());
    }
  }

  @Test
  void whatTwoStoragesShareIsToldOnce() {
    assertEquals(
        2, html.split("class=\"evidence\"><p class=\"quiet\">What keepsTheLog", -1).length - 1);
    assertTrue(html.contains("</code> \u00b7 memory, disk</p>"));
  }

  @Test
  void aConformantEngineHasNoSectionOfFailures() {
    String good = HtmlReport.of(Samples.judge(Samples.passed("a", Storage.MEMORY, "FULL-1")));

    assertTrue(good.contains("is conformant"));
    assertFalse(good.contains("What is broken"));
  }
}
