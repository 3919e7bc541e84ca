package org.jetbackup.engine.verify;

import java.util.Arrays;
import java.util.HexFormat;
import org.jetbackup.engine.format.NodeView;

/** A key kept outside its page, in an array that grows and is used again. */
final class Bound {

  private static final int SHOWN = 32;

  private byte[] bytes = new byte[0];
  private int length;

  void setKey(NodeView node) {
    reserve(node.keyLength());
    node.copyKey(bytes, 0);
  }

  /** The key, and in trees with repeating keys the data behind it. */
  void setEntry(NodeView node, boolean withData) {
    reserve(node.keyLength() + (withData ? node.dataLength() : 0));
    node.copyKey(bytes, 0);
    if (withData) {
      node.copyData(bytes, node.keyLength());
    }
  }

  void set(Bound other) {
    reserve(other.length);
    System.arraycopy(other.bytes, 0, bytes, 0, length);
  }

  void clear() {
    length = 0;
  }

  /** Whether there is no bound. */
  boolean isOpen() {
    return length == 0;
  }

  int compareTo(Bound other) {
    return Arrays.compareUnsigned(bytes, 0, length, other.bytes, 0, other.length);
  }

  /** {@return the first bytes in hexadecimal} */
  @Override
  public String toString() {
    String hex = HexFormat.of().formatHex(bytes, 0, Math.min(length, SHOWN));
    return length == 0 ? "open" : length > SHOWN ? hex + "..." : hex;
  }

  private void reserve(int newLength) {
    if (bytes.length < newLength) {
      bytes = new byte[newLength];
    }
    length = newLength;
  }
}
