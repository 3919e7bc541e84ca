package org.jetbackup.tck.storage;

import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * Translates the globs of {@link java.nio.file.FileSystem#getPathMatcher} to regular expressions.
 *
 * <p>The kit has its own so that a fault means the same over every file system below. The separator
 * is always {@code /}, upper and lower case differ, and a leading dot is nothing special.
 */
final class Glob {

  private static final int END = -1;

  private final String glob;
  private final StringBuilder regex = new StringBuilder();
  private int position;
  private boolean inGroup;

  private Glob(String glob) {
    this.glob = glob;
  }

  /**
   * Compiles a glob.
   *
   * @throws PatternSyntaxException if it is malformed
   */
  static Pattern compile(String glob) {
    return Pattern.compile(new Glob(glob).translate(), Pattern.DOTALL);
  }

  private String translate() {
    for (int c = take(); c != END; c = take()) {
      switch (c) {
        case '*' -> star();
        case '?' -> regex.append("[^/]");
        case '[' -> brackets();
        case '{' -> openGroup();
        case '}' -> regex.append(inGroup ? ")" : "\\}");
        case ',' -> regex.append(inGroup ? "|" : ",");
        case '\\' -> literal(required("no character to escape"));
        default -> literal((char) c);
      }
      inGroup &= c != '}';
    }
    if (inGroup) {
      throw error("missing }");
    }
    return regex.toString();
  }

  private void star() {
    if (peek() == '*') {
      position++;
      regex.append(".*");
    } else {
      regex.append("[^/]*");
    }
  }

  private void openGroup() {
    if (inGroup) {
      throw error("groups do not nest");
    }
    inGroup = true;
    regex.append("(?:");
  }

  private void brackets() {
    regex.append("(?!/)[");
    if (peek() == '!') {
      position++;
      regex.append('^');
    }
    if (peek() == ']') {
      throw error("empty brackets");
    }
    boolean first = true;
    for (char c = required("missing ]"); c != ']'; c = required("missing ]")) {
      if (c == '/') {
        throw error("a separator in brackets");
      }
      if (c == '-' && !first && peek() != ']') {
        regex.append('-');
      } else {
        literal(c);
      }
      first = false;
    }
    regex.append(']');
  }

  private void literal(char c) {
    if (!Character.isLetterOrDigit(c) && c < 128) {
      regex.append('\\');
    }
    regex.append(c);
  }

  private int peek() {
    return position < glob.length() ? glob.charAt(position) : END;
  }

  private int take() {
    int c = peek();
    position++;
    return c;
  }

  private char required(String otherwise) {
    int c = take();
    if (c == END) {
      throw error(otherwise);
    }
    return (char) c;
  }

  private PatternSyntaxException error(String what) {
    return new PatternSyntaxException(what, glob, Math.min(position, glob.length()));
  }
}
