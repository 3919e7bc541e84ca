package org.jetbackup.tck.launcher;

import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jetbackup.tck.report.Violation;

/**
 * Takes out of a text what belongs to this machine and this hour: absolute paths of the working, home
 * and temporary directories, random names, and the identity numbers of objects. What remains can be
 * published, and is the same when the same happens again.
 */
final class Scrubber {

  private static final Pattern UUID =
      Pattern.compile("\\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\\b");
  private static final Pattern IDENTITY =
      Pattern.compile("(\\b[\\w$]+(?:\\.[\\w$]+)+(?:\\[\\])?)@[0-9a-f]{1,8}\\b(?!\\.\\d)");

  private static final Pattern LAMBDA =
      Pattern.compile("\\$\\$Lambda(?:\\$\\d+)?(?:/(?:0x)?[0-9a-f]+)?");

  private record Rule(Pattern pattern, String replacement) {}

  private final List<Rule> rules = new ArrayList<>();

  Scrubber(Properties system) {
    String separator = Pattern.quote(system.getProperty("file.separator", "/"));
    directory(system, "user.dir", "(?=" + separator + "|\\W|$)", ".");
    directory(
        system,
        "java.io.tmpdir",
        separator + "?[^\\s/\\\\:'\"\\])]*(?=[\\s/\\\\:'\"\\])]|$)",
        "<temp>");
    directory(system, "user.home", "(?=" + separator + "|\\W|$)", "~");
    rules.add(new Rule(UUID, "<uuid>"));
    rules.add(new Rule(IDENTITY, "$1@<id>"));
    rules.add(new Rule(LAMBDA, Matcher.quoteReplacement("$$Lambda")));
  }

  /** The text without them. */
  String clean(String text) {
    String cleaner = text;
    for (Rule rule : rules) {
      cleaner = rule.pattern.matcher(cleaner).replaceAll(rule.replacement);
    }
    return cleaner;
  }

  /** The violation without them. */
  Violation clean(Violation violation) {
    return new Violation(
        violation.clause(),
        clean(violation.allowed()),
        clean(violation.seen()),
        violation.history().stream().map(this::clean).toList(),
        clean(violation.replay()));
  }

  private void directory(Properties system, String key, String rest, String replacement) {
    String path = system.getProperty(key, "");
    while (path.endsWith("/") || path.endsWith("\\")) {
      path = path.substring(0, path.length() - 1);
    }
    // The root directory is no secret, and is a part of every path.
    if (path.length() > 1) {
      rules.add(new Rule(
          Pattern.compile(Pattern.quote(path) + rest), Matcher.quoteReplacement(replacement)));
    }
  }
}
