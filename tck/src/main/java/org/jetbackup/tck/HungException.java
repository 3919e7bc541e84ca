package org.jetbackup.tck;

/** A test did not come back within its limit. The message holds where it stood. */
public final class HungException extends AssertionError {

  private static final long serialVersionUID = 1L;

  /** Makes one with where the test stood. */
  public HungException(String message) {
    super(message);
  }
}
