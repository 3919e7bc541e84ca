package org.jetbackup.api.flat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.InvalidPathException;
import java.util.List;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.jetbackup.api.Environment;
import org.jetbackup.api.error.JetErr;
import org.jetbackup.api.error.JetException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Nothing is thrown: a failure is a number, and what lay behind it can be asked for. */
class JetCallsFailureTest {

  private final RecordingEngine engine = new RecordingEngine();
  private final JetCalls calls =
      new JetCalls(engine, FileSystems.getDefault(), Environment.standard());
  private final long[] instance = new long[1];

  @BeforeEach
  void create() {
    assertEquals(0, calls.JetCreateInstance(instance, "one"));
  }

  @ParameterizedTest
  @EnumSource(names = {"BACKUP_IN_PROGRESS", "INVALID_BACKUP", "DISK_FULL", "CALLBACK_FAILED"})
  void anErrorOfTheEngineIsItsNumber(JetErr error) {
    JetException failure = JetException.of(error);
    engine.failAt("backup", () -> {
      throw failure;
    });
    assertEquals(error.number(), calls.JetBackupInstance(instance[0], "a", 0, null));
    assertEquals(Optional.of(failure), calls.lastFailure());
  }

  @Test
  void whatIsNoneOfTheContractsErrorsIsAnInternalErrorAndTheCauseIsTold() {
    IllegalStateException failure = new IllegalStateException("broken");
    engine.failAt("init", () -> {
      throw failure;
    });
    assertEquals(-107, calls.JetInit(instance));
    assertEquals(Optional.of(failure), calls.lastFailure());
  }

  @Test
  void aStackThatOverflowsIsAnInternalErrorToo() {
    engine.failAt("init", () -> {
      throw new StackOverflowError();
    });
    assertEquals(-107, calls.JetInit(instance));
    assertInstanceOf(StackOverflowError.class, calls.lastFailure().orElseThrow());
  }

  static Stream<Throwable> whatAnEngineMightThrow() {
    return Stream.of(
        new AssertionError("broken"),
        new NoClassDefFoundError("missing"),
        new ServiceConfigurationError("broken"),
        new IOException("sneaked out"));
  }

  @ParameterizedTest
  @MethodSource("whatAnEngineMightThrow")
  void errorsAndCheckedExceptionsAreInternalErrorsToo(Throwable failure) {
    engine.failAt("init", () -> JetCallsFailureTest.<RuntimeException>sneak(failure));
    assertEquals(-107, calls.JetInit(instance));
    assertEquals(Optional.of(failure), calls.lastFailure());
  }

  @ParameterizedTest
  @MethodSource("whatAnEngineMightThrow")
  void theLegacyRestoreEndsItsInstanceWhateverWasThrown(Throwable failure) {
    assertEquals(0, calls.JetTerm(instance[0]));
    engine.failAt("restore", () -> JetCallsFailureTest.<RuntimeException>sneak(failure));
    assertEquals(-107, calls.JetRestore("a", null));
    assertEquals(Optional.of(failure), calls.lastFailure());
    assertEquals(List.of("create 'Restore'", "restore a", "terminate 0x0"), engine.calls);
  }

  @Test
  void anErrorOfTheVirtualMachineIsThrown() {
    OutOfMemoryError failure = new OutOfMemoryError("not really");
    engine.failAt("init", () -> {
      throw failure;
    });
    assertSame(failure, assertThrows(OutOfMemoryError.class, () -> calls.JetInit(instance)));
  }

  @Test
  void aFailureToCreateAnInstanceIsToldByTheCallThatNeededIt() {
    engine.failAt("create", () -> {
      throw JetException.of(JetErr.INVALID_PARAMETER);
    });
    assertEquals(-1003, calls.JetInit(instance));
    engine.failAt("nothing", () -> {});
    assertEquals(0, calls.JetInit(instance));
  }

  @Test
  void theFacadesOwnRefusalsAreToldWithTheirCause() {
    assertEquals(-1023, calls.JetBackupInstance(instance[0], "a\0b", 0, null));
    JetException told = assertInstanceOf(JetException.class, calls.lastFailure().orElseThrow());
    assertEquals(JetErr.INVALID_PATH, told.error());
    assertInstanceOf(InvalidPathException.class, told.getCause());
  }

  @Test
  void aSuccessForgetsTheFailureBeforeIt() {
    assertEquals(-1003, calls.JetTerm(0));
    assertEquals(0, calls.JetInit(instance));
    assertEquals(Optional.empty(), calls.lastFailure());
  }

  @Test
  void aFailureIsToldToItsOwnThreadOnly() {
    assertEquals(-1003, calls.JetTerm(0));
    Optional<Throwable> elsewhere = CompletableFuture.supplyAsync(
            calls::lastFailure, JetCallsFailureTest::runInNewThread)
        .join();
    assertEquals(Optional.empty(), elsewhere);
    assertEquals(JetErr.INVALID_PARAMETER, error());
  }

  @Test
  void aFacadeNeedsAllOfItsParts() {
    Environment environment = Environment.standard();
    assertThrows(
        NullPointerException.class,
        () -> new JetCalls(null, FileSystems.getDefault(), environment));
    assertThrows(NullPointerException.class, () -> new JetCalls(engine, null, environment));
    assertThrows(
        NullPointerException.class, () -> new JetCalls(engine, FileSystems.getDefault(), null));
  }

  @SuppressWarnings("unchecked")
  private static <E extends Throwable> void sneak(Throwable failure) throws E {
    throw (E) failure;
  }

  private JetErr error() {
    return assertInstanceOf(JetException.class, calls.lastFailure().orElseThrow())
        .error();
  }

  private static void runInNewThread(Runnable task) {
    new Thread(task, "another").start();
  }
}
