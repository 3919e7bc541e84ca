/** The kit's judgement of the reference engine. */
@NullMarked
package org.jetbackup.engine.conformance;

import org.jspecify.annotations.NullMarked;
