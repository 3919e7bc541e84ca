package org.jetbackup.engine.verify;

import java.nio.ByteBuffer;
import org.jetbackup.api.position.PageNumber;
import org.jetbackup.engine.format.NodeView;
import org.jetbackup.engine.format.PageFlags;
import org.jetbackup.engine.format.PageView;

/**
 * Walks a tree from its root, in the order of keys, and checks on the way that it is a tree: every
 * page is entered once and in its account, leaves lie at one depth and are chained in order, keys
 * keep the bounds of the pages above. Used again for every tree; for one thread.
 *
 * <p>A page that is unsound is reported and not entered, and the walk goes on behind it. There is
 * no recursion: the way from the root to here is an array of frames, one a level, with a page each.
 *
 * <pre>
 *   enter root -> frame 0 -- next child --> enter -> frame 1 ... leaf: visit its nodes, go up
 *        |                      |             |
 *     unsound: end        no more: go up   unsound: report, stay, the chain is unknown from here
 * </pre>
 *
 * <p>Source: sections 4.2, 6.2, 6.3 and 6.6.
 */
final class TreeWalk {

  /** More than any real tree has: with eight, even two children a page make 128 leaves. */
  static final int MAX_LEVELS = 8;

  private static final long UNKNOWN = -1;
  private static final int NO_LEAF_YET = -1;

  private final PageReader pages;
  private final PageLedger ledger;
  private final Findings findings;
  private final PageRules rules;
  private final Frame[] frames = new Frame[MAX_LEVELS];
  private final LeafNode shown = new LeafNode();
  private final NodeView end = new NodeView();
  private final Bound key = new Bound();

  private TreeInfo tree;
  private int kindFlags;
  private int leafLevel;
  private long previousLeaf;
  private long announced;

  TreeWalk(PageReader pages, PageLedger ledger, Findings findings, TreeInfo database) {
    this.pages = pages;
    this.ledger = ledger;
    this.findings = findings;
    this.rules = new PageRules(findings);
    this.tree = database;
    for (int level = 0; level < MAX_LEVELS; level++) {
      frames[level] = new Frame(pages);
    }
  }

  /** One level of the way from the root: a page, where in it, and the bounds of all its keys. */
  private static final class Frame {
    private final ByteBuffer buffer;
    private final NodeView node = new NodeView();
    private final Bound lower = new Bound();
    private final Bound upper = new Bound();
    private final Bound childLower = new Bound();
    private final Bound childUpper = new Bound();
    private PageView view;
    private int tag;

    Frame(PageReader pages) {
      buffer = pages.size().newBuffer();
      view = new PageView(buffer, pages.size(), PageNumber.FIRST, pages.file());
    }
  }

  /** Walks the data of a tree; its nodes are counted. */
  void walk(TreeInfo of, LeafVisitor visitor) {
    tree = of;
    run(of.root(), of.kindFlags(), node -> {
      of.countNode();
      visitor.visit(node);
    });
  }

  /** Walks a tree of extents of a tree. */
  void walkSpace(TreeInfo of, long root, LeafVisitor visitor) {
    tree = of;
    run(root, of.kindFlags() | PageFlags.SPACE_TREE, visitor);
  }

  private void run(long root, int flags, LeafVisitor visitor) {
    kindFlags = flags;
    leafLevel = NO_LEAF_YET;
    previousLeaf = 0;
    announced = UNKNOWN;
    frames[0].lower.clear();
    frames[0].upper.clear();
    int level = enter(root, 0, tree.root()) ? 0 : -1;
    while (level >= 0) {
      Frame here = frames[level];
      if (here.view.flags().isLeaf()) {
        leaf(here, level, visitor);
        level--;
      } else if (here.tag + 1 < here.view.tagCount()) {
        here.tag++;
        level = descend(here, level) ? level + 1 : level;
      } else {
        level--;
      }
    }
    if (previousLeaf > 0 && announced > 0) {
      chain(previousLeaf, "the next leaf is " + announced + ", expected: none behind the last");
    }
  }

  private boolean descend(Frame here, int level) {
    here.node.moveTo(here.view, here.tag);
    here.childLower.set(here.tag == 1 ? here.lower : here.childUpper);
    here.childUpper.setKey(here.node);
    long child = here.node.child();
    long number = here.view.number().value();
    if (level + 1 == MAX_LEVELS) {
      String message = "child " + child + " lies below level " + MAX_LEVELS;
      return lost(FindingKind.TOO_DEEP, number, here.tag, message);
    }
    if (!pages.contains(child)) {
      String message = "child " + child + ", expected: a page from 1 to " + pages.last();
      return lost(FindingKind.CHILD_OUTSIDE, number, here.tag, message);
    }
    Frame below = frames[level + 1];
    below.lower.set(here.childLower);
    below.upper.set(here.childUpper);
    if (!enter(child, level + 1, number)) {
      return false;
    }
    boolean aboveLeaves = here.view.flags().isParentOfLeaves();
    if (below.view.flags().isLeaf() != aboveLeaves) {
      findings.node(
          FindingKind.PAGE_FLAGS,
          tree,
          number,
          here.tag,
          "child " + child + (aboveLeaves ? " is no leaf" : " is a leaf") + ", but the flags are "
              + here.view.flags());
    }
    return true;
  }

  private boolean lost(FindingKind kind, long page, int tag, String message) {
    findings.node(kind, tree, page, tag, message);
    forget();
    return false;
  }

