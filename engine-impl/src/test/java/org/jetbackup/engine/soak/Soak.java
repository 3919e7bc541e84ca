package org.jetbackup.engine.soak;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Starts a process that works, kills it, and looks at what the next one finds; again and again.
 *
 * <pre>
 *            +--------------------- killed ----------------------+
 *            v                                                   |
 *   start -> recovery -> records told and checked -> commits -> choice of the end
 *            |                                                   |
 *            +---> killed here, too                              +-> in order: file verified
 * </pre>
 *
 * <p>The number of commits after which a process is killed is drawn; when exactly it dies is chance.
 * For one thread.
 */
final class Soak {

  private static final int IN_ORDER_EVERY = 6;

  private final Path instance;
  private final Path notes;
  private final Path before;
  private final SoakOptions options;
  private final Function<Path, String> damage;
  private final PrintStream out;
  private final SplittableRandom random;
  private final Ledger ledger = new Ledger();
  private int round;
  private int kills;
  private long commits;

  /** How a round goes on. */
  private enum End {
    KILLED_IN_RECOVERY,
    KILLED_BEFORE_WORK,
    KILLED,
    IN_ORDER
  }

  /**
   * Makes directories.
   *
   * @param directory an empty directory
   * @param options what is done
   * @param damage says what is wrong with a database file that was closed in order; nothing if empty
   * @param out gets a line for every round
   */
  Soak(Path directory, SoakOptions options, Function<Path, String> damage, PrintStream out)
      throws IOException {
    this.instance = Files.createDirectory(directory.resolve("instance"));
    this.notes = Files.createDirectory(directory.resolve("notes"));
    this.before = directory.resolve("before");
    this.options = options;
    this.damage = damage;
    this.out = out;
    this.random = new SplittableRandom(options.seed());
  }

  /** Runs all rounds; the last one ends in order, and the file has been verified. */
  void run() throws IOException {
    out.println("soak: " + options.replay());
    long until = System.nanoTime() + TimeUnit.MINUTES.toNanos(options.minutes());
    boolean hasTime = true;
    while (hasTime && (options.kills() == 0 || kills < options.kills())) {
      End end = chooseEnd();
      round(end, commitsUntil(end));
      hasTime = options.minutes() == 0 || System.nanoTime() < until;
    }
    round(End.IN_ORDER, options.acknowledgements() / 4);
    out.println("soak: " + kills + " kills, " + commits + " commits acknowledged, "
        + ledger.state().size() + " records, nothing wrong");
  }

  /** The database, closed in order. */
  Path database() {
    return instance.resolve(SoakStore.DATABASE);
  }

  /** What each table holds. */
  Map<String, NavigableMap<Integer, Long>> tables() {
    Map<String, NavigableMap<Integer, Long>> tables = new HashMap<>();
    for (String name : Cell.TABLES) {
      tables.put(name, new TreeMap<>());
    }
    ledger
        .state()
        .forEach((cell, stamp) -> tables
            .computeIfAbsent(Cell.TABLES[cell.table()], name -> new TreeMap<>())
            .put(cell.key(), stamp));
    return tables;
  }

  private End chooseEnd() {
    if ((round + 1) % IN_ORDER_EVERY == 0) {
      return End.IN_ORDER;
    }
    int choice = random.nextInt(100);
    return choice < 12 ? End.KILLED_IN_RECOVERY : choice < 18 ? End.KILLED_BEFORE_WORK : End.KILLED;
  }

  /** Half of the kills come soon, so that short logs are seen as well. */
  private int commitsUntil(End end) {
    if (end == End.KILLED_IN_RECOVERY || end == End.KILLED_BEFORE_WORK) {
      return 0;
    }
    int most = options.acknowledgements();
    return 1 + random.nextInt(random.nextBoolean() ? most : Math.max(1, most / 20));
  }

