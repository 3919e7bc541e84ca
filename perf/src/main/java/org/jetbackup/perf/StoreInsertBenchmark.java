package org.jetbackup.perf;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
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
 * Inserts of records with random keys into an empty table, then one flush: time per record. One
 * thread.
 *
 * <p>{@code SKIP_LIST}, the JDK's sorted map, is the control in memory. {@code appendAndForce} is
 * the limit of anything on a disk: the same bytes appended to a file in pieces of a MiB and forced
 * once.
 *
 * <pre>
 * ./mvnw -q -pl perf -am package -DskipTests
 * java -jar perf/target/benchmarks.jar StoreInsertBenchmark
 * </pre>
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5)
@Measurement(iterations = 7)
@Fork(
    value = 2,
    jvmArgs = {"-Xms1500m", "-Xmx1500m"})
@SuppressWarnings("NullAway.Init") // setUp
public class StoreInsertBenchmark {

  /** How many records are inserted: 50 MB of values. */
  static final int RECORDS = 50_000;

  private static final long CACHE_BYTES = 256L << 20;
  private static final int CHUNK_BYTES = 1 << 20;

  /** The store that is measured. */
  @Param({"ENGINE", "SKIP_LIST"})
  public String subject;

  private final Records records = new Records(RECORDS);
  private final ByteBuffer chunk = ByteBuffer.allocateDirect(CHUNK_BYTES);
  private Function<Path, KeyValueStore> opener;
  private Path directory;
  private KeyValueStore store;

  /** Makes what the stores have in common. */
  @Setup(Level.Trial)
  public void setUpAll() {
    opener = StoreSubject.valueOf(subject).opener(CACHE_BYTES);
  }

  /**
   * Makes an empty store.
   *
   * @throws IOException if the directory for temporary files cannot be used
   */
  @Setup(Level.Invocation)
  public void setUp() throws IOException {
    directory = Files.createTempDirectory("store-insert");
    store = opener.apply(directory);
  }

  /**
   * Closes the store and removes its files.
   *
   * @throws IOException if a file cannot be removed
   */
  @TearDown(Level.Invocation)
  public void tearDown() throws IOException {
    store.close();
    Scratch.delete(directory);
  }

  /** Inserts all records and makes them durable. */
  @Benchmark
  @OperationsPerInvocation(RECORDS)
  public void insert() {
    for (int i = 0; i < RECORDS; i++) {
      store.insert(records.key(i), records.value());
    }
    store.flush();
  }

  /**
   * Appends as many bytes to a file and makes them durable.
   *
   * @return the bytes written
   */
  @Benchmark
  @OperationsPerInvocation(RECORDS)
  public long appendAndForce() {
    long bytes = 0;
    try (FileChannel file = FileChannel.open(
        directory.resolve("plain"), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      while (bytes < (long) RECORDS * Records.VALUE_BYTES) {
        bytes += file.write(chunk.clear());
      }
      file.force(false);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes;
  }

  /** For a test that asks it. */
  KeyValueStore store() {
    return store;
  }
}
