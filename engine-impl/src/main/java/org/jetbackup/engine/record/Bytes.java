package org.jetbackup.engine.record;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * Bytes that never change and compare by content. For catalog rows, defaults and values to show;
 * records on the path of reads and writes are never copied into one.
 */
public final class Bytes {

  /** No byte at all. */
  public static final Bytes EMPTY = new Bytes(new byte[0]);

  private final byte[] bytes;

  private Bytes(byte[] bytes) {
    this.bytes = bytes;
  }

  /**
   * Copies bytes.
   *
   * @param bytes the bytes
   * @return the copy
   */
  public static Bytes of(byte[] bytes) {
    return new Bytes(bytes.clone());
  }

  /**
   * Copies a part of a buffer.
   *
   * @param buffer read by absolute index
   * @param at the first byte
   * @param length how many
   * @return the copy
   */
  public static Bytes of(ByteBuffer buffer, int at, int length) {
    byte[] copy = new byte[length];
    buffer.get(at, copy);
    return new Bytes(copy);
  }

  /** {@return how many bytes there are} */
  public int length() {
    return bytes.length;
  }

  /** {@return a copy} */
  public byte[] toArray() {
    return bytes.clone();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Bytes that && Arrays.equals(bytes, that.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  /** {@return the bytes as hex digits} */
  @Override
  public String toString() {
    return HexFormat.of().formatHex(bytes);
  }
}
