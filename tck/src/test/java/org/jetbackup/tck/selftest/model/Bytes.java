package org.jetbackup.tck.selftest.model;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;

/** A string of bytes: immutable, ordered as unsigned bytes, a prefix before what it begins. */
final class Bytes implements Comparable<Bytes> {

  /** No byte at all. */
  static final Bytes EMPTY = new Bytes(new byte[0]);

  /** The order that nobody wants, for wrong engines. */
  static final Comparator<Bytes> SIGNED =
      (one, other) -> Arrays.compare(one.content, other.content);

  private final byte[] content;

  private Bytes(byte[] content) {
    this.content = content;
  }

  static Bytes copyOf(byte[] array) {
    return new Bytes(array.clone());
  }

  static Bytes read(DataInputStream in) throws IOException {
    return new Bytes(in.readNBytes(in.readInt()));
  }

  void write(DataOutputStream out) throws IOException {
    out.writeInt(content.length);
    out.write(content);
  }

  int length() {
    return content.length;
  }

  byte[] toArray() {
    return content.clone();
  }

  /** The first bytes of this one, or all of them if there are no more. */
  Bytes first(int length) {
    return new Bytes(Arrays.copyOf(content, Math.min(length, content.length)));
  }

  /** Copies what is there from an offset on and what the target has room for. */
  int copyTo(ByteBuffer target, int offset) {
    int count = Math.max(0, Math.min(target.remaining(), content.length - offset));
    if (count > 0) {
      target.put(content, offset, count);
    }
    return count;
  }

  @Override
  public int compareTo(Bytes other) {
    return Arrays.compareUnsigned(content, other.content);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Bytes that && Arrays.equals(content, that.content);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(content);
  }

  @Override
  public String toString() {
    return HexFormat.of().formatHex(content);
  }
}
