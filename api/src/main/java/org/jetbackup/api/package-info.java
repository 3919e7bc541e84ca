/**
 * The contract of a storage engine that can be backed up while it is in use.
 *
 * <p>An engine is a {@link org.jetbackup.api.JetEngine service}. It creates {@linkplain
 * org.jetbackup.api.JetInstance instances}; an instance owns a log and any number of databases; a
 * {@linkplain org.jetbackup.api.JetSession session} changes them in transactions. The data model is
 * the smallest one that lets anybody observe a backup: tables of byte-string keys in unsigned byte
 * order, each with a byte-string value.
 *
 * <p>Rules that hold for every type of this package and its siblings:
 *
 * <ul>
 *   <li>A failure is a {@link org.jetbackup.api.error.JetException}; its {@link
 *       org.jetbackup.api.error.JetErr} is part of the contract, its text is not.
 *   <li>Nothing is null, with one exception that the contract itself makes: the directory of a
 *       backup (see {@link org.jetbackup.api.JetInstance#backup}).
 *   <li>Paths belong to the file system that the caller chose; an engine touches no other.
 *   <li>What an engine does not offer it refuses with {@code JET_errFeatureNotAvailable} (-1001) and
 *       without a side effect. The default methods do just that, so that an adapter stays small.
 *       Source: specification chapter {@code capabilities}.
 * </ul>
 */
package org.jetbackup.api;
