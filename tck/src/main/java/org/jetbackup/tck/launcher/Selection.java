package org.jetbackup.tck.launcher;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jetbackup.spec.Catalogue;
import org.jetbackup.spec.Chapter;
import org.jetbackup.spec.Clause;

/**
 * Which clauses a run is about.
 *
 * @param asked what was asked for, in words; empty if everything
 * @param clauses the ids of the clauses
 */
public record Selection(List<String> asked, Set<String> clauses) {

  /** Copies. */
  public Selection {
    asked = List.copyOf(asked);
    clauses = Set.copyOf(clauses);
  }

  /** Every clause. */
  public static Selection everything(Catalogue catalogue) {
    return of(catalogue, List.of(), List.of());
  }

  /**
   * The clauses of some chapters, and some clauses; all if both lists are empty.
   *
   * @throws IllegalArgumentException if there is no such chapter or clause; the message says which
   *     ones come near
   */
  public static Selection of(Catalogue catalogue, List<String> chapters, List<String> clauses) {
    Set<String> asked = new LinkedHashSet<>();
    Set<String> chosen = new LinkedHashSet<>();
    for (String name : chapters) {
      Chapter chapter = chapter(catalogue, name.strip());
      asked.add(chapter.name());
      chapter.clauses().forEach(clause -> chosen.add(clause.id()));
    }
    for (String id : clauses) {
      Clause clause = clause(catalogue, id.strip());
      asked.add(clause.id());
      chosen.add(clause.id());
    }
    if (asked.isEmpty()) {
      catalogue.clauses().forEach(clause -> chosen.add(clause.id()));
    }
    return new Selection(new ArrayList<>(asked), chosen);
  }

  /** Whether the clause is among them. */
  public boolean includes(String clause) {
    return clauses.contains(clause);
  }

  private static Chapter chapter(Catalogue catalogue, String name) {
    return catalogue.chapters().stream()
        .filter(chapter -> chapter.name().equalsIgnoreCase(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException(Nearest.complaint(
            "chapter",
            name.toLowerCase(Locale.ROOT),
            catalogue.chapters().stream().map(Chapter::name).toList())));
  }

  private static Clause clause(Catalogue catalogue, String id) {
    return catalogue.clauses().stream()
        .filter(clause -> clause.id().equalsIgnoreCase(id))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException(Nearest.complaint(
            "clause",
            id.toUpperCase(Locale.ROOT),
            catalogue.clauses().stream().map(Clause::id).toList())));
  }
}
