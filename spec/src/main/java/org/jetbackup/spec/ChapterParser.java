package org.jetbackup.spec;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.StringJoiner;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads one chapter file: the heading, one paragraph, and the clauses. */
final class ChapterParser {

  private static final Pattern FILE = Pattern.compile("[0-9]{2}-([a-z]+(-[a-z]+)*)\\.md");
  private static final Pattern HEADING = Pattern.compile("# ([a-z-]+): (\\S.*)");

  private final Set<String> knownCapabilities;

  ChapterParser(Set<String> knownCapabilities) {
    this.knownCapabilities = knownCapabilities;
  }

  /** The name of a chapter by its file's name, as the index has it. */
  static String nameOf(Located file) {
    Matcher matcher = FILE.matcher(file.text());
    if (!matcher.matches()) {
      throw file.error("a chapter's file is called like 05-full.md, not '" + file.text() + "'");
    }
    return matcher.group(1);
  }

  /**
   * Reads a chapter.
   *
   * @param name the name that the chapter must have
   * @param prefix the prefix of the ids in it
   * @param lines the lines of the file
   */
  Chapter parse(String name, String prefix, LineReader lines) {
    Located line = lines.take();
    Matcher heading = HEADING.matcher(line.text());
    if (!heading.matches() || !heading.group(1).equals(name)) {
      throw line.error("the chapter begins with '# " + name + ": Title'");
    }
    lines.takeBlank();
    String introduction = paragraph(lines);
    List<Clause> clauses = new ArrayList<>();
    ClauseParser parser = new ClauseParser(name, prefix, knownCapabilities);
    do {
      lines.takeBlank();
      clauses.add(parser.parse(lines, clauses.size() + 1));
    } while (!lines.atEnd());
    return new Chapter(name, heading.group(2), introduction, clauses);
  }

  private static String paragraph(LineReader lines) {
    StringJoiner text = new StringJoiner(" ");
    while (!lines.peek().text().isEmpty()) {
      Located line = lines.take();
      if (line.text().startsWith("#") || line.text().startsWith(" ")) {
        throw line.error("the chapter begins with one plain paragraph");
      }
      text.add(line.text());
    }
    return text.toString();
  }
}
