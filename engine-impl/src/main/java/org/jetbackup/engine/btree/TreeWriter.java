package org.jetbackup.engine.btree;

import java.nio.ByteBuffer;
import java.util.function.BiFunction;
import org.jetbackup.api.error.JetErr;
import org.jetbackup.api.error.JetException;
import org.jetbackup.api.error.Subject;
import org.jetbackup.engine.buffer.Change;
import org.jetbackup.engine.buffer.Frame;
import org.jetbackup.engine.format.NodeView;
import org.jetbackup.engine.format.PageEditor;
import org.jetbackup.engine.format.PageView;
import org.jetbackup.engine.page.NodeList;
import org.jetbackup.engine.page.PageSearch;
import org.jspecify.annotations.Nullable;

/**
 * Changes the records of a tree, one record a call; every call happens as a whole or not at all.
 *
 * <p>Most changes touch one leaf: they share the structure lock, own that leaf and are done. What
 * does not fit, or leaves a leaf thin, is done again with the structure lock held alone. For one
 * thread; writers of several threads may change one tree. Keys and data are in little-endian
 * buffers from index 0 to their limit; the data has at least one byte. A record that no page has
 * room for is {@link JetErr#RECORD_TOO_BIG}.
 */
public final class TreeWriter {

  private enum Kind {
    INSERT,
    REPLACE,
    PUT,
    DELETE
  }

  private final Tree tree;
  private final Change change;

  /** Shared with other trees; null if this writer makes its own. */
  private final @Nullable TreeWorkspace workspace;

  private final int room;
  private final NodeView node = new NodeView();
  private final ByteBuffer nothing = ByteBuffer.allocate(0);

  /** Made when it is first needed, because many writers never split a page. */
  private @Nullable Restructuring restructuring;

  /** Whether the leaf alone was enough for the write in progress. */
  private boolean simple;

  TreeWriter(Tree tree, Change change, @Nullable TreeWorkspace workspace) {
    this.tree = tree;
    this.change = change;
    this.workspace = workspace;
    this.room = NodeList.room(tree.file().pageSize());
  }

  /**
   * Adds a record.
   *
   * @param key a key that is not there
   * @param data the data
   * @throws JetException {@link JetErr#KEY_DUPLICATE}, or another failure
   */
  public void insert(ByteBuffer key, ByteBuffer data) {
    if (!write(Kind.INSERT, key, data)) {
      throw JetException.of(JetErr.KEY_DUPLICATE, Subject.path(tree.file().path()));
    }
  }

  /**
   * Adds a record, unless there is one with its key.
   *
   * @param key the key
   * @param data the data
   * @return false if there is such a record already
   */
  public boolean tryInsert(ByteBuffer key, ByteBuffer data) {
    return write(Kind.INSERT, key, data);
  }

  /**
   * Gives a record other data.
   *
   * @param key the key
   * @param data the data
   * @return false if there is no such record
   */
  public boolean replace(ByteBuffer key, ByteBuffer data) {
    return write(Kind.REPLACE, key, data);
  }

  /**
   * Sets the data of a key, whether it was there or not.
   *
   * @param key the key
   * @param data the data
   */
  public void put(ByteBuffer key, ByteBuffer data) {
    write(Kind.PUT, key, data);
  }

  /**
   * Removes a record.
   *
   * @param key the key
   * @return false if there is no such record
   */
  public boolean delete(ByteBuffer key) {
    return write(Kind.DELETE, key, nothing);
  }

  /**
   * Sets the data of a key inside an open change. Until it has ended the caller keeps all others
   * away from the tree.
   *
   * @param open the change
   * @param key the key
   * @param data the data
   */
  public void putWithin(Change open, ByteBuffer key, ByteBuffer data) {
    requireRoom(key, data);
    restructuring().put(open, key, data, true, true);
  }

  /**
   * Removes a record inside an open change. Until it has ended the caller keeps all others away
   * from the tree.
   *
   * @param open the change
   * @param key the key
   * @return false if there is no such record
   */
  public boolean deleteWithin(Change open, ByteBuffer key) {
    return restructuring().delete(open, key);
  }

  /**
   * Finds the first record whose key is not smaller than a key, inside an open change. Until it has
   * ended the caller keeps all others away from the tree.
   *
   * @param open the change
   * @param key the key
   * @param reader makes the answer from the record, which it must not keep
   * @param <T> the type of the answer
   * @return the answer; null if there is no such record
   */
  public <T> @Nullable T searchWithin(
      Change open, ByteBuffer key, BiFunction<PageView, NodeView, T> reader) {
    return restructuring().search(open, key, reader);
  }

