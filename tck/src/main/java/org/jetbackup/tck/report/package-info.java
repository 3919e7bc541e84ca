/**
 * What a run of the kit found: an outcome for every test, from these one for every clause, and the
 * files that say so (JSON, which holds everything, and JUnit XML and HTML, which are made from the
 * same data).
 *
 * <p>Everything here is a value or a function of values. Nothing reads a clock, a file or a system
 * property, so two runs that saw the same give the same text, times apart.
 */
@NullMarked
package org.jetbackup.tck.report;

import org.jspecify.annotations.NullMarked;
