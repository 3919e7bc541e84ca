/**
 * What the engine tells of itself, in three ways: {@link org.jetbackup.engine.event.EventLog} for
 * operators, one line for each thing worth knowing; {@link org.jetbackup.engine.event.Counters} for
 * numbers that are always counted; and events for the flight recorder of the Java machine, which
 * cost nothing until somebody records them. Knows no other part of the engine but the names of
 * pages and files.
 */
@NullMarked
package org.jetbackup.engine.event;

import org.jspecify.annotations.NullMarked;
