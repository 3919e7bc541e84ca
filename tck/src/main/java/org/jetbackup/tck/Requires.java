package org.jetbackup.tck;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * What an engine must offer for a test, or every test of a class, to be about it. An engine that does
 * not declare it gets the verdict <i>not applicable</i>.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.TYPE})
public @interface Requires {

  /** All of these are needed. */
  Capability[] value() default {};

  /** None of these may be declared; used by the tests for refusal. */
  Capability[] absent() default {};
}
