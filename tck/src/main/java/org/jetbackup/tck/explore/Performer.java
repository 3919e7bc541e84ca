package org.jetbackup.tck.explore;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jetbackup.api.backup.BackupGrbit;
import org.jetbackup.tck.Capability;
import org.jetbackup.tck.fixture.Node;
import org.jetbackup.tck.fixture.World;
import org.jetbackup.tck.model.Answer;
import org.jetbackup.tck.model.Contents;
import org.jetbackup.tck.workload.History;
import org.jetbackup.tck.workload.Step;

/**
 * Makes the calls of a workload on the main instance of a world, and knows at every moment what a
 * crash may leave.
 */
final class Performer {

  private final World world;
  private final Node node;
  private Path directory;
  private Optional<Contents> moment = Optional.empty();
  private Set<String> inSet = new TreeSet<>();
  private boolean rollsForward;

  Performer(World world) {
    this.world = world;
    this.node = world.start();
    this.directory = world.freshDirectory("backup");
  }

  Node node() {
    return node;
  }

  /** Where the next backup goes, and the last one went. */
  Path directory() {
    return directory;
  }

  /** Makes every call, each of which must succeed unless it has a fault. */
  void prepare(History history) {
    for (Step step : history.steps()) {
      makeReady(step);
      Answer answer = perform(step);
      if (!(step instanceof Step.Backup backup && backup.fault().isPresent())) {
        world.expect("RET-1", answer).success();
      }
      finish(step, answer);
    }
  }

  /** Does what has to be done before the call itself is made. */
  void makeReady(Step step) {
    if (step instanceof Step.Restore restore) {
      node.stop();
      if (restore.manner() == Step.Restore.Manner.IN_PLACE) {
        world.require("lose the log", () -> World.emptyTree(node.log()));
        rollsForward = false;
      }
    }
  }

  /** Makes the call. */
  Answer perform(Step step) {
    if (step instanceof Step.Commit commit) {
      return node.tryCommit(commit.changes().toArray(String[]::new));
    } else if (step instanceof Step.CreateDatabase create) {
      return node.tryCreateDatabase(create.name());
    } else if (step instanceof Step.Backup backup) {
      backup.fault().ifPresent(world::inject);
      Answer answer = switch (backup.kind()) {
        case FULL -> node.backup(directory, BackupGrbit.FULL);
        case ATOMIC -> node.backup(directory, BackupGrbit.ATOMIC);
        case INCREMENTAL -> node.backup(directory, BackupGrbit.INCREMENTAL);
        case TRUNCATE -> node.backup(null, BackupGrbit.FULL);
      };
      backup.fault().ifPresent(fault -> world.files().clearFaults());
      return answer;
    } else if (step instanceof Step.Restore) {
      return node.restore(directory);
    } else if (step instanceof Step.Reopen) {
      return Answer.to(node::restart);
    } else if (step instanceof Step.Elsewhere) {
      directory = world.freshDirectory("backup");
      moment = Optional.empty();
      rollsForward = false;
      return Answer.to(() -> {});
    }
    throw new IllegalArgumentException("no workload has a step like: " + step);
  }

  /** Takes note of what a call has done, and brings the instance back into service. */
  void finish(Step step, Answer answer) {
    if (!answer.isSuccess()) {
      return;
    }
    if (step instanceof Step.Backup backup && backup.kind() != Step.Backup.Kind.TRUNCATE) {
      moment = Optional.of(node.acknowledged());
      inSet = new TreeSet<>(node.databases().keySet());
      rollsForward = world.has(Capability.ROLL_FORWARD);
    } else if (step instanceof Step.Backup) {
      rollsForward = false;
    } else if (step instanceof Step.Restore) {
      node.acknowledge(restored(step));
      rollsForward = false;
      node.start();
    }
  }

  /** What a restore makes of the databases. */
  private Contents restored(Step step) {
    return ((Step.Restore) step).manner() == Step.Restore.Manner.ROLL_FORWARD
        ? node.acknowledged()
        : moment.orElseThrow();
  }

  /** What is legal when no call is in flight. */
  Expectation now() {
    return new Expectation(
        List.of(node.acknowledged()), files(), Optional.empty(), settled(), rollsForward, false);
  }

  private Optional<Expectation.Directory> settled() {
    return moment.map(at -> target("CRASH-3", List.of(at), false));
  }

  /** What is legal while a call is in flight. */
  Expectation during(Step step) {
    List<Contents> live = new ArrayList<>(List.of(node.acknowledged()));
    Optional<Expectation.Database> perhaps = Optional.empty();
    Optional<Expectation.Directory> target = settled();
    boolean restoring = false;
    if (step instanceof Step.Commit commit) {
      live.add(node.acknowledgedWith(commit.changes()));
    } else if (step instanceof Step.CreateDatabase create) {
      String name = create.name();
      live.add(node.acknowledged().with(name + "/" + Node.TABLE + "/", ""));
      perhaps = Optional.of(new Expectation.Database(name, relative(node.file(name))));
    } else if (step instanceof Step.Restore) {
      live.add(restored(step));
      restoring = true;
    } else if (step instanceof Step.Backup backup && backup.kind() != Step.Backup.Kind.TRUNCATE) {
      target = Optional.of(targetDuring(backup.kind()));
    }
    boolean truncates =
        step instanceof Step.Backup backup && backup.kind() == Step.Backup.Kind.TRUNCATE;
    return new Expectation(
        List.copyOf(live), files(), perhaps, target, rollsForward && !truncates, restoring);
  }

  private Expectation.Directory targetDuring(Step.Backup.Kind kind) {
    Contents own = node.acknowledged();
    if (moment.isEmpty()) {
      return target("CRASH-4", List.of(own), true);
    }
    String clause = kind == Step.Backup.Kind.INCREMENTAL ? "CRASH-6" : "CRASH-5";
    return target(clause, List.of(moment.get(), own), false);
  }

  private Expectation.Directory target(String clause, List<Contents> moments, boolean mayRefuse) {
    Set<String> databases = moment.isPresent() ? inSet : node.databases().keySet();
    return new Expectation.Directory(
        relative(directory), clause, moments, mayRefuse, Set.copyOf(databases));
  }

  private Map<String, String> files() {
    Map<String, String> files = new LinkedHashMap<>();
    node.databases().forEach((name, file) -> files.put(name, relative(file)));
    return files;
  }

  private String relative(Path path) {
    return world.root().relativize(path).toString();
  }
}
