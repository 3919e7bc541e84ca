package org.jetbackup.engine.verify;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/**
 * What a tree must hold, no more and no less: compared with its nodes while these are walked. For
 * one thread.
 */
final class ExpectedEntries {

  private static final int SHOWN = 48;

  private final Findings findings;
  private final FindingKind kind;
  private final TreeInfo tree;
  private final List<Entry> entries = new ArrayList<>();
  private int next;
  private boolean uncertain;

  /** A node that must be there. */
  private static final class Entry {
    private final byte[] key;
    private final byte[] data;
    private final String what;

    Entry(byte[] key, byte[] data, String what) {
      this.key = key;
      this.data = data;
      this.what = what;
    }

    int compareTo(Entry other) {
      int order = Arrays.compareUnsigned(key, other.key);
      return order != 0 ? order : Arrays.compareUnsigned(data, other.data);
    }
  }

  ExpectedEntries(Findings findings, FindingKind kind, TreeInfo tree) {
    this.findings = findings;
    this.kind = kind;
    this.tree = tree;
  }

  void add(byte[] key, byte[] data, String what) {
    entries.add(new Entry(key, data, what));
  }

  /** All are known: brings them into the order of the walk. */
  ExpectedEntries sorted() {
    entries.sort(Entry::compareTo);
    return this;
  }

  /** Compares the next node. */
  void visit(LeafNode node, byte[] data) {
    int order = 1;
    while (next < entries.size() && (order = order(next, node)) < 0) {
      missing(entries.get(next++));
    }
    if (next == entries.size() || order > 0) {
      findings.node(
          kind, tree, node.page(), node.tag(), "not expected: key " + hex(node.copyOfKey()));
      return;
    }
    Entry expected = entries.get(next++);
    if (!Arrays.equals(expected.data, data)) {
      findings.node(
          kind,
          tree,
          node.page(),
          node.tag(),
          "of " + expected.what + ": data " + hex(data) + ", expected: " + hex(expected.data));
    }
  }

  private int order(int at, LeafNode node) {
    byte[] key = entries.get(at).key;
    return Arrays.compareUnsigned(key, 0, key.length, node.key(), 0, node.keyLength());
  }

  /** A node could not be read: what is missing may be that. */
  void setUncertain() {
    uncertain = true;
  }

  /** The walk is over: what was not met is missing. */
  void finish() {
    if (tree.isIncomplete() || uncertain) {
      return; // it may stand on a page that could not be read
    }
    while (next < entries.size()) {
      missing(entries.get(next++));
    }
  }

  private void missing(Entry entry) {
    findings.page(kind, tree, tree.root(), "missing: " + entry.what);
  }

  private static String hex(byte[] bytes) {
    String digits = HexFormat.of().formatHex(bytes, 0, Math.min(bytes.length, SHOWN));
    return bytes.length > SHOWN ? digits + "..." : digits;
  }
}
