package org.jetbackup.engine.format;

import java.nio.ByteBuffer;
import java.util.Random;
import org.jetbackup.api.position.PageNumber;

/**
 * Damages a page where it hurts: most changes leave the accounts of the page right, so that it
 * passes its own checks and lies about everything else.
 */
public final class PageDamage {

  private static final int[] FLAGS = {
    PageFlags.ROOT,
    PageFlags.LEAF,
    PageFlags.PARENT_OF_LEAVES,
    PageFlags.LEAF | PageFlags.PARENT_OF_LEAVES,
    PageFlags.SPACE_TREE,
    PageFlags.LONG_VALUE,
    PageFlags.NON_UNIQUE_KEYS,
    PageFlags.EMPTY
  };

  private final PageSize size;
  private final Random random;
  private final long pages;

  /** Damages pages of a file that has so many. */
  public PageDamage(PageSize size, Random random, long pages) {
    this.size = size;
    this.random = random;
    this.pages = pages;
  }

  /** Changes one place; the checksum is the caller's matter. */
  public void change(ByteBuffer page, PageNumber number) {
    PageView view = new PageView(page, size, number, Pages.FILE);
    try {
      view.check();
    } catch (RuntimeException e) {
      anywhere(page); // damaged before, so the rest of the page tells nothing any more
      return;
    }
    switch (random.nextInt(16)) {
      case 0, 1 -> page.putInt(PageLayout.PREVIOUS, number());
      case 2, 3 -> page.putInt(PageLayout.NEXT, number());
      case 4 ->
        page.putInt(PageLayout.OBJECT_ID, random.nextBoolean() ? random.nextInt(14) : number());
      case 5 -> flags(page);
      case 6, 7 -> word(page, view.tagOffset(0), view.tagSize(0));
      case 8, 9, 10 -> data(page, view);
      case 11 -> key(page, view);
      case 12 -> removeNode(page, view);
      case 13 -> tags(page, view);
      case 14 -> page.putShort(PageLayout.FREE_BYTES + 2 * random.nextInt(4), (short) number());
      default -> anywhere(page);
    }
  }

  /** A number of a page, or one that should be none. */
  private int number() {
    return switch (random.nextInt(12)) {
      case 0 -> 0;
      case 1 -> -1;
      case 2 -> -2 - random.nextInt(3);
      case 3 -> Integer.MAX_VALUE;
      case 4 -> random.nextInt();
      case 5 -> (int) pages + random.nextInt(4);
      default -> 1 + random.nextInt((int) pages);
    };
  }

  private void flags(ByteBuffer page) {
    int flag = FLAGS[random.nextInt(FLAGS.length)];
    page.putInt(PageLayout.FLAGS, page.getInt(PageLayout.FLAGS) ^ flag);
  }

  private void data(ByteBuffer page, PageView view) {
    if (view.tagCount() > 1) {
      NodeView node = new NodeView().moveTo(view, 1 + random.nextInt(view.tagCount() - 1));
      word(page, node.dataOffset(), Math.min(node.dataLength(), 64));
    }
  }

  /** Most often in the last bytes, so that the order of keys has a chance. */
  private void key(ByteBuffer page, PageView view) {
    if (view.tagCount() > 1) {
      NodeView node = new NodeView().moveTo(view, 1 + random.nextInt(view.tagCount() - 1));
      int own = node.keyLength() - node.prefixLength();
      if (own > 0) {
        int back = 1 + random.nextInt(Math.min(own, 4));
        int at = node.dataOffset() - back;
        page.put(at, (byte) (page.get(at) + random.nextInt(5) - 2));
      }
    }
  }

  private void removeNode(ByteBuffer page, PageView view) {
    if (view.tagCount() > 1) {
      PageEditor editor = new PageEditor(size).on(page);
      editor.remove(1 + random.nextInt(view.tagCount() - 1));
      while (random.nextInt(3) == 0 && editor.tagCount() > 1) {
        editor.remove(editor.tagCount() - 1);
      }
    }
  }

  private void tags(ByteBuffer page, PageView view) {
    int one = PageLayout.tagAt(size, random.nextInt(view.tagCount()));
    int other = PageLayout.tagAt(size, random.nextInt(view.tagCount()));
    if (random.nextBoolean()) {
      int swapped = page.getInt(one);
      page.putInt(one, page.getInt(other)).putInt(other, swapped);
    } else {
      int at = one + 2 * random.nextInt(2);
      page.putShort(at, (short) (page.getShort(at) ^ 1 << random.nextInt(16)));
    }
  }

  private void word(ByteBuffer page, int from, int length) {
    if (length >= Integer.BYTES) {
      int at = from + random.nextInt(length - Integer.BYTES + 1);
      at = random.nextBoolean() ? from + (at - from) / Integer.BYTES * Integer.BYTES : at;
      if (random.nextInt(4) == 0) {
        page.put(at, (byte) (page.get(at) + random.nextInt(9) - 4));
      } else {
        page.putInt(at, number());
      }
    } else if (length > 0) {
      page.put(from + random.nextInt(length), (byte) random.nextInt());
    }
  }

  private void anywhere(ByteBuffer page) {
    int at = PageLayout.DBTIME + random.nextInt(size.bytes() - PageLayout.DBTIME - Integer.BYTES);
    switch (random.nextInt(3)) {
      case 0 -> page.put(at, (byte) (page.get(at) ^ 1 << random.nextInt(8)));
      case 1 -> page.putShort(at, (short) random.nextInt());
      default -> page.putInt(at, number());
    }
  }
}
