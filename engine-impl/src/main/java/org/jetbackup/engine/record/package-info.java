/**
 * What stands in the nodes of a table: columns, records, normalised keys, long values, and the rows
 * of the catalog.
 *
 * <p>No input or output happens here; everything is bytes in memory. Buffers are little endian and
 * read by absolute index, so that position and limit never change. A view checks the whole record
 * when it moves there, so that nothing it answers afterwards can fail. A record that is broken is
 * {@link org.jetbackup.api.error.JetErr#NODE_CORRUPTED}, a row of the catalog that is a sound
 * record and makes no sense {@link org.jetbackup.api.error.JetErr#CATALOG_CORRUPTED}, and a long
 * value {@link org.jetbackup.api.error.JetErr#LV_CORRUPTED}.
 *
 * <p>Source: the fact sheet of the database file format; section numbers in these comments are its.
 */
@NullMarked
package org.jetbackup.engine.record;

import org.jspecify.annotations.NullMarked;
