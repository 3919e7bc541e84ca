package org.jetbackup.spec;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The whole specification, read and checked. Immutable; any thread may use it.
 *
 * <p>What always holds of a catalogue: ids are unique and, in each chapter, numbered from 1 without
 * a gap; every capability of a clause is among {@link #capabilities}; every entry of {@link
 * #untested} is a testable clause.
 */
public final class Catalogue {

  private static final String INDEX = "chapters/index.txt";
  private static final String CAPABILITIES = "capabilities.txt";
  private static final String UNTESTED = "untested.txt";

  private final List<Chapter> chapters;
  private final Map<String, String> capabilities;
  private final Map<String, Clause> clauses;
  private final Map<String, String> untested;

  private Catalogue(SpecFiles files) {
    capabilities = capabilities(files);
    chapters = chapters(files, capabilities.keySet());
    clauses = byId(chapters);
    untested = untested(files, clauses);
  }

  /**
   * Reads the specification from the class path.
   *
   * @throws SpecFormatException if a text breaks the format
   */
  public static Catalogue load() {
    return of(SpecFiles.ON_CLASS_PATH);
  }

  static Catalogue of(SpecFiles files) {
    return new Catalogue(files);
  }

  /** All chapters in their order. */
  public List<Chapter> chapters() {
    return chapters;
  }

  /** All clauses of all chapters in their order. */
  public List<Clause> clauses() {
    return List.copyOf(clauses.values());
  }

  /** The clause with an id, such as {@code FULL-1}, if there is one. */
  public Optional<Clause> clause(String id) {
    return Optional.ofNullable(clauses.get(id));
  }

  /** The words that stand for capabilities, each with its meaning, in the order of their file. */
  public Map<String, String> capabilities() {
    return capabilities;
  }

  /**
   * The testable clauses that have no test yet: their ids, each with the reason, in the order of
   * their file. The list may only get shorter.
   */
  public Map<String, String> untested() {
    return untested;
  }

  private static Map<String, String> capabilities(SpecFiles files) {
    Map<String, String> words = new LinkedHashMap<>();
    for (PlainList.Entry entry : PlainList.parse(CAPABILITIES, files.lines(CAPABILITIES), " = ")) {
      if (!entry.key().text().matches("[a-z]+(-[a-z]+)*")) {
        throw entry.key().error("a capability is a word like 'null-path'");
      }
      words.put(entry.key().text(), entry.value());
    }
    return Collections.unmodifiableMap(words);
  }

  private static List<Chapter> chapters(SpecFiles files, Set<String> capabilities) {
    ChapterParser parser = new ChapterParser(capabilities);
    List<Chapter> chapters = new ArrayList<>();
    Set<String> taken = new HashSet<>();
    for (PlainList.Entry entry : PlainList.parse(INDEX, files.lines(INDEX), " ")) {
      String name = ChapterParser.nameOf(entry.key());
      String prefix = entry.value();
      if (!prefix.matches("[A-Z]+")) {
        throw entry.key().error("'" + prefix + "' is no prefix; it has capital letters only");
      }
      if (!taken.add(name) || !taken.add(prefix)) {
        throw entry.key().error("the chapter '" + name + "' or its prefix is there already");
      }
      String file = "chapters/" + entry.key().text();
      chapters.add(parser.parse(name, prefix, new LineReader(file, files.lines(file))));
    }
    return List.copyOf(chapters);
  }

  private static Map<String, Clause> byId(List<Chapter> chapters) {
    Map<String, Clause> clauses = new LinkedHashMap<>();
    for (Chapter chapter : chapters) {
      chapter.clauses().forEach(clause -> clauses.put(clause.id(), clause));
    }
    return clauses;
  }

  private static Map<String, String> untested(SpecFiles files, Map<String, Clause> clauses) {
    Map<String, String> untested = new LinkedHashMap<>();
    for (PlainList.Entry entry : PlainList.parse(UNTESTED, files.lines(UNTESTED), " # ")) {
      String id = entry.key().text();
      Clause clause = clauses.get(id);
      if (clause == null) {
        throw entry.key().error("there is no clause '" + id + "'");
      }
      if (!clause.isTestable()) {
        throw entry.key().error(id + " is not testable, so it is not waiting for a test");
      }
      untested.put(id, entry.value());
    }
    return Collections.unmodifiableMap(untested);
  }
}
