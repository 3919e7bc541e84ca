package org.jetbackup.perf;

import java.util.Arrays;
import java.util.concurrent.ConcurrentSkipListMap;

/** The JDK's sorted map for many threads, in memory: what is there to lose by pages and a file. */
final class SkipListStore implements KeyValueStore {

  private final ConcurrentSkipListMap<byte[], byte[]> map =
      new ConcurrentSkipListMap<>(Arrays::compareUnsigned);

  @Override
  public void insert(byte[] key, byte[] value) {
    map.put(key.clone(), value.clone());
  }

  @Override
  public int get(byte[] key, byte[] target) {
    byte[] value = map.get(key);
    return value == null ? -1 : copy(value, target);
  }

  @Override
  public long scan(byte[] target) {
    long bytes = 0;
    for (byte[] value : map.values()) {
      bytes += copy(value, target);
    }
    return bytes;
  }

  @Override
  public void flush() {
    // Nothing of it is on a disk.
  }

  @Override
  public void close() {
    map.clear();
  }

  private static int copy(byte[] value, byte[] target) {
    System.arraycopy(value, 0, target, 0, value.length);
    return value.length;
  }
}
