/**
 * Places in an engine's files: page numbers, log generations and log positions.
 *
 * <p>A number that means a place has a type of its own, so that a page number cannot be passed
 * where a generation is wanted. This package knows nobody; every other package of the api may use
 * it. A value that cannot exist is rejected with {@link IllegalArgumentException}, because building
 * one is a mistake in the program and never an answer of an engine.
 */
package org.jetbackup.api.position;
