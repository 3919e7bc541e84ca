package org.jetbackup.api.event;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The table of events is consistent in itself. */
class EventIdTest {

  @Test
  void numbersAreUnique() {
    assertEquals(
        EventId.values().length,
        Arrays.stream(EventId.values()).map(EventId::number).distinct().count());
  }

  @Test
  void anEventIsFoundByItsNumber() {
    for (EventId id : EventId.values()) {
      assertEquals(Optional.of(id), EventId.ofNumber(id.number()));
      assertEquals(id.name(), id.symbol());
      assertEquals(id.number() >= EventId.FIRST_OWN_NUMBER, id.isOurs());
    }
  }

  @Test
  void textsAreOneLineWithoutFullStop() {
    for (EventId id : EventId.values()) {
      assertFalse(id.description().isBlank());
      assertFalse(id.description().endsWith("."));
      assertTrue(id.stringNames().stream().noneMatch(String::isBlank));
    }
  }

  @Test
  void aNumberThatIsNotListedIsNoEvent() {
    assertEquals(Optional.empty(), EventId.ofNumber(0));
    assertEquals(Optional.empty(), EventId.ofNumber(240));
  }

  @Test
  void theStringsOfAnEventHaveTheirOrder() {
    assertEquals(List.of("database", "size"), EventId.BACKUP_FILE_START.stringNames());
    assertEquals(List.of(), EventId.START_FULL_BACKUP_INSTANCE_ID.stringNames());
  }

  @Test
  void severitiesAndCategoriesHaveTheOriginalsNumbers() {
    assertEquals(1, EventSeverity.ERROR.number());
    assertEquals(2, EventSeverity.WARNING.number());
    assertEquals(4, EventSeverity.INFORMATION.number());
    assertEquals(3, EventCategory.LOGGING_RECOVERY.number());
    assertEquals(
        EventCategory.values().length,
        Arrays.stream(EventCategory.values())
            .map(EventCategory::number)
            .distinct()
            .count());
  }
}
