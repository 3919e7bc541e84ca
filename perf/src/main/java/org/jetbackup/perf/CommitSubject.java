package org.jetbackup.perf;

import java.io.Closeable;
import java.io.IOException;

/** Something that makes a record durable before it returns. */
interface CommitSubject extends Closeable {

  /**
   * Commits one record.
   *
   * @param thread which of the threads calls, from 0 on; each is one thread for good
   * @param key the key, another one each time
   * @param value the value
   */
  void commit(int thread, byte[] key, byte[] value) throws IOException;

  @Override
  void close() throws IOException;
}
