package org.jetbackup.spec;

import java.util.ArrayList;
import java.util.List;

/**
 * A file with one entry a line: a key, a separator, a text. Lines that begin with {@code #} are
 * comments.
 */
final class PlainList {

  private PlainList() {}

  /** One line: the key at its place, and the text that belongs to it. */
  record Entry(Located key, String value) {}

  static List<Entry> parse(String file, List<String> lines, String separator) {
    LineReader reader = new LineReader(file, lines);
    List<Entry> entries = new ArrayList<>();
    while (!reader.atEnd()) {
      Located line = reader.take();
      if (!line.text().startsWith("#")) {
        entries.add(entry(line, separator, entries));
      }
    }
    return entries;
  }

  private static Entry entry(Located line, String separator, List<Entry> before) {
    int at = line.text().indexOf(separator);
    if (at <= 0) {
      throw line.error("an entry is a key, '" + separator + "' and a text");
    }
    Located key = line.with(line.text().substring(0, at));
    if (before.stream().anyMatch(entry -> entry.key().text().equals(key.text()))) {
      throw line.error("duplicate entry '" + key.text() + "'");
    }
    return new Entry(key, line.text().substring(at + separator.length()));
  }
}
