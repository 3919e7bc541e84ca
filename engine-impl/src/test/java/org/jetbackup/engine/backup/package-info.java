/** Tests of the backup, at its own seams; what every engine must do is the kit's matter. */
@NullMarked
package org.jetbackup.engine.backup;

import org.jspecify.annotations.NullMarked;
