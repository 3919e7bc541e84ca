package org.jetbackup.engine.format;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.jetbackup.api.position.PageNumber;

/** Synthesised pages of every size. */
final class Pages {

  static final PageNumber NUMBER = new PageNumber(40);
  static final Path FILE = Path.of("a.edb");
  static final PageFlags LEAF = flags(PageFlags.LEAF);
  static final PageFlags BRANCH = flags(PageFlags.PARENT_OF_LEAVES);
  static final PageFlags ROOT_LEAF = flags(PageFlags.ROOT | PageFlags.LEAF);

  private Pages() {}

  static PageFlags flags(int more) {
    return new PageFlags(
        PageFlags.NEW_RECORD_FORMAT | PageFlags.NEW_CHECKSUM | PageFlags.FLUSH_TYPE_1 | more);
  }

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  static byte[] child(int page) {
    return new byte[] {(byte) page, (byte) (page >> 8), (byte) (page >> 16), (byte) (page >> 24)};
  }

  static PageView view(ByteBuffer page, PageSize size) {
    return new PageView(page, size, NUMBER, FILE);
  }

  static PageWriter writer(ByteBuffer page, PageSize size, PageFlags flags, byte[] header) {
    return new PageWriter(page, size, NUMBER, 8, flags, header);
  }

  /** A leaf with as many compressed and plain nodes as fit. */
  static ByteBuffer leaf(PageSize size) {
    ByteBuffer page = size.newBuffer();
    PageWriter writer = writer(page, size, LEAF, bytes("common"));
    for (int i = 1000; writer.freeBytes() > 40; i++) {
      if (i % 3 == 0) {
        writer.add(0, 0, bytes("common" + i), bytes("data"));
      } else {
        writer.add(i % 5 == 0 ? NodeView.DELETED : 0, 6, bytes("" + i), bytes("x"));
      }
    }
    writer.finish(77, 39, 41);
    return page;
  }

  /** A branch page whose last key is empty. */
  static ByteBuffer branch(PageSize size) {
    ByteBuffer page = size.newBuffer();
    PageWriter writer = writer(page, size, BRANCH, new byte[0]);
    for (int i = 0; i < 50; i++) {
      writer.add(0, 0, bytes("" + (1000 + i)), child(100 + i));
    }
    writer.add(0, 0, new byte[0], child(200)).finish(78, 0, 0);
    return page;
  }

  /** A root that is a leaf. */
  static ByteBuffer root(PageSize size) {
    ByteBuffer page = size.newBuffer();
    byte[] header = new byte[SpaceHeader.BYTES];
    ByteBuffer target = ByteBuffer.wrap(header).order(page.order());
    new SpaceHeader(5, 1, SpaceHeader.MULTIPLE_EXTENTS, 41).write(target, 0);
    writer(page, size, ROOT_LEAF, header)
        .add(0, 0, bytes("a"), bytes("first"))
        .add(NodeView.VERSIONED, 0, bytes("b"), bytes("second"))
        .finish(79, 0, 0);
    return page;
  }
}
