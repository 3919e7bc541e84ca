package org.jetbackup.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Link;
import org.commonmark.parser.Parser;
import org.junit.jupiter.api.Test;

/** Links between pages lead somewhere. */
class LinksTest {

  @Test
  void everyRelativeLinkLeadsToAFile() throws IOException {
    List<String> wrong = new ArrayList<>();
    int links = 0;
    for (Path page : Repository.files(".md")) {
      for (String target : targets(page)) {
        if (target.contains("://") || target.startsWith("#")) {
          continue;
        }
        links++;
        if (!Files.exists(page.resolveSibling(target.replaceAll("#.*", "")))) {
          wrong.add(Repository.name(page) + " -> " + target);
        }
      }
    }
    assertEquals(List.of(), wrong);
    assertTrue(links > 5, "links were found at all");
  }

  private static List<String> targets(Path page) throws IOException {
    List<String> targets = new ArrayList<>();
    Parser.builder().build().parse(Files.readString(page)).accept(new AbstractVisitor() {
      @Override
      public void visit(Link link) {
        targets.add(link.getDestination());
      }
    });
    return targets;
  }
}
