/**
 * The model engine: whole-state snapshots plus an operation log, small enough to be read in one go.
 *
 * <p>It is what the kit is tested with. {@code new ModelEngine()} honours the contract and every
 * capability; {@code new ModelEngine(decisions)} breaks the one rule that is overridden in the
 * given {@link org.jetbackup.tck.selftest.model.Decisions}, and the kit has to notice.
 *
 * <p>How it works, bottom to top:
 *
 * <ul>
 *   <li>{@code Bytes}, {@code Change}, {@code Tables}, {@code State}: immutable values. A committed
 *       state is replaced, never changed.
 *   <li>{@code Disk}, {@code Frame}: durable file operations, and the checksummed block of which
 *   every
 *       file consists.
 *   <li>{@code LogFile}, {@code Log}: a commit is one forced record at the end of the current log
 *       generation. {@code DatabaseFile}: a snapshot of one database, replaced as a whole.
 *   <li>{@code Store}: what an initialized instance holds; {@code Replay}: snapshot and log joined.
 *   <li>{@code BackupDirectory}, {@code Manifest}, {@code Backup}, {@code Restore}.
 *   <li>{@code ModelInstance}, {@code ModelSession}, {@code ModelDatabase}, {@code ModelTable},
 *       {@code ModelCursor}: the api.
 * </ul>
 *
 * <p>One lock, that of the {@code Store}; no callback and no backup or recovery event is sent under
 * it.
 */
@NullMarked
package org.jetbackup.tck.selftest.model;

import org.jspecify.annotations.NullMarked;
