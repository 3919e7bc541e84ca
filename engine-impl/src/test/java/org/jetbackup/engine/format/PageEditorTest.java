package org.jetbackup.engine.format;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** After every edit the page is sound, and holds what a list of nodes holds. */
class PageEditorTest {

  private static final int STEPS = Integer.getInteger("jetbackup.edits", 100_000);
  private static final long SEED = 20261126;
  private static final int ENTRY = 4;
  private static final int LENGTH = 2;

  private static final class Node {
    private final byte[] key;
    private final byte[] data;
    private final int flags;

    Node(byte[] key, byte[] data, int flags) {
      this.key = key;
      this.data = data;
      this.flags = flags;
    }
  }

  @ParameterizedTest
  @EnumSource(PageSize.class)
  void aHundredThousandEditsLeaveWhatAListHolds(PageSize size) {
    for (byte[] prefix : List.of(new byte[0], Pages.bytes("aab"), Pages.bytes("aabbaabbaabb"))) {
      String replay = "seed " + SEED + ", prefix " + Arrays.toString(prefix);
      Random random = new Random(SEED);
      List<Node> model = new ArrayList<>();
      ByteBuffer page = size.newBuffer();
      PageEditor editor = new PageEditor(size).on(page);
      editor.begin(Pages.NUMBER, 8, Pages.LEAF, buffer(prefix));
      int steps = STEPS / 3;
      for (int step = 0; step < steps; step++) {
        edit(editor, page, size, model, random, step * 4 / steps % 2 == 0);
        Pages.view(page, size).check();
        if (step % 500 == 0) {
          assertSame(model, page, size, replay + ", step " + step);
        }
      }
      assertSame(model, page, size, replay);
    }
  }

  private static void edit(
      PageEditor editor,
      ByteBuffer page,
      PageSize size,
      List<Node> model,
      Random random,
      boolean growing) {
    int free = editor.freeBytes();
    int longest = random.nextInt(8) == 0 ? size.bytes() / 3 : 60;
    byte[] data = new byte[1 + random.nextInt(longest)];
    random.nextBytes(data);
    int kind = random.nextInt(10);
    if (model.isEmpty() || kind < (growing ? 5 : 2)) {
      Node node = new Node(key(random), data, random.nextInt(4));
      int at = position(model, node.key);
      if (at >= 0) {
        int cost = editor.cost(buffer(node.key), data.length);
        if (editor.fits(cost)) {
          editor.insert(at + 1, node.flags, buffer(node.key), buffer(data), 0, data.length);
          model.add(at, node);
          assertEquals(free - cost, editor.freeBytes());
        } else {
          assertRefused(
              page,
              () -> editor.insert(
                  at + 1, node.flags, buffer(node.key), buffer(data), 0, data.length));
        }
      }
      return;
    }
    int at = random.nextInt(model.size());
    if (kind < 7) {
      Node old = model.get(at);
      NodeView view = new NodeView().moveTo(Pages.view(page, size), at + 1);
      byte[] other = kind == 5 ? Arrays.copyOf(data, old.data.length) : data;
      if (editor.fitsInstead(view, other.length)) {
        editor.replaceData(at + 1, view, buffer(other), 0, other.length);
        model.set(at, new Node(old.key, other, old.flags));
        assertEquals(free - other.length + old.data.length, editor.freeBytes());
      } else {
        assertRefused(page, () -> editor.replaceData(at + 1, view, buffer(other), 0, other.length));
      }
    } else {
      editor.remove(at + 1);
      model.remove(at);
    }
  }

  private static void assertRefused(ByteBuffer page, Executable edit) {
    byte[] before = bytes(page);
    assertThrows(IllegalArgumentException.class, edit);
    assertArrayEquals(before, bytes(page), "a byte was touched");
  }

  private static void assertSame(List<Node> model, ByteBuffer page, PageSize size, String replay) {
    PageView view = Pages.view(page, size);
    assertEquals(model.size(), view.tagCount() - 1, replay);
    NodeView node = new NodeView();
    for (int i = 0; i < model.size(); i++) {
      node.moveTo(view, i + 1);
      assertArrayEquals(model.get(i).key, array(node.copyKey(size.newBuffer())), replay);
      assertArrayEquals(model.get(i).data, array(node.copyData(size.newBuffer())), replay);
      assertEquals(model.get(i).flags, node.flags() & ~NodeView.COMPRESSED, replay);
    }
  }

