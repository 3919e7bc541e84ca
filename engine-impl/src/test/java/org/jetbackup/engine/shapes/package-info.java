/**
 * Whole databases: files of many shapes, compared with what they should hold by our own reader, by
 * readers that others wrote, and by the offline check.
 */
@NullMarked
package org.jetbackup.engine.shapes;

import org.jspecify.annotations.NullMarked;
