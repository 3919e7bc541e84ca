/** What a backup directory holds, and to which moments it can be restored. */
package org.jetbackup.api.restore;
