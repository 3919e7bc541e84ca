/**
 * The specification: what a backup must do, as numbered clauses that people and programs read.
 *
 * <p>The text is in the resources of this package: one Markdown file per chapter in {@code
 * chapters}, whose format {@code guide.md} explains to people and {@link
 * org.jetbackup.spec.Catalogue} reads for programs. A text that breaks the format is refused with
 * its file and line.
 */
package org.jetbackup.spec;
