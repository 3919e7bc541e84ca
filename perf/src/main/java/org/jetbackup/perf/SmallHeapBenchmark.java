package org.jetbackup.perf;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.jetbackup.api.JetInstance;
import org.jetbackup.api.backup.BackupGrbit;
import org.jetbackup.api.backup.StatusCallback;
import org.jetbackup.perf.BackupSubject.Settings;

/**
 * Whether a backup and a restore need memory that grows with the database: both run in processes of
 * their own with 64 MiB of heap, 64 MiB of direct memory and a page cache of 8 MiB, the backup with
 * four threads that commit all the while.
 *
 * <p>Fails if the memory does not suffice, or if the restored database lacks a record. Prints what
 * was used at most: heap, and, where the system tells it, the physical memory of the process
 * ({@code VmHWM}). The control is a plain copy of the files of the set, forced, that nobody
 * disturbs.
 *
 * <pre>
 * ./mvnw -q -pl perf -am package -DskipTests
 * java -cp perf/target/benchmarks.jar org.jetbackup.perf.SmallHeapBenchmark [MiB [directory]]
 * </pre>
 *
 * <p>2,048 MiB unless said otherwise, in the directory for temporary files, which must have room for
 * three times as much.
 */
public final class SmallHeapBenchmark {

  private static final List<String> MEMORY = List.of("-Xmx64m", "-XX:MaxDirectMemorySize=64m");
  private static final Settings SETTINGS = new Settings(5120, 8L << 20);
  private static final int WRITERS = 4;
  private static final double MB = 1e6;

  private final PrintStream out;
  private final Path directory;

  SmallHeapBenchmark(PrintStream out, Path directory) {
    this.out = out;
    this.directory = directory;
  }

  /**
   * Measures and prints.
   *
   * @param arguments the size of the database in MiB, and where to work
   * @throws Exception if the disk or the engine fails, or memory does not suffice
   */
  public static void main(String[] arguments) throws Exception {
    long mebibytes = arguments.length > 0 ? Long.parseLong(arguments[0]) : 2048;
    Path directory = arguments.length > 1
        ? Files.createTempDirectory(Path.of(arguments[1]), "small")
        : Files.createTempDirectory("small");
    new SmallHeapBenchmark(System.out, directory).measure(mebibytes << 20);
    Files.delete(directory);
  }

  /** The process that makes the backup. */
  public static final class Backup {

    private Backup() {}

    /**
     * Backs up while others commit.
     *
     * @param arguments the directory of the instance, that for the set, the number of records
     * @throws Exception if something fails
     */
    public static void main(String[] arguments) throws Exception {
      long records = Long.parseLong(arguments[2]);
      try (BackupSubject subject = BackupSubject.open(Path.of(arguments[0]), SETTINGS);
          Updaters updaters = new Updaters(subject, WRITERS, records)) {
        updaters.awaitFirst();
        long before = updaters.commits();
        long nanos = subject.backup(Path.of(arguments[1]), BackupGrbit.FULL);
        long during = updaters.commits() - before;
        System.out.printf(
            Locale.ROOT,
            "  full backup   %,6.0f ms, %s, %,d commits meanwhile%n",
            nanos / 1e6,
            Memory.peaks(),
            during);
      }
    }
  }

  /** The process that restores. */
  public static final class Restore {

    private Restore() {}

    /**
     * Restores to a destination.
     *
     * @param arguments the directory of an instance, that of the set, the destination
     * @throws Exception if something fails
     */
    public static void main(String[] arguments) throws Exception {
      JetInstance instance = BackupSubject.create(Path.of(arguments[0]), SETTINGS);
      long began = System.nanoTime();
      instance.restore(Path.of(arguments[1]), Path.of(arguments[2]), StatusCallback.NONE);
      System.out.printf(
          Locale.ROOT,
          "  restore       %,6.0f ms, %s%n",
          (System.nanoTime() - began) / 1e6,
          Memory.peaks());
    }
  }

  /** Measures; answers how many records were there afterwards. */
  long measure(long databaseBytes) throws Exception {
    Path instance = Files.createDirectory(directory.resolve("instance"));
    long records = BackupSubject.build(instance, databaseBytes);
    out.printf(
        Locale.ROOT,
        "%n%,d records, %.1f MB, %s%n",
        records,
        Files.size(BackupSubject.database(instance)) / MB,
        String.join(" ", MEMORY));
    Path set = Files.createDirectory(directory.resolve("set"));
    run(Backup.class, instance, set, Long.toString(records));
    Scratch.delete(instance);
    Path fresh = Files.createDirectory(directory.resolve("fresh"));
    Files.createDirectory(BackupSubject.log(fresh));
    run(Restore.class, fresh, set, fresh);
    long found;
    try (BackupSubject restored = BackupSubject.open(fresh, SETTINGS)) {
      found = restored.count();
    }
    Scratch.delete(fresh);
    measureCopy(set);
    Scratch.delete(set);
    if (found != records) {
      throw new IllegalStateException(found + " records were restored of " + records);
    }
    return found;
  }

  private void measureCopy(Path set) throws IOException {
    Path copy = directory.resolve("copy");
    List<Path> files = ForcedCopy.files(set);
    ForcedCopy.force(directory);
    long nanos = new ForcedCopy().copy(files, copy);
    out.printf(
        Locale.ROOT,
        "  copy, force   %,6.0f ms, %.1f MB in %d files%n",
        nanos / 1e6,
        ForcedCopy.bytes(files) / MB,
        files.size());
    Scratch.delete(copy);
  }

  private void run(Class<?> main, Object... arguments) throws IOException, InterruptedException {
    ForkedJava java = ForkedJava.of(main, arguments);
    MEMORY.forEach(java::option);
    out.print(java.output());
  }
}
