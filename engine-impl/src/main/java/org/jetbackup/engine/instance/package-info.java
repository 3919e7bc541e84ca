/**
 * The engine as callers see it: implements the api, and puts everything below together.
 *
 * <p>Locks, in the order in which they are taken: the session of the call, the lock for
 * administration (databases come and go, checkpoints), the turn of the journal, and what comes
 * below it.
 */
@NullMarked
package org.jetbackup.engine.instance;

import org.jspecify.annotations.NullMarked;
