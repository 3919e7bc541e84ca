package org.jetbackup.engine.record;

import java.nio.ByteBuffer;
import org.jetbackup.api.error.JetErr;
import org.jetbackup.api.error.JetException;
import org.jetbackup.api.error.Subject;

/**
 * Expands compressed values of other engines' files; this engine compresses nothing.
 *
 * <p>Text of seven bits, in both forms, and XPRESS. The result is never longer than 16 bytes for
 * every 7 bytes of input, or than the 65,535 bytes that XPRESS can announce, so a hostile value
 * cannot ask for more memory. Thread-safe. Source: section 9.4.
 */
public final class Decompression {

  private static final int METHOD_SHIFT = 3;
  private static final int REST_MASK = 7;
  private static final int ASCII = 1;
  private static final int UNICODE = 2;
  private static final int XPRESS = 3;
  private static final int LAST_KNOWN = 7;

  private static final int HEAD_BYTES = 1;
  private static final int CHARACTER_BITS = 7;
  private static final int CHARACTER_MASK = 0x7f;

  private Decompression() {}

  /**
   * Expands a value.
   *
   * @param bytes a little-endian buffer, read by absolute index
   * @param at the first byte of the compressed value
   * @param length its length
   * @param place for the message of a failure
   * @return the value
   * @throws JetException {@link JetErr#NODE_CORRUPTED} if the bytes are not what their method
   *     makes; {@link JetErr#FEATURE_NOT_AVAILABLE} for a method that is not supported
   */
  public static byte[] expand(ByteBuffer bytes, int at, int length, RecordPlace place) {
    return expand(bytes, at, length, Integer.MAX_VALUE, place);
  }

  /**
   * Expands a value that has a known bound, and makes room for no more than that.
   *
   * @param bytes a little-endian buffer, read by absolute index
   * @param at the first byte of the compressed value
   * @param length its length
   * @param most how long the value can be
   * @param place for the message of a failure
   * @return the value
   * @throws JetException as {@link #expand(ByteBuffer, int, int, RecordPlace)}; {@link
   *     JetErr#NODE_CORRUPTED} also for a value that would be longer
   */
  public static byte[] expand(ByteBuffer bytes, int at, int length, int most, RecordPlace place) {
    if (length < HEAD_BYTES) {
      throw place.broken("bytes of a compressed value", length, "from 1 on");
    }
    int head = RecordLayout.u8(bytes, at);
    int method = head >>> METHOD_SHIFT;
    return switch (method) {
      case ASCII -> sevenBits(bytes, at, length, 1, most, place);
      case UNICODE -> sevenBits(bytes, at, length, 2, most, place);
      case XPRESS -> new Xpress(bytes, at + HEAD_BYTES, at + length, place).expand(most);
      default -> throw unsupported(method, place);
    };
  }

  private static JetException unsupported(int method, RecordPlace place) {
    if (method == 0 || method > LAST_KNOWN) {
      return place.broken("compression method", method, "1 to " + LAST_KNOWN);
    }
    return JetException.of(
        JetErr.FEATURE_NOT_AVAILABLE,
        place.subject(),
        Subject.value("compression method", method, "1, 2, 3"));
  }

  /** Characters of seven bits, the lowest first; the head says how far the last byte is used. */
  private static byte[] sevenBits(
      ByteBuffer bytes, int at, int length, int width, int most, RecordPlace place) {
    int used = (bytes.get(at) & REST_MASK) + 1;
    int content = length - HEAD_BYTES;
    int bits = content == 0 ? 0 : (content - 1) * Byte.SIZE + used;
    if (bits == 0 || bits % CHARACTER_BITS != 0) {
      throw place.broken("bits of a compressed text", bits, "7, 14, 21 ...");
    }
    int expanded = bits / CHARACTER_BITS * width;
    if (expanded > most) {
      throw place.broken("length of a compressed text", expanded, "up to " + most);
    }
    byte[] result = new byte[expanded];
    int pending = 0;
    int count = 0;
    int from = at + HEAD_BYTES;
    for (int to = 0; to < result.length; to += width) {
      if (count < CHARACTER_BITS) {
        pending |= RecordLayout.u8(bytes, from++) << count;
        count += Byte.SIZE;
      }
      result[to] = (byte) (pending & CHARACTER_MASK);
      pending >>>= CHARACTER_BITS;
      count -= CHARACTER_BITS;
    }
    return result;
  }
}
