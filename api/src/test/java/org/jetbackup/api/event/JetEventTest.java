package org.jetbackup.api.event;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jetbackup.api.error.JetErr;
import org.junit.jupiter.api.Test;

/** An event is what was reported, also when its number is not listed. */
class JetEventTest {

  private static final Instant NOON = Instant.parse("2026-11-01T12:00:00Z");

  @Test
  void aListedEventHasTheSeverityAndCategoryOfItsId() {
    JetEvent event = JetEvent.of(EventId.BACKUP_FILE_STOP_OK, NOON, "a.edb");
    assertEquals(221, event.id());
    assertEquals(Optional.of(EventId.BACKUP_FILE_STOP_OK), event.known());
    assertEquals(EventSeverity.INFORMATION, event.severity());
    assertEquals(EventCategory.LOGGING_RECOVERY, event.category());
    assertEquals(Optional.empty(), event.error());
    assertEquals("221 BACKUP_FILE_STOP_OK: a.edb", event.toString());
  }

  @Test
  void aFailureIsCarriedBesideTheStrings() {
    JetEvent event =
        JetEvent.of(EventId.STOP_BACKUP_ERROR_ABORT_BY_CALLER_INSTANCE_ID, JetErr.DISK_FULL, NOON);
    assertEquals(Optional.of(JetErr.DISK_FULL), event.error());
    assertEquals(List.of(), event.strings());
    assertEquals(
        "215 STOP_BACKUP_ERROR_ABORT_BY_CALLER_INSTANCE_ID [-1808 JET_errDiskFull]",
        event.toString());
  }

  @Test
  void anEventOfAnotherEngineIsKeptAsItIs() {
    JetEvent event = event(4711, List.of("x", "y"));
    assertEquals(Optional.empty(), event.known());
    assertEquals("4711: x, y", event.toString());
  }

  @Test
  void theStringsCannotBeChanged() {
    List<String> given = new ArrayList<>(List.of("x"));
    JetEvent event = event(4711, given);
    given.clear();
    assertEquals(List.of("x"), event.strings());
    assertThrows(UnsupportedOperationException.class, () -> event.strings().clear());
  }

  @Test
  void anEventWithoutANumberOrWithSuccessAsFailureCannotBeBuilt() {
    assertThrows(IllegalArgumentException.class, () -> event(0, List.of()));
    assertThrows(
        IllegalArgumentException.class,
        () -> JetEvent.of(EventId.STOP_RESTORE_ID, JetErr.SUCCESS, NOON));
  }

  @Test
  void nobodyNeedsToListen() {
    EventListener.none().onEvent(event(4711, List.of()));
  }

  private static JetEvent event(int id, List<String> strings) {
    return new JetEvent(
        id, EventSeverity.WARNING, EventCategory.OTHER, strings, Optional.empty(), NOON);
  }
}
