package org.jetbackup.engine.verify;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/**
 * What the check of a database file came to. Immutable.
 *
 * @param file the file
 * @param findings what is wrong and what is noted, by page; at most as many as were asked for
 * @param damage how many findings are damage, those that were not kept included
 * @param notes how many are notes, those that were not kept included
 * @param counts what was seen
 */
public record VerifyReport(
    Path file, List<Finding> findings, long damage, long notes, Counts counts) {

  /**
   * What was seen in a file.
   *
   * @param pages the pages that the database owns
   * @param used the pages of trees
   * @param free the pages free for a tree
   * @param leaked the pages that are owned and neither used nor free
   * @param neverWritten the pages of zeros
   * @param trees trees without those of extents
   * @param tables tables, those of the system included
   * @param rows records of all tables, those of the system included
   * @param longValues long values
   */
  public record Counts(
      long pages,
      long used,
      long free,
      long leaked,
      long neverWritten,
      long trees,
      long tables,
      long rows,
      long longValues) {}

  /**
   * Copies the findings.
   *
   * @param file the file
   * @param findings what is wrong and what is noted
   * @param damage how many findings are damage
   * @param notes how many are notes
   * @param counts what was seen
   */
  public VerifyReport {
    Objects.requireNonNull(file, "file");
    Objects.requireNonNull(counts, "counts");
    findings = List.copyOf(findings);
  }

  /** {@return whether nothing is damaged; there may be notes} */
  public boolean isClean() {
    return damage == 0;
  }

  /** {@return the report as text for people, one line for each number and each finding} */
  public String describe() {
    StringBuilder text = new StringBuilder();
    text.append(file).append(isClean() ? ": sound" : ": damaged").append('\n');
    line(text, "pages", counts.pages());
    line(text, "  used", counts.used());
    line(text, "  free", counts.free());
    line(text, "  leaked", counts.leaked());
    line(text, "  never written", counts.neverWritten());
    line(text, "trees", counts.trees());
    line(text, "tables", counts.tables());
    line(text, "rows", counts.rows());
    line(text, "long values", counts.longValues());
    line(text, "damage", damage);
    line(text, "notes", notes);
    findings.forEach(finding -> text.append(finding).append('\n'));
    long more = damage + notes - findings.size();
    if (more > 0) {
      text.append("and ").append(more).append(" more\n");
    }
    return text.toString();
  }

  private static void line(StringBuilder text, String name, long value) {
    text.append(String.format(Locale.ROOT, "%-16s %,12d\n", name, value));
  }

  /** {@return the same as {@link #describe()}} */
  @Override
  public String toString() {
    return describe();
  }
}
