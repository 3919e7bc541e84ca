/**
 * What a crash can leave behind: records what a program does to its files and makes every state of
 * the disk that the power could have failed into.
 *
 * <p>Useful on its own, for any Java code that has to be durable and takes its paths from outside:
 *
 * <pre>{@code
 * try (KitFileSystem files = KitFileSystem.inMemory()) {
 *   CrashRecorder recorder = CrashRecorder.on(files);
 *   save(files.root(), "old");
 *   recorder.begin();                      // what was written so far is durable
 *   save(files.root(), "new");
 *   CrashStates.of(recorder.end(), Profile.WEAK).forEach(state -> {
 *     try (KitFileSystem left = state.image().open()) {
 *       assertTrue(Set.of("old", "new").contains(load(left.root())), state::toString);
 *     }
 *   });
 * }
 * }</pre>
 *
 * <h2>The model</h2>
 *
 * <p>What a file system call changes is split into <i>units</i>, each of which is lost or kept as a
 * whole until something makes it durable:
 *
 * <pre>
 * call                      units                                   durable after
 * write                     one for each sector, one for the size   force of the file
 *                           if the file grows
 * truncate                  one for the size                        force(true) of the file
 * create, mkdir, link,      one for the name                        force of the directory
 * delete
 * move                      one for both names                      force of either directory
 * </pre>
 *
 * <p>Units of one sector, of one size and of one name keep their order; a {@link
 * org.jetbackup.tck.crash.Profile} says what else must. A force counts when it has returned.
 * Attributes (times, permissions) are not modelled: images have none.
 *
 * <p>How the files fit together:
 *
 * <pre>
 * CrashRecorder   listens to a KitFileSystem and makes a Recording
 *   Recording     a Tree to begin with, Events, and the Units that came of them
 *     Situation   one CrashPoint: what is durable there, and what is pending
 *       Choices   the combinations of pending units that a Profile allows, all or the best of them
 *         Image   the tree that one of them makes; equal if the content is equal
 * CrashStates     the loop over all of it; Reduction makes one of them smaller
 * Pool            numbers for contents, so that equal ones are found and held once
 * </pre>
 */
@NullMarked
package org.jetbackup.tck.crash;

import org.jspecify.annotations.NullMarked;
