package org.jetbackup.tck.report;

import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The clauses that an engine is known to break, each until a date and for a reason.
 *
 * <p>As text, one clause a line, {@code #} begins a comment:
 *
 * <pre>
 * # clause  until       reason or issue
 * INC-3     2027-03-31  https://example.org/issues/17
 * </pre>
 *
 * <p>On the date itself the entry still counts. The list may only get shorter: an entry whose clause
 * does not fail makes the run fail.
 *
 * @param entries the entries by clause, in the order of the text
 */
public record KnownList(Map<String, Entry> entries) {

  /** No clause is known to be broken. */
  public static final KnownList NONE = new KnownList(Map.of());

  /**
   * One line of the list.
   *
   * @param clause the id of the clause
   * @param until the last day on which the entry counts
   * @param reason why, or where to read about it
   */
  public record Entry(String clause, LocalDate until, String reason) {

    /** Whether it counts on that day. */
    boolean counts(LocalDate today) {
      return !today.isAfter(until);
    }
  }

  /** Copies the entries. */
  public KnownList {
    entries = Collections.unmodifiableMap(new LinkedHashMap<>(entries));
  }

  /** The entry for a clause, whether or not it still counts. */
  public Optional<Entry> of(String clause) {
    return Optional.ofNullable(entries.get(clause));
  }

  /**
   * Reads a list.
   *
   * @param text the list
   * @param ids the ids of all clauses
   * @throws IllegalArgumentException if it has mistakes; the message names every one by its line
   */
  public static KnownList parse(String text, Set<String> ids) {
    Map<String, Entry> entries = new LinkedHashMap<>();
    List<String> mistakes = new ArrayList<>();
    List<String> lines = text.lines().toList();
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i).strip();
      if (line.isEmpty() || line.startsWith("#")) {
        continue;
      }
      try {
        Entry entry = entry(line, ids);
        if (entries.putIfAbsent(entry.clause(), entry) != null) {
          throw new IllegalArgumentException(entry.clause() + " is there already");
        }
      } catch (IllegalArgumentException e) {
        mistakes.add("line " + (i + 1) + ": " + e.getMessage());
      }
    }
    if (!mistakes.isEmpty()) {
      throw new IllegalArgumentException(String.join("\n", mistakes));
    }
    return new KnownList(entries);
  }

  private static Entry entry(String line, Set<String> ids) {
    String[] parts = line.split("\\s+", 3);
    if (!ids.contains(parts[0])) {
      throw new IllegalArgumentException("no clause is called " + parts[0]);
    }
    if (parts.length < 3) {
      throw new IllegalArgumentException(
          "a clause, a date such as 2027-03-31 and a reason are needed, not \"" + line + "\"");
    }
    try {
      return new Entry(parts[0], LocalDate.parse(parts[1]), parts[2]);
    } catch (DateTimeParseException e) {
      throw new IllegalArgumentException("no date such as 2027-03-31: " + parts[1], e);
    }
  }
}
