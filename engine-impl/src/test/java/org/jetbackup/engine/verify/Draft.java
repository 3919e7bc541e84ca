package org.jetbackup.engine.verify;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jetbackup.api.position.PageNumber;
import org.jetbackup.engine.format.NodeView;
import org.jetbackup.engine.format.PageFlags;
import org.jetbackup.engine.format.PageSize;
import org.jetbackup.engine.format.PageView;
import org.jetbackup.engine.format.PageWriter;

/** A page taken apart, so that a test can change it and put it together again. */
final class Draft {

  /** A node that is not compressed. */
  static final class Node {
    private final int flags;
    private final byte[] key;
    private final byte[] data;

    Node(int flags, byte[] key, byte[] data) {
      this.flags = flags;
      this.key = key;
      this.data = data;
    }

    Node(byte[] key, byte[] data) {
      this(0, key, data);
    }

    byte[] key() {
      return key;
    }

    byte[] data() {
      return data;
    }

    Node withKey(byte... other) {
      return new Node(flags, other, data);
    }

    Node withData(byte... other) {
      return new Node(flags, key, other);
    }

    byte[] entry(boolean withData) {
      byte[] both = Arrays.copyOf(key, key.length + (withData ? data.length : 0));
      System.arraycopy(data, 0, both, key.length, both.length - key.length);
      return both;
    }
  }

  long objectId;
  int flags;
  long dbtime;
  long previous;
  long next;
  byte[] header;
  final List<Node> nodes = new ArrayList<>();

  Draft(long objectId, int flags, long dbtime, byte[] header) {
    this.objectId = objectId;
    this.flags = flags;
    this.dbtime = dbtime;
    this.header = header;
  }

  static Draft of(PageView page, ByteBuffer bytes) {
    byte[] header = new byte[page.tagSize(0)];
    bytes.get(page.tagOffset(0), header);
    Draft draft = new Draft(page.objectId(), page.flags().bits(), page.dbtime(), header);
    draft.previous = page.previous();
    draft.next = page.next();
    NodeView node = new NodeView();
    for (int tag = 1; tag < page.tagCount(); tag++) {
      node.moveTo(page, tag);
      byte[] key = new byte[node.keyLength()];
      byte[] data = new byte[node.dataLength()];
      node.copyKey(key, 0);
      node.copyData(data, 0);
      draft.nodes.add(new Node(node.flags() & ~NodeView.COMPRESSED, key, data));
    }
    if (!page.flags().isRoot()) {
      draft.header = new byte[0]; // the prefix is in the keys now
    }
    return draft;
  }

  void write(ByteBuffer page, PageSize size, long number) {
    PageWriter writer =
        new PageWriter(page, size, new PageNumber(number), objectId, new PageFlags(flags), header);
    for (Node node : nodes) {
      writer.add(node.flags, 0, node.key, node.data);
    }
    writer.finish(dbtime, previous, next);
  }
}
