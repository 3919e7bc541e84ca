package org.jetbackup.tck.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.StringReader;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

class JunitXmlTest {

  private final Document xml = parse(JunitXml.of(Samples.everything()));

  @Test
  void thereIsASuiteForEachChapterAndACaseForEachClauseOnEachStorage() {
    NodeList suites = xml.getElementsByTagName("testsuite");

    assertEquals(2, suites.getLength());
    assertEquals("full: Full backup", ((Element) suites.item(0)).getAttribute("name"));
    assertEquals("14", ((Element) suites.item(0)).getAttribute("tests"));
    assertEquals(22, xml.getElementsByTagName("testcase").getLength());
  }

  @Test
  void theCountsOfASuiteAreThoseOfItsCases() {
    NodeList suites = xml.getElementsByTagName("testsuite");
    for (int i = 0; i < suites.getLength(); i++) {
      Element suite = (Element) suites.item(i);
      assertCount(suite, "failures", "failure");
      assertCount(suite, "errors", "error");
      assertCount(suite, "skipped", "skipped");
    }
  }

  @Test
  void aBrokenMustClauseIsAFailureAndABrokenShouldClauseIsNot() {
    assertEquals("failure", detail("FULL-2 (memory)"));
    assertEquals("skipped", detail("FULL-4 (memory)"));
  }

  @Test
  void aHungClauseIsAnErrorAndAKnownOneIsSkipped() {
    assertEquals("error", detail("FULL-5 (disk)"));
    assertEquals("skipped", detail("INC-2 (disk)"));
  }

  private void assertCount(Element suite, String attribute, String element) {
    assertEquals(
        suite.getAttribute(attribute),
        Integer.toString(suite.getElementsByTagName(element).getLength()));
  }

  private String detail(String name) {
    NodeList cases = xml.getElementsByTagName("testcase");
    for (int i = 0; i < cases.getLength(); i++) {
      Element one = (Element) cases.item(i);
      if (one.getAttribute("name").equals(name)) {
        return one.getElementsByTagName("*").item(0).getNodeName();
      }
    }
    throw new AssertionError("no case is called " + name);
  }

  private static Document parse(String text) {
    try {
      return DocumentBuilderFactory.newInstance()
          .newDocumentBuilder()
          .parse(new InputSource(new StringReader(text)));
    } catch (Exception e) {
      throw new AssertionError("not well-formed", e);
    }
  }
}
