package org.jetbackup.engine.format;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.jetbackup.api.error.JetErr;
import org.jetbackup.api.error.JetException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PageViewTest {

  @ParameterizedTest
  @EnumSource
  void aWrittenLeafReadsAsItWasWritten(PageSize size) {
    ByteBuffer bytes = Pages.leaf(size);
    assertEquals(PageVerdict.GOOD, PageChecksum.verify(bytes, size, Pages.NUMBER));
    PageView page = Pages.view(bytes, size);
    page.check();
    assertEquals(77, page.dbtime());
    assertEquals(39, page.previous());
    assertEquals(41, page.next());
    assertEquals(8, page.objectId());
    assertEquals(0, page.tagFlags(0));
    assertEquals(6, page.tagSize(0));
    NodeView node = new NodeView();
    for (int tag = 1; tag < page.tagCount(); tag++) {
      int i = 999 + tag;
      node.moveTo(page, tag);
      byte[] key = Pages.bytes("common" + i);
      byte[] found = new byte[node.keyLength()];
      node.copyKey(found, 0);
      assertEquals(
          new String(key, 0, 10, StandardCharsets.US_ASCII),
          new String(found, 0, 10, StandardCharsets.US_ASCII));
      assertEquals(i % 3 == 0 ? 0 : 6, node.prefixLength());
      assertEquals(i % 3 != 0 && i % 5 == 0, node.isDeleted());
      assertEquals(i % 3 == 0 ? 4 : 1, node.dataLength());
    }
  }

  @ParameterizedTest
  @EnumSource
  void aWrittenBranchPageTellsItsChildren(PageSize size) {
    PageView page = Pages.view(Pages.branch(size), size);
    page.check();
    NodeView node = new NodeView();
    assertEquals(100, node.moveTo(page, 1).child());
    assertEquals(200, node.moveTo(page, 51).child());
    assertEquals(0, node.keyLength());
  }

  @ParameterizedTest
  @EnumSource
  void aWrittenRootTellsItsExtents(PageSize size) {
    PageView page = Pages.view(Pages.root(size), size);
    page.check();
    RootHeader header = RootHeader.of(page);
    assertEquals(new SpaceHeader(5, 1, 1, 41), header.space());
    assertEquals(OptionalLong.empty(), header.autoIncrement());
    assertEquals(NodeView.VERSIONED, page.tagFlags(2));
  }

  @Test
  void aLongRootHeaderHoldsTheNextNumber() {
    ByteBuffer header = ByteBuffer.allocate(25).order(ByteOrder.LITTLE_ENDIAN).put(0, (byte) 3);
    new SpaceHeader(1, 1, 0, 0).write(header, 1);
    header.putLong(17, 99);
    ByteBuffer bytes = PageSize.KIB_8.newBuffer();
    Pages.writer(bytes, PageSize.KIB_8, Pages.ROOT_LEAF, header.array()).finish(1, 0, 0);
    PageView page = Pages.view(bytes, PageSize.KIB_8);
    page.check();
    assertEquals(OptionalLong.of(99), RootHeader.of(page).autoIncrement());
  }

  @Test
  void aSplitBufferComesBack() {
    SplitBuffer buffer = new SplitBuffer(100, 4, 0xFFFF_FFFFL, 1);
    ByteBuffer header = ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN);
    buffer.write(header, 0);
    ByteBuffer bytes = PageSize.KIB_4.newBuffer();
    PageFlags flags = Pages.flags(PageFlags.ROOT | PageFlags.LEAF | PageFlags.SPACE_TREE);
    Pages.writer(bytes, PageSize.KIB_4, flags, header.array()).finish(1, 0, 0);
    PageView page = Pages.view(bytes, PageSize.KIB_4);
    page.check();
    assertEquals(buffer, SplitBuffer.of(page));
  }

  @ParameterizedTest
  @EnumSource
  void keysCompareAsUnsignedBytesAndAShorterOneComesFirst(PageSize size) {
    ByteBuffer bytes = size.newBuffer();
    byte[][] keys = {{0}, {0, 0}, {1}, {0x7F}, {(byte) 0x80}, {(byte) 0x80, 5}, {-1}, {-1, -1}};
    PageWriter writer = Pages.writer(bytes, size, Pages.LEAF, new byte[0]);
    for (byte[] key : keys) {
      writer.add(0, 0, key, new byte[] {1});
    }
    writer.finish(1, 0, 0);
    PageView page = Pages.view(bytes, size);
    page.check();
    for (int i = 0; i < keys.length; i++) {
      for (int j = 0; j < keys.length; j++) {
        NodeView node = new NodeView().moveTo(page, i + 1);
        int expected = Integer.compare(i, j);
        ByteBuffer key = ByteBuffer.allocate(20).put(3, keys[j]);
        assertEquals(expected, Integer.signum(node.compareKey(key, 3, keys[j].length)));
        NodeView other = new NodeView().moveTo(page, j + 1);
        assertEquals(expected, Integer.signum(node.compareKey(other)));
      }
    }
  }

  @Test
  void compressedKeysCompareLikePlainOnes() {
    PageSize size = PageSize.KIB_8;
    PageView page = Pages.view(Pages.leaf(size), size);
    NodeView node = new NodeView();
    for (int tag = 1; tag < page.tagCount(); tag++) {
      String key = "common" + (999 + tag);
      node.moveTo(page, tag);
      assertEquals(0, compare(node, key));
      assertTrue(compare(node, key + "0") < 0);
      assertTrue(compare(node, key.substring(0, 9)) > 0);
      assertTrue(compare(node, "comm") > 0);
      assertTrue(compare(node, "comn") < 0);
      assertTrue(compare(node, "comlonger than the node") > 0);
    }
  }

  private static int compare(NodeView node, String key) {
    return node.compareKey(ByteBuffer.wrap(Pages.bytes(key)), 0, key.length());
  }

  @Test
  void everyBrokenRuleIsNamedWithItsPage() {
    broken(JetErr.PAGE_NOT_INITIALIZED, "content", page -> page.put(0, new byte[8192]));
    broken(JetErr.PAGE_TAG_CORRUPTED, "tag count", page -> page.putShort(34, (short) 4000));
    broken(JetErr.PAGE_TAG_CORRUPTED, "tag count", page -> page.putShort(34, (short) 0));
    broken(JetErr.INVALID_DATABASE_VERSION, "reserved tags", page -> page.put(35, (byte) 0x20));
    broken(JetErr.DATABASE_CORRUPTED, "flags", page -> page.put(36, (byte) 7));
    broken(JetErr.BAD_PAGE_LINK, "neighbour", page -> page.putInt(20, 40));
    broken(JetErr.DATABASE_CORRUPTED, "free bytes", page -> page.putShort(28, (short) 1));
    broken(JetErr.DATABASE_CORRUPTED, "uncommitted", page -> page.putShort(30, (short) 8190));
    broken(JetErr.DATABASE_CORRUPTED, "first free", page -> page.putShort(32, (short) 3));
    broken(JetErr.DATABASE_CORRUPTED, "first free", page -> page.putShort(32, (short) -1));
    broken(JetErr.PAGE_TAG_CORRUPTED, "tag 1", page -> page.putShort(8184, (short) 8191));
    broken(JetErr.PAGE_TAG_CORRUPTED, "tag 1", page -> page.putShort(8184, (short) 0));
    broken(JetErr.PAGE_TAG_CORRUPTED, "begin of a node", page -> page.putShort(8186, (short) 20));
    broken(JetErr.NODE_CORRUPTED, "key length of node 1", page -> page.putShort(56, (short) 7));
    broken(
        JetErr.NODE_CORRUPTED,
        "prefix length of node 1",
        page -> page.putShort(8186, (short) (16 | 4 << 13)));
    broken(JetErr.NODE_CORRUPTED, "order of node 2", page -> page.put(58, (byte) 'c'));
    broken(JetErr.NODE_CORRUPTED, "order of node 2", page -> page.put(58, (byte) 'b'));
    broken(JetErr.NODE_CORRUPTED, "key length of node 2", page -> page.putShort(64, (short) 0));
    broken(JetErr.NODE_CORRUPTED, "data length of node 1", page -> page.put(36, (byte) 1));
    broken(JetErr.DATABASE_CORRUPTED, "parent of the tree", page -> page.putInt(44, 40));
    broken(JetErr.DATABASE_CORRUPTED, "root of owned", page -> page.putInt(52, 0));
    broken(JetErr.DATABASE_CORRUPTED, "root of owned", page -> page.putInt(52, -1));
  }

  @Test
  void aLargePageKnowsItsNumber() {
    ByteBuffer bytes = Pages.leaf(PageSize.KIB_16).putInt(64, 41);
    JetException e = assertThrows(
        JetException.class, () -> Pages.view(bytes, PageSize.KIB_16).check());
    assertTrue(e.toString().contains("page number in the page = 41, allowed: 40"));
  }

  @Test
  void equalKeysAreSoundOnlyInATreeWhereKeysMayRepeatAndWithRisingData() {
    assertThrows(JetException.class, () -> twice(0, "1", "2").check());
    assertThrows(
        JetException.class, () -> twice(PageFlags.NON_UNIQUE_KEYS, "2", "1").check());
    assertThrows(
        JetException.class, () -> twice(PageFlags.NON_UNIQUE_KEYS, "1", "1").check());
    twice(PageFlags.NON_UNIQUE_KEYS, "1", "2").check();
  }

  @Test
  void aKeyIsEmptyOnlyAtTheEndOfABranchPage() {
    ByteBuffer bytes = PageSize.KIB_8.newBuffer();
    Pages.writer(bytes, PageSize.KIB_8, Pages.LEAF, new byte[0])
        .add(0, 0, new byte[0], new byte[] {1})
        .finish(1, 0, 0);
    PageView page = Pages.view(bytes, PageSize.KIB_8);
    JetException e = assertThrows(JetException.class, page::check);
    assertTrue(e.toString().contains("key length of node 1 = 0"), e.toString());
    NodeView node = new NodeView().moveTo(page, 1);
    assertEquals(0, node.compareKey(ByteBuffer.allocate(1), 0, 0));
    assertTrue(node.compareKey(ByteBuffer.allocate(1), 0, 1) < 0);
  }

  @ParameterizedTest
  @EnumSource
  void readingNodesAllocatesNothing(PageSize size) {
    PageView page = Pages.view(Pages.leaf(size), size);
    NodeView node = new NodeView();
    ByteBuffer key = ByteBuffer.wrap(Pages.bytes("common1234"));
    Allocation.ofThisThread();
    int found = readAll(page, node, key);
    long before = Allocation.ofThisThread();
    for (int pass = 0; pass < 100; pass++) {
      found += readAll(page, node, key);
    }
    long allocated = Allocation.ofThisThread() - before;
    assertTrue(allocated < 10_000, allocated + " bytes for 100 passes, " + found + " matches");
  }

  private static int readAll(PageView page, NodeView node, ByteBuffer key) {
    int found = 0;
    for (int tag = 1; tag < page.tagCount(); tag++) {
      found += node.moveTo(page, tag).compareKey(key, 0, 10) == 0 ? 1 : 0;
      found += node.dataLength() == 0 ? 1 : 0;
    }
    return found;
  }

  @Test
  void aChildIsAnotherPage() {
    for (int child : new int[] {0, 40}) {
      ByteBuffer bytes = PageSize.KIB_8.newBuffer();
      Pages.writer(bytes, PageSize.KIB_8, Pages.BRANCH, new byte[0])
          .add(0, 0, new byte[0], Pages.child(child))
          .finish(1, 0, 0);
      JetException e = assertThrows(
          JetException.class, () -> Pages.view(bytes, PageSize.KIB_8).check());
      assertTrue(e.toString().contains("child page of node 1 = " + child), e.toString());
    }
  }

  @ParameterizedTest
  @EnumSource
  void theWriterRefusesWhatDoesNotFit(PageSize size) {
    PageWriter writer = Pages.writer(size.newBuffer(), size, Pages.LEAF, new byte[2]);
    byte[] tooBig = new byte[writer.freeBytes() - 4 - 2 - 1 + 1];
    byte[] one = {1};
    assertThrows(IllegalArgumentException.class, () -> writer.add(0, 0, one, tooBig));
    assertThrows(IllegalArgumentException.class, () -> writer.add(0, 0, one, new byte[0]));
    assertThrows(IllegalArgumentException.class, () -> writer.add(0, 3, one, one));
    writer.add(0, 0, one, new byte[tooBig.length - 1]);
    assertEquals(0, writer.freeBytes());
  }

  private static PageView twice(int flags, String first, String second) {
    ByteBuffer bytes = PageSize.KIB_8.newBuffer();
    Pages.writer(bytes, PageSize.KIB_8, Pages.flags(PageFlags.LEAF | flags), new byte[0])
        .add(0, 0, Pages.bytes("k"), Pages.bytes(first))
        .add(0, 0, Pages.bytes("k"), Pages.bytes(second))
        .finish(1, 0, 0);
    return Pages.view(bytes, PageSize.KIB_8);
  }

  /** Changes the root of 8 KiB: tag 0 at byte 40, nodes "a" at 56 and "b" at 64. */
  private static void broken(JetErr error, String text, Consumer<ByteBuffer> change) {
    ByteBuffer bytes = Pages.root(PageSize.KIB_8);
    change.accept(bytes);
    PageView page = Pages.view(bytes, PageSize.KIB_8);
    JetException e = assertThrows(JetException.class, page::check, text);
    assertTrue(e.toString().contains(text), text + " in " + e.toString());
    assertTrue(e.toString().contains("page 40 of a.edb"), e.toString());
    assertEquals(error, e.error(), e.toString());
  }
}
