package org.jetbackup.engine.format;

/** Offsets and masks of a page, in bytes from its start. Source: sections 4.1, 4.3 and 6.1. */
final class PageLayout {

  static final int SMALL_HEADER_BYTES = 40;
  static final int LARGE_HEADER_BYTES = 80;

  static final int XOR = 0;
  static final int ECC = 4;

  /** In the old format of checksums only, in the place of the ECC. */
  static final int OLD_PAGE_NUMBER = 4;

  static final int DBTIME = 8;
  static final int PREVIOUS = 16;
  static final int NEXT = 20;
  static final int OBJECT_ID = 24;
  static final int FREE_BYTES = 28;
  static final int UNCOMMITTED_FREE_BYTES = 30;
  static final int FIRST_FREE = 32;
  static final int TAG_COUNT = 34;
  static final int FLAGS = 36;

  /** Large pages only: XOR and ECC of the blocks 1, 2 and 3. */
  static final int BLOCK_CHECKSUMS = 40;

  static final int BLOCK_CHECKSUM_BYTES = 8;
  static final int BLOCK_CHECKSUMS_END = 64;

  /** Large pages only. */
  static final int LARGE_PAGE_NUMBER = 64;

  static final int TAG_COUNT_MASK = 0x0FFF;
  static final int RESERVED_TAGS_SHIFT = 12;

  static final int TAG_BYTES = 4;
  static final int TAG_SIZE = 0;
  static final int TAG_OFFSET = 2;
  static final int SMALL_TAG_MASK = 0x1FFF;
  static final int LARGE_TAG_MASK = 0x7FFF;

  /** The same in a tag of a small page and in the first word of a node of a large one. */
  static final int NODE_FLAGS_SHIFT = 13;

  static final int NODE_LENGTH_BYTES = 2;
  static final int NODE_LENGTH_MASK = 0x1FFF;
  static final int CHILD_BYTES = 4;

  private PageLayout() {}

  static int tagAt(PageSize size, int tag) {
    return size.bytes() - TAG_BYTES * (tag + 1);
  }
}
