/**
 * B+ trees that live: search, insert, replace, delete, split, merge, and cursors that survive all
 * of it.
 *
 * <p>The records of a tree are in its leaves, which are linked in both directions. The key of a
 * node of a branch page is an exclusive upper bound of what its child holds; the last one of a page
 * is the bound of the page itself, and has no bytes on the right edge of the tree.
 *
 * <p>Locks: the structure lock of a tree is shared by all who read and by those who change a single
 * leaf, so that branch pages stand still for them; who splits or merges holds it alone. Below it
 * come the latches of pages. On the way down a reader holds the parent while it waits for the
 * child; from leaf to leaf it holds nothing while it waits, because it may go either way. A writer
 * of the simple kind goes down as a reader and ends with one latch.
 */
@NullMarked
package org.jetbackup.engine.btree;

import org.jspecify.annotations.NullMarked;
