package org.jetbackup.engine.verify;

import java.nio.ByteBuffer;
import java.util.OptionalLong;
import org.jetbackup.api.error.JetException;
import org.jetbackup.engine.format.NodeView;
import org.jetbackup.engine.format.PageView;

/**
 * Finds the last page that the database owns: the last key of the tree on page 2. What lies behind
 * it is nobody's. Source: section 3.1.
 */
final class LastPage {

  /** Where every database has the tree of its extents. */
  static final long OWNED_EXTENTS_ROOT = 2;

  private final PageReader pages;

  LastPage(PageReader pages) {
    this.pages = pages;
  }

  /** Answers nothing if the tree cannot be read; the walk of that tree tells why. */
  OptionalLong find() {
    ByteBuffer buffer = pages.size().newBuffer();
    NodeView node = new NodeView();
    long at = OWNED_EXTENTS_ROOT;
    for (int level = 0; level < TreeWalk.MAX_LEVELS && pages.contains(at); level++) {
      PageView page = pages.read(at, buffer);
      if (!movesToLast(page, node)) {
        return OptionalLong.empty();
      }
      if (page.flags().isLeaf()) {
        return lastOf(node);
      }
      at = node.child();
    }
    return OptionalLong.empty();
  }

  private static boolean movesToLast(PageView page, NodeView node) {
    try {
      page.check();
    } catch (JetException e) {
      return false;
    }
    if (page.tagCount() < 2) {
      return false;
    }
    node.moveTo(page, page.tagCount() - 1);
    return true;
  }

  private static OptionalLong lastOf(NodeView node) {
    if (node.keyLength() != Integer.BYTES) {
      return OptionalLong.empty();
    }
    byte[] key = new byte[Integer.BYTES];
    node.copyKey(key, 0);
    long last = Integer.toUnsignedLong(ByteBuffer.wrap(key).getInt());
    return last > 0 ? OptionalLong.of(last) : OptionalLong.empty();
  }
}
