/** What a backup is asked for, what it tells meanwhile, and what it leaves in database headers. */
package org.jetbackup.api.backup;
