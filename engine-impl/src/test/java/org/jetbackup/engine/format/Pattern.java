package org.jetbackup.engine.format;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.stream.IntStream;

/** The pattern of the golden vectors. Source: section 5.6. */
final class Pattern {

  private Pattern() {}

  static ByteBuffer of(PageSize size) {
    ByteBuffer page = size.newBuffer();
    int x = 12345;
    for (int at = 0; at < size.bytes(); at++) {
      x = x * 1103515245 + 12345;
      page.put(at, (byte) (x >> 16));
    }
    return page;
  }

  /** The pattern with the flags of a page in the new format, and room for its checksums. */
  static ByteBuffer newFormat(PageSize size) {
    ByteBuffer page = of(size).putInt(36, 0xA803).putLong(0, 0);
    if (size.isLarge()) {
      IntStream.of(40, 48, 56).forEach(at -> page.putLong(at, 0));
    }
    return page;
  }

  static String hex(ByteBuffer page, int from, int to) {
    byte[] bytes = new byte[to - from];
    page.get(from, bytes);
    return HexFormat.of().formatHex(bytes);
  }
}
