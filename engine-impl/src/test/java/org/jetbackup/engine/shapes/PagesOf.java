package org.jetbackup.engine.shapes;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.jetbackup.api.position.PageNumber;
import org.jetbackup.engine.format.NodeView;
import org.jetbackup.engine.format.PageSize;
import org.jetbackup.engine.format.PageView;
import org.jetbackup.engine.format.Samples;
import org.jetbackup.engine.storage.DataFile;

/** Looks at pages and leaves without the code that looks up, writes and describes tables. */
@FunctionalInterface
interface PagesOf {

  /** Reads a page. */
  PageView page(long number);

  /** Reads from a closed file of ours. */
  static PagesOf file(Path path, PageSize size) {
    return number -> {
      try (DataFile file = DataFile.open(path, DataFile.Mode.READ)) {
        PageNumber page = new PageNumber(number);
        ByteBuffer bytes = size.newBuffer();
        file.readFully(bytes, size.offsetOf(page));
        return new PageView(bytes.clear().order(ByteOrder.LITTLE_ENDIAN), size, page, path);
      }
    };
  }

  /** Reads from a sample. */
  static PagesOf sample(Samples.Sample sample) {
    return sample::view;
  }

  /** How many levels the tree of a root has. */
  default int levels(long root) {
    int levels = 1;
    NodeView node = new NodeView();
    for (PageView page = page(root); !page.isLeaf(); levels++) {
      page = page(node.moveTo(page, 1).child());
    }
    return levels;
  }

  /** The leaves of a tree from the first to the last. */
  default List<PageView> leaves(long root) {
    NodeView node = new NodeView();
    PageView page = page(root);
    while (!page.isLeaf()) {
      page = page(node.moveTo(page, 1).child());
    }
    List<PageView> leaves = new ArrayList<>(List.of(page));
    while (page.next() != 0) {
      page = page(page.next());
      leaves.add(page);
    }
    return leaves;
  }

  /** Keys and data of a tree in hexadecimal, separated by a blank. */
  default List<String> entries(long root) {
    List<String> found = new ArrayList<>();
    NodeView node = new NodeView();
    for (PageView leaf : leaves(root)) {
      for (int tag = 1; tag < leaf.tagCount(); tag++) {
        node.moveTo(leaf, tag);
        if (!node.isDeleted()) {
          byte[] key = new byte[node.keyLength()];
          byte[] data = new byte[node.dataLength()];
          node.copyKey(key, 0);
          node.copyData(data, 0);
          found.add(HexFormat.of().formatHex(key) + " " + HexFormat.of().formatHex(data));
        }
      }
    }
    return found;
  }

  /** The header of a root, or the prefix of any other page, in hexadecimal. */
  default String header(long number) {
    PageView page = page(number);
    ByteBuffer header = page.copyHeader(page.size().newBuffer());
    byte[] bytes = new byte[header.limit()];
    header.get(0, bytes);
    return HexFormat.of().formatHex(bytes);
  }
}
