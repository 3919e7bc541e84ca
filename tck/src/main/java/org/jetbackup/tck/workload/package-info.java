/**
 * Histories: what the kit does to an engine, as text that people read and the kit replays; the
 * oracle that knows which answers and which restored states are allowed; and the ways to come by
 * histories, all of them up to a length or some by chance.
 */
@NullMarked
package org.jetbackup.tck.workload;

import org.jspecify.annotations.NullMarked;
