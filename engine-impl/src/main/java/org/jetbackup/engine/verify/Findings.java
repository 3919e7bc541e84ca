package org.jetbackup.engine.verify;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.jetbackup.api.position.PageNumber;

/**
 * Collects findings, as many as are wanted, and counts the rest. Damage and notes have a bound
 * each, so that a flood of notes hides no damage. For one thread.
 */
final class Findings {

  private static final int WHOLE_PAGE = -1;
  private static final long WHOLE_FILE = 0;

  private final Path file;
  private final int limit;
  private final List<Finding> damage = new ArrayList<>();
  private final List<Finding> notes = new ArrayList<>();
  private long damageCount;
  private long noteCount;

  Findings(Path file, int limit) {
    this.file = file;
    this.limit = limit;
  }

  void file(FindingKind kind, String message) {
    add(Finding.Severity.DAMAGE, kind, Optional.empty(), WHOLE_FILE, WHOLE_PAGE, message);
  }

  void fileNote(FindingKind kind, String message) {
    add(Finding.Severity.NOTE, kind, Optional.empty(), WHOLE_FILE, WHOLE_PAGE, message);
  }

  void page(FindingKind kind, long page, String message) {
    add(Finding.Severity.DAMAGE, kind, Optional.empty(), page, WHOLE_PAGE, message);
  }

  void page(FindingKind kind, TreeInfo tree, long page, String message) {
    add(Finding.Severity.DAMAGE, kind, Optional.of(tree.name()), page, WHOLE_PAGE, message);
  }

  void note(FindingKind kind, TreeInfo tree, long page, String message) {
    add(Finding.Severity.NOTE, kind, Optional.of(tree.name()), page, WHOLE_PAGE, message);
  }

  void node(FindingKind kind, TreeInfo tree, long page, int tag, String message) {
    add(Finding.Severity.DAMAGE, kind, Optional.of(tree.name()), page, tag, message);
  }

  void add(
      Finding.Severity severity,
      FindingKind kind,
      Optional<Finding.Tree> tree,
      long page,
      int tag,
      String message) {
    boolean isDamage = severity == Finding.Severity.DAMAGE;
    if (isDamage) {
      damageCount++;
    } else {
      noteCount++;
    }
    List<Finding> kept = isDamage ? damage : notes;
    if (kept.size() < limit) {
      boolean known = page >= PageNumber.MIN && page <= PageNumber.MAX;
      kept.add(new Finding(
          kind,
          severity,
          file,
          known ? Optional.of(new PageNumber(page)) : Optional.empty(),
          tag > 0 ? OptionalInt.of(tag) : OptionalInt.empty(),
          tree,
          message));
    }
  }

  long damageCount() {
    return damageCount;
  }

  long noteCount() {
    return noteCount;
  }

  List<Finding> sorted() {
    return Stream.concat(damage.stream(), notes.stream()).sorted().toList();
  }
}
