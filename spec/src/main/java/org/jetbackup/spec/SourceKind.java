package org.jetbackup.spec;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Where a clause may come from. A source line is a list such as {@code contract S1 S2; decision B4}:
 * kinds separated by semicolons, each with one or more ids.
 */
enum SourceKind {
  /** A statement of the public page: parameters, return codes, success, failure, remarks, links. */
  CONTRACT("P[1-8]|R([1-9]|1[0-7])|S[1-5]|F[12]|N([1-9]|10)|L[1-7]"),
  /** A decision of this project: for all engines, directory, reference engine, kit. */
  DECISION("A([1-9]|1[0-3])|B[1-8]|C([1-9]|1[0-4])|D[1-8]"),
  /** A section about what the original does and documents. */
  SEMANTICS("[1-9][0-9]?(\\.[1-9][0-9]?){0,2}"),
  /** A part of the model of crashes and faults. */
  CRASH("profiles|units|enumeration|oracle|faults"),
  /** The layout of the project: the data model of the api, or one of its first decisions. */
  HOUSE("api|[1-6]");

  private final Pattern ids;

  SourceKind(String ids) {
    this.ids = Pattern.compile(ids);
  }

  /** The sources of a line, each with its kind. */
  static List<String> parse(Located line) {
    List<String> sources = new ArrayList<>();
    for (String part : line.text().split("; ", -1)) {
      List<String> words = List.of(part.split(" ", -1));
      SourceKind kind = ofWord(line, words.get(0));
      if (words.size() == 1) {
        throw line.error("the source '" + part + "' names no id");
      }
      for (String id : words.subList(1, words.size())) {
        String source = kind.source(line, id);
        if (sources.contains(source)) {
          throw line.error("the source '" + source + "' is named twice");
        }
        sources.add(source);
      }
    }
    return sources;
  }

  private String source(Located line, String id) {
    String source = word() + " " + id;
    if (!ids.matcher(id).matches()) {
      throw line.error("there is no source '" + source + "'");
    }
    return source;
  }

  private String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  private static SourceKind ofWord(Located line, String word) {
    Optional<SourceKind> found =
        Arrays.stream(values()).filter(kind -> kind.word().equals(word)).findFirst();
    return found.orElseThrow(() -> line.error("unknown kind of source '" + word + "'"));
  }
}
