package org.jetbackup.engine.verify;

import java.nio.ByteBuffer;
import java.nio.file.Path;

/** Where the bytes of a database come from: a file, or memory in tests. */
interface ByteSource {

  /** The file, for messages. */
  Path path();

  /** The length in bytes. */
  long size();

  /**
   * Fills a buffer from its position to its limit.
   *
   * @throws org.jetbackup.api.error.JetException if the bytes cannot be read, or there are fewer
   */
  void read(ByteBuffer target, long position);
}
