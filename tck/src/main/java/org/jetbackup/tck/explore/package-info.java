/**
 * Lets an engine crash at every moment of small {@linkplain org.jetbackup.tck.explore.Workload
 * workloads} and judges what it makes of every state that such a crash can leave; and lets every
 * file operation of a call go wrong in turn and judges what the call makes of that.
 *
 * <pre>
 * Explorations      of one run of the kit: each workload under each profile once, on demand
 *   WorkloadRun     plays a workload on the recording file system; Expectation says what is legal when
 *   Explorer        collects the states, sorts equal ones out, has them judged on all processors
 *     Judge         opens the engine on one state: init, restore, roll forward, next backups, and
 *                   the same again when init crashes too
 *   Finding         what a judge has seen; Exploration: all findings of one workload and profile
 *   ReplayFile      one failing state as text
 *
 * FaultSweep        of one run of the kit: the first call of each workload once, on demand
 *   FaultKind       a kind of fault; at which operations it can be, with which number
 *   FaultTrial      makes the call with one fault, in a world of its own
 *     Aftermath     judges the state, makes the call again, lets the process die
 *   SweepRow        what came of one kind of fault; FaultTable: all of them for people
 * </pre>
 */
@NullMarked
package org.jetbackup.tck.explore;

import org.jspecify.annotations.NullMarked;
