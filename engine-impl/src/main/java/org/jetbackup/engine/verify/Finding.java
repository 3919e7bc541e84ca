package org.jetbackup.engine.verify;

import java.nio.file.Path;
import java.util.Comparator;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import org.jetbackup.api.position.PageNumber;

/**
 * One thing that is wrong with a database file, and where. Immutable; ordered by page, then tag.
 *
 * @param kind what is wrong
 * @param severity whether it is damage
 * @param file the file
 * @param page the page; empty if it is about the file as a whole
 * @param tag the tag of the node on that page
 * @param tree the tree that the page belongs to or was found in
 * @param message what was found and what was expected, without the place
 */
public record Finding(
    FindingKind kind,
    Severity severity,
    Path file,
    Optional<PageNumber> page,
    OptionalInt tag,
    Optional<Tree> tree,
    String message)
    implements Comparable<Finding> {

  private static final Comparator<Finding> ORDER = Comparator.<Finding>comparingLong(
          f -> f.page.map(PageNumber::value).orElse(0L))
      .thenComparingInt(f -> f.tag.orElse(-1))
      .thenComparing(Finding::kind)
      .thenComparing(Finding::message);

  /** Whether a finding is damage. */
  public enum Severity {
    /** The file breaks a rule of its format. */
    DAMAGE,
    /** Worth knowing, and legal. */
    NOTE
  }

  /**
   * A tree.
   *
   * @param objectId its object id
   * @param root its root page as the catalog or the space header names it, which need not exist
   */
  public record Tree(long objectId, long root) {

    /** {@return for example {@code object 8, root page 31}} */
    @Override
    public String toString() {
      return "object " + objectId + ", root page " + root;
    }
  }

  /**
   * Checks that all parts are there.
   *
   * @param kind what is wrong
   * @param severity whether it is damage
   * @param file the file
   * @param page the page
   * @param tag the tag of the node
   * @param tree the tree
   * @param message what was found
   */
  public Finding {
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(severity, "severity");
    Objects.requireNonNull(file, "file");
    Objects.requireNonNull(page, "page");
    Objects.requireNonNull(tag, "tag");
    Objects.requireNonNull(tree, "tree");
    Objects.requireNonNull(message, "message");
  }

  /** {@return whether the finding is damage} */
  public boolean isDamage() {
    return severity == Severity.DAMAGE;
  }

  /** {@return the place in words, for example {@code page 31, node 4}} */
  public String place() {
    String where = page.map(number -> "page " + number).orElse("file");
    return tag.isPresent() ? where + ", node " + tag.getAsInt() : where;
  }

  @Override
  public int compareTo(Finding other) {
    return ORDER.compare(this, other);
  }

  /** {@return the finding in one line, for example {@code page 31, node 4: ...}} */
  @Override
  public String toString() {
    String note = isDamage() ? "" : "note: ";
    String of = tree.map(t -> " (" + t + ")").orElse("");
    return place() + ": " + note + message + of + " [" + kind + "]";
  }
}
