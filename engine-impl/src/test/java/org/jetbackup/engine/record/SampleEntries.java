package org.jetbackup.engine.record;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jetbackup.api.position.PageNumber;
import org.jetbackup.engine.format.NodeView;
import org.jetbackup.engine.format.PageChecksum;
import org.jetbackup.engine.format.PageView;
import org.jetbackup.engine.format.Samples;

/** Entries of the trees of database files made by the original engine, where they are at hand. */
final class SampleEntries {

  private SampleEntries() {}

  /** One node of a leaf. */
  record Entry(long page, Bytes key, Bytes data) {

    ByteBuffer buffer() {
      return ByteBuffer.wrap(data.toArray()).order(ByteOrder.LITTLE_ENDIAN);
    }

    RecordPlace place() {
      return RecordPlace.of(Path.of("sample.edb"), new PageNumber(page));
    }
  }

  /** Reads all entries of a tree in the order of its keys, or skips the test. */
  static List<Entry> entries(String name, long objectId) {
    Samples.Sample sample = Samples.read(name);
    List<Entry> entries = new ArrayList<>();
    for (long page = 1; page <= sample.pages(); page++) {
      if (PageChecksum.isBlank(sample.page(page), sample.size())) {
        continue;
      }
      PageView view = sample.view(page);
      if (view.objectId() == objectId && view.flags().isLeaf() && !view.flags().isSpaceTree()) {
        add(view, entries);
      }
    }
    return entries;
  }

  private static void add(PageView page, List<Entry> entries) {
    NodeView node = new NodeView();
    for (int tag = 1; tag < page.tagCount(); tag++) {
      node.moveTo(page, tag);
      byte[] key = new byte[node.keyLength()];
      byte[] data = new byte[node.dataLength()];
      node.copyKey(key, 0);
      node.copyData(data, 0);
      entries.add(new Entry(page.number().value(), Bytes.of(key), Bytes.of(data)));
    }
  }
}
