/** The table of clause LIFE-13: what an instance answers to each call in each state of its life. */
@NullMarked
package org.jetbackup.tck.life;

import org.jspecify.annotations.NullMarked;
