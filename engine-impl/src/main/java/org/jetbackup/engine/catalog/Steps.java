package org.jetbackup.engine.catalog;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Told of each step that a {@link StepWriter} is about to take, so that it can be taken back. A
 * step sets or removes one entry of one tree, as a whole or not at all.
 */
public interface Steps {

  /**
   * A step follows at once.
   *
   * @param tree which tree of the table it changes
   * @param key the key in that tree, from index 0 to the limit; only good during the call
   * @param old the data that it has now, from index 0 to the limit; null if it is not there. Only
   *     good during the call
   */
  void before(TreeKind tree, ByteBuffer key, @Nullable ByteBuffer old);

  /**
   * With the step that follows next on the records, no record names a value any more.
   *
   * @param longValueId its id; it stays where it is
   */
  void obsolete(long longValueId);
}
