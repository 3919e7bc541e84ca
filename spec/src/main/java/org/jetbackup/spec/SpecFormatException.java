package org.jetbackup.spec;

/** A text of the specification breaks its format, or two texts contradict each other. */
public final class SpecFormatException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final String file;
  private final int line;

  SpecFormatException(String file, int line, String problem) {
    super(file + ":" + line + ": " + problem);
    this.file = file;
    this.line = line;
  }

  /** The file, as named in the class path below this package. */
  public String file() {
    return file;
  }

  /** The line in the file, counted from 1. */
  public int line() {
    return line;
  }
}
