package org.jetbackup.engine.record;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.jetbackup.api.position.PageNumber;
import org.jetbackup.engine.format.NodeView;
import org.jetbackup.engine.format.PageChecksum;
import org.jetbackup.engine.format.PageSize;
import org.jetbackup.engine.format.PageView;
import org.junit.jupiter.api.Assumptions;

/** Entries of the trees of database files made by the original engine, where they are at hand. */
final class Samples {

  static final List<String> REAL = List.of("basic", "binary", "index", "multi");

  private static final Path PLACE = Path.of("..", "shared", "data", "edb");
  private static final int PAGE_SIZE_AT = 236;

  private Samples() {}

  /** One node of a leaf. */
  record Entry(long page, Bytes key, Bytes data) {

    ByteBuffer buffer() {
      return ByteBuffer.wrap(data.toArray()).order(ByteOrder.LITTLE_ENDIAN);
    }

    RecordPlace place() {
      return RecordPlace.of(Path.of("sample.edb"), new PageNumber(page));
    }
  }

  /** Reads all entries of a tree in the order of its keys, or skips the test. */
  static List<Entry> entries(String name, long objectId) {
    ByteBuffer file = read(name);
    PageSize size = PageSize.ofBytes(file.getInt(PAGE_SIZE_AT));
    List<Entry> entries = new ArrayList<>();
    for (long page = 1; page <= size.pagesIn(file.capacity()); page++) {
      PageNumber number = new PageNumber(page);
      ByteBuffer bytes = size.newBuffer().put(0, file, (int) size.offsetOf(number), size.bytes());
      if (PageChecksum.isBlank(bytes, size)) {
        continue;
      }
      PageView view = new PageView(bytes, size, number, Path.of(name + ".edb"));
      if (view.objectId() == objectId && view.flags().isLeaf() && !view.flags().isSpaceTree()) {
        add(view, entries);
      }
    }
    return entries;
  }

  private static void add(PageView page, List<Entry> entries) {
    NodeView node = new NodeView();
    for (int tag = 1; tag < page.tagCount(); tag++) {
      node.moveTo(page, tag);
      byte[] key = new byte[node.keyLength()];
      byte[] data = new byte[node.dataLength()];
      node.copyKey(key, 0);
      node.copyData(data, 0);
      entries.add(new Entry(page.number().value(), Bytes.of(key), Bytes.of(data)));
    }
  }

  private static ByteBuffer read(String name) {
    Path packed = root().resolve(PLACE).resolve(name + ".edb.gz");
    Assumptions.assumeTrue(Files.exists(packed), "the shared sample " + name + " is not here");
    try (InputStream in = new GZIPInputStream(Files.newInputStream(packed))) {
      return ByteBuffer.wrap(in.readAllBytes()).order(ByteOrder.LITTLE_ENDIAN);
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
