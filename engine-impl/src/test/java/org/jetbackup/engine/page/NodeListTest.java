package org.jetbackup.engine.page;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.TreeSet;
import org.jetbackup.api.position.PageNumber;
import org.jetbackup.engine.format.NodeView;
import org.jetbackup.engine.format.PageEditor;
import org.jetbackup.engine.format.PageFlags;
import org.jetbackup.engine.format.PageSize;
import org.jetbackup.engine.format.PageView;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Searching a page, and what a list of its nodes says of pages to come. */
class NodeListTest {

  private static final long SEED = 20261126;
  private static final int ROUNDS = 150;
  private static final PageNumber NUMBER = new PageNumber(9);
  private static final PageFlags LEAF = new PageFlags(PageFlags.NEW_CHECKSUM | PageFlags.LEAF);

  @ParameterizedTest
  @EnumSource(PageSize.class)
  void aRunCostsWhatTheEditorUses(PageSize size) {
    for (int round = 0; round < ROUNDS; round++) {
      String replay = "seed " + (SEED + round);
      Random random = new Random(SEED + round);
      NodeList nodes = new NodeList(size).load(leaf(size, random));
      if (random.nextBoolean()) {
        insert(nodes, random, size);
      }
      int from = random.nextInt(nodes.count());
      int to = from + 1 + random.nextInt(nodes.count() - from);
      ByteBuffer prefix = nodes.choosePrefix(from, to, size.newBuffer());
      int cost = nodes.cost(from, to, prefix);
      assertTrue(cost <= nodes.cost(from, to, none(size)), replay + ": larger with a prefix");
      if (cost > nodes.room()) {
        continue; // with the new node it need not fit one page
      }
      ByteBuffer page = size.newBuffer();
      PageEditor editor = new PageEditor(size).on(page);
      nodes.write(editor.begin(NUMBER, 8, LEAF, prefix), from, to);
      assertEquals(nodes.room() - cost, editor.freeBytes(), replay);
      PageView view = view(page, size);
      view.check();
      for (int tag = 1; tag < view.tagCount(); tag++) {
        byte[] key = array(new NodeView().moveTo(view, tag).copyKey(size.newBuffer()));
        assertArrayEquals(array(nodes.copyKey(from + tag - 1, size.newBuffer())), key, replay);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(PageSize.class)
  void theNodesOfASoundPageFitAPageOfTheirOwn(PageSize size) {
    for (int round = 0; round < ROUNDS; round++) {
      NodeList nodes = new NodeList(size).load(leaf(size, new Random(SEED + round)));
      ByteBuffer prefix = nodes.choosePrefix(0, nodes.count(), size.newBuffer());
      int cost = nodes.cost(0, nodes.count(), prefix);
      assertTrue(cost <= nodes.room(), "seed " + (SEED + round));
    }
  }

  @ParameterizedTest
  @EnumSource(PageSize.class)
  void aSeparatorIsTheShortestKeyThatDivides(PageSize size) {
    Random random = new Random(SEED);
    NodeList nodes = new NodeList(size).load(leaf(size, random));
    for (int at = 1; at < nodes.count(); at++) {
      byte[] left = array(nodes.copyKey(at - 1, size.newBuffer()));
      byte[] right = array(nodes.copyKey(at, size.newBuffer()));
      byte[] separator = array(nodes.separator(at, size.newBuffer()));
      assertTrue(Arrays.compareUnsigned(left, separator) < 0);
      assertTrue(Arrays.compareUnsigned(separator, right) <= 0);
      byte[] shorter = Arrays.copyOf(separator, separator.length - 1);
      assertTrue(Arrays.compareUnsigned(left, shorter) >= 0, "a shorter key divides too");
    }
  }

  @ParameterizedTest
  @EnumSource(PageSize.class)
  void twoPagesAreOneList(PageSize size) {
    PageView left = leaf(size, new Random(SEED));
    NodeList nodes = new NodeList(size).load(left).append(left);
    int count = left.tagCount() - 1;
    assertEquals(2 * count, nodes.count());
    for (int at = 0; at < count; at++) {
      byte[] key = array(nodes.copyKey(at, size.newBuffer()));
      assertArrayEquals(key, array(nodes.copyKey(at + count, size.newBuffer())));
    }
  }

  @ParameterizedTest
  @EnumSource(PageSize.class)
  void aSearchFindsWhatGoingThroughThePageFinds(PageSize size) {
    for (int round = 0; round < ROUNDS; round++) {
      Random random = new Random(SEED + round);
      PageView page = leaf(size, random);
      byte[] key = key(random);
      int leafTag = page.tagCount();
      int childTag = page.tagCount() - 1;
      for (int tag = page.tagCount() - 1; tag >= 1; tag--) {
        byte[] here = array(new NodeView().moveTo(page, tag).copyKey(size.newBuffer()));
        leafTag = Arrays.compareUnsigned(here, key) >= 0 ? tag : leafTag;
        childTag = Arrays.compareUnsigned(here, key) > 0 ? tag : childTag;
      }
      NodeView node = new NodeView();
      String replay = "seed " + (SEED + round);
      assertEquals(leafTag, PageSearch.firstNotBelow(page, node, buffer(key)), replay);
      assertStandsOn(page, leafTag, node, size, replay);
      assertEquals(childTag, PageSearch.childFor(page, node, buffer(key)), replay);
      assertStandsOn(page, childTag, node, size, replay);
    }
  }

  private static void assertStandsOn(
      PageView page, int tag, NodeView node, PageSize size, String replay) {
    if (tag < page.tagCount()) {
      byte[] expected = array(new NodeView().moveTo(page, tag).copyKey(size.newBuffer()));
      assertArrayEquals(expected, array(node.copyKey(size.newBuffer())), replay);
    }
  }

  private static void insert(NodeList nodes, Random random, PageSize size) {
    byte[] key = key(random);
    int at = 0;
    while (at < nodes.count()) {
      int order = Arrays.compareUnsigned(array(nodes.copyKey(at, size.newBuffer())), key);
      if (order == 0) {
        return;
      }
      if (order > 0) {
        break;
      }
      at++;
    }
    nodes.insert(at, buffer(key), buffer(new byte[1 + random.nextInt(size.bytes() / 3)]));
  }

  /** A leaf with up to as many nodes as it has room for, and any prefix or none. */
  private static PageView leaf(PageSize size, Random random) {
    TreeSet<byte[]> keys = new TreeSet<>(Arrays::compareUnsigned);
    int most = 1 + random.nextInt(200);
    for (int i = 0; i < most; i++) {
      keys.add(key(random));
    }
    byte[] prefix = random.nextInt(3) == 0 ? new byte[0] : key(random);
    ByteBuffer page = size.newBuffer();
    PageEditor editor = new PageEditor(size).on(page);
    editor.begin(NUMBER, 8, LEAF, buffer(prefix));
    for (byte[] key : keys) {
      int length = 1 + random.nextInt(60);
      if (editor.fits(editor.cost(buffer(key), length))) {
        editor.insert(editor.tagCount(), 0, buffer(key), buffer(new byte[length]), 0, length);
      }
    }
    return view(page, size);
  }

  private static byte[] key(Random random) {
    byte[] key = new byte[1 + random.nextInt(30)];
    for (int i = 0; i < key.length; i++) {
      key[i] = (byte) (random.nextInt(5) == 0 ? random.nextInt(256) : 7);
    }
    return key;
  }

  private static PageView view(ByteBuffer page, PageSize size) {
    return new PageView(page, size, NUMBER, Path.of("a.edb"));
  }

  private static ByteBuffer none(PageSize size) {
    return size.newBuffer().limit(0);
  }

  private static ByteBuffer buffer(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static byte[] array(ByteBuffer buffer) {
    byte[] bytes = new byte[buffer.limit()];
    buffer.get(0, bytes);
    return bytes;
  }
}
