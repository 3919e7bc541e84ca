/**
 * The tests of the kit, grouped by the chapters of the specification; every test names the clauses for
 * which it stands.
 */
@NullMarked
package org.jetbackup.tck.suite;

import org.jspecify.annotations.NullMarked;
