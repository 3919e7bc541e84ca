/**
 * Transactions: snapshots for readers, write sets for writers, and commits that happen as a whole.
 *
 * <p>Locks: the turn, then those of the tables; monitors of versions and of pending removals are
 * taken last, and nothing is read or written inside them.
 */
@NullMarked
package org.jetbackup.engine.transaction;

import org.jspecify.annotations.NullMarked;
