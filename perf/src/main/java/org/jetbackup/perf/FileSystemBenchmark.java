package org.jetbackup.perf;

import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystem;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.jetbackup.tck.storage.KitFileSystem;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What the kit's file system costs on top of the one in memory that lies below it.
 *
 * <p>{@code jimfs} is the control: the same file system in memory, configured alike, without the
 * kit. {@code kit} has no fault injected and no trace running. One thread, buffers on the heap.
 * Nothing reaches a disk, so the force is the kit's own work and nothing else.
 *
 * <pre>
 * ./mvnw -q -pl perf -am package -DskipTests
 * java -jar perf/target/benchmarks.jar FileSystemBenchmark
 * java -jar perf/target/benchmarks.jar FileSystemBenchmark -f 1 -wi 3 -w 1 -i 5 -r 1
 * </pre>
 *
 * <p>The second line is the full run of about five minutes, the third a look that takes one.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 10, time = 1)
@Fork(3)
@SuppressWarnings("NullAway.Init") // setUp
public class FileSystemBenchmark {

  /** Bytes of a positional read or write. */
  static final int PAGE = 4096;

  /** Bytes of an append: one sector of a log. */
  static final int SECTOR = 512;

  /** Bytes of each file: small enough for the caches, so that the calls are seen and not memory. */
  static final int FILE = 1 << 20;

  /** The file system that is measured. */
  @Param({"jimfs", "kit"})
  public String subject;

  private final ByteBuffer page = ByteBuffer.allocate(PAGE);
  private final ByteBuffer sector = ByteBuffer.allocate(SECTOR);
  private Closeable fileSystem;
  private FileChannel database;
  private FileChannel log;
  private long position;
  private long logged;

  /**
   * Makes the file system, a file of {@value #FILE} bytes, and an empty one.
   *
   * @throws IOException never in practice: nothing leaves memory
   */
  @Setup
  public void setUp() throws IOException {
    Path root = makeFileSystem();
    database = FileChannel.open(root.resolve("database"), CREATE_NEW, READ, WRITE);
    log = FileChannel.open(root.resolve("log"), CREATE_NEW, WRITE, APPEND);
    position = 0;
    logged = 0;
    for (int written = 0; written < FILE; written += PAGE) {
      writePage();
    }
  }

  /**
   * Closes the files and the file system.
   *
   * @throws IOException never in practice: nothing leaves memory
   */
  @TearDown
  public void tearDown() throws IOException {
    log.close();
    database.close();
    fileSystem.close();
  }

  /**
   * Writes one page; pages follow each other round and round.
   *
   * @return the bytes written
   * @throws IOException if the measured file system fails
   */
  @Benchmark
  public int writePage() throws IOException {
    return database.write(page.clear(), nextPosition());
  }

  /**
   * Reads one page; pages follow each other round and round.
   *
   * @return the bytes read
   * @throws IOException if the measured file system fails
   */
  @Benchmark
  public int readPage() throws IOException {
    return database.read(page.clear(), nextPosition());
  }

  /**
   * Appends one sector and forces it. Once in {@value #FILE} bytes the file is truncated, which the
   * result contains.
   *
   * @return the bytes written
   * @throws IOException if the measured file system fails
   */
  @Benchmark
  public int appendAndForce() throws IOException {
    if (logged == FILE) {
      log.truncate(0);
      logged = 0;
    }
    int written = log.write(sector.clear());
    log.force(false);
    logged += written;
    return written;
  }

  private long nextPosition() {
    long current = position;
    position = (current + PAGE) % FILE;
    return current;
  }

  private Path makeFileSystem() {
    switch (subject) {
      case "jimfs" -> {
        FileSystem plain = Jimfs.newFileSystem(Configuration.unix().toBuilder()
            .setWorkingDirectory("/")
            .setAttributeViews("basic", "owner", "posix", "unix")
            .build());
        fileSystem = plain;
        return plain.getPath("/");
      }
      case "kit" -> {
        KitFileSystem kit = KitFileSystem.inMemory();
        fileSystem = kit;
        return kit.root();
      }
      default -> throw new IllegalArgumentException("no such subject: " + subject);
    }
  }

  /** What is measured, for a test that asks it. */
  Closeable fileSystem() {
    return fileSystem;
  }
}
