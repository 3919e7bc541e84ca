package org.jetbackup.engine.verify;

import org.jspecify.annotations.Nullable;

/** What all checks of one database share. For one thread. */
final class Inspection {

  /** The object id of the root of the database. */
  static final long DATABASE_OBJECT = 1;

  /** The root page of the database. */
  static final long DATABASE_ROOT = 1;

  private final PageReader pages;
  private final PageLedger ledger;
  private final Findings findings;
  private final Trees trees = new Trees();
  private final TreeInfo database;
  private final TreeWalk walk;
  private final SpaceCheck space;

  Inspection(PageReader pages, Findings findings) {
    this.pages = pages;
    this.findings = findings;
    this.ledger = new PageLedger(pages.last());
    this.database = trees.add(TreeInfo.Role.DATABASE, DATABASE_OBJECT, DATABASE_ROOT, null);
    this.walk = new TreeWalk(pages, ledger, findings, database);
    this.space = new SpaceCheck(pages, ledger, findings, walk, trees);
  }

  PageReader pages() {
    return pages;
  }

  Findings findings() {
    return findings;
  }

  Trees trees() {
    return trees;
  }

  PageLedger ledger() {
    return ledger;
  }

  TreeInfo database() {
    return database;
  }

  /** Reads the accounts of the whole database; must come before all trees. */
  void openDatabase() {
    boolean open = space.open(database);
    if (open) {
      walk.walk(
          database,
          node -> findings.node(
              FindingKind.SPACE_HEADER,
              database,
              node.page(),
              node.tag(),
              "the root of the database has a node, expected: none"));
    }
    if (!open || database.isIncomplete()) {
      space.ownAll(database);
    }
  }

  /** Reads the accounts of a tree, of which the parent was opened; then it may be walked. */
  TreeInfo open(TreeInfo.Role role, long objectId, long root, @Nullable TreeInfo parent) {
    TreeInfo tree = trees.add(role, objectId, root, parent);
    if (!space.open(tree)) {
      tree.setClosed();
    }
    return tree;
  }

  /** Walks a tree that was opened, if it could be opened. */
  void walk(TreeInfo tree, LeafVisitor visitor) {
    if (!tree.isClosed()) {
      walk.walk(tree, visitor);
    }
  }
}
