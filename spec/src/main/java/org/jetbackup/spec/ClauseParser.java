package org.jetbackup.spec;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads clauses: a heading and the fields below it, up to a blank line or the end of the file. */
final class ClauseParser {

  private static final Pattern HEADING = Pattern.compile("## ([A-Z]+)-([1-9][0-9]{0,3}) (\\S+)");
  private static final Pattern UNTESTABLE = Pattern.compile("no: (.+)");
  private static final String INDENT = "  ";

  private final String chapter;
  private final String prefix;
  private final Set<String> knownCapabilities;

  ClauseParser(String chapter, String prefix, Set<String> knownCapabilities) {
    this.chapter = chapter;
    this.prefix = prefix;
    this.knownCapabilities = knownCapabilities;
  }

  /** Reads the next clause, which must have the given number. */
  Clause parse(LineReader lines, int number) {
    Located line = lines.take();
    Matcher heading = HEADING.matcher(line.text());
    if (!heading.matches()) {
      throw line.error("a clause begins with '## " + prefix + "-" + number + " LEVEL'");
    }
    requireId(line, heading.group(1), Integer.parseInt(heading.group(2)), number);
    Level level = level(line, heading.group(3));
    Map<Field, Located> fields = fields(line, lines);
    return new Clause(
        prefix + "-" + number,
        level,
        fields.get(Field.RULE).text(),
        fields.get(Field.REASON).text(),
        SourceKind.parse(fields.get(Field.SOURCE)),
        Optional.ofNullable(fields.get(Field.CAPABILITY))
            .map(this::capabilities)
            .orElseGet(Set::of),
        Optional.ofNullable(fields.get(Field.TESTABLE)).map(ClauseParser::untestableBecause),
        chapter);
  }

  private void requireId(Located line, String foundPrefix, int found, int expected) {
    if (!foundPrefix.equals(prefix)) {
      throw line.error("the ids of this chapter begin with '" + prefix + "-'");
    }
    if (found < expected) {
      throw line.error("duplicate id " + prefix + "-" + found);
    }
    if (found > expected) {
      throw line.error(
          "the next id is " + prefix + "-" + expected + ", not " + prefix + "-" + found);
    }
  }

  private static Level level(Located line, String word) {
    for (Level level : Level.values()) {
      if (level.name().equals(word)) {
        return level;
      }
    }
    throw line.error("unknown level '" + word + "': MUST, SHOULD and MAY are known");
  }

  private static Map<Field, Located> fields(Located heading, LineReader lines) {
    Map<Field, Located> fields = new EnumMap<>(Field.class);
    Optional<Field> current = Optional.empty();
    while (!lines.peek().text().isEmpty()) {
      Located line = lines.take();
      Optional<Field> begun = Field.at(line);
      if (begun.isPresent()) {
        requireOrder(line, current, begun.get());
        fields.put(begun.get(), begun.get().in(line));
        current = begun;
      } else {
        Located continuation = continuation(line, current);
        fields.computeIfPresent(
            current.orElseThrow(), (field, text) -> text.joined(continuation.text()));
      }
    }
    for (Field field : Field.values()) {
      if (field.isRequired() && !fields.containsKey(field)) {
        throw heading.error("the clause has no '" + field.label() + ":'");
      }
    }
    return fields;
  }

  private static void requireOrder(Located line, Optional<Field> before, Field field) {
    if (before.isPresent() && before.get().compareTo(field) >= 0) {
      throw line.error("'" + field.label() + ":' comes too late or twice");
    }
  }

  private static Located continuation(Located line, Optional<Field> current) {
    String text = line.text();
    if (!text.startsWith(" ")) {
      throw line.error("unknown field; what continues a field is indented by two blanks");
    }
    if (!text.startsWith(INDENT) || text.startsWith(" ", INDENT.length())) {
      throw line.error("bad indentation; a line that continues a field begins with two blanks");
    }
    if (current.isEmpty()) {
      throw line.error("there is no field for this line to continue");
    }
    return line.with(text.substring(INDENT.length()));
  }

  private Set<String> capabilities(Located line) {
    Set<String> words = new TreeSet<>();
    for (String word : List.of(line.text().split(", ", -1))) {
      if (!knownCapabilities.contains(word)) {
        throw line.error("unknown capability '" + word + "'");
      }
      if (!words.add(word)) {
        throw line.error("the capability '" + word + "' is named twice");
      }
    }
    return words;
  }

  private static String untestableBecause(Located line) {
    Matcher matcher = UNTESTABLE.matcher(line.text());
    if (!matcher.matches()) {
      throw line.error("the form is 'Testable: no: reason'; a testable clause has no such line");
    }
    return matcher.group(1);
  }
}
