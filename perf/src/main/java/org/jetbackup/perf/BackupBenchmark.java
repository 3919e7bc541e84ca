package org.jetbackup.perf;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import org.jetbackup.api.JetInstance;
import org.jetbackup.api.backup.BackupGrbit;
import org.jetbackup.api.backup.StatusCallback;
import org.jetbackup.perf.BackupSubject.Settings;

/**
 * How long backups and restores take, next to a plain copy of the same files that is forced.
 *
 * <p>A backup verifies every page and every record of the log that it takes; the copy verifies
 * nothing. Both stand side by side in every round, and all files are in the cache of the operating
 * system. Nobody works on the database meanwhile.
 *
 * <ol>
 *   <li>Full backup into an empty directory. The control copies the database and the log files of
 *       the set.
 *   <li>Incremental backup after 1 % of the records got new values, each round on top of the last.
 *       The control copies the log files that it holds. Besides: its bytes, and what was really
 *       written of these log files. The last one is closed before it is full.
 *   <li>Restore, to a destination and in place, where all had been lost. The control copies the
 *       files of the set.
 * </ol>
 *
 * <pre>
 * ./mvnw -q -pl perf -am package -DskipTests
 * java -cp perf/target/benchmarks.jar org.jetbackup.perf.BackupBenchmark \
 *     [rounds [MiB [KiB of a log file [directory]]]]
 * </pre>
 *
 * <p>Seven rounds with 512 MiB and log files of 5,120 KiB unless said otherwise, in the directory
 * for temporary files, which must have room for five times the database.
 */
public final class BackupBenchmark {

  private static final String UNIT = "milliseconds, median [min..max]";
  private static final String COPY = "copy, force";
  private static final double MB = 1e6;
  private static final int PERCENT = 100;
  private static final long CACHE_BYTES = 64L << 20;

  private final ForcedCopy control = new ForcedCopy();
  private final SplittableRandom random = new SplittableRandom(20_261_126);
  private final PrintStream out;
  private final Path directory;
  private final int rounds;
  private final Settings settings;

  BackupBenchmark(PrintStream out, Path directory, int rounds, int logFileKilobytes) {
    this.out = out;
    this.directory = directory;
    this.rounds = rounds;
    this.settings = new Settings(logFileKilobytes, CACHE_BYTES);
  }

  /**
   * Measures and prints.
   *
   * @param arguments the number of rounds, the size of the database in MiB, that of a log file in
   *     KiB, and where to work
   * @throws Exception if the disk or the engine fails
   */
  public static void main(String[] arguments) throws Exception {
    int rounds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 7;
    long mebibytes = arguments.length > 1 ? Long.parseLong(arguments[1]) : 512;
    int logFileKilobytes = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 5120;
    Path directory = arguments.length > 3
        ? Files.createTempDirectory(Path.of(arguments[3]), "backups")
        : Files.createTempDirectory("backups");
    new BackupBenchmark(System.out, directory, rounds, logFileKilobytes).measure(mebibytes << 20);
    Files.delete(directory);
  }

  /** Measures everything; answers how many records the last restore has brought back, of all. */
  long measure(long databaseBytes) throws Exception {
    Path instance = Files.createDirectory(directory.resolve("instance"));
    long records = BackupSubject.build(instance, databaseBytes);
    Path set = directory.resolve("set");
    Path chain = directory.resolve("chain");
    try (BackupSubject subject = BackupSubject.open(instance, settings)) {
      measureFull(subject, instance, set);
      Files.createDirectory(chain);
      subject.backup(chain, BackupGrbit.FULL);
      measureIncremental(subject, records, chain);
    }
    measureRestore("restore of a full backup", instance, set);
    measureRestore("restore of a full backup and its increments", instance, chain);
    long found;
    try (BackupSubject restored = BackupSubject.open(instance, settings)) {
      found = restored.count();
    }
    out.printf("%nrecords: %,d built, %,d in the restored database%n", records, found);
    Scratch.delete(instance);
    Scratch.delete(set);
    Scratch.delete(chain);
    return found;
  }