  /** A part of the tree is not seen: nothing is known of the leaf before the next. */
  private void forget() {
    tree.setIncomplete();
    previousLeaf = UNKNOWN;
  }

  /** Reads a page into the frame of its level, whose bounds are set. */
  private boolean enter(long page, int level, long from) {
    Frame frame = frames[level];
    if (!pages.contains(page)) {
      String message = "root page " + page + ", expected: a page from 1 to " + pages.last();
      return lost(FindingKind.CHILD_OUTSIDE, from, 0, message);
    }
    if (!claim(page, from)) {
      forget();
      return false;
    }
    frame.view = pages.read(page, frame.buffer);
    frame.tag = 0;
    if (!rules.isSound(tree, frame.view)) {
      forget();
      return false;
    }
    rules.checkRole(tree, frame.view, kindFlags, level == 0);
    if (!frame.view.flags().isLeaf()) {
      checkBranch(frame);
    }
    return true;
  }

  private boolean claim(long page, long from) {
    int account = ledger.account(page);
    if (account > 0) {
      String message = "page " + page + " is used a second time, from page " + from
          + "; first by tree number " + account + ", now by " + tree.number();
      findings.page(FindingKind.USED_TWICE, tree, page, message);
      return false;
    }
    if (account < 0) {
      String message = "the page is free in tree number " + -account + ", and in use by "
          + tree.number() + " from page " + from;
      findings.page(FindingKind.USED_AND_FREE, tree, page, message);
    }
    ledger.use(page, tree.number());
    return true;
  }

  private void checkBranch(Frame frame) {
    PageView page = frame.view;
    long number = page.number().value();
    if (page.previous() != 0 || page.next() != 0) {
      chain(number, "a branch page has neighbours " + page.previous() + " and " + page.next());
    }
    if (page.tagCount() == 1) {
      findings.page(FindingKind.EMPTY_BRANCH, tree, number, "a branch page without children");
      forget();
      return;
    }
    key.setKey(end.moveTo(page, page.tagCount() - 1));
    if (key.compareTo(frame.upper) != 0) {
      String expected = frame.upper.isOpen() ? "an empty one" : "that of this page above";
      String message = "the last key is " + key + ", expected: " + expected + " " + frame.upper;
      findings.node(FindingKind.LAST_SEPARATOR, tree, number, page.tagCount() - 1, message);
    }
    if (page.tagCount() > 2) {
      key.setKey(end.moveTo(page, 1));
      checkBounds(frame, 1, !frame.lower.isOpen() && key.compareTo(frame.lower) <= 0);
      key.setKey(end.moveTo(page, page.tagCount() - 2));
      checkBounds(frame, page.tagCount() - 2, isAbove(frame));
    }
  }

  private boolean isAbove(Frame frame) {
    return !frame.upper.isOpen() && key.compareTo(frame.upper) >= 0;
  }

  private void checkBounds(Frame frame, int tag, boolean outside) {
    if (outside) {
      findings.node(
          FindingKind.KEY_OUT_OF_BOUNDS,
          tree,
          frame.view.number().value(),
          tag,
          "key " + key + ", expected: from " + frame.lower + " to below " + frame.upper);
    }
  }

  private void leaf(Frame frame, int level, LeafVisitor visitor) {
    PageView page = frame.view;
    long number = page.number().value();
    if (leafLevel == NO_LEAF_YET) {
      leafLevel = level;
    } else if (leafLevel != level) {
      String message = "a leaf on level " + level + ", expected: " + leafLevel + " as the first";
      findings.page(FindingKind.UNEVEN_DEPTH, tree, number, message);
    }
    checkChain(page);
    if (page.tagCount() > 1) {
      key.setEntry(end.moveTo(page, 1), tree.isNonUnique());
      checkBounds(frame, 1, !frame.lower.isOpen() && key.compareTo(frame.lower) < 0);
      key.setEntry(end.moveTo(page, page.tagCount() - 1), tree.isNonUnique());
      checkBounds(frame, page.tagCount() - 1, isAbove(frame));
    } else if (level > 0) {
      findings.note(FindingKind.EMPTY_LEAF, tree, number, "a leaf without nodes");
    }
    visit(frame, visitor);
  }

  private void checkChain(PageView page) {
    long number = page.number().value();
    if (previousLeaf != UNKNOWN && page.previous() != previousLeaf) {
      chain(number, "the leaf before is " + page.previous() + ", expected: " + previousLeaf);
    }
    if (previousLeaf > 0 && announced != number) {
      chain(previousLeaf, "the next leaf is " + announced + ", expected: " + number);
    }
    previousLeaf = number;
    announced = page.next();
  }

  private void chain(long page, String message) {
    findings.page(FindingKind.LEAF_CHAIN, tree, page, message);
  }

  private void visit(Frame frame, LeafVisitor visitor) {
    int deleted = 0;
    for (int tag = 1; tag < frame.view.tagCount(); tag++) {
      shown.moveTo(frame.view, frame.buffer, tag);
      if (shown.isDeleted()) {
        deleted++;
      } else {
        visitor.visit(shown);
      }
    }
    if (deleted > 0) {
      long number = frame.view.number().value();
      findings.note(FindingKind.DELETED_NODES, tree, number, deleted + " nodes marked as deleted");
    }
  }
}
