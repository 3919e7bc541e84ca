package org.jetbackup.engine.backup;

import java.io.Closeable;
import java.nio.ByteBuffer;
import org.jetbackup.api.error.JetException;

/** The verified bytes of one file of a backup, read from its first to its last. For one thread. */
interface Content extends Closeable {

  /** How many bytes there are. */
  long size();

  /** What the room in a target has to be a multiple of. */
  int unit();

  /**
   * Reads on into a target with room for at least one unit, and answers how many bytes; 0 at the
   * end.
   *
   * @throws JetException if what is there cannot be read or is not as it was written
   */
  int read(ByteBuffer target);

  @Override
  void close();
}
