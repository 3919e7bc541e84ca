package org.jetbackup.perf;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.zip.CRC32C;
import org.jetbackup.api.position.PageNumber;
import org.jetbackup.engine.format.PageChecksum;
import org.jetbackup.engine.format.PageEditor;
import org.jetbackup.engine.format.PageFlags;
import org.jetbackup.engine.format.PageSize;
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
import org.openjdk.jmh.annotations.Warmup;

/**
 * How fast the checksum of a page is checked.
 *
 * <p>Every figure is the time for {@value #PIECE} bytes, whatever the page size; 1,000 ns are 8.2
 * GB/s. {@code hot} is one page again and again, {@code cold} walks through {@value #COLD} bytes,
 * more than most caches hold. {@code heap} and {@code direct} say where the pages lie: the engine
 * reads files into direct memory. Two controls go over the same bytes: {@code crc32c}, which the
 * machine has an instruction for, and {@code xor}, one long after the other. On a busy machine
 * compare with the controls, not with another day.
 *
 * <pre>
 * ./mvnw -q -pl perf -am package -DskipTests
 * java -jar perf/target/benchmarks.jar PageChecksumBenchmark
 * java -jar perf/target/benchmarks.jar PageChecksumBenchmark -f 1 -wi 3 -w 1 -i 3 -r 1
 * </pre>
 *
 * <p>The second line is the full run of about twenty minutes, the third a look of five.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(3)
@SuppressWarnings("NullAway.Init") // setUp
public class PageChecksumBenchmark {

  private static final int KEY_BYTES = 10;
  private static final int DATA_BYTES = 86;

  /** Bytes that a figure stands for. */
  static final int PIECE = 8 * 1024;

  /** Bytes of one call: a whole number of pages of every size, and of pieces. */
  static final int CALL = 32 * 1024;

  /** Bytes of the walk. */
  static final int COLD = 64 << 20;

  private static final int PIECES = CALL / PIECE;

  /** Bytes of a page. */
  @Param({"4096", "8192", "32768"})
  public int pageBytes;

  /** Whether the page was just there. */
  @Param({"hot", "cold"})
  public String cache;

  /** Where the pages lie. */
  @Param({"heap", "direct"})
  public String memory;

  private final CRC32C crc = new CRC32C();
  private PageSize size;
  private ByteBuffer[] pages;
  private PageNumber[] numbers;
  private int next;

  /** Fills pages with chance and stamps them. */
  @Setup
  public void setUp() {
    size = PageSize.ofBytes(pageBytes);
    int count = switch (cache) {
      case "hot" -> 1;
      case "cold" -> COLD / pageBytes;
      default -> throw new IllegalArgumentException("no such cache: " + cache);
    };
    pages = new ByteBuffer[count];
    numbers = new PageNumber[count];
    next = 0;
    SplittableRandom random = new SplittableRandom(1);
    ByteBuffer all = switch (memory) {
      case "heap" -> ByteBuffer.allocate(count * pageBytes);
      case "direct" -> ByteBuffer.allocateDirect(count * pageBytes);
      default -> throw new IllegalArgumentException("no such memory: " + memory);
    };
    for (int i = 0; i < count; i++) {
      pages[i] = all.slice(i * pageBytes, pageBytes).order(ByteOrder.LITTLE_ENDIAN);
      numbers[i] = new PageNumber(i + 1);
      fill(pages[i], numbers[i], random);
    }
  }

  /**
   * Checks pages as the engine does.
   *
   * @return how many were good: all of them
   */
  @Benchmark
  @OperationsPerInvocation(PIECES)
  public int verify() {
    int good = 0;
    for (int done = 0; done < CALL; done += pageBytes) {
      int page = advance();
      if (PageChecksum.verify(pages[page], size, numbers[page]).isAcceptable()) {
        good++;
      }
    }
    return good;
  }

  /**
   * The control with an instruction of its own.
   *
   * @return the sums of all pages, combined
   */
  @Benchmark
  @OperationsPerInvocation(PIECES)
  public long crc32c() {
    long sums = 0;
    for (int done = 0; done < CALL; done += pageBytes) {
      crc.reset();
      crc.update(pages[advance()].clear());
      sums ^= crc.getValue();
    }
    return sums;
  }

  /**
   * The control that does next to nothing.
   *
   * @return the sum of all pages
   */
  @Benchmark
  @OperationsPerInvocation(PIECES)
  public long xor() {
    long sum = 0;
    for (int done = 0; done < CALL; done += pageBytes) {
      ByteBuffer page = pages[advance()];
      for (int at = 0; at < pageBytes; at += Long.BYTES) {
        sum ^= page.getLong(at);
      }
    }
    return sum;
  }

  /** What is measured, for a test that spoils it. */
  ByteBuffer page(int index) {
    return pages[index];
  }

  private int advance() {
    int page = next;
    next = page + 1 == pages.length ? 0 : page + 1;
    return page;
  }

  private void fill(ByteBuffer page, PageNumber number, SplittableRandom random) {
    PageFlags flags = new PageFlags(PageFlags.LEAF
        | PageFlags.NEW_RECORD_FORMAT
        | PageFlags.NEW_CHECKSUM
        | PageFlags.FLUSH_TYPE_1);
    byte[] keyBytes = new byte[KEY_BYTES];
    byte[] dataBytes = new byte[DATA_BYTES];
    ByteBuffer key = ByteBuffer.wrap(keyBytes).order(ByteOrder.LITTLE_ENDIAN);
    ByteBuffer data = ByteBuffer.wrap(dataBytes).order(ByteOrder.LITTLE_ENDIAN);
    PageEditor editor = new PageEditor(size).on(page);
    editor.begin(number, 8, flags, size.newBuffer().limit(0));
    while (editor.fits(editor.cost(key, DATA_BYTES))) {
      random.nextBytes(keyBytes);
      random.nextBytes(dataBytes);
      editor.insert(editor.tagCount(), 0, key, data, 0, DATA_BYTES);
    }
    editor.setDbtime(1);
    PageChecksum.stamp(page, size, number);
  }
}
