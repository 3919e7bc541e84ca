/**
 * Lets an engine crash at every moment of small {@linkplain org.jetbackup.tck.explore.Workload
 * workloads} and judges what it makes of every state that such a crash can leave.
 *
 * <pre>
 * Explorations      of one run of the kit: each workload under each profile once, on demand
 *   WorkloadRun     plays a workload on the recording file system; Expectation says what is legal when
 *   Explorer        collects the states, sorts equal ones out, has them judged on all processors
 *     Judge         opens the engine on one state: init, restore, roll forward, next backups, and
 *                   the same again when init crashes too
 *   Finding         what a judge has seen; Exploration: all findings of one workload and profile
 *   ReplayFile      one failing state as text
 * </pre>
 */
@NullMarked
package org.jetbackup.tck.explore;

import org.jspecify.annotations.NullMarked;
