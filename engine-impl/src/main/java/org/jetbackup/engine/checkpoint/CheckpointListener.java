package org.jetbackup.engine.checkpoint;

import org.jetbackup.api.error.JetException;

/** Who is told of checkpoints, on the thread that made them. */
public interface CheckpointListener {

  /**
   * A checkpoint is durable.
   *
   * @param address where it is
   * @param nanos how long it took
   */
  void done(long address, long nanos);

  /**
   * A checkpoint could not be made; the one before it still holds.
   *
   * @param failure why
   */
  void failed(JetException failure);
}
