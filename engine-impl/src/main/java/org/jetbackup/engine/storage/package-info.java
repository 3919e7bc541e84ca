/**
 * Files over {@code java.nio.file}, on whatever file system the caller's paths belong to.
 *
 * <p>{@link org.jetbackup.engine.storage.DataFile} is one open file, {@link
 * org.jetbackup.engine.storage.Directories} is about names, {@link
 * org.jetbackup.engine.storage.InstanceLock} keeps two owners apart, and {@link
 * org.jetbackup.engine.storage.DoubleWrite} makes the writing of pages atomic. All failures are
 * {@link org.jetbackup.api.error.JetException}s with the path; an interrupt is never one.
 */
@NullMarked
package org.jetbackup.engine.storage;

import org.jspecify.annotations.NullMarked;
