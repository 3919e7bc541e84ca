/**
 * Versions of records: what they were before changes that some reader does not see yet. In memory
 * only.
 *
 * <pre>
 *   VersionStore --- TableVersions --- KeyVersions: owner (intent), oldest Version -> ... -> latest
 *        |                                                             |
 *        +-- snapshots, oldest first                                   +-- before-image, commit time
 *        +-- versions in the order of their commits (what is cleaned up first)
 * </pre>
 *
 * <p>A reader with snapshot {@code s} looks for the first version of its key with a commit time
 * after {@code s}; its before-image is the answer. Without one the tree has the answer. The reader
 * looks at the versions <em>after</em> it has read the tree, and a before-image is entered before
 * the tree changes; so it never takes a change for older than it is.
 */
@NullMarked
package org.jetbackup.engine.version;

import org.jspecify.annotations.NullMarked;
