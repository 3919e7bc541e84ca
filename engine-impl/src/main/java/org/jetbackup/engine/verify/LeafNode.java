package org.jetbackup.engine.verify;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jetbackup.engine.format.NodeView;
import org.jetbackup.engine.format.PageView;

/**
 * A node of a leaf as a walk shows it: moved from node to node, valid until the walk goes on. Its
 * key stands in one array of its own, because on the page it may be in two pieces.
 */
final class LeafNode {

  private final NodeView node = new NodeView();
  private ByteBuffer bytes = ByteBuffer.allocate(0);
  private byte[] key = new byte[0];
  private long page;
  private int tag;

  void moveTo(PageView view, ByteBuffer pageBytes, int newTag) {
    node.moveTo(view, newTag);
    bytes = pageBytes;
    page = view.number().value();
    tag = newTag;
    if (key.length < node.keyLength()) {
      key = new byte[node.keyLength()];
    }
    node.copyKey(key, 0);
  }

  boolean isDeleted() {
    return node.isDeleted();
  }

  long page() {
    return page;
  }

  int tag() {
    return tag;
  }

  /** Holds the key in its first {@link #keyLength()} bytes. */
  byte[] key() {
    return key;
  }

  int keyLength() {
    return node.keyLength();
  }

  /** The page; the data begins at {@link #dataOffset()}. To be read by absolute index. */
  ByteBuffer bytes() {
    return bytes;
  }

  int dataOffset() {
    return node.dataOffset();
  }

  int dataLength() {
    return node.dataLength();
  }

  byte[] copyOfKey() {
    return Arrays.copyOf(key, keyLength());
  }

  byte[] copyOfData() {
    byte[] data = new byte[dataLength()];
    node.copyData(data, 0);
    return data;
  }
}
