package org.jetbackup.engine.record;

import java.nio.ByteBuffer;

/**
 * The plain form of XPRESS: a size, then words of 32 flags, the highest first, each for a literal
 * byte (0) or a match (1) of bytes already expanded.
 *
 * <pre>
 *   match   16 bits: length - 3 in the low 3, distance - 1 above
 *   length  7 in those bits: 4 more bits follow, two matches sharing a byte, the low half first;
 *           15 in them: a byte follows; 255 in it: 16 bits with the whole length follow;
 *           0 in them: 32 bits
 * </pre>
 *
 * <p>Every step either makes a byte or ends, so the time is bounded by the size. Source: section
 * 9.4, and the public description of the algorithm, MS-XCA, "plain LZ77".
 */
final class Xpress {

  private static final int SIZE_BYTES = Short.BYTES;
  private static final int SHORTEST = 3;
  private static final int LENGTH_BITS = 3;
  private static final int LENGTH_MASK = 7;
  private static final int HALF_BITS = 4;
  private static final int HALF_MASK = 15;
  private static final int BYTE_MASK = 255;

  private final ByteBuffer bytes;
  private final int end;
  private final RecordPlace place;
  private int at;

  /** Where the byte is whose upper half the next long match takes; -1 = there is none. */
  private int halfUsed = -1;

  Xpress(ByteBuffer bytes, int at, int end, RecordPlace place) {
    this.bytes = bytes;
    this.at = at;
    this.end = end;
    this.place = place;
  }

  byte[] expand(int most) {
    int size = take16();
    if (size > most) {
      throw place.broken("size of a compressed value", size, "up to " + most);
    }
    byte[] result = new byte[size];
    int written = 0;
    int flags = 0;
    int left = 0;
    while (written < result.length) {
      if (left == 0) {
        flags = take32();
        left = Integer.SIZE;
      }
      left--;
      if ((flags >>> left & 1) == 0) {
        result[written++] = (byte) take8();
      } else {
        written += copy(result, written);
      }
    }
    return result;
  }

  private int copy(byte[] result, int written) {
    int match = take16();
    int distance = (match >>> LENGTH_BITS) + 1;
    long length = length(match & LENGTH_MASK) + SHORTEST;
    if (distance > written || length > result.length - written) {
      throw place.broken(
          "match in a compressed value",
          length + " bytes from " + distance + " back",
          "inside " + written + " of " + result.length);
    }
    for (int i = 0; i < length; i++) { // byte by byte: a match may reach into itself
      result[written + i] = result[written + i - distance];
    }
    return (int) length;
  }

  private long length(int low) {
    if (low < LENGTH_MASK) {
      return low;
    }
    int half = half();
    if (half < HALF_MASK) {
      return (long) half + LENGTH_MASK;
    }
    int more = take8();
    if (more < BYTE_MASK) {
      return (long) more + HALF_MASK + LENGTH_MASK;
    }
    long whole = take16();
    if (whole == 0) {
      whole = Integer.toUnsignedLong(take32());
    }
    if (whole < HALF_MASK + LENGTH_MASK) {
      throw place.broken("long length of a match", whole, "from 22 on");
    }
    return whole;
  }

  private int half() {
    if (halfUsed >= 0) {
      int upper = RecordLayout.u8(bytes, halfUsed) >>> HALF_BITS;
      halfUsed = -1;
      return upper;
    }
    halfUsed = at;
    return take8() & HALF_MASK;
  }

  private int take8() {
    return RecordLayout.u8(bytes, advance(Byte.BYTES));
  }

  private int take16() {
    return RecordLayout.u16(bytes, advance(SIZE_BYTES));
  }

  private int take32() {
    return bytes.getInt(advance(Integer.BYTES));
  }

  private int advance(int count) {
    if (end - at < count) {
      throw place.broken("bytes left of a compressed value", end - at, "from " + count + " on");
    }
    int here = at;
    at += count;
    return here;
  }
}
