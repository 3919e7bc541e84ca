/** What the kit expects: the content of databases as a plain sorted map, and answers of calls. */
@NullMarked
package org.jetbackup.tck.model;

import org.jspecify.annotations.NullMarked;
