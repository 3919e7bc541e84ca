package org.jetbackup.perf;

import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Durable commits per second: a transaction with one record, by 1, 8 and 32 threads, next to what a
 * plain program reaches with the same bytes.
 *
 * <p>The controls make no tree and could recover nothing; they are the limit. <i>append</i> and
 * <i>overwrite</i> write a record and force it, by one thread; <i>group commit</i> is leader and
 * follower, by as many threads. All stand side by side in every round.
 *
 * <pre>
 * ./mvnw -q -pl perf -am package -DskipTests
 * java -cp perf/target/benchmarks.jar org.jetbackup.perf.CommitBenchmark [rounds [seconds [directory]]]
 * </pre>
 *
 * <p>Seven rounds of one second unless said otherwise, in the directory for temporary files.
 */
public final class CommitBenchmark {

  private static final String ENGINE = "engine";
  private static final String GROUP = "group commit";
  private static final String APPEND = "append, force";
  private static final String OVERWRITE = "overwrite, force";

  private final PrintStream out;
  private final int rounds;
  private final double seconds;
  private final Path directory;

  CommitBenchmark(PrintStream out, int rounds, double seconds, Path directory) {
    this.out = out;
    this.rounds = rounds;
    this.seconds = seconds;
    this.directory = directory;
  }

  /**
   * Measures and prints.
   *
   * @param arguments the number of rounds, the seconds of each, and where to work
   * @throws Exception if the disk or the engine fails
   */
  public static void main(String[] arguments) throws Exception {
    int rounds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 7;
    double seconds = arguments.length > 1 ? Double.parseDouble(arguments[1]) : 1;
    Path directory = arguments.length > 2
        ? Files.createTempDirectory(Path.of(arguments[2]), "commits")
        : Files.createTempDirectory("commits");
    CommitBenchmark benchmark = new CommitBenchmark(System.out, rounds, seconds, directory);
    for (int valueBytes : new int[] {100, 1000}) {
      for (int threads : new int[] {1, 8, 32}) {
        benchmark.measure(threads, valueBytes);
      }
    }
    Files.delete(directory);
  }

  /** Measures one combination in files of its own; answers what the engine reached. */
  Samples measure(int threads, int valueBytes) throws Exception {
    Path files = Files.createDirectory(directory.resolve(threads + "-" + valueBytes));
    Path instance = Files.createDirectory(files.resolve("instance"));
    Comparison comparison = new Comparison("commits/s, median [min..max]", GROUP);
    Map<String, Committers> committers = new LinkedHashMap<>();
    try (EngineCommits engine = new EngineCommits(instance, threads);
        GroupCommit group = new GroupCommit(files.resolve("group"));
        PlainCommits append = PlainCommits.appending(files.resolve("append"));
        PlainCommits overwrite = PlainCommits.overwriting(files.resolve("overwrite"))) {
      committers.put(ENGINE, new Committers(engine, threads, valueBytes));
      committers.put(GROUP, new Committers(group, threads, valueBytes));
      committers.put(APPEND, new Committers(append, 1, valueBytes));
      committers.put(OVERWRITE, new Committers(overwrite, 1, valueBytes));
      committers.forEach((name, these) -> comparison.add(name, () -> these.perSecond(seconds)));
      long bytesBefore = engine.instance().logBytes();
      long forcesBefore = engine.instance().logForces();
      comparison.run(rounds);
      out.printf("%n%d thread(s), %d bytes of value%n", threads, valueBytes);
      comparison.print(out);
      long bytes = engine.instance().logBytes() - bytesBefore;
      long forces = engine.instance().logForces() - forcesBefore;
      printMore(ENGINE, committers.get(ENGINE), bytes, forces);
      printMore(GROUP, committers.get(GROUP), group.bytes(), group.forces());
    }
    Scratch.delete(files);
    return comparison.of(ENGINE);
  }

  private void printMore(String name, Committers committers, long bytes, long forces) {
    out.printf(
        Locale.ROOT,
        "  %-34s p99 %s us, %.0f bytes a commit, %.2f commits a force%n",
        name,
        committers.percentile99(),
        (double) bytes / committers.commits(),
        (double) committers.commits() / forces);
  }
}