  private void round(End end, int target) throws IOException {
    round++;
    copyInstance();
    Progress progress = new Progress(end, target);
    try (SoakProcess process = new SoakProcess(instance, round, options, notes)) {
      Optional<Message> message = process.next();
      while (message.isPresent()) {
        progress.hear(message.get(), process);
        message = process.next();
      }
      if (process.isStalled()) {
        throw failure("the process hangs", process.story());
      }
      if (!progress.killed && !progress.ended) {
        throw failure("the process ended by itself", process.story());
      }
    }
    commits += progress.acknowledged;
    kills += progress.killed ? 1 : 0;
    String found = progress.ended ? damage.apply(database()) : "";
    if (!found.isEmpty()) {
      throw failure("the file is damaged", found);
    }
    out.println("soak round " + round + ", " + progress);
  }

  /** A process from its start to its end. */
  private final class Progress {
    private final End end;
    private final int target;
    private final Map<Cell, Long> found = new TreeMap<>();
    private final long started = System.nanoTime();
    private long begun;
    private long recovered;
    private int acknowledged;
    private boolean killed;
    private boolean ended;
    private String findings = "not looked at";

    Progress(End end, int target) {
      this.end = end;
      this.target = target;
    }

    void hear(Message message, SoakProcess process) throws IOException {
      if (message instanceof Message.Intent intent) {
        ledger.announce(intent);
      } else if (message instanceof Message.Done done) {
        ledger.acknowledge(done);
        if (++acknowledged == target) {
          finish(process);
        }
      } else if (message instanceof Message.Undone undone) {
        ledger.undo(undone);
      } else if (message instanceof Message.Row row) {
        if (found.put(row.cell(), row.stamp()) != null) {
          throw failure("there are two of " + row.cell(), "");
        }
      } else if (message instanceof Message.Problem problem) {
        throw failure(problem.text(), process.story());
      } else {
        pass(message, process);
      }
    }

    private void pass(Message message, SoakProcess process) throws IOException {
      if (message instanceof Message.Begun) {
        begun = System.nanoTime();
        if (end == End.KILLED_IN_RECOVERY) {
          kill(process);
        }
      } else if (message instanceof Message.Recovered) {
        recovered = System.nanoTime();
        if (end == End.KILLED_BEFORE_WORK) {
          kill(process);
        }
      } else if (message instanceof Message.Dumped) {
        check(found);
      } else if (message instanceof Message.Ended) {
        ended = true;
        ledger.settle();
      }
    }

    private void finish(SoakProcess process) {
      if (end == End.IN_ORDER) {
        process.end();
      } else {
        kill(process);
      }
    }

    private void kill(SoakProcess process) {
      killed = true;
      process.kill();
    }

    private void check(Map<Cell, Long> rows) throws IOException {
      Ledger.Findings result = ledger.check(rows);
      if (!result.differences().isEmpty()) {
        throw failure("wrong after recovery", String.join("\n", result.differences()));
      }
      findings = result.records() + " records found; of the commits in flight " + result.kept()
          + " were there and " + result.dropped() + " not, " + result.lazyLost()
          + " lazy ones were lost";
    }

    @Override
    public String toString() {
      String init = recovered == 0
          ? "init not ended"
          : "init " + TimeUnit.NANOSECONDS.toMillis(recovered - begun) + " ms";
      return init + ", " + findings + "; " + end + " after " + acknowledged
          + " commits acknowledged, " + TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - started)
          + " ms";
    }
  }

  private AssertionError failure(String what, String details) {
    return new AssertionError("soak round " + round + ": " + what + "\n" + details
        + "\nthe files before this round are in " + before + ", those now in " + instance
        + "\nagain with " + options.replay());
  }

  /** Keeps what this round begins with, so that a failure can be looked at. */
  private void copyInstance() throws IOException {
    Files.createDirectories(before);
    deleteFiles(before);
    for (Path file : files(instance)) {
      Path copy = before.resolve(instance.relativize(file).toString());
      Files.copy(file, copy, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  private static void deleteFiles(Path directory) throws IOException {
    for (Path file : files(directory)) {
      Files.delete(file);
    }
  }

  private static List<Path> files(Path directory) throws IOException {
    try (Stream<Path> all = Files.list(directory)) {
      return all.filter(Files::isRegularFile).toList();
    }
  }
}
