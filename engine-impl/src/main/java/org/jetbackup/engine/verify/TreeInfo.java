package org.jetbackup.engine.verify;

import org.jetbackup.engine.format.PageFlags;
import org.jspecify.annotations.Nullable;

/**
 * A tree of the database and what is expected of all its pages. For one thread.
 *
 * <p>The trees of extents of a tree have its object id and its number, because their pages are its
 * pages too.
 */
final class TreeInfo {

  /** What a tree holds. */
  enum Role {
    DATABASE("the database", 0),
    TABLE("table", 0),
    INDEX("index", PageFlags.INDEX),
    LONG_VALUES("long values", PageFlags.LONG_VALUE);

    private final String words;
    private final int pageFlags;

    Role(String words, int pageFlags) {
      this.words = words;
      this.pageFlags = pageFlags;
    }
  }

  private final int number;
  private final Role role;
  private final long objectId;
  private final long root;
  private final @Nullable TreeInfo parent;
  private boolean incomplete;
  private boolean closed;
  private boolean nonUnique;
  private long nodes;

  TreeInfo(int number, Role role, long objectId, long root, @Nullable TreeInfo parent) {
    this.number = number;
    this.role = role;
    this.objectId = objectId;
    this.root = root;
    this.parent = parent;
  }

  /** From 1 on, in the order in which trees are met; parents before children. */
  int number() {
    return number;
  }

  Role role() {
    return role;
  }

  long objectId() {
    return objectId;
  }

  long root() {
    return root;
  }

  /** The tree that gave the pages; null for the root of the database. */
  @Nullable
  TreeInfo parent() {
    return parent;
  }

  /** The number of the parent; 0 for the root of the database. */
  int parentNumber() {
    return parent == null ? 0 : parent.number;
  }

  /** The root page of the parent; 0 for the root of the database. */
  long parentRoot() {
    return parent == null ? 0 : parent.root;
  }

  /** Whether the pages of another tree came from this one. */
  boolean isAbove(TreeInfo other) {
    for (TreeInfo at = other.parent; at != null; at = at.parent) {
      if (at == this) {
        return true;
      }
    }
    return false;
  }

  /** The flags that tell the kinds of trees apart, as this tree must have them. */
  int kindFlags() {
    return role.pageFlags | (nonUnique ? PageFlags.NON_UNIQUE_KEYS : 0);
  }

  boolean isNonUnique() {
    return nonUnique;
  }

  void setNonUnique(boolean repeats) {
    nonUnique = repeats;
  }

  /** Whether a part of the tree could not be read: what is missing elsewhere may lie there. */
  boolean isIncomplete() {
    return incomplete;
  }

  void setIncomplete() {
    incomplete = true;
  }

  /** Whether the root could not be read, so that nothing of the tree is known. */
  boolean isClosed() {
    return closed;
  }

  void setClosed() {
    closed = true;
  }

  /** Nodes of the leaves that are not deleted. */
  long nodes() {
    return nodes;
  }

  void countNode() {
    nodes++;
  }

  Finding.Tree name() {
    return new Finding.Tree(objectId, root);
  }

  @Override
  public String toString() {
    return role == Role.DATABASE ? role.words : role.words + " of object " + objectId;
  }
}
