package org.jetbackup.engine.verify;

import java.nio.ByteBuffer;
import java.util.Optional;
import org.jetbackup.api.error.JetException;
import org.jetbackup.engine.format.PageView;
import org.jetbackup.engine.format.RootHeader;
import org.jetbackup.engine.format.SpaceHeader;
import org.jetbackup.engine.format.SplitBuffer;

/**
 * Reads which pages a tree owns and which of them are free, checks the extents, and enters both in
 * the accounts. Source: sections 7.1 and 7.2.
 *
 * <p>An extent that does not fit is reported once, and the rest of it is left out: so the work is
 * bounded by the pages of the file, whatever the extents claim.
 */
final class SpaceCheck {

  /** A root and the pages that the bits of a space header can stand for. */
  private static final long SINGLE_EXTENT_MAX = 1 + Integer.SIZE;

  private static final int KNOWN_FLAGS =
      SpaceHeader.MULTIPLE_EXTENTS | SpaceHeader.NON_UNIQUE | SpaceHeader.SECOND_VERSION;

  private static final int POOL_BYTE = 1;
  private static final int POOL_MARK = 0x80;

  private final PageReader pages;
  private final PageLedger ledger;
  private final Findings findings;
  private final TreeWalk walk;
  private final Trees trees;
  private final ByteBuffer buffer;

  SpaceCheck(PageReader pages, PageLedger ledger, Findings findings, TreeWalk walk, Trees trees) {
    this.pages = pages;
    this.ledger = ledger;
    this.findings = findings;
    this.walk = walk;
    this.trees = trees;
    this.buffer = pages.size().newBuffer();
  }

  /** Answers whether the tree can be walked: it has a sound root with a header. */
  boolean open(TreeInfo tree) {
    Optional<RootHeader> header = header(tree);
    if (header.isEmpty()) {
      tree.setIncomplete();
      TreeInfo parent = tree.parent();
      if (parent != null) {
        parent.setIncomplete(); // the pages of the tree stay its parent's, used by nobody
      }
      return false;
    }
    SpaceHeader space = header.get().space();
    check(tree, space);
    if (space.hasMultipleExtents()) {
      long owned = space.rest();
      walk.walkSpace(tree, owned, new Extents(tree, false));
      walk.walkSpace(tree, owned + 1, new Extents(tree, true));
      keptForSplits(tree, owned);
      keptForSplits(tree, owned + 1);
      if ((space.flags() & SpaceHeader.SECOND_VERSION) == 0) {
        checkFirstExtent(tree, space);
      }
    } else {
      single(tree, space);
    }
    return true;
  }

  private Optional<RootHeader> header(TreeInfo tree) {
    if (!pages.contains(tree.root())) {
      findings.page(
          FindingKind.NOT_A_ROOT,
          tree,
          tree.root(),
          "the root of " + tree + " lies outside the pages 1 to " + pages.last());
      return Optional.empty();
    }
    PageView root = pages.read(tree.root(), buffer);
    if (!new PageRules(findings).isSound(tree, root)) {
      return Optional.empty();
    }
    boolean own = root.objectId() == tree.objectId();
    if (!own || !root.flags().isRoot() || root.flags().isSpaceTree()) {
      findings.page(
          FindingKind.NOT_A_ROOT,
          tree,
          tree.root(),
          "expected: the root of " + tree + "; the page has object " + root.objectId()
              + " and flags " + root.flags());
      return Optional.empty();
    }
    tree.setNonUnique(tree.role() == TreeInfo.Role.INDEX && root.flags().hasNonUniqueKeys());
    return Optional.of(RootHeader.of(root)); // isSound() has read it once
  }

  private void check(TreeInfo tree, SpaceHeader space) {
    if (space.parent() != tree.parentRoot()) {
      wrong(tree, "parent is " + space.parent() + ", expected: " + tree.parentRoot());
    }
    if ((space.flags() & ~KNOWN_FLAGS) != 0) {
      wrong(tree, "flags are " + space.flags() + ", known: " + KNOWN_FLAGS);
    }
    boolean nonUnique = (space.flags() & SpaceHeader.NON_UNIQUE) != 0;
    if (nonUnique != tree.isNonUnique()) {
      wrong(tree, "flags are " + space.flags() + ", the page says otherwise of repeating keys");
    }
  }

  private void wrong(TreeInfo tree, String message) {
    findings.page(FindingKind.SPACE_HEADER, tree, tree.root(), "space header: " + message);
  }

  private void single(TreeInfo tree, SpaceHeader space) {
    boolean second = (space.flags() & SpaceHeader.SECOND_VERSION) != 0;
    if (space.pages() < 1 || space.pages() > SINGLE_EXTENT_MAX || second) {
      wrong(tree, "a single extent of " + space.pages() + " pages, flags " + space.flags());
      tree.setIncomplete();
    }
    long count = Math.min(Math.max(space.pages(), 1), SINGLE_EXTENT_MAX);
    own(tree, tree.root(), 0, tree.root(), tree.root() + count - 1);
    for (int bit = 0; bit < Integer.SIZE; bit++) {
      if ((space.rest() >>> bit & 1) != 0) {
        long page = tree.root() + 1 + bit;
        if (page < tree.root() + count) {
          free(tree, tree.root(), 0, page, page);
        } else {
          wrong(tree, "page " + page + " is free, and no page of the extent");
        }
      }
    }
  }

