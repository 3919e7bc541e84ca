package org.jetbackup.engine.btree;

import java.nio.ByteBuffer;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.StampedLock;
import org.jetbackup.api.error.JetErr;
import org.jetbackup.api.error.JetException;
import org.jetbackup.api.error.Subject;
import org.jetbackup.engine.buffer.Change;
import org.jetbackup.engine.buffer.Frame;
import org.jetbackup.engine.buffer.PageCache;
import org.jetbackup.engine.buffer.PagedFile;
import org.jetbackup.engine.format.NodeView;
import org.jetbackup.engine.format.PageView;
import org.jetbackup.engine.page.PageSearch;

/**
 * One tree of a database: its root page, which never moves, and the lock of its structure. Of each
 * tree there must be one object only. Thread-safe; {@link TreeCursor} and {@link TreeWriter} are
 * for one thread each.
 */
public final class Tree {

  /** Deeper trees do not fit the page numbers; a path this long goes round in circles. */
  static final int DEPTH_MAX = 16;

  private final PageCache cache;
  private final PagedFile file;
  private final long root;
  private final long objectId;
  private final PageAllocator allocator;
  private final StampedLock structure = new StampedLock();

  private final Lock alone = structure.asWriteLock();

  /** Rises with every split and merge; under the structure lock. */
  private long version;

  /** Under the structure lock. */
  private boolean retired;

  /**
   * Describes a tree that exists.
   *
   * @param cache the cache
   * @param file the database file
   * @param root the number of its root page
   * @param objectId the object id that all its pages carry
   * @param allocator where its pages come from
   */
  public Tree(PageCache cache, PagedFile file, long root, long objectId, PageAllocator allocator) {
    this.cache = cache;
    this.file = file;
    this.root = root;
    this.objectId = objectId;
    this.allocator = allocator;
  }

  /**
   * Describes a tree that nobody changes, so that there may be several objects of it.
   *
   * @param cache the cache
   * @param file the database file, open for reading only
   * @param root the number of its root page
   * @param objectId the object id that all its pages carry
   * @return the tree; it takes no page and gives none back
   * @throws IllegalArgumentException if the file is open for writing
   */
  public static Tree forReading(PageCache cache, PagedFile file, long root, long objectId) {
    if (file.isWritable()) {
      throw new IllegalArgumentException(file.path() + " is open for writing");
    }
    return new Tree(cache, file, root, objectId, NoPages.INSTANCE);
  }

  /** {@return the number of the root page} */
  public long root() {
    return root;
  }

  /** {@return the object id} */
  public long objectId() {
    return objectId;
  }

  /** {@return a new cursor, for one thread} */
  public TreeCursor cursor() {
    return new TreeCursor(this);
  }

  /** {@return a new writer, for one thread} */
  public TreeWriter writer() {
    return new TreeWriter(this, new Change(cache, file), null);
  }

  /**
   * Makes a writer that works inside the changes of others only, for one thread at a time.
   *
   * @param idle a change that it never uses, so that many writers can have the same
   * @param workspace shared with other trees; its users see to it that one of them works at a time
   * @return the writer
   */
  public TreeWriter writer(Change idle, TreeWorkspace workspace) {
    return new TreeWriter(this, idle, workspace);
  }

  /**
   * Keeps everybody else away until a change ends, so that it may write to this tree among others.
   * Called before the change owns a page.
   *
   * @param change the open change
   */
  public void hold(Change change) {
    change.hold(alone);
    version++;
  }

  /**
   * Ends all use of the tree; called when it is gone, by whoever holds it alone. Every later call
   * of its cursors and writers answers {@link JetErr#OBJECT_NOT_FOUND}.
   */
  public void retire() {
    retired = true;
  }

  PageCache cache() {
    return cache;
  }

  PagedFile file() {
    return file;
  }

  PageAllocator allocator() {
    return allocator;
  }

  StampedLock structure() {
    return structure;
  }

  long version() {
    return version;
  }

  void structureChanges() {
    version++;
  }

  /**
   * Finds the leaf in which a key belongs; the structure lock is held.
   *
   * @return its frame, shared
   */
  Frame shareLeaf(ByteBuffer key, NodeView node) {
    Frame frame = shareRoot();
    for (int depth = 1; !frame.view().isLeaf(); depth++) {
      frame = step(frame, depth, key, node);
    }
    return frame;
  }

