package org.jetbackup.engine.record;

import java.nio.ByteBuffer;
import org.jetbackup.engine.format.PageSize;

/** Offsets, limits and masks of a record. Source: sections 9.1 and 9.2. */
final class RecordLayout {

  /** The ids of the last fixed and of the last variable column, and the end of the fixed part. */
  static final int FIXED_LAST = 0;

  static final int VARIABLE_LAST = 1;
  static final int FIXED_END = 2;
  static final int HEAD_BYTES = 4;

  static final int FIRST_FIXED = 1;
  static final int LAST_FIXED = 127;
  static final int FIRST_VARIABLE = 128;
  static final int LAST_VARIABLE = 255;
  static final int FIRST_TAGGED = 256;
  static final int LAST_TAGGED = 0xFFFF;

  /** As the id of the last variable column: there is none. */
  static final int NO_VARIABLE = 127;

  /** What stands in the place of a fixed value that is null. */
  static final byte NULL_FILLER = 0x2a;

  static final int VARIABLE_NULL = 0x8000;
  static final int VARIABLE_OFFSET_MASK = 0x7fff;
  static final int OFFSET_BYTES = Short.BYTES;

  static final int TAG_BYTES = 4;
  static final int TAG_OFFSET = 2;

  static final int TEMPLATE = 0x8000;

  /** Small pages only. */
  static final int SMALL_HAS_HEADER = 0x4000;

  /** Small pages only. */
  static final int SMALL_NULL = 0x2000;

  static final int SMALL_OFFSET_MASK = 0x1fff;
  static final int LARGE_OFFSET_MASK = 0x7fff;

  /** In the offset of one of many values. */
  static final int INSTANCE_SEPARATED = 0x8000;

  static final int INSTANCE_OFFSET_MASK = 0x7fff;

  private RecordLayout() {}

  static int offsetMask(PageSize size) {
    return size.isLarge() ? LARGE_OFFSET_MASK : SMALL_OFFSET_MASK;
  }

  static int bitmapBytes(int fixedColumns) {
    return (fixedColumns + Byte.SIZE - 1) / Byte.SIZE;
  }

  static int u8(ByteBuffer bytes, int at) {
    return Byte.toUnsignedInt(bytes.get(at));
  }

  static int u16(ByteBuffer bytes, int at) {
    return Short.toUnsignedInt(bytes.getShort(at));
  }

  static long u32(ByteBuffer bytes, int at) {
    return Integer.toUnsignedLong(bytes.getInt(at));
  }
}
