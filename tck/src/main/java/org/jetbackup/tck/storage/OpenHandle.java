package org.jetbackup.tck.storage;

import org.jspecify.annotations.Nullable;

/**
 * A channel or a directory listing that was opened and not yet closed.
 *
 * <p>After every call of an engine that has ended, and after it was closed, what is still listed by
 * {@link KitFileSystem#openHandles} tells what it forgot, and where it was opened.
 *
 * @param handle its number, as in {@link Operation#handle}
 * @param what {@code channel}, {@code directory channel} or {@code directory listing}
 * @param path relative to the root, as in {@link Operation#path}
 * @param openedAt holds the stack of the call that opened it; null if stacks were not captured
 */
public record OpenHandle(
    long handle, String what, String path, @Nullable Throwable openedAt) {

  private static final int FRAMES_SHOWN = 12;

  /**
   * One line that says what is open, then the innermost frames of the call that opened it, those of
   * this package and of the JDK's file classes left out.
   *
   * @return one or more lines
   */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(what).append(' ').append(path).append(" is still open");
    if (openedAt == null) {
      return text.toString();
    }
    text.append(", opened");
    int shown = 0;
    for (StackTraceElement frame : openedAt.getStackTrace()) {
      if (shown < FRAMES_SHOWN && !isPlumbing(frame.getClassName())) {
        text.append("\n    at ").append(frame);
        shown++;
      }
    }
    return text.toString();
  }

  private static boolean isPlumbing(String className) {
    String here = OpenHandle.class.getPackageName() + ".";
    boolean ours = className.startsWith(here + "Gate")
        || className.startsWith(here + "FileOpener")
        || className.startsWith(here + "Handles");
    return ours || className.startsWith("java.nio.");
  }
}
