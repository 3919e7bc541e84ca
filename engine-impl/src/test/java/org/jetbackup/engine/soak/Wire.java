package org.jetbackup.engine.soak;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;

/**
 * The way of messages out of the working process. Thread-safe: a message that was sent has left the
 * process, one after the other.
 */
final class Wire {

  private static final int FLUSH_BYTES = 1 << 15;

  private final OutputStream out;
  private final ByteArrayOutputStream pending = new ByteArrayOutputStream();
  private final DataOutputStream data = new DataOutputStream(pending);

  Wire(OutputStream out) {
    this.out = out;
  }

  /** Sends a message, and what was added before it. */
  synchronized void send(Message message) {
    add(message);
    flush();
  }

  /** Sends a message at the latest with the next one. */
  synchronized void add(Message message) {
    try {
      message.writeTo(data);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    if (pending.size() > FLUSH_BYTES) {
      flush();
    }
  }

  private void flush() {
    try {
      pending.writeTo(out);
      out.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    pending.reset();
  }
}
