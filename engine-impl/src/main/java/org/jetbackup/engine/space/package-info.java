/**
 * Extents: which pages a tree owns, and which of them are free.
 *
 * <p>Every tree but the database's own root gets its pages from a parent tree; the root gets them
 * from the end of the file. What a tree owns and what of it is free is written in two more trees,
 * which split like any other and need pages themselves. The rule that ends this recursion:
 *
 * <ol>
 *   <li>A tree of extents takes the pages for its own splits from its split buffer, and from nowhere
 *       else.
 *   <li>Before an extent is entered into such a tree, its split buffer is filled up to what that entry
 *       can need at most.
 *   <li>It is filled with an extent from the parent, which first goes into the buffer and only then is
 *       entered as owned; should that split the tree of owned extents, the pages are there already.
 *   <li>So needs go upwards only. The root takes from its free extents, whose nodes shrink without a
 *       split, or lets the file grow, which changes its single owned extent in place.
 *   <li>Pages that fall out of a tree of extents are entered as free after the change that set them
 *       free, one by one.
 * </ol>
 *
 * <p>One lock per database guards all of this; it is taken before the first latch of a change, and
 * held until the change ends.
 */
@NullMarked
package org.jetbackup.engine.space;

import org.jspecify.annotations.NullMarked;
