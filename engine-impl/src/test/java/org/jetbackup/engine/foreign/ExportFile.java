package org.jetbackup.engine.foreign;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * One table in a text file of its own. Both readers write this: a line of column names, then a line
 * for each row; cells are separated by tabs; in cells, backslash, tab and the ends of lines are
 * written as a backslash and a letter.
 */
final class ExportFile {

  private static final char ESCAPE = '\\';

  private ExportFile() {}

  static ForeignTable read(String table, Path file) throws IOException {
    // Not by readAllLines, which would also end a line at a lone carriage return.
    List<String> lines = split(Files.readString(file, UTF_8), '\n');
    if (lines.size() < 2 || !lines.get(lines.size() - 1).isEmpty()) {
      throw new ForeignReadException("table " + table + ": the export ends inside a line");
    }
    List<List<String>> rows = new ArrayList<>(lines.size() - 2);
    for (String line : lines.subList(1, lines.size() - 1)) {
      rows.add(cells(line));
    }
    return new ForeignTable(table, cells(lines.get(0)), rows);
  }

  private static List<String> cells(String line) {
    List<String> cells = split(line, '\t');
    if (line.indexOf(ESCAPE) >= 0) {
      cells.replaceAll(ExportFile::unescaped);
    }
    return cells;
  }

  static String unescaped(String cell) {
    StringBuilder text = new StringBuilder(cell.length());
    for (int i = 0; i < cell.length(); i++) {
      char c = cell.charAt(i);
      if (c == ESCAPE && i + 1 < cell.length()) {
        i++;
        c = meaning(cell.charAt(i));
      }
      text.append(c);
    }
    return text.toString();
  }

  private static char meaning(char letter) {
    return switch (letter) {
      case 't' -> '\t';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case ESCAPE -> ESCAPE;
      default -> throw new ForeignReadException("unknown escape: backslash and " + letter);
    };
  }

  private static List<String> split(String text, char separator) {
    List<String> parts = new ArrayList<>();
    int from = 0;
    for (int at = text.indexOf(separator); at >= 0; at = text.indexOf(separator, from)) {
      parts.add(text.substring(from, at));
      from = at + 1;
    }
    parts.add(text.substring(from));
    return parts;
  }
}
