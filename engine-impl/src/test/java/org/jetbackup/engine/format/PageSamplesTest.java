package org.jetbackup.engine.format;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.OptionalLong;
import org.jetbackup.api.position.PageNumber;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Pages that this project did not write. */
class PageSamplesTest {

  @ParameterizedTest
  @CsvSource({
    "1, 0001a77c, 7fdf7fdf",
    "2, 00ec59d4, 01920192",
    "4, 79864f4b, 13c013c0",
    "13, be45c284, 1881677e",
    "31, 075b45fb, 7b5e04a1"
  })
  void theSumOfARealPageIsTheKnownOne(long number, String xor, String ecc) {
    Samples.Sample sample = Samples.read("basic");
    ByteBuffer page = sample.page(number).putLong(0, 0);
    PageChecksum.stamp(page, sample.size(), new PageNumber(number));
    assertEquals(xor + ecc, String.format("%08x%08x", page.getInt(0), page.getInt(4)));
  }

  @ParameterizedTest
  @CsvSource({
    "basic, 23, 297, 261",
    "binary, 25, 300, 261",
    "index, 47, 437, 336",
    "multi, 34, 381, 327",
    "synthetic-min-8192, 18, 258, 0"
  })
  void everyPageOfASampleIsGoodAndSoundOrWasNeverWritten(
      String name, int written, int nodes, int compressed) {
    Samples.Sample sample = Samples.read(name);
    NodeView node = new NodeView();
    int[] seen = new int[3];
    for (long number = 1; number <= sample.pages(); number++) {
      PageVerdict verdict =
          PageChecksum.verify(sample.page(number), sample.size(), new PageNumber(number));
      assertTrue(verdict.isAcceptable(), "page " + number + " is " + verdict);
      if (verdict.kind() == PageVerdict.Kind.NEVER_WRITTEN) {
        continue;
      }
      seen[0]++;
      PageView page = sample.view(number);
      page.check();
      for (int tag = 1; tag < page.tagCount(); tag++) {
        seen[1]++;
        seen[2] += node.moveTo(page, tag).prefixLength() > 0 ? 1 : 0;
      }
    }
    assertEquals(
        written + " pages, " + nodes + " nodes, " + compressed + " compressed",
        seen[0] + " pages, " + seen[1] + " nodes, " + seen[2] + " compressed");
  }

  @Test
  void noPageOfARealFileHasAHigherChangeTimeThanItsHeader() {
    for (String name : Samples.REAL) {
      Samples.Sample sample = Samples.read(name);
      long highest = 0;
      for (long number = 1; number <= sample.pages(); number++) {
        highest = Math.max(highest, sample.view(number).dbtime());
      }
      DatabaseFileHeader header = DatabaseFileHeader.decode(sample.start(), sample.file());
      assertEquals(highest, header.get(HeaderField.DBTIME_DIRTIED), name);
    }
  }

  @Test
  void theWorkedPageReadsAsTheSheetSays() {
    PageView page = Samples.read(Samples.SYNTHETIC).view(31);
    assertEquals(0x65, page.dbtime());
    assertEquals(8, page.objectId());
    assertEquals(7942, page.freeBytes());
    assertEquals(0, page.uncommittedFreeBytes());
    assertEquals(194, page.firstFree());
    assertEquals(0xA803, page.flags().bits());
    assertEquals(1, page.flags().flushType());
    assertEquals(4, page.tagCount());
    assertEquals(
        "0x10+28 27x10",
        String.format(
            "0x%x+%x %xx%x",
            page.tagSize(0), page.tagOffset(0), page.tagSize(1), page.tagOffset(1) - 0x28));
    NodeView node = new NodeView();
    assertEquals("7f616c70686100000005", key(node.moveTo(page, 1)));
    assertEquals(
        "00800400" + "0500616c706861" + "0001044001" + "66697273742076616c7565", data(node));
    assertEquals("7f626574610000000004", key(node.moveTo(page, 2)));
    assertEquals("7f67616d6d612d6b6509792d6c6f6e67657208", key(node.moveTo(page, 3)));
  }

  @Test
  void theRootsOfARealFileTellTheirExtents() {
    Samples.Sample sample = Samples.read("basic");
    SpaceHeader database = RootHeader.of(sample.view(1)).space();
    assertEquals(new SpaceHeader(254, 0, SpaceHeader.MULTIPLE_EXTENTS, 2), database);
    SpaceHeader catalog = RootHeader.of(sample.view(4)).space();
    assertEquals(20, catalog.pages());
    assertEquals(1, catalog.parent());
    assertEquals(OptionalLong.of(5), catalog.ownedExtentsRoot());
    assertEquals(OptionalLong.of(6), catalog.freeExtentsRoot());
    assertEquals(SplitBuffer.NONE, SplitBuffer.of(sample.view(5)));
    assertEquals(OptionalLong.empty(), RootHeader.of(sample.view(29)).space().ownedExtentsRoot());
  }

  @Test
  void theTreeOfOwnedExtentsEndsWithTheLastPage() {
    PageView page = Samples.read("basic").view(2);
    NodeView node = new NodeView().moveTo(page, page.tagCount() - 1);
    assertEquals("000000fe", key(node));
    assertEquals("fe000000", data(node));
  }

  @Test
  void everySeparatorOfARealTreeLiesBetweenTheChildrenBesideIt() {
    for (String name : Samples.REAL) {
      Samples.Sample sample = Samples.read(name);
      for (long number = 1; number <= sample.pages(); number++) {
        PageView page = sample.view(number);
        if (!PageChecksum.isBlank(sample.page(number), sample.size())
            && !page.flags().isLeaf()) {
          checkSeparators(sample, page);
        }
      }
    }
  }

  private static void checkSeparators(Samples.Sample sample, PageView branch) {
    for (int tag = 1; tag < branch.tagCount() - 1; tag++) {
      NodeView separator = new NodeView().moveTo(branch, tag);
      PageView left = sample.view(separator.child());
      NodeView last = new NodeView().moveTo(left, left.tagCount() - 1);
      // Inside the tree the last separator of the child repeats that of the parent.
      int order = last.compareKey(separator);
      assertTrue(left.flags().isLeaf() ? order < 0 : order == 0, "page " + left.number());
      PageView right = sample.view(new NodeView().moveTo(branch, tag + 1).child());
      assertTrue(separator.compareKey(new NodeView().moveTo(right, 1)) <= 0);
      if (left.flags().isLeaf()) {
        assertEquals(right.number().value(), left.next());
        assertEquals(left.number().value(), right.previous());
      }
    }
  }

  private static String key(NodeView node) {
    byte[] key = new byte[node.keyLength()];
    node.copyKey(key, 0);
    assertEquals(0, node.compareKey(ByteBuffer.wrap(key), 0, key.length));
    return HexFormat.of().formatHex(key);
  }

  private static String data(NodeView node) {
    byte[] data = new byte[node.dataLength()];
    node.copyData(data, 0);
    return HexFormat.of().formatHex(data);
  }
}
