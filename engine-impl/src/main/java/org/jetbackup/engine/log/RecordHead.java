package org.jetbackup.engine.log;

import java.nio.ByteBuffer;

/**
 * What stands before the payload of a record.
 *
 * <pre>
 *   byte   bytes
 *      0       4   length of the payload
 *      4       1   kind
 *      5       1   flags: 1 = a block ends with this record
 *      6       2   check of the other six bytes
 * </pre>
 *
 * <p>Little endian. The payloads of batches have checksums; the check here is against a reader that
 * has lost its place.
 */
final class RecordHead {

  static final int BYTES = 8;

  /** The longest payload: what is longer was never written. */
  static final int MAX_PAYLOAD = 64 << 20;

  private static final int KIND_AT = 4;
  private static final int FLAGS_AT = 5;
  private static final int CHECK_AT = 6;
  private static final int ENDS_BLOCK = 1;
  private static final int MIX = 0x9E37_79B1;

  private RecordHead() {}

  static void write(ByteBuffer head, int length, RecordKind kind, boolean endsBlock) {
    int flags = endsBlock ? ENDS_BLOCK : 0;
    head.putInt(0, length)
        .put(KIND_AT, (byte) kind.code())
        .put(FLAGS_AT, (byte) flags)
        .putShort(CHECK_AT, check(length, kind.code(), flags));
  }

  static boolean isSound(ByteBuffer head, int at) {
    int length = length(head, at);
    int flags = head.get(at + FLAGS_AT);
    return length >= 0
        && length <= MAX_PAYLOAD
        && (flags & ~ENDS_BLOCK) == 0
        && RecordKind.ofCode(kindCode(head, at)).isPresent()
        && head.getShort(at + CHECK_AT) == check(length, kindCode(head, at), flags);
  }

  static int length(ByteBuffer head, int at) {
    return head.getInt(at);
  }

  static RecordKind kind(ByteBuffer head, int at) {
    return RecordKind.ofCode(kindCode(head, at)).orElseThrow();
  }

  static boolean endsBlock(ByteBuffer head, int at) {
    return head.get(at + FLAGS_AT) == ENDS_BLOCK;
  }

  private static int kindCode(ByteBuffer head, int at) {
    return Byte.toUnsignedInt(head.get(at + KIND_AT));
  }

  private static short check(int length, int kind, int flags) {
    int mixed = (length ^ kind << 8 ^ flags << 24) * MIX;
    return (short) (mixed >>> 16 ^ 0x5A5A);
  }
}
