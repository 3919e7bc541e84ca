package org.jetbackup.tck;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The clauses of the specification for which a test stands, the one it is mainly about first. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Clauses {

  /** Permanent clause ids, such as {@code INC-3}. */
  String[] value();
}
