package org.jetbackup.engine.format;

/** What a thread has allocated: by reflection, since the engine's module reads no management. */
public final class Allocation {

  private Allocation() {}

  /**
   * {@return the bytes that the current thread has allocated so far, those of this call included}
   */
  public static long ofThisThread() {
    try {
      Object threads = Class.forName("java.lang.management.ManagementFactory")
          .getMethod("getThreadMXBean")
          .invoke(null);
      Object bytes = Class.forName("com.sun.management.ThreadMXBean")
          .getMethod("getCurrentThreadAllocatedBytes")
          .invoke(threads);
      return ((Number) bytes).longValue();
    } catch (ReflectiveOperationException e) {
      throw new LinkageError(e.getMessage(), e);
    }
  }
}