  /** Finds the first leaf, or the last one. */
  Frame shareEdge(boolean last, NodeView node) {
    Frame frame = shareRoot();
    for (int depth = 1; !frame.view().isLeaf(); depth++) {
      long child;
      try {
        int tag = last ? frame.view().tagCount() - 1 : 1;
        child = node.moveTo(frame.view(), tag).child();
      } catch (RuntimeException | Error e) {
        frame.release();
        throw e;
      }
      frame = shareChild(frame, child, depth);
    }
    return frame;
  }

  /** Finds the leaf in which a key belongs and owns it; the structure lock is held. */
  Frame ownLeaf(Change change, ByteBuffer key, NodeView node) {
    Frame frame = shareRoot();
    if (frame.view().isLeaf()) {
      frame.release(); // it stays a leaf, because the structure stands still
      return change.own(root);
    }
    for (int depth = 1; !frame.view().isParentOfLeaves(); depth++) {
      frame = step(frame, depth, key, node);
    }
    Frame leaf;
    try {
      PageSearch.childFor(frame.view(), node, key);
      leaf = change.own(node.child());
    } finally {
      frame.release();
    }
    requireChild(leaf.view(), true);
    return leaf;
  }

  /** Latches a leaf that another leaf named as its neighbour; no latch is held. */
  Frame shareNeighbour(long from, long number, boolean behind) {
    Frame frame = cache.share(file, number);
    boolean fits = false;
    try {
      requireNeighbour(from, frame.view(), behind);
      fits = true;
    } finally {
      if (!fits) {
        frame.release();
      }
    }
    return frame;
  }

  /** Throws unless a leaf that another leaf named as its neighbour says the same of that one. */
  void requireNeighbour(long from, PageView page, boolean behind) {
    requireChild(page, true);
    long back = behind ? page.previous() : page.next();
    if (back != from) {
      throw page.corrupted(JetErr.BAD_PAGE_LINK, Subject.value("neighbour", back, "" + from));
    }
  }

  /** Throws unless a page that another page points to belongs to the tree, below its root. */
  void requireChild(PageView page, boolean leaf) {
    requireMember(page, leaf);
    if (page.isRoot()) {
      throw page.corrupted(
          JetErr.BAD_PARENT_PAGE_LINK, Subject.value("flags", page.flags(), "no root"));
    }
  }

  /** Throws unless a page that this tree points to belongs to it and stands where it should. */
  void requireMember(PageView page, boolean leaf) {
    if (page.objectId() != objectId) {
      throw page.corrupted(
          JetErr.BAD_PAGE_LINK, Subject.value("object id", page.objectId(), "" + objectId));
    }
    if (page.isLeaf() != leaf) {
      throw page.corrupted(
          JetErr.BAD_PARENT_PAGE_LINK,
          Subject.value("flags", page.flags(), leaf ? "leaf" : "branch"));
    }
    if (!leaf && page.tagCount() < 2) {
      throw page.corrupted(
          JetErr.BAD_PARENT_PAGE_LINK, Subject.value("children", page.tagCount() - 1, "from 1 on"));
    }
  }

  void requireThere() {
    if (retired) {
      throw JetException.of(
          JetErr.OBJECT_NOT_FOUND, Subject.path(file.path()), Subject.value("object id", objectId));
    }
  }

  private Frame shareRoot() {
    requireThere();
    Frame frame = cache.share(file, root);
    boolean fits = false;
    try {
      PageView page = frame.view();
      requireMember(page, page.isLeaf());
      if (!page.isRoot()) {
        throw page.corrupted(JetErr.BAD_PAGE_LINK, Subject.value("flags", page.flags(), "a root"));
      }
      fits = true;
    } finally {
      if (!fits) {
        frame.release();
      }
    }
    return frame;
  }

  private Frame step(Frame parent, int depth, ByteBuffer key, NodeView node) {
    long child;
    try {
      PageSearch.childFor(parent.view(), node, key);
      child = node.child();
    } catch (RuntimeException | Error e) {
      parent.release();
      throw e;
    }
    return shareChild(parent, child, depth);
  }

  /** Latches the child before the parent is let go. */
  private Frame shareChild(Frame parent, long child, int depth) {
    try {
      requireDepth(parent.view(), depth);
      boolean leaf = parent.view().isParentOfLeaves();
      Frame frame = cache.share(file, child);
      boolean fits = false;
      try {
        requireChild(frame.view(), leaf);
        fits = true;
      } finally {
        if (!fits) {
          frame.release();
        }
      }
      return frame;
    } finally {
      parent.release();
    }
  }

  static void requireDepth(PageView page, int depth) {
    if (depth >= DEPTH_MAX) {
      throw page.corrupted(
          JetErr.BAD_PARENT_PAGE_LINK, Subject.value("depth", depth, "below " + DEPTH_MAX));
    }
  }
}
