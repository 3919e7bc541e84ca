/**
 * What an engine tells while it works: events for operators and tests.
 *
 * <p>An engine sends a {@link org.jetbackup.api.event.JetEvent} to the {@link
 * org.jetbackup.api.event.EventListener} of its instance at the steps of a backup, a restore and a
 * recovery, and at every failure of a file. Numbers are those of the original's event log; {@link
 * org.jetbackup.api.event.EventId} lists those that matter here. Events never carry the outcome of
 * a call: that is its result or its exception.
 */
package org.jetbackup.api.event;
