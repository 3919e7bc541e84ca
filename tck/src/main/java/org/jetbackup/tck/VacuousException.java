package org.jetbackup.tck;

/**
 * A test passed without having exercised anything: the engine wrote nothing through the file system
 * that it was given.
 */
public final class VacuousException extends AssertionError {

  private static final long serialVersionUID = 1L;

  /** Makes one with what was missing. */
  public VacuousException(String message) {
    super(message);
  }
}
