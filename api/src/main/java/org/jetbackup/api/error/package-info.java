/**
 * What can go wrong, and how an engine says so.
 *
 * <p>Every failure of the api is one {@link org.jetbackup.api.error.JetException}. It carries the
 * code, a {@link org.jetbackup.api.error.JetErr}, and the {@link org.jetbackup.api.error.Subject
 * subjects} it is about: a path, a page, a generation, a value with its limit. Codes have the
 * original's numbers, symbols and {@link org.jetbackup.api.error.JetErrorCategory categories}; the
 * meanings are written anew.
 *
 * <p>Three kinds of failure are kept apart by {@link org.jetbackup.api.error.Blame}: a mistake of
 * the caller, a failure of the world, and a defect of the engine. A null argument is none of these:
 * it is answered with {@link NullPointerException} unless a method says otherwise.
 */
package org.jetbackup.api.error;
