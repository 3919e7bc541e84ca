package org.jetbackup.engine.verify;

import java.nio.ByteBuffer;
import org.jetbackup.api.error.JetErr;
import org.jetbackup.api.error.JetException;
import org.jetbackup.api.error.Subject;
import org.jetbackup.api.position.PageNumber;
import org.jetbackup.engine.format.PageSize;
import org.jetbackup.engine.record.Decompression;
import org.jetbackup.engine.record.RecordPlace;

/**
 * Checks the tree of the long values of one table while it is walked, and keeps how many references
 * each value counts. Source: section 9.5.
 *
 * <pre>
 *   head (id; references, size) -- chunk 0 -- chunk 1 -- ... -- last chunk   next head
 * </pre>
 */
final class LongValueCheck implements LeafVisitor {

  private static final int HEAD_BYTES = 8;
  private static final int FLAGGED_HEAD_BYTES = 9;
  private static final int WIDE_ID = 0x80;

  private final Findings findings;
  private final TreeInfo tree;
  private final long chunkBytes;
  private final RecordPlace place;
  private final ReferenceCounts references = new ReferenceCounts();
  private boolean tooMany;
  private boolean uncertain;
  private long id;
  private long size;
  private long end;
  private long headPage;
  private long page = PageNumber.MIN;

  LongValueCheck(Inspection inspection, TreeInfo tree, long chunkBytes) {
    this.findings = inspection.findings();
    this.tree = tree;
    this.chunkBytes = chunkBytes;
    this.place = () -> Subject.page(inspection.pages().file(), new PageNumber(page));
  }

  /** How long all chunks but the last are, if the catalog does not say it. */
  static long chunkBytes(PageSize size) {
    return switch (size) {
      case KIB_4 -> 4014;
      case KIB_8 -> 8110;
      case KIB_16 -> 4050;
      case KIB_32 -> 8150;
    };
  }

  @Override
  public void visit(LeafNode node) {
    page = node.page();
    boolean wide = node.keyLength() > 0 && (node.key()[0] & WIDE_ID) != 0;
    int idBytes = wide ? Long.BYTES : Integer.BYTES;
    ByteBuffer key = ByteBuffer.wrap(node.key(), 0, node.keyLength());
    if (node.keyLength() == idBytes) {
      endValue();
      head(node, wide ? key.getLong() : Integer.toUnsignedLong(key.getInt()));
    } else if (node.keyLength() == idBytes + Integer.BYTES) {
      long of = wide ? key.getLong() : Integer.toUnsignedLong(key.getInt());
      chunk(node, of, Integer.toUnsignedLong(key.getInt()));
    } else {
      wrong(FindingKind.LONG_VALUE_NODE, node, "a key of " + node.keyLength() + " bytes");
    }
  }

  private void head(LeafNode node, long newId) {
    id = newId;
    end = 0;
    size = 0;
    headPage = node.page();
    boolean shape = node.dataLength() == HEAD_BYTES || node.dataLength() == FLAGGED_HEAD_BYTES;
    if (!shape || id == 0) {
      wrong(
          FindingKind.LONG_VALUE_NODE,
          node,
          "head of long value " + id + " with " + node.dataLength() + " bytes");
    } else {
      int count = node.bytes().getInt(node.dataOffset());
      size = Integer.toUnsignedLong(node.bytes().getInt(node.dataOffset() + Integer.BYTES));
      tooMany |= !references.add(id, count, node.page());
    }
  }

  private void chunk(LeafNode node, long of, long offset) {
    if (of != id) {
      endValue();
      wrong(FindingKind.LONG_VALUE_NODE, node, "a chunk of long value " + of + " without a head");
      id = of;
      size = Long.MAX_VALUE; // unknown
    } else if (offset != end) {
      wrong(
          FindingKind.LONG_VALUE_CHUNK,
          node,
          "chunk of long value " + of + " at byte " + offset + ", expected: at byte " + end);
    }
    long expected = Math.min(chunkBytes, size - offset);
    boolean whole = node.dataLength() == expected;
    if (!whole && size != Long.MAX_VALUE && !isCompressed(node, expected)) {
      wrong(
          FindingKind.LONG_VALUE_CHUNK,
          node,
          "chunk of long value " + of + " at byte " + offset + " has " + node.dataLength()
              + " bytes, expected: " + Math.max(expected, 0));
    }
    end = offset + chunkBytes;
  }

  /** A chunk that is too short must expand to its length, if its method is known here. */
  private boolean isCompressed(LeafNode node, long expected) {
    if (node.dataLength() >= expected) {
      return false;
    }
    try {
      byte[] expanded = Decompression.expand(
          node.bytes(), node.dataOffset(), node.dataLength(), (int) expected, place);
      return expanded.length == expected;
    } catch (JetException e) {
      return e.error() == JetErr.FEATURE_NOT_AVAILABLE;
    }
  }

  private void endValue() {
    if (size != Long.MAX_VALUE && end < size) {
      findings.page(
          FindingKind.LONG_VALUE_SIZE,
          tree,
          headPage,
          "long value " + id + " has chunks up to byte " + end + ", expected: " + size);
    }
    size = 0;
    end = 0;
  }

  private void wrong(FindingKind kind, LeafNode node, String message) {
    findings.node(kind, tree, node.page(), node.tag(), message);
  }

  /** The walk is over. */
  void finish() {
    endValue();
    if (tooMany) {
      findings.note(
          FindingKind.NOT_CHECKED,
          tree,
          tree.root(),
          "references, of more than " + ReferenceCounts.IDS_MAX + " long values or out of order");
    }
  }

  /** A record refers to a value; answers whether it is there, as far as is known. */
  boolean refer(long to) {
    return references.refer(to) || tooMany || tree.isIncomplete();
  }

  /** A record could not be read: nobody knows to which values it refers. */
  void setUncertain() {
    uncertain = true;
  }

  long count() {
    return references.count();
  }

  /** All records were read: what counts differently is wrong. */
  void checkReferences(boolean allRead) {
    if (!allRead || uncertain) {
      return;
    }
    references.forEach((of, counted, found, page) -> {
      if (found == 0) {
        findings.page(
            FindingKind.UNREFERENCED_LONG_VALUE,
            tree,
            page,
            "no record refers to long value " + of);
      } else if (found != counted) {
        findings.page(
            FindingKind.LONG_VALUE_REFERENCES,
            tree,
            page,
            "long value " + of + " counts " + counted + " references, records have " + found);
      }
    });
  }
}
