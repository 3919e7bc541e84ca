package org.jetbackup.engine.verify;

import org.jetbackup.api.error.JetException;
import org.jetbackup.engine.format.PageFlags;
import org.jetbackup.engine.format.PageView;

/** What a page must say about itself to stand at its place in a tree. Source: section 4.2. */
final class PageRules {

  private static final int EMPTIED = 0x8;
  private static final int TREE_BEING_DELETED = 0x4_0000;

  /** Repaired, scrubbed, the two bits of the flush type, preinitialised: of no level or kind. */
  private static final int FREE_FLAGS = 0x10 | 0x4000 | 0x1_8000 | 0x2_0000;

  private static final int KIND_FLAGS =
      PageFlags.SPACE_TREE | PageFlags.INDEX | PageFlags.LONG_VALUE | PageFlags.NON_UNIQUE_KEYS;

  private static final int KNOWN_FLAGS = KIND_FLAGS
      | FREE_FLAGS
      | EMPTIED
      | TREE_BEING_DELETED
      | PageFlags.ROOT
      | PageFlags.LEAF
      | PageFlags.PARENT_OF_LEAVES
      | PageFlags.NEW_RECORD_FORMAT
      | PageFlags.NEW_CHECKSUM;

  private final Findings findings;

  PageRules(Findings findings) {
    this.findings = findings;
  }

  /** Checks the page alone; answers whether it may be gone on with. */
  boolean isSound(TreeInfo tree, PageView page) {
    try {
      page.check();
      return true;
    } catch (JetException e) {
      findings.page(kindOf(e), tree, page.number().value(), reason(e));
      return false;
    }
  }

  /** Checks owner, change time and flags. */
  void checkRole(TreeInfo tree, PageView page, int kindFlags, boolean isRoot) {
    long number = page.number().value();
    if (page.objectId() != tree.objectId()) {
      findings.page(
          FindingKind.OBJECT_ID,
          tree,
          number,
          "the page says object " + page.objectId() + ", expected: " + tree.objectId());
    }
    if (page.dbtime() == 0) {
      findings.page(
          FindingKind.PAGE_HEADER, tree, number, "the change time is 0, expected: from 1 on");
    }
    int flags = page.flags().bits();
    if (page.flags().isRoot() != isRoot) {
      flags(tree, page, isRoot ? "the flag of a root" : "no flag of a root");
    }
    if ((flags & KIND_FLAGS) != kindFlags) {
      flags(tree, page, "of the flags for kinds of trees " + new PageFlags(kindFlags));
    }
    if (!page.flags().has(PageFlags.NEW_RECORD_FORMAT)) {
      flags(tree, page, "the flag of the new record format");
    }
    if ((flags & ~KNOWN_FLAGS) != 0) {
      flags(tree, page, "none of " + new PageFlags(flags & ~KNOWN_FLAGS));
    }
    if ((flags & (EMPTIED | TREE_BEING_DELETED)) != 0) {
      flags(tree, page, "a page that is in use");
    }
  }

  private void flags(TreeInfo tree, PageView page, String expected) {
    findings.page(
        FindingKind.PAGE_FLAGS,
        tree,
        page.number().value(),
        "the flags are " + page.flags() + ", expected: " + expected);
  }

  private static FindingKind kindOf(JetException e) {
    return switch (e.error()) {
      case PAGE_NOT_INITIALIZED -> FindingKind.PAGE_NEVER_WRITTEN;
      case PAGE_TAG_CORRUPTED -> FindingKind.PAGE_TAG;
      case NODE_CORRUPTED -> FindingKind.PAGE_NODE;
      case BAD_PAGE_LINK -> FindingKind.LEAF_CHAIN;
      case INVALID_DATABASE_VERSION -> FindingKind.NOT_SUPPORTED;
      default -> FindingKind.PAGE_HEADER;
    };
  }

  /** The most exact thing that an exception says. */
  static String reason(JetException e) {
    int count = e.subjects().size();
    return count == 0 ? e.error().meaning() : e.subjects().get(count - 1).text();
  }
}
