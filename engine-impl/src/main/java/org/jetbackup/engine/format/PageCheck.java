package org.jetbackup.engine.format;

import java.util.Arrays;
import org.jetbackup.api.error.JetErr;
import org.jetbackup.api.error.Subject;

/** The rules of {@link PageView#check()}. Source: section 6.6. */
final class PageCheck {

  private final PageView page;
  private final PageFlags flags;
  private final int tagCount;

  PageCheck(PageView page) {
    this.page = page;
    this.flags = page.flags();
    this.tagCount = page.tagCount();
  }

  void run() {
    if (PageChecksum.isBlank(page.bytes(), page.size())) {
      throw page.corrupted(
          JetErr.PAGE_NOT_INITIALIZED, Subject.value("content", "all zero", "a page of a tree"));
    }
    checkHeader();
    checkTags();
    checkOverlap();
    checkExternalHeader();
    checkNodes();
  }

  private void checkHeader() {
    boolean oneLevel = !(flags.isLeaf() && flags.isParentOfLeaves());
    require(JetErr.DATABASE_CORRUPTED, oneLevel, "flags", flags, "leaf or parent of leaves");
    long own = page.number().value();
    boolean linked = page.previous() != own && page.next() != own;
    require(JetErr.BAD_PAGE_LINK, linked, "neighbour", own, "another page");
    if (page.size().isLarge()) {
      long stored = Integer.toUnsignedLong(page.bytes().getInt(PageLayout.LARGE_PAGE_NUMBER));
      require(JetErr.DATABASE_CORRUPTED, stored == own, "page number in the page", stored, own);
    }
    int room = (page.size().bytes() - page.size().pageHeaderBytes()) / PageLayout.TAG_BYTES;
    boolean fits = tagCount >= 1 && tagCount <= room;
    require(JetErr.PAGE_TAG_CORRUPTED, fits, "tag count", tagCount, "1 to " + room);
    // With more than one reserved tag the first nodes would be none: not supported, never guessed.
    boolean known = page.reservedTags() <= 1;
    require(JetErr.INVALID_DATABASE_VERSION, known, "reserved tags", page.reservedTags(), "0 or 1");
  }

  private void checkTags() {
    int header = page.size().pageHeaderBytes();
    int dataEnd = page.dataEnd();
    int used = 0;
    int end = 0;
    for (int tag = 0; tag < tagCount; tag++) {
      long place = page.place(tag);
      int length = PageView.sizeIn(place);
      if (tag > 0 && length == 0) {
        require(JetErr.PAGE_TAG_CORRUPTED, false, "size of tag " + tag, 0, "from 1 on");
      }
      used += length;
      end = Math.max(end, length == 0 ? 0 : PageView.offsetIn(place) - header + length);
    }
    int free = dataEnd - header - used;
    require(
        JetErr.DATABASE_CORRUPTED, page.freeBytes() == free, "free bytes", page.freeBytes(), free);
    boolean within = page.uncommittedFreeBytes() <= free;
    require(
        JetErr.DATABASE_CORRUPTED,
        within,
        "uncommitted free bytes",
        page.uncommittedFreeBytes(),
        "up to " + free);
    boolean behind = page.firstFree() >= end && page.firstFree() <= dataEnd - header;
    require(
        JetErr.DATABASE_CORRUPTED,
        behind,
        "first free byte",
        page.firstFree(),
        end + " to " + (dataEnd - header));
  }

  private void checkOverlap() {
    // One array for each page, not for each node: offset is the high half, so they sort.
    long[] places = new long[tagCount];
    for (int tag = 0; tag < tagCount; tag++) {
      long place = page.place(tag);
      places[tag] = PageView.sizeIn(place) == 0 ? 0 : place;
    }
    Arrays.sort(places);
    int end = 0;
    for (long place : places) {
      int from = PageView.offsetIn(place);
      if (place != 0 && from < end) {
        require(JetErr.PAGE_TAG_CORRUPTED, false, "begin of a node", from, "from byte " + end);
      }
      end = Math.max(end, from + PageView.sizeIn(place));
    }
  }

  void checkExternalHeader() {
    if (!flags.isRoot()) {
      return;
    }
    if (flags.isSpaceTree()) {
      SplitBuffer.of(page);
    } else {
      RootHeader.of(page);
    }
  }

  private void checkNodes() {
    checkNodes(1, tagCount - 1);
  }

  /** What a change of one node can have made wrong. */
  void checkAround(int tag) {
    checkNodes(Math.max(1, tag - 1), Math.min(tagCount - 1, tag + 1));
  }

  /** Checks nodes, and the order among them. */
  private void checkNodes(int first, int last) {
    NodeView node = new NodeView();
    NodeView before = new NodeView();
    for (int tag = first; tag <= last; tag++) {
      node.moveTo(page, tag);
      if (!flags.isLeaf()) {
        node.child();
      }
      boolean mayBeEmpty = !flags.isLeaf() && tag == tagCount - 1;
      if (node.keyLength() == 0 && !mayBeEmpty) {
        require(JetErr.NODE_CORRUPTED, false, "key length of node " + tag, 0, "from 1 on");
      }
      boolean endless = node.keyLength() == 0; // above all keys, so it needs no order
      if (tag > first && !endless && !ascends(before, node)) {
        require(JetErr.NODE_CORRUPTED, false, "order of node " + tag, "falls", "rising keys only");
      }
      NodeView swap = before;
      before = node;
      node = swap;
    }
  }

  private boolean ascends(NodeView before, NodeView node) {
    int order = before.compareKey(node);
    boolean repeats = order == 0 && flags.isLeaf() && flags.hasNonUniqueKeys();
    return order < 0 || (repeats && before.compareData(node) < 0);
  }

  private void require(JetErr error, boolean holds, String name, Object value, Object limit) {
    if (!holds) {
      throw page.corrupted(error, Subject.value(name, value, limit.toString()));
    }
  }
}
