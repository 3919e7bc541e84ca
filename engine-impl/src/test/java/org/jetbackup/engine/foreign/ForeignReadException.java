package org.jetbackup.engine.foreign;

/** A foreign program failed, did not end, or printed what cannot be understood. */
public final class ForeignReadException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  ForeignReadException(String message) {
    super(message);
  }
}
