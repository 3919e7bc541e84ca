package org.jetbackup.spec;

import java.util.List;

/**
 * The lines of one file, one after the other. It stands before the line that {@link #peek} shows,
 * and refuses white space that nobody can see.
 */
final class LineReader {

  private final String file;
  private final List<String> lines;
  private int taken;

  LineReader(String file, List<String> lines) {
    this.file = file;
    this.lines = lines;
  }

  /** Whether all lines were taken. */
  boolean atEnd() {
    return taken == lines.size();
  }

  /** The next line, which stays; an empty one at the end. */
  Located peek() {
    return new Located(file, taken + 1, atEnd() ? "" : lines.get(taken));
  }

  /** Takes the next line. */
  Located take() {
    Located line = peek();
    if (atEnd()) {
      throw line.error("the file ends too early");
    }
    if (line.text().indexOf('\t') >= 0) {
      throw line.error("there is a tab");
    }
    if (!line.text().equals(line.text().stripTrailing())) {
      throw line.error("there is white space at the end of the line");
    }
    taken++;
    return line;
  }

  /** Takes the one blank line that separates two parts. */
  void takeBlank() {
    Located blank = take();
    if (!blank.text().isEmpty()) {
      throw blank.error("a blank line is missing before this one");
    }
    if (peek().text().isEmpty()) {
      throw blank.error("a blank line has nothing after it");
    }
  }
}
