/**
 * One page at a time: searching it, and dividing its nodes among pages. Knows nothing of files and
 * of other pages than those it is handed.
 */
@NullMarked
package org.jetbackup.engine.page;

import org.jspecify.annotations.NullMarked;
