/** Measurements. Each runs beside a control in the same run, since only their ratio says much. */
@NullMarked
package org.jetbackup.perf;

import org.jspecify.annotations.NullMarked;
