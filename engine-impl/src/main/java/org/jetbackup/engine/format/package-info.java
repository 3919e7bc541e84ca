/**
 * Every layout on disk: sizes, offsets, checksums, headers, pages, tags and nodes.
 *
 * <p>No input or output happens here, and nothing is repaired. A page is a little-endian {@link
 * java.nio.ByteBuffer} whose index 0 is the first byte of the page; all reading is by absolute
 * index, so that position and limit of the buffer never change and one page may have many readers.
 * Whatever comes from a file is checked before it is used, and what is wrong with it is told as a
 * {@link org.jetbackup.api.error.JetException} that names file, page and value.
 *
 * <p>Source: the fact sheet of the database file format; section numbers in these comments are its.
 */
@NullMarked
package org.jetbackup.engine.format;

import org.jspecify.annotations.NullMarked;
