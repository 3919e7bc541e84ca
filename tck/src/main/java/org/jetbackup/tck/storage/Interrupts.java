package org.jetbackup.tck.storage;

import java.io.IOException;

/** Keeps an interrupt away from channels that it would close and that it is not meant for. */
final class Interrupts {

  private Interrupts() {}

  /** Runs something as if the thread were not interrupted, and leaves it interrupted if it was. */
  static <T> T without(Gate.Effect<T> effect) throws IOException {
    boolean interrupted = Thread.interrupted();
    try {
      return effect.run();
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