  /** The place of a key among others, or -1 if it is there. */
  private static int position(List<Node> model, byte[] key) {
    int from = 0;
    int to = model.size();
    while (from < to) {
      int middle = (from + to) >>> 1;
      int order = Arrays.compareUnsigned(model.get(middle).key, key);
      if (order == 0) {
        return -1;
      }
      from = order < 0 ? middle + 1 : from;
      to = order < 0 ? to : middle;
    }
    return from;
  }

  private static byte[] key(Random random) {
    byte[] key = new byte[1 + random.nextInt(24)];
    for (int i = 0; i < key.length; i++) {
      key[i] = (byte) ('a' + (random.nextInt(6) == 0 ? random.nextInt(20) : i / 2 % 2));
    }
    return key;
  }

  @ParameterizedTest
  @EnumSource(PageSize.class)
  void aHoleIsClosedOnlyWhenANodeNeedsTheRoom(PageSize size) {
    ByteBuffer page = size.newBuffer();
    PageEditor editor = new PageEditor(size).on(page);
    editor.begin(Pages.NUMBER, 8, Pages.LEAF, buffer(new byte[0]));
    for (int i = 0; editor.freeBytes() > 100; i++) {
      editor.insert(i + 1, 0, buffer(Pages.bytes("" + (10_000 + i))), buffer(new byte[40]), 0, 40);
    }
    PageView view = Pages.view(page, size);
    int last = view.tagCount() - 1;
    int place = view.tagOffset(last);
    editor.remove(1);
    assertEquals(place, view.tagOffset(last - 1), "nodes move although nobody needs the room");
    int room = editor.freeBytes() - ENTRY - LENGTH - 5;
    editor.insert(1, 0, buffer(Pages.bytes("00000")), buffer(new byte[room]), 0, room);
    assertEquals(0, editor.freeBytes());
    assertTrue(view.tagOffset(last) < place, "the hole is still there");
    view.check();
  }

  @ParameterizedTest
  @EnumSource(PageSize.class)
  void aKeyIsCompressedWhereItSparesMoreThanItCosts(PageSize size) {
    ByteBuffer page = size.newBuffer();
    PageEditor editor = new PageEditor(size).on(page);
    editor.begin(Pages.NUMBER, 8, Pages.LEAF, buffer(Pages.bytes("prefix")));
    int free = editor.freeBytes();
    insert(editor, 1, "pr", NodeView.VERSIONED);
    assertEquals(free -= ENTRY + LENGTH + 2 + 1, editor.freeBytes());
    insert(editor, 2, "pre", NodeView.DELETED);
    assertEquals(free -= ENTRY + LENGTH + LENGTH + 1, editor.freeBytes());
    insert(editor, 3, "prefixes", 0);
    assertEquals(free - ENTRY - LENGTH - LENGTH - 2 - 1, editor.freeBytes());
    PageView view = Pages.view(page, size);
    view.check();
    assertEquals(NodeView.VERSIONED, view.tagFlags(1));
    assertEquals(NodeView.DELETED | NodeView.COMPRESSED, view.tagFlags(2));
    assertEquals(6, new NodeView().moveTo(view, 3).prefixLength());
    NodeView longer = new NodeView().moveTo(view, 2);
    editor.replaceData(2, longer, buffer(new byte[50]), 0, 50);
    assertEquals(NodeView.DELETED | NodeView.COMPRESSED, view.tagFlags(2));
    assertArrayEquals(
        Pages.bytes("pre"), array(new NodeView().moveTo(view, 2).copyKey(size.newBuffer())));
  }

  private static void insert(PageEditor editor, int tag, String key, int flags) {
    editor.insert(tag, flags, buffer(Pages.bytes(key)), buffer(new byte[1]), 0, 1);
  }

