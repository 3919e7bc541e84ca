package org.jetbackup.perf;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Reads of a table that is in memory: one record by its key, and all records in order, each time
 * per record and with its value copied out. One thread.
 *
 * <p>{@code SKIP_LIST}, the JDK's sorted map, is the control of both. {@code readFile} is another
 * of the scan: the plain read of a file of the same size, from the cache of the operating system.
 *
 * <pre>
 * ./mvnw -q -pl perf -am package -DskipTests
 * java -jar perf/target/benchmarks.jar StoreReadBenchmark
 * </pre>
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
    value = 2,
    jvmArgs = {"-Xms1500m", "-Xmx1500m"})
@SuppressWarnings("NullAway.Init") // setUp
public class StoreReadBenchmark {

  /** How many records there are: 100 MB of values. */
  static final int RECORDS = 100_000;

  private static final long CACHE_BYTES = 512L << 20;
  private static final int CHUNK_BYTES = 1 << 20;

  /** The store that is measured. */
  @Param({"ENGINE", "SKIP_LIST"})
  public String subject;

  private final byte[] target = new byte[Records.VALUE_BYTES];
  private final ByteBuffer chunk = ByteBuffer.allocateDirect(CHUNK_BYTES);
  private final SplittableRandom random = new SplittableRandom(1);
  private Records records;
  private Path directory;
  private KeyValueStore store;
  private FileChannel plain;

  /**
   * Fills the store and a plain file of the same size.
   *
   * @throws IOException if the directory for temporary files cannot be used
   */
  @Setup
  public void setUp() throws IOException {
    records = new Records(RECORDS);
    directory = Files.createTempDirectory("store-read");
    store = StoreSubject.valueOf(subject).opener(CACHE_BYTES).apply(directory);
    for (int i = 0; i < RECORDS; i++) {
      store.insert(records.key(i), records.value());
    }
    store.flush();
    plain = FileChannel.open(
        directory.resolve("plain"),
        StandardOpenOption.CREATE_NEW,
        StandardOpenOption.READ,
        StandardOpenOption.WRITE);
    for (long bytes = 0; bytes < plainBytes(); bytes += CHUNK_BYTES) {
      plain.write(chunk.clear(), bytes);
    }
  }

  /**
   * Closes the store and removes its files.
   *
   * @throws IOException if a file cannot be removed
   */
  @TearDown
  public void tearDown() throws IOException {
    store.close();
    plain.close();
    Scratch.delete(directory);
  }

  /**
   * Reads one record by its key.
   *
   * @return the bytes of its value
   */
  @Benchmark
  public int get() {
    return store.get(records.key(random.nextInt(RECORDS)), target);
  }

  /**
   * Reads all records in the order of their keys.
   *
   * @return the bytes of all values
   */
  @Benchmark
  @OperationsPerInvocation(RECORDS)
  public long scan() {
    return store.scan(target);
  }

  /**
   * Reads a file with as many bytes as the values have, a MiB at a time.
   *
   * @return the bytes read
   */
  @Benchmark
  @OperationsPerInvocation(RECORDS)
  public long readFile() {
    long bytes = 0;
    try {
      for (long at = 0; at < plainBytes(); at += CHUNK_BYTES) {
        bytes += plain.read(chunk.clear(), at);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes;
  }

  private static long plainBytes() {
    return (long) RECORDS * Records.VALUE_BYTES;
  }
}
