package org.jetbackup.perf;

import java.io.Closeable;

/**
 * What every store that is measured can do. One adapter for each; none does more than its store
 * asks for. A store is used by one thread.
 */
interface KeyValueStore extends Closeable {

  /** Adds a record whose key is not there. */
  void insert(byte[] key, byte[] value);

  /** Copies the value of a key; answers its length, or -1 if there is none. */
  int get(byte[] key, byte[] target);

  /** Visits all records in the order of their keys, copies each value, and answers their bytes. */
  long scan(byte[] target);

  /** Makes everything durable that was written. */
  void flush();

  @Override
  void close();
}
