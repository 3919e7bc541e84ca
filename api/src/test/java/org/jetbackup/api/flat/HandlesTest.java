package org.jetbackup.api.flat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jetbackup.api.Environment;
import org.jetbackup.api.JetInstance;
import org.jetbackup.api.error.JetErr;
import org.jetbackup.api.error.JetException;
import org.jetbackup.api.param.Parameters;
import org.junit.jupiter.api.Test;

/** A call that still holds a slot while another one ends it. */
class HandlesTest {

  private final RecordingEngine engine = new RecordingEngine();
  private final Environment environment = Environment.standard();
  private final Handles handles = new Handles();
  private final Handles.Slot slot = handles.slot(handles.add("one", Parameters.none()));

  @Test
  void whatEndsBeforeItsFirstUseMakesNoInstance() {
    assertEquals(Optional.empty(), slot.end());
    assertEquals(Optional.empty(), slot.instance(engine, environment));
    assertEquals(List.of(), engine.calls);
  }

  @Test
  void whatHasEndedIsNoInstance() {
    assertEquals(Optional.empty(), slot.end());
    assertNoInstance(slot::end);
    assertNoInstance(() -> slot.update(UnaryOperator.identity()));
  }

  @Test
  void whatIsInUseStaysSoUntilItsInstanceHasTerminated() {
    Optional<JetInstance> made = slot.instance(engine, environment);
    assertTrue(made.isPresent());
    assertEquals(made, slot.end());
    assertEquals(made, slot.end());
    assertEquals(made, slot.instance(engine, environment));
    assertEquals(List.of("create 'one'"), engine.calls);
  }

  private static void assertNoInstance(Runnable call) {
    assertEquals(
        JetErr.INVALID_INSTANCE, assertThrows(JetException.class, call::run).error());
  }
}
