/**
 * Databases and tables: the files, the rows that describe them, and the records of tables.
 *
 * <p>Locks: the locks of single keys come before the lock for definitions (one per database),
 * because a writer may have to make the tree of long values; both come before all that the packages
 * below take. A change of definitions is one change of pages: it holds the structure of every tree
 * that it touches, catalog first, until it ends.
 */
@NullMarked
package org.jetbackup.engine.catalog;

import org.jspecify.annotations.NullMarked;
