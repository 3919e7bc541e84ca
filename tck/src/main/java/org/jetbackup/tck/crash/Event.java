package org.jetbackup.tck.crash;

import org.jetbackup.tck.storage.Operation;

/** Something that a recording knows of, in order. */
public sealed interface Event {

  /**
   * An operation that changes something or forces something, and that had its effect.
   *
   * @param operation the operation
   * @param ordinal its place among the steps of the recording, from 1
   */
  record Step(Operation operation, int ordinal) implements Event {
    /** Without the number that the operation has in the file system, which differs from run to run. */
    @Override
    public String toString() {
      String line = operation.toString();
      return ordinal + " " + line.substring(line.indexOf(' ') + 1);
    }
  }

  /**
   * What the program under test said, such as that a call has returned.
   *
   * @param text what it said
   */
  record Mark(String text) implements Event {
    @Override
    public String toString() {
      return "-- " + text;
    }
  }
}
