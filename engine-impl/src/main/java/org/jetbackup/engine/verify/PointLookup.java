package org.jetbackup.engine.verify;

import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jetbackup.api.error.JetException;
import org.jetbackup.engine.format.NodeView;
import org.jetbackup.engine.format.PageView;

/**
 * Looks single keys up in a tree, from its root down, with the last pages kept. For one thread.
 * Source: section 6.2.
 */
final class PointLookup {

  private static final int PAGES_KEPT = 48;

  private final PageReader pages;
  private final NodeView node = new NodeView();
  private final LeafNode found = new LeafNode();
  private final LastUsed kept = new LastUsed();

  /** What a page was, or that it cannot be read. */
  private record Kept(ByteBuffer buffer, PageView view, boolean isSound) {}

  /** Answers. */
  enum Answer {
    FOUND,
    MISSING,
    /** A page on the way cannot be read; the walk of the tree tells why. */
    UNKNOWN
  }

  /** The pages used last. */
  private static final class LastUsed extends LinkedHashMap<Long, Kept> {
    private static final long serialVersionUID = 1L;

    LastUsed() {
      super(2 * PAGES_KEPT, 0.75f, true);
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<Long, Kept> eldest) {
      return size() > PAGES_KEPT;
    }
  }

  PointLookup(PageReader pages) {
    this.pages = pages;
  }

  /** Looks a key up in the tree of a root page. */
  Answer find(long root, ByteBuffer key, int from, int length) {
    long at = root;
    for (int level = 0; level < TreeWalk.MAX_LEVELS; level++) {
      if (!pages.contains(at)) {
        return Answer.UNKNOWN;
      }
      Kept page = read(at);
      if (!page.isSound()) {
        return Answer.UNKNOWN;
      }
      int tag = firstNotBelow(page.view(), key, from, length);
      boolean leaf = page.view().flags().isLeaf();
      if (tag == page.view().tagCount()) {
        return leaf ? Answer.MISSING : Answer.UNKNOWN;
      }
      node.moveTo(page.view(), tag);
      if (leaf) {
        if (node.isDeleted() || node.compareKey(key, from, length) != 0) {
          return Answer.MISSING;
        }
        found.moveTo(page.view(), page.buffer(), tag);
        return Answer.FOUND;
      }
      at = node.child();
    }
    return Answer.UNKNOWN;
  }

  /** The node that was found last. */
  LeafNode found() {
    return found;
  }

  /** The first node whose key is not below, or in a branch page above: separators are bounds. */
  private int firstNotBelow(PageView page, ByteBuffer key, int from, int length) {
    boolean leaf = page.flags().isLeaf();
    int low = 1;
    int high = page.tagCount();
    while (low < high) {
      int middle = (low + high) >>> 1;
      node.moveTo(page, middle);
      boolean endless = !leaf && node.keyLength() == 0;
      int order = endless ? 1 : node.compareKey(key, from, length);
      if (leaf ? order >= 0 : order > 0) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low;
  }

  private Kept read(long number) {
    Kept known = kept.get(number);
    if (known != null) {
      return known;
    }
    ByteBuffer buffer = pages.size().newBuffer();
    PageView view = pages.read(number, buffer);
    boolean sound = true;
    try {
      view.check();
    } catch (JetException e) {
      sound = false;
    }
    Kept page = new Kept(buffer, view, sound);
    kept.put(number, page);
    return page;
  }
}
