/**
 * The engine under writers, killed again and again: a process that works, one that kills it, and
 * the account of what may be lost.
 */
@NullMarked
package org.jetbackup.engine.soak;

import org.jspecify.annotations.NullMarked;
