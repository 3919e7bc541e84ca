/**
 * The offline checker of a database file: reads a file that nobody writes to, and tells everything
 * that is wrong with it and where.
 *
 * <p>It shares no code with the parts that write trees, extents and the catalog; it knows the
 * layouts of {@link org.jetbackup.engine.format} and the records of {@code record}, and comes to
 * its own conclusions. A mistake in the writer is then no mistake in the checker too. It repairs
 * nothing, believes nothing that it has read, and needs memory for two numbers a page.
 *
 * <p>Entry: {@link org.jetbackup.engine.verify.DatabaseVerifier}.
 */
@NullMarked
package org.jetbackup.engine.verify;

import org.jspecify.annotations.NullMarked;