  private void measureFull(BackupSubject subject, Path instance, Path set) throws Exception {
    Path copy = directory.resolve("copy");
    List<Path> files = new ArrayList<>();
    Comparison comparison = new Comparison(UNIT, COPY)
        .add("full backup", () -> {
          clear(set);
          Files.createDirectory(set);
          long nanos = subject.backup(set, BackupGrbit.FULL);
          files.clear();
          files.add(BackupSubject.database(instance));
          files.addAll(logs(ForcedCopy.files(set)));
          return milliseconds(nanos);
        })
        .add(COPY, () -> copy(files, copy))
        .run(rounds);
    clear(copy);
    print("full backup", comparison, ForcedCopy.bytes(files));
  }

  private void measureIncremental(BackupSubject subject, long records, Path chain)
      throws Exception {
    Path copy = directory.resolve("copy");
    List<Path> files = new ArrayList<>();
    Samples bytes = new Samples();
    Samples overhead = new Samples();
    Comparison comparison = new Comparison(UNIT, COPY)
        .add("incremental backup", () -> {
          List<Path> before = ForcedCopy.files(chain);
          subject.update(records, records / PERCENT, random);
          settle();
          long nanos = subject.backup(chain, BackupGrbit.INCREMENTAL);
          files.clear();
          files.addAll(ForcedCopy.files(chain));
          files.removeAll(before);
          long all = ForcedCopy.bytes(files);
          long written = 0;
          for (Path file : logs(files)) {
            written += EngineInstance.written(file);
          }
          bytes.add(all / MB);
          overhead.add((double) all / written);
          return milliseconds(nanos);
        })
        .add(COPY, () -> copy(files, copy))
        .run(rounds);
    clear(copy);
    print(
        "incremental backup after updates of " + records / PERCENT + " records",
        comparison,
        ForcedCopy.bytes(files));
    out.printf("  %-34s MB %s, / log written %s%n", "increment", bytes, overhead);
  }

  private void measureRestore(String title, Path instance, Path set) throws Exception {
    Path elsewhere = directory.resolve("elsewhere");
    Path destination = directory.resolve("destination");
    Path copy = directory.resolve("copy");
    List<Path> files = ForcedCopy.files(set);
    Comparison comparison = new Comparison(UNIT, COPY)
        .add("restore to a destination", () -> {
          lose(elsewhere);
          clear(destination);
          Files.createDirectory(destination);
          JetInstance fresh = BackupSubject.create(elsewhere, settings);
          return timed(() -> fresh.restore(set, destination, StatusCallback.NONE));
        })
        .add("restore in place", () -> {
          lose(instance);
          JetInstance fresh = BackupSubject.create(instance, settings);
          return timed(() -> fresh.restore(set, StatusCallback.NONE));
        })
        .add(COPY, () -> copy(files, copy))
        .run(rounds);
    clear(copy);
    clear(destination);
    clear(elsewhere);
    print(title, comparison, ForcedCopy.bytes(files));
  }

  private void print(String title, Comparison comparison, long bytes) {
    out.printf(Locale.ROOT, "%n%s, %.1f MB%n", title, bytes / MB);
    comparison.print(out);
    comparison.forEach((name, samples) -> out.printf(
        Locale.ROOT, "  %-34s %.0f MB/s%n", name, bytes / MB / (samples.median() / 1e3)));
  }

  private double copy(List<Path> files, Path copy) throws IOException {
    clear(copy);
    return milliseconds(control.copy(files, copy));
  }

  private static double timed(Runnable call) {
    long began = System.nanoTime();
    call.run();
    return milliseconds(System.nanoTime() - began);
  }

  private static double milliseconds(long nanos) {
    return nanos / 1e6;
  }

  /** The instance is gone but for its directories. */
  private void lose(Path instance) throws IOException {
    clear(instance);
    Files.createDirectory(instance);
    Files.createDirectory(BackupSubject.log(instance));
  }

  /** A deletion that the disk has still to do would be part of the next measurement. */
  private void clear(Path path) throws IOException {
    if (Files.exists(path)) {
      Scratch.delete(path);
    }
    settle();
  }

  private void settle() throws IOException {
    ForcedCopy.force(directory);
  }

  private static List<Path> logs(List<Path> files) {
    return files.stream().filter(file -> file.toString().endsWith(".log")).toList();
  }
}
