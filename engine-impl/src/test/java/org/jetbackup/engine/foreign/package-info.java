/**
 * Database files as programs see them that were written by others.
 *
 * <p>Our own reader and writer could share a mistake; these share none. What they cannot do limits
 * what a comparison says: neither checks a checksum, both show an unreadable table as an empty one,
 * NULL and empty look the same, and values that lie outside their record are not found. Source:
 * sections 1, 2 and 13 of the format.
 */
@NullMarked
package org.jetbackup.engine.foreign;

import org.jspecify.annotations.NullMarked;
