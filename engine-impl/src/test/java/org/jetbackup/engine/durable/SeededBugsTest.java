package org.jetbackup.engine.durable;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jetbackup.tck.crash.Profile;
import org.jetbackup.tck.report.Table;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * An explorer that finds nothing proves something only if it finds what is there: each of these
 * engines has one bug, and the right crash shows it. Only that: each has its controls, which pass.
 *
 * <pre>
 *   the same work without a crash, ended in order      is right with every bug
 *   stronger profiles than the one that finds it       find nothing
 *   other crashes of the strongest profile             a third at least is survived
 * </pre>
 */
class SeededBugsTest {

  private static final Map<SeededBug, Explored> FOUND = new EnumMap<>(SeededBug.class);

  @ParameterizedTest
  @EnumSource(SeededBug.class)
  void theBugIsFoundByTheRightCrashOnly(SeededBug bug) {
    Subject subject = BuggyEngine.of(bug);
    Uncrashed.requireRight(subject, bug.workload(), Disk.SMALL);
    Explored found = hunt(bug, subject)
        .orElseThrow(() -> new AssertionError(bug + " was not found in " + bug.workload()));
    FOUND.put(bug, found);
    assertEquals(bug.profile(), found.profile(), found::describe);
    if (bug.profile() == Profile.KILL) {
      assertTrue(
          3 * found.wrong().size() <= 2 * found.judged(),
          () -> found.wrong().size() + " of " + found.judged() + " find it: it is not narrow");
    }
  }

  /** The first profile that finds it. */
  private static Optional<Explored> hunt(SeededBug bug, Subject subject) {
    Played played = Played.of(subject, bug.workload(), Disk.SMALL);
    Explorer explorer = new Explorer(subject, played, Pace.HUNT);
    for (Profile profile : Disk.SMALL.profiles()) {
      Explored row = explorer.explore(profile);
      if (!row.wrong().isEmpty()) {
        return Optional.of(row);
      }
    }
    return Optional.empty();
  }

  @AfterAll
  static void print() {
    List<Table.Column> columns = new ArrayList<>();
    Stream.of("bug", "workload", "profile").map(Table.Column::text).forEach(columns::add);
    Stream.of("judged", "wrong").map(Table.Column::number).forEach(columns::add);
    columns.add(Table.Column.text("what was seen first"));
    List<List<String>> rows = new ArrayList<>();
    FOUND.forEach((bug, row) -> rows.add(List.of(
        bug.name(),
        row.played().workload().word(),
        row.profile().word(),
        Table.count(row.judged()),
        Table.count(row.wrong().size()),
        firstLine(row.wrong().get(0).wrong().orElseThrow()))));
    new Table("Seeded bugs", columns, rows).markdown().forEach(System.out::println);
  }

  private static String firstLine(Throwable wrong) {
    return wrong.toString().lines().findFirst().orElse("").replace('|', '/');
  }
}
