package org.jetbackup.api;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jetbackup.api.error.JetException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** An adapter that writes only the abstract methods compiles and refuses the rest. */
class DefaultMethodsTest {

  private static final String LAZY_COMMIT = "commitTransactionLazily";

  private final SmallestAdapter adapter = new SmallestAdapter();

  static Stream<Method> refusing() {
    return Stream.of(JetEngine.class, JetInstance.class, JetSession.class)
        .flatMap(type -> Arrays.stream(type.getMethods()))
        .filter(Method::isDefault)
        .filter(method -> !method.getName().equals(LAZY_COMMIT));
  }

  @Test
  void whatAnAdapterNeedNotWriteIsKnown() {
    assertEquals(
        Set.of(
            "verifyBackup",
            "restoreMoments",
            "restore",
            "beginExternalBackup",
            "stopService",
            "stopBackup",
            "addEventListener",
            "statistics",
            "detachDatabase",
            "dropDatabase",
            "databaseHeader"),
        refusing().map(Method::getName).collect(Collectors.toSet()));
  }

  @ParameterizedTest
  @MethodSource("refusing")
  void whatAnAdapterDoesNotWriteIsNotAvailable(Method method) {
    InvocationTargetException thrown = assertThrows(
        InvocationTargetException.class,
        () -> method.invoke(subject(method), new Object[method.getParameterCount()]));
    JetException refusal = assertInstanceOf(JetException.class, thrown.getCause());
    assertEquals(-1001, refusal.error().number());
    assertEquals(1, refusal.subjects().size(), "it names the feature");
    assertEquals(List.of(), adapter.called, "it has no side effect");
  }

  @Test
  void aLazyCommitIsAnOrdinaryOneUnlessTheAdapterKnowsBetter() {
    adapter.session().commitTransactionLazily();
    assertEquals(List.of("commitTransaction"), adapter.called);
  }

  @Test
  void aCursorGivesKeyAndValueInNewArrays() {
    byte[] key = {1, 2};
    byte[] value = {3, 4, 5};
    try (JetCursor cursor = SmallestAdapter.cursorOn(key, value)) {
      assertArrayEquals(key, cursor.key());
      assertArrayEquals(value, cursor.value());
      assertNotSame(cursor.key(), cursor.key());
      assertNotSame(cursor.value(), cursor.value());
    }
  }

  @Test
  void aCursorGivesAValueOfNoBytes() {
    try (JetCursor cursor = SmallestAdapter.cursorOn(new byte[] {1}, new byte[0])) {
      assertArrayEquals(new byte[0], cursor.value());
    }
  }

  private Object subject(Method method) {
    if (method.getDeclaringClass() == JetEngine.class) {
      return adapter.engine();
    }
    return method.getDeclaringClass() == JetInstance.class ? adapter.instance() : adapter.session();
  }
}
