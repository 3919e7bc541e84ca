package org.jetbackup.tck.storage;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * What is open, in the order in which it was opened.
 *
 * <p>Thread-safe without a lock of its own. A handle is registered once its channel exists and
 * removed when that begins to close.
 */
final class Handles {

  private record Entry(OpenHandle description, Closeable wrapper, Closeable below) {}

  private final Map<Long, Entry> entries = new ConcurrentSkipListMap<>();
  private volatile boolean capturingStacks = true;

  void captureStacks(boolean capture) {
    capturingStacks = capture;
  }

  /**
   * Registers a handle.
   *
   * @param wrapper what the engine holds
   * @param below what it stands on in the file system below
   */
  void register(long handle, String what, String path, Closeable wrapper, Closeable below) {
    Throwable openedAt = capturingStacks ? new Throwable("opened here") : null;
    entries.put(handle, new Entry(new OpenHandle(handle, what, path, openedAt), wrapper, below));
  }

  void remove(long handle) {
    entries.remove(handle);
  }

  List<OpenHandle> open() {
    return entries.values().stream().map(Entry::description).toList();
  }

  /** Closes what the engine holds, as the engine itself would. */
  void closeWrappers() throws IOException {
    IOException failure = null;
    for (Entry entry : new ArrayList<>(entries.values())) {
      try {
        entry.wrapper().close();
      } catch (IOException e) {
        failure = e;
      }
    }
    if (failure != null) {
      throw failure;
    }
  }

  /** Gives the resources below back and leaves what the engine holds as it is, but of no use. */
  void closeBelow() {
    for (Entry entry : entries.values()) {
      try {
        entry.below().close();
      } catch (IOException ignored) {
        // Nobody will use this handle again, so nothing that it has to say can matter.
      }
    }
  }
}
