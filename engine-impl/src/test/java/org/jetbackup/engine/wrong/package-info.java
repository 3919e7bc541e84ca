/**
 * The reference engine with one decision wrong, for each of the kit's wrong engines that has a
 * counterpart here, and the kit's verdicts on them.
 *
 * <p>The classes of this package are loaded twice: by the tests, and by each engine with a bug,
 * whose code calls {@link org.jetbackup.engine.wrong.Instead} and is made from the advice beside it.
 */
@NullMarked
package org.jetbackup.engine.wrong;

import org.jspecify.annotations.NullMarked;
