/**
 * The file system that the kit puts under an engine.
 *
 * <p>It wraps another file system (in memory, or a directory on disk) and lets nothing past it:
 * every call becomes an {@link org.jetbackup.tck.storage.Operation}, passes one gate, and may be
 * made to fail, be recorded, or be refused because the instance above it was abandoned. {@link
 * org.jetbackup.tck.storage.KitFileSystem} is the way in, {@link
 * org.jetbackup.tck.storage.Story} the way to read a trace.
 *
 * <p>How the files fit together, from the caller down:
 *
 * <pre>
 * KitFileSystem            control: faults, trace, counters, handles, freeze
 *   GatedFileSystem        java.nio.file face: GatedProvider, GatedPath, GatedFileStore, ...
 *     FileOpener           options to channels: GatedChannel, DirectoryChannel
 *       Gate               numbers every operation and asks the interceptors
 *         Interceptor      Faults, Recorder (and whatever is added later)
 *       PathMapping        wrapped paths to the paths of the file system below, and back
 * </pre>
 */
@NullMarked
package org.jetbackup.tck.storage;

import org.jspecify.annotations.NullMarked;
