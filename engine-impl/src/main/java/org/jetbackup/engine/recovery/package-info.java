/**
 * Brings the databases of an instance to the state that its log promises: looks at the log, redoes
 * what is in it, takes back what was not finished.
 */
@NullMarked
package org.jetbackup.engine.recovery;

import org.jspecify.annotations.NullMarked;
