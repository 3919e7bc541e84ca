package org.jetbackup.perf;

import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.jetbackup.api.JetSession;
import org.jetbackup.api.JetTable;

/**
 * How fast an instance comes back: MB of log a second, from init to its return.
 *
 * <p>A process commits records with random keys and 1,000 bytes of value, ten a transaction, and is
 * halted; nothing has been written to the database but the log. Each round puts its files back and
 * recovers them. The controls: the same log read with a CRC32C over it, which no recovery can do
 * without, and as many bytes as the database has, written and forced.
 *
 * <pre>
 * ./mvnw -q -pl perf -am package -DskipTests
 * java -cp perf/target/benchmarks.jar org.jetbackup.perf.RecoveryBenchmark [rounds [records [directory]]]
 * </pre>
 *
 * <p>Five rounds with 100,000 records unless said otherwise, in the directory for temporary files.
 */
public final class RecoveryBenchmark {

  private static final String ENGINE = "recovery";
  private static final String READ = "read log, CRC32C";
  private static final String WRITE_DATABASE = "write database, force";
  private static final int RECORDS_PER_TRANSACTION = 10;
  private static final double MB = 1e6;

  private final ByteBuffer chunk = ByteBuffer.allocateDirect(1 << 20);
  private final PrintStream out;
  private final Path directory;
  private final Path instance;
  private final Path halted;

  RecoveryBenchmark(PrintStream out, Path directory) {
    this.out = out;
    this.directory = directory;
    this.instance = directory.resolve("instance");
    this.halted = directory.resolve("halted");
  }

  /**
   * Measures and prints.
   *
   * @param arguments the number of rounds, the number of records, and where to work
   * @throws Exception if the disk or the engine fails
   */
  public static void main(String[] arguments) throws Exception {
    int rounds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 5;
    int records = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 100_000;
    Path directory = arguments.length > 2
        ? Files.createTempDirectory(Path.of(arguments[2]), "recovery")
        : Files.createTempDirectory("recovery");
    new RecoveryBenchmark(System.out, directory).measure(rounds, records);
    Files.delete(directory);
  }

  /** The process that is halted. */
  public static final class Load {

    private Load() {}

    /**
     * Fills an instance and ends in the middle.
     *
     * @param arguments the directory, and the number of records
     * @throws Exception if the disk or the engine fails
     */
    public static void main(String[] arguments) throws Exception {
      EngineInstance instance = EngineInstance.create(Path.of(arguments[0]));
      JetSession session = instance.session();
      JetTable table = instance.table(session);
      int records = Integer.parseInt(arguments[1]);
      SplittableRandom random = new SplittableRandom(records);
      byte[] key = new byte[Records.KEY_BYTES];
      byte[] value = new byte[Records.VALUE_BYTES];
      random.nextBytes(value);
      for (int i = 0; i < records; i += RECORDS_PER_TRANSACTION) {
        session.beginTransaction();
        for (int j = 0; j < RECORDS_PER_TRANSACTION; j++) {
          random.nextBytes(key);
          table.insert(key, value);
        }
        session.commitTransaction();
      }
      Runtime.getRuntime().halt(0);
    }
  }

  /** Measures; answers how many records were there afterwards. */
  long measure(int rounds, int records) throws Exception {
    Files.createDirectory(instance);
    load(records);
    copy(instance, halted);
    long logBytes = EngineInstance.logBytes(halted);
    Comparison comparison = new Comparison("MB of log/s, median [min..max]", READ)
        .add(ENGINE, () -> rate(logBytes, this::recover))
        .add(READ, () -> rate(logBytes, this::readLog))
        .add(WRITE_DATABASE, () -> rate(logBytes, this::writeDatabase))
        .run(rounds);
    out.printf("%nrecovery of %d records, %.1f MB of log%n", records, logBytes / MB);
    comparison.print(out);
    long found = count();
    Scratch.delete(instance);
    Scratch.delete(halted);
    return found;
  }

  /** Something that is timed; what it answers is left out of the time. */
  @FunctionalInterface
  interface Timed {
    long nanos() throws IOException;
  }

  private static double rate(long bytes, Timed timed) throws IOException {
    return bytes / MB / (timed.nanos() / 1e9);
  }

  private long recover() throws IOException {
    Scratch.delete(instance);
    copy(halted, instance);
    long began = System.nanoTime();
    EngineInstance recovered = EngineInstance.open(instance);
    long nanos = System.nanoTime() - began;
    recovered.close();
    return nanos;
  }

  private long readLog() throws IOException {
    CRC32C checksum = new CRC32C();
    long began = System.nanoTime();
    for (Path path : EngineInstance.logFiles(halted)) {
      try (FileChannel file = FileChannel.open(path)) {
        while (file.read(chunk.clear()) > 0) {
          checksum.update(chunk.flip());
        }
      }
    }
    return System.nanoTime() - began;
  }

  private long writeDatabase() throws IOException {
    Path copy = directory.resolve("copy");
    long bytes = Files.size(instance.resolve("perf.edb"));
    long began = System.nanoTime();
    try (FileChannel file = FileChannel.open(copy, CREATE_NEW, WRITE)) {
      for (long at = 0; at < bytes; at += chunk.capacity()) {
        file.write(chunk.clear(), at);
      }
      file.force(false);
    }
    long nanos = System.nanoTime() - began;
    Files.delete(copy);
    return nanos;
  }

  private long count() {
    byte[] target = new byte[Records.VALUE_BYTES];
    try (EngineInstance opened = EngineInstance.open(instance);
        JetSession session = opened.session()) {
      return Reads.scan(opened.table(session), ByteBuffer.wrap(target)) / Records.VALUE_BYTES;
    }
  }

  private void load(int records) throws IOException, InterruptedException {
    ForkedJava.of(Load.class, instance, records).output();
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> all = Files.walk(from)) {
      for (Path path : all.toList()) {
        Files.copy(path, to.resolve(from.relativize(path).toString()));
      }
    }
  }
}
