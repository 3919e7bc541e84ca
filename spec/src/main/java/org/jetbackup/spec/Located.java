package org.jetbackup.spec;

/** A piece of text that knows where it begins. */
record Located(String file, int line, String text) {

  /** The same place with other text. */
  Located with(String other) {
    return new Located(file, line, other);
  }

  /** The same place, the text joined to a further line. */
  Located joined(String continuation) {
    return with(text + " " + continuation);
  }

  /** An error at this place. */
  SpecFormatException error(String problem) {
    return new SpecFormatException(file, line, problem);
  }
}
