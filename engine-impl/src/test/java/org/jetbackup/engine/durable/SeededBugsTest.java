package org.jetbackup.engine.durable;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;

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
 * engines has one bug, and at least one crash shows it.
 */
class SeededBugsTest {

  private static final Map<SeededBug, Explored> FOUND = new EnumMap<>(SeededBug.class);

  @ParameterizedTest
  @EnumSource(SeededBug.class)
  void theBugIsFound(SeededBug bug) {
    Optional<Explored> found = hunt(bug);
    if (found.isEmpty()) {
      fail(bug + " was not found in " + bug.workloads());
    }
    FOUND.put(bug, found.get());
    assertEquals(bug.profile(), found.get().profile(), () -> found.get().describe());
  }

  /** The first profile that finds it, in the first workload of those that may. */
  private static Optional<Explored> hunt(SeededBug bug) {
    for (Workload workload : bug.workloads()) {
      Subject subject = BuggyEngine.of(bug);
      Played played = Played.of(subject, workload, Disk.SMALL);
      Explorer explorer = new Explorer(subject, played, Pace.HUNT);
      for (Profile profile : Disk.SMALL.profiles()) {
        Explored row = explorer.explore(profile);
        if (!row.wrong().isEmpty()) {
          return Optional.of(row);
        }
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
        Table.count(row.first().size() + row.second().size() + row.third().size()),
        Table.count(row.wrong().size()),
        firstLine(row.wrong().get(0).wrong().orElseThrow()))));
    new Table("Seeded bugs", columns, rows).markdown().forEach(System.out::println);
  }

  private static String firstLine(Throwable wrong) {
    return wrong.toString().lines().findFirst().orElse("").replace('|', '/');
  }
}
