package org.jetbackup.engine.verify;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.jetbackup.engine.format.PageSize;
import org.junit.jupiter.api.Assumptions;

/** Database files of other engines, on machines that have them beside the repository. */
final class VerifySamples {

  static final List<String> ALL =
      List.of("basic", "binary", "index", "multi", "synthetic-min-8192");

  private static final Path PLACE = Path.of("..", "shared", "data", "edb");

  private VerifySamples() {}

  /** Reads a sample, or skips the test. */
  static Image read(String name) {
    Path packed = root().resolve(PLACE).resolve(name + ".edb.gz");
    Assumptions.assumeTrue(Files.exists(packed), "the shared sample " + name + " is not here");
    try (InputStream in = new GZIPInputStream(Files.newInputStream(packed))) {
      byte[] bytes = in.readAllBytes();
      int size = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getInt(236);
      return new Image(bytes, PageSize.ofBytes(size));
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
