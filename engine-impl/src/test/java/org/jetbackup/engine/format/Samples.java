package org.jetbackup.engine.format;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.jetbackup.api.position.PageNumber;
import org.junit.jupiter.api.Assumptions;

/** Database files of other engines, on machines that have them beside the repository. */
public final class Samples {

  /** Made by the original engine. */
  public static final List<String> REAL = List.of("basic", "binary", "index", "multi");

  /** Made from the fact sheet, with 8 KiB pages. */
  public static final String SYNTHETIC = "synthetic-min-8192";

  private static final Path PLACE = Path.of("..", "shared", "data", "edb");

  private Samples() {}

  /** A whole file in memory. */
  public record Sample(String name, ByteBuffer bytes, PageSize size) {

    ByteBuffer start() {
      return bytes.duplicate();
    }

    Path file() {
      return Path.of(name + ".edb");
    }

    public ByteBuffer page(long number) {
      int from = (int) size.offsetOf(new PageNumber(number));
      return size.newBuffer().put(0, bytes, from, size.bytes());
    }

    public PageView view(long number) {
      return new PageView(page(number), size, new PageNumber(number), file());
    }

    public long pages() {
      return size.pagesIn(bytes.capacity());
    }
  }

  /** Reads a sample, or skips the test. */
  public static Sample read(String name) {
    Path packed = root().resolve(PLACE).resolve(name + ".edb.gz");
    Assumptions.assumeTrue(Files.exists(packed), "the shared sample " + name + " is not here");
    try (InputStream in = new GZIPInputStream(Files.newInputStream(packed))) {
      ByteBuffer bytes = ByteBuffer.wrap(in.readAllBytes()).order(ByteOrder.LITTLE_ENDIAN);
      return new Sample(name, bytes, PageSize.ofBytes(bytes.getInt(236)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path root() {
    Path here = Path.of("").toAbsolutePath();
    for (Path at = here; at != null; at = at.getParent()) {
      if (Files.exists(at.resolve("mvnw"))) {
        return at;
      }
    }
    return here;
  }
}
