/**
 * The page cache and changes of pages.
 *
 * <p>Locks, in the order in which they are taken; nobody waits for one to the left while holding
 * one to the right:
 *
 * <pre>{@code
 * structure of a tree -> space of a database -> latches of pages -> flush -> eviction -> table
 * }</pre>
 *
 * <p>The order of latches is one of pages, so a thread waits for a page and not for a frame: it
 * stops when the frame that it found gets another page. Whoever writes pages back never waits for a
 * latch while it holds the flush lock: a page that is latched just then is left for later. That is
 * why a thread that holds latches may make room in the cache.
 */
@NullMarked
package org.jetbackup.engine.buffer;

import org.jspecify.annotations.NullMarked;
