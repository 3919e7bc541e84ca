package org.jetbackup.engine.btree;

import java.nio.ByteBuffer;
import org.jetbackup.engine.format.PageSize;
import org.jetbackup.engine.page.NodeList;

/**
 * What splitting and merging need of memory besides the pages themselves, about a dozen pages.
 * Trees of which only one is restructured at a time share one, so that a database with many tables
 * stays small. For whoever holds the lock that sees to that.
 */
public final class TreeWorkspace {

  /** The nodes that are laid out anew. */
  final NodeList nodes;

  /** The prefix of the page that is laid out, or the upper one of two keys. */
  final ByteBuffer prefix;

  /** The key that goes into the parent, the header of a root, or the lower one of two keys. */
  final ByteBuffer separator;

  /** No bytes. */
  final ByteBuffer empty;

  /**
   * Takes the memory.
   *
   * @param size the size of the pages
   */
  public TreeWorkspace(PageSize size) {
    this.nodes = new NodeList(size);
    this.prefix = size.newBuffer();
    this.separator = size.newBuffer();
    this.empty = size.newBuffer().limit(0);
  }
}
