package org.jetbackup.engine.buffer;

import java.nio.ByteBuffer;

/**
 * Where a change of pages is written down when it commits. Called with all pages of the change
 * latched, so that the records of one page are in the order of its changes.
 */
@FunctionalInterface
public interface ChangeLog {

  /** For files without a log. */
  ChangeLog NONE = new ChangeLog() {
    @Override
    public boolean isOn() {
      return false;
    }

    @Override
    public long append(ByteBuffer record) {
      throw new IllegalStateException("the file has no log");
    }
  };

  /** {@return whether there is anything to write down; the answer stays the same} */
  default boolean isOn() {
    return true;
  }

  /**
   * Takes one record, see {@link ChangeRecord}.
   *
   * @param record a little-endian buffer that holds it from its position to its limit; valid until
   *     the call returns
   * @return the address behind the record: before a page of the change is written, {@link LogForce}
   *     is asked to make the log durable up to there
   */
  long append(ByteBuffer record);
}