  private void checkFirstExtent(TreeInfo tree, SpaceHeader space) {
    if (space.pages() == 0) {
      wrong(tree, "the first extent has no pages");
    }
    long last = tree.root() + space.pages() - 1;
    for (long page = tree.root(); page <= last; page++) {
      if (!ledger.contains(page) || ledger.owner(page) != tree.number()) {
        wrong(tree, "page " + page + " of the first extent is not owned by " + tree);
        return;
      }
    }
  }

  private void keptForSplits(TreeInfo tree, long root) {
    if (!pages.contains(root)) {
      return;
    }
    PageView page = pages.read(root, buffer);
    SplitBuffer kept;
    try {
      kept = SplitBuffer.of(page);
    } catch (JetException e) {
      return; // the walk has told why
    }
    kept(tree, root, kept.firstLast(), kept.firstPages());
    kept(tree, root, kept.secondLast(), kept.secondPages());
  }

  private void kept(TreeInfo tree, long root, long last, long count) {
    if (count > 0 && isExtent(tree, root, 0, last, count)) {
      free(tree, root, 0, last - count + 1, last);
    }
  }

  private boolean isExtent(TreeInfo tree, long page, int tag, long last, long count) {
    boolean fits = ledger.contains(last) && count >= 1 && count <= last;
    if (!fits) {
      findings.node(
          FindingKind.EXTENT,
          tree,
          page,
          tag,
          "an extent of " + count + " pages up to " + last + ", expected: pages from 1 to "
              + ledger.pages());
      tree.setIncomplete();
    }
    return fits;
  }

  private void own(TreeInfo tree, long where, int tag, long first, long last) {
    for (long page = first; page <= last; page++) {
      int before = ledger.contains(page)
          ? ledger.own(page, tree.parentNumber(), tree.number())
          : PageLedger.NOBODY;
      if (before == tree.parentNumber() && ledger.contains(page)) {
        continue;
      }
      TreeInfo other = trees.get(before);
      boolean above = other == null || other.isAbove(tree);
      FindingKind kind = other == tree
          ? FindingKind.EXTENTS_OVERLAP
          : above ? FindingKind.NOT_OWNED_BY_PARENT : FindingKind.OWNED_TWICE;
      findings.node(
          kind,
          tree,
          where,
          tag,
          "page " + page + " of the extent " + first + " to " + last + " belongs to "
              + (other == null ? "nobody" : other));
      return;
    }
  }

  private void free(TreeInfo tree, long where, int tag, long first, long last) {
    for (long page = first; page <= last; page++) {
      int account = ledger.contains(page) ? ledger.account(page) : 0;
      if (account == 0 && ledger.contains(page)) {
        ledger.free(page, tree.number());
        continue;
      }
      findings.node(
          account > 0 ? FindingKind.USED_AND_FREE : FindingKind.FREE_TWICE,
          tree,
          where,
          tag,
          "page " + page + " of the free extent " + first + " to " + last + " is "
              + (account > 0 ? "used" : "free") + " in " + trees.get(Math.abs(account)));
      return;
    }
  }

  /** Takes the extents of a tree of owned or free extents. */
  private final class Extents implements LeafVisitor {
    private final TreeInfo tree;
    private final boolean free;
    private long before;

    Extents(TreeInfo tree, boolean free) {
      this.tree = tree;
      this.free = free;
    }

    @Override
    public void visit(LeafNode node) {
      int pool = free && node.keyLength() == POOL_BYTE + Integer.BYTES ? POOL_BYTE : 0;
      boolean marked = pool == 0 || (node.key()[0] & POOL_MARK) != 0;
      boolean shape =
          node.keyLength() == pool + Integer.BYTES && node.dataLength() == Integer.BYTES;
      if (!shape || !marked) {
        findings.node(
            FindingKind.EXTENT,
            tree,
            node.page(),
            node.tag(),
            "key of " + node.keyLength() + " bytes and data of " + node.dataLength()
                + " are no extent");
        tree.setIncomplete();
        return;
      }
      long last = Integer.toUnsignedLong(ByteBuffer.wrap(node.key()).getInt(pool));
      long count = Integer.toUnsignedLong(node.bytes().getInt(node.dataOffset()));
      if (!isExtent(tree, node.page(), node.tag(), last, count)) {
        return;
      }
      long first = last - count + 1;
      if (free) {
        free(tree, node.page(), node.tag(), first, last); // pools may interleave
      } else if (first <= before) {
        findings.node(
            FindingKind.EXTENTS_OVERLAP,
            tree,
            node.page(),
            node.tag(),
            "the extent " + first + " to " + last + " begins before " + (before + 1));
        own(tree, node.page(), node.tag(), before + 1, last);
      } else {
        own(tree, node.page(), node.tag(), first, last);
      }
      before = Math.max(before, last);
    }
  }

  /** Gives all pages to the database, if its own tree of extents cannot tell. */
  void ownAll(TreeInfo database) {
    for (long page = 1; page <= ledger.pages(); page++) {
      ledger.own(page, 0, database.number());
    }
  }
}
