package org.jetbackup.tck.launcher;

import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jetbackup.tck.Capability;
import org.jetbackup.tck.Clauses;
import org.jetbackup.tck.Requires;
import org.junit.platform.engine.TestSource;
import org.junit.platform.engine.support.descriptor.MethodSource;

/**
 * A test method of a suite.
 *
 * @param suite the class that is run, which may inherit the method
 * @param method the method
 */
record SuiteTest(Class<?> suite, Method method) {

  /** The method that a source names, if it is one. */
  static Optional<SuiteTest> of(Optional<TestSource> source) {
    return source
        .filter(MethodSource.class::isInstance)
        .map(MethodSource.class::cast)
        .map(method -> new SuiteTest(method.getJavaClass(), method.getJavaMethod()));
  }

  /** Simple names of class and method, joined by a dot; notes for the report are left under it. */
  String name() {
    return suite.getSimpleName() + "." + method.getName();
  }

  /** What the test claims. */
  String sentence() {
    return Sentence.of(method.getName());
  }

  /**
   * The clauses that it names, the main one first.
   *
   * @throws IllegalStateException if it names none, which is a defect of the kit
   */
  List<String> clauses() {
    Clauses clauses = method.getAnnotation(Clauses.class);
    if (clauses == null || clauses.value().length == 0) {
      throw new IllegalStateException(name() + " names no clause");
    }
    return List.of(clauses.value());
  }

  /** Whether it is about an engine that declares these capabilities. */
  boolean isAbout(Set<Capability> declared) {
    return Stream.<AnnotatedElement>of(method, suite)
        .map(element -> element.getAnnotation(Requires.class))
        .allMatch(requires -> requires == null
            || (declared.containsAll(List.of(requires.value()))
                && Stream.of(requires.absent()).noneMatch(declared::contains)));
  }
}
