package org.jetbackup.tck;

import java.util.List;

/**
 * An engine broke a clause: what the clause says, what was allowed, what was seen, the calls that led
 * there, and how to see it again. The message holds all of it.
 */
public final class ClauseViolation extends AssertionError {

  private static final long serialVersionUID = 1L;

  private final String clause;
  private final String allowed;
  private final String seen;
  private final transient List<String> history;
  private final String replay;
  private final boolean binding;

  /**
   * Makes a violation.
   *
   * @param clause the id of the clause
   * @param rule its level and its rule
   * @param allowed what would have been fine
   * @param seen what happened instead
   * @param history the calls that led there, one a line, oldest first
   * @param replay the command that shows it again
   */
  public ClauseViolation(
      String clause,
      String rule,
      String allowed,
      String seen,
      List<String> history,
      String replay) {
    super(render(clause, rule, allowed, seen, history, replay));
    this.clause = clause;
    this.binding = rule.startsWith("MUST");
    this.allowed = allowed;
    this.seen = seen;
    this.history = List.copyOf(history);
    this.replay = replay;
  }

  /** Whether the clause is a MUST: only these decide whether an engine is conformant. */
  public boolean isBinding() {
    return binding;
  }

  /** The id of the clause. */
  public String clause() {
    return clause;
  }

  /** What would have been fine. */
  public String allowed() {
    return allowed;
  }

  /** What happened instead. */
  public String seen() {
    return seen;
  }

  /** The calls that led there, oldest first. */
  public List<String> history() {
    return history;
  }

  /** The command that shows it again. */
  public String replay() {
    return replay;
  }

  private static String render(
      String clause,
      String rule,
      String allowed,
      String seen,
      List<String> history,
      String replay) {
    StringBuilder text = new StringBuilder();
    text.append(clause).append(' ').append(rule).append('\n');
    text.append("  allowed: ").append(allowed).append('\n');
    text.append("  seen:    ").append(seen).append('\n');
    text.append("  history:\n");
    history.forEach(line -> text.append("    ").append(line).append('\n'));
    text.append("  replay:  ").append(replay);
    return text.toString();
  }
}
