/**
 * A backup directory: the sets in it, how one comes to be there and goes again, and whether what
 * lies there is what a backup wrote.
 *
 * <pre>
 *   DIR/
 *     set-000001/                 a published set; of several the one with the highest number counts
 *       manifest.jetbackup        what the full backup consists of, see Manifest
 *       1.sales.edb               a copy of a database
 *       edb00003.log ...          generations, byte for byte
 *       inc-00006-00008/          an incremental backup: the generations of its name, nothing else
 *       jetbackup.staging/        an incremental backup that is being made, or was given up
 *     jetbackup.staging/          a set that is being made, or was given up
 *     jetbackup.retired/          a set that was replaced, on its way out
 * </pre>
 */
@NullMarked
package org.jetbackup.engine.backup.directory;

import org.jspecify.annotations.NullMarked;