  @ParameterizedTest
  @EnumSource(PageSize.class)
  void bytesThatAnotherEngineSetAsideAreUsedUp(PageSize size) {
    ByteBuffer page = size.newBuffer();
    PageEditor editor = new PageEditor(size).on(page);
    editor.begin(Pages.NUMBER, 8, Pages.LEAF, buffer(new byte[0]));
    page.putShort(PageLayout.UNCOMMITTED_FREE_BYTES, (short) editor.freeBytes());
    Pages.view(page, size).check();
    insert(editor, 1, "key", 0);
    Pages.view(page, size).check();
    NodeView node = new NodeView().moveTo(Pages.view(page, size), 1);
    editor.replaceData(1, node, buffer(new byte[30]), 0, 30);
    Pages.view(page, size).check();
  }

  @ParameterizedTest
  @EnumSource(PageSize.class)
  void anEmptyHeaderIsNotInTheWayOfTags(PageSize size) {
    ByteBuffer page = size.newBuffer();
    PageEditor editor = new PageEditor(size).on(page);
    editor.begin(Pages.NUMBER, 8, Pages.LEAF, buffer(new byte[0]));
    int end = size.bytes() - ENTRY - size.pageHeaderBytes();
    page.putShort(PageLayout.tagAt(size, 0) + PageLayout.TAG_OFFSET, (short) end);
    Pages.view(page, size).check();
    insert(editor, 1, "key", 0);
    Pages.view(page, size).check();
  }

  @Test
  void whatIsNoNodeIsRefused() {
    PageSize size = PageSize.KIB_4;
    ByteBuffer page = Pages.leaf(size);
    PageEditor editor = new PageEditor(size).on(page);
    NodeView node = new NodeView().moveTo(Pages.view(page, size), 1);
    int count = editor.tagCount();
    assertRefused(page, () -> editor.remove(0));
    assertRefused(page, () -> editor.remove(count));
    assertRefused(page, () -> insert(editor, 0, "a", 0));
    assertRefused(page, () -> insert(editor, count + 1, "a", 0));
    assertRefused(page, () -> editor.insert(1, 0, buffer(new byte[1]), buffer(new byte[1]), 0, 0));
    assertRefused(page, () -> editor.replaceData(0, node, buffer(new byte[1]), 0, 1));
    assertRefused(page, () -> editor.replaceData(1, node, buffer(new byte[1]), 0, 0));
    assertRefused(page, () -> editor.setHeader(buffer(new byte[2])));
    assertFalse(editor.fits(editor.freeBytes() + 1));
  }

  @ParameterizedTest
  @EnumSource(PageSize.class)
  void editsAllocateNothing(PageSize size) {
    ByteBuffer page = size.newBuffer();
    PageEditor editor = new PageEditor(size).on(page);
    editor.begin(Pages.NUMBER, 8, Pages.LEAF, buffer(Pages.bytes("prefix")));
    ByteBuffer key = buffer(Pages.bytes("prefix and more"));
    ByteBuffer data = buffer(new byte[size.bytes() / 2]);
    PageView view = Pages.view(page, size);
    NodeView node = new NodeView();
    int rounds = 2_000;
    long bytes = Long.MAX_VALUE;
    for (int pass = 0; pass < 4; pass++) { // some load classes
      long before = Allocation.ofThisThread();
      for (int i = 0; i < rounds; i++) {
        editor.insert(1, 0, key, data, 0, size.bytes() / 4);
        editor.insert(2, 0, key, data, 0, size.bytes() / 4);
        editor.remove(1);
        node.moveTo(view, 1);
        editor.replaceData(1, node, data, 0, size.bytes() / 2);
        editor.remove(1);
      }
      bytes = Math.min(bytes, Allocation.ofThisThread() - before);
    }
    assertTrue(bytes < rounds, bytes + " bytes in " + rounds + " rounds");
  }

  private static ByteBuffer buffer(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static byte[] bytes(ByteBuffer page) {
    byte[] bytes = new byte[page.capacity()];
    page.get(0, bytes);
    return bytes;
  }

  private static byte[] array(ByteBuffer buffer) {
    byte[] bytes = new byte[buffer.limit()];
    buffer.get(0, bytes);
    return bytes;
  }
}
