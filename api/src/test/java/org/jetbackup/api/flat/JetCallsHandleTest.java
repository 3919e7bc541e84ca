package org.jetbackup.api.flat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.FileSystems;
import java.util.List;
import java.util.Optional;
import java.util.function.ToIntBiFunction;
import java.util.stream.Stream;
import org.jetbackup.api.Environment;
import org.jetbackup.api.JetInstance;
import org.jetbackup.api.error.JetErr;
import org.jetbackup.api.error.JetException;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What handles name, and for how long. */
class JetCallsHandleTest {

  private final RecordingEngine engine = new RecordingEngine();
  private final JetCalls calls =
      new JetCalls(engine, FileSystems.getDefault(), Environment.standard());

  static Stream<Named<ToIntBiFunction<JetCalls, Long>>> callsWithAHandle() {
    return Stream.of(
        Named.of("JetInit", (calls, handle) -> calls.JetInit(new long[] {handle})),
        Named.of(
            "JetBackupInstance",
            (calls, handle) -> calls.JetBackupInstance(handle, "backup", 0, null)),
        Named.of(
            "JetRestoreInstance",
            (calls, handle) -> calls.JetRestoreInstance(handle, "backup", null, null)),
        Named.of("JetStopServiceInstance", JetCalls::JetStopServiceInstance),
        Named.of("JetStopBackupInstance", JetCalls::JetStopBackupInstance),
        Named.of("JetTerm", JetCalls::JetTerm),
        Named.of("JetTerm2", (calls, handle) -> calls.JetTerm2(handle, 1)),
        Named.of(
            "JetSetSystemParameter",
            (calls, handle) -> calls.JetSetSystemParameter(new long[] {handle}, 0, 17, 1, null)),
        Named.of(
            "JetGetSystemParameter",
            (calls, handle) -> calls.JetGetSystemParameter(handle, 0, 17, new long[1], null, 0)));
  }

  @ParameterizedTest
  @MethodSource("callsWithAHandle")
  void noHandleIsABadParameter(ToIntBiFunction<JetCalls, Long> call) {
    assertEquals(-1003, call.applyAsInt(calls, JetCalls.JET_instanceNil));
    assertEquals(List.of(), engine.calls);
  }

  @ParameterizedTest
  @MethodSource("callsWithAHandle")
  void aHandleThatWasNeverGivenOutIsNoInstance(ToIntBiFunction<JetCalls, Long> call) {
    create();
    assertEquals(-1115, call.applyAsInt(calls, 4711L));
    assertEquals(List.of(), engine.calls);
  }

  @ParameterizedTest
  @MethodSource("callsWithAHandle")
  void aHandleNamesNothingAfterItsTermination(ToIntBiFunction<JetCalls, Long> call) {
    long handle = create();
    assertEquals(0, calls.JetTerm(handle));
    assertEquals(-1115, call.applyAsInt(calls, handle));
  }

  @Test
  void aHandleOfZeroIsABadParameterWhereNoneIsMade() {
    assertEquals(-1003, calls.JetTerm(0));
    assertEquals(-1003, calls.JetBackupInstance(0, "backup", 0, null));
  }

  @Test
  void aHandleNeedsAPlace() {
    assertEquals(-1003, calls.JetCreateInstance(null, "one"));
    assertEquals(-1003, calls.JetCreateInstance(new long[0], "one"));
    assertEquals(-1003, calls.JetInit(null));
    assertEquals(-1003, calls.JetInit(new long[0]));
  }

  @Test
  void everyInstanceHasAHandleOfItsOwn() {
    long first = create();
    long second = create();
    assertNotEquals(first, second);
    assertEquals(0, calls.JetTerm(first));
    assertEquals(0, calls.JetInit(new long[] {second}));
  }

  @Test
  void initMakesAHandleWhereThereIsNone() {
    long[] handle = {0};
    assertEquals(0, calls.JetInit(handle));
    assertTrue(handle[0] > 0);
    assertEquals(0, calls.JetTerm(handle[0]));
    assertEquals(List.of("create ''", "init", "terminate 0x0"), engine.calls);
  }

  @Test
  void theEngineIsAskedForAnInstanceOnceAndOnlyWhenOneIsNeeded() {
    long[] handle = new long[1];
    assertEquals(0, calls.JetCreateInstance(handle, "one"));
    assertEquals(List.of(), engine.calls);
    assertEquals(0, calls.JetInit(handle));
    assertEquals(0, calls.JetStopServiceInstance(handle[0]));
    assertEquals(List.of("create 'one'", "init", "stopService"), engine.calls);
  }

  @Test
  void terminatingAnInstanceThatWasNeverNeededAsksTheEngineForNothing() {
    assertEquals(0, calls.JetTerm(create()));
    assertEquals(List.of(), engine.calls);
  }

  @Test
  void aTerminationThatFailsKeepsTheHandle() {
    long[] handle = {0};
    assertEquals(0, calls.JetInit(handle));
    engine.failAt("terminate", () -> {
      throw JetException.of(JetErr.BACKUP_IN_PROGRESS);
    });
    assertEquals(-505, calls.JetTerm2(handle[0], 1));
    assertEquals(0, calls.JetStopBackupInstance(handle[0]));
  }

  @Test
  void theInstanceOfAHandleIsMadeOnceAndIsTheOneThatTheCallsUse() {
    long handle = create();
    JetInstance made = calls.instance(handle).orElseThrow();
    assertSame(made, calls.instance(handle).orElseThrow());
    assertEquals(0, calls.JetInit(new long[] {handle}));
    assertEquals(0, calls.JetTerm(handle));
    assertEquals(List.of("create ''", "init", "terminate 0x0"), engine.calls);
  }

  @Test
  void theInstanceHasTheParametersThatWereSetAndKeepsThem() {
    long handle = create();
    assertEquals(0, calls.JetSetSystemParameter(new long[] {handle}, 0, 17, 1, null));
    JetInstance made = calls.instance(handle).orElseThrow();
    assertEquals("{CircularLog (17)=true}", made.parameters().toString());
    assertEquals(-1030, calls.JetSetSystemParameter(new long[] {handle}, 0, 17, 0, null));
  }

  @ParameterizedTest
  @ValueSource(longs = {0, JetCalls.JET_instanceNil, 4_711})
  void thereIsNoInstanceBehindAHandleThatNamesNothing(long handle) {
    create();
    assertEquals(Optional.empty(), calls.instance(handle));
    assertEquals(List.of(), engine.calls);
  }

  @Test
  void thereIsNoInstanceBehindAHandleThatWasTerminated() {
    long handle = create();
    assertEquals(0, calls.JetTerm(handle));
    assertEquals(Optional.empty(), calls.instance(handle));
  }

  @Test
  void whatTheEngineAnswersInsteadOfAnInstanceIsThrown() {
    long handle = create();
    JetException failure = JetException.of(JetErr.INVALID_PARAMETER);
    engine.failAt("create", () -> {
      throw failure;
    });
    assertSame(failure, assertThrows(JetException.class, () -> calls.instance(handle)));
  }

  private long create() {
    long[] handle = new long[1];
    assertEquals(0, calls.JetCreateInstance(handle, null));
    return handle[0];
  }
}
