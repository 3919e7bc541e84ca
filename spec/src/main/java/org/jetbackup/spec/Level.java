package org.jetbackup.spec;

/** How binding a clause is. */
public enum Level {
  /** An engine that breaks it does not conform. */
  MUST,
  /** An engine that breaks it is reported and conforms all the same. */
  SHOULD,
  /** It names a legal outcome that one could have doubted. */
  MAY
}