  /**
   * Counts the pages that {@link #putWithin} of a new key would take, at most. For trees whose keys
   * all have one length.
   *
   * @param open the change
   * @param key the key
   * @param dataLength the length of the data
   * @return how many pages, 0 if the leaf has room
   */
  public int pagesNeeded(Change open, ByteBuffer key, int dataLength) {
    return restructuring().pagesNeeded(open, key, dataLength);
  }

  private boolean write(Kind kind, ByteBuffer key, ByteBuffer data) {
    if (kind != Kind.DELETE) {
      requireRoom(key, data);
    }
    long stamp = tree.structure().readLock();
    try {
      boolean done = writeLeaf(kind, key, data);
      if (simple) {
        return done;
      }
    } finally {
      tree.structure().unlockRead(stamp);
    }
    stamp = tree.structure().writeLock();
    try {
      tree.structureChanges();
      return restructure(kind, key, data);
    } finally {
      tree.structure().unlockWrite(stamp);
    }
  }

  private boolean writeLeaf(Kind kind, ByteBuffer key, ByteBuffer data) {
    simple = false;
    change.beginSimple();
    try {
      return tryInLeaf(kind, key, data);
    } finally {
      if (simple) {
        change.commit();
      } else {
        change.rollback();
      }
    }
  }

  private boolean restructure(Kind kind, ByteBuffer key, ByteBuffer data) {
    boolean finished = false;
    change.begin();
    try {
      tree.allocator().prepare(change);
      boolean done = kind == Kind.DELETE
          ? restructuring().delete(change, key)
          : restructuring().put(change, key, data, kind != Kind.INSERT, kind != Kind.REPLACE);
      finished = true;
      return done;
    } finally {
      if (finished) {
        change.commit();
      } else {
        change.rollback();
      }
    }
  }

  /** Does what one leaf has room for; otherwise {@link #simple} stays false and nothing is done. */
  private boolean tryInLeaf(Kind kind, ByteBuffer key, ByteBuffer data) {
    Frame leaf = tree.ownLeaf(change, key, node);
    PageView page = leaf.view();
    int tag = PageSearch.firstNotBelow(page, node, key);
    boolean there = tag < page.tagCount() && node.compareKey(key) == 0;
    boolean wanted = there ? kind != Kind.INSERT : kind == Kind.INSERT || kind == Kind.PUT;
    if (!wanted) {
      simple = true;
      return false;
    }
    PageEditor editor = change.look(leaf);
    boolean fits;
    if (kind == Kind.DELETE) {
      fits = page.isRoot() || !becomesThin(page);
    } else if (there) {
      fits = editor.fitsInstead(node, data.limit());
    } else {
      fits = editor.fits(editor.cost(key, data.limit()));
    }
    if (fits) {
      change.edit(leaf);
      if (kind == Kind.DELETE) {
        editor.remove(tag);
      } else if (there) {
        editor.replaceData(tag, node, data, 0, data.limit());
      } else {
        editor.insert(tag, 0, key, data, 0, data.limit());
      }
      simple = true;
    }
    return true;
  }

  /** Asks only when the page passes a mark, not for every record that leaves a thin page. */
  private boolean becomesThin(PageView page) {
    if (page.tagCount() <= 2) {
      return true;
    }
    int used = room - page.freeBytes();
    int left = used - node.dataLength() - node.keyLength();
    for (int mark = room / 4; mark > room / 64; mark /= 2) {
      if (used >= mark && left < mark) {
        return true;
      }
    }
    return false;
  }

  private void requireRoom(ByteBuffer key, ByteBuffer data) {
    int cost = NodeList.cost(key.limit(), data.limit());
    if (cost > room) {
      throw JetException.of(
          JetErr.RECORD_TOO_BIG,
          Subject.path(tree.file().path()),
          Subject.value("bytes of key and data", cost, "up to " + room));
    }
  }

  private Restructuring restructuring() {
    Restructuring here = restructuring;
    if (here == null) {
      TreeWorkspace own = workspace == null ? new TreeWorkspace(tree.file().pageSize()) : workspace;
      here = new Restructuring(tree, own);
      restructuring = here;
    }
    return here;
  }
}
