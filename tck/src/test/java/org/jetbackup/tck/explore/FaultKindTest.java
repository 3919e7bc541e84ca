package org.jetbackup.tck.explore;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jetbackup.tck.storage.Fault;
import org.jetbackup.tck.storage.Operation;
import org.jetbackup.tck.storage.OperationKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The kinds of fault that are swept, and how one becomes a fault at an operation. */
class FaultKindTest {

  private static final List<Operation> TRACE = List.of(
      operation(1, OperationKind.READ, 100),
      operation(2, OperationKind.WRITE, 10),
      operation(3, OperationKind.READ, 0),
      operation(4, OperationKind.READ, 3),
      operation(5, OperationKind.WRITE, 1));

  @Test
  void everyKindPrintsAsItIsRead() {
    FaultKind.ALL.forEach(kind -> assertEquals(kind, FaultKind.parse(kind.toString())));
  }

  @Test
  void noKindIsSweptTwice() {
    assertEquals(FaultKind.ALL.size(), new HashSet<>(FaultKind.ALL).size());
  }

  @Test
  void everyEffectOfTheFaultLanguageIsSwept() {
    Set<Fault.Effect> effects = EnumSet.noneOf(Fault.Effect.class);
    FaultKind.ALL.forEach(kind -> effects.add(kind.first().effect()));
    assertEquals(EnumSet.allOf(Fault.Effect.class), effects);
  }

  @ParameterizedTest
  @CsvSource({
    "write once disk-full-after half, 1, write ** #1 once disk-full-after 5",
    "write once disk-full-after all-but-one, 1, write ** #1 once disk-full-after 9",
    "write sticky disk-full-after all-but-one, 2, write ** #2 sticky disk-full-after 0",
    "write once disk-full-after half, 3, write ** #3 once disk-full-after 0",
    "write once disk-full-after 1, 2, write ** #2 once disk-full-after 1",
    "read once flip-bit half, 2, read ** #2 once flip-bit 12",
    "read once flip-bit all-but-one, 1, read ** #1 once flip-bit 799",
    "read sticky flip-bit 0, 2, read ** #2 sticky flip-bit 0",
    "force once drops-data, 7, force ** #7 once drops-data"
  })
  void theNumberFollowsFromWhatIsStruck(String kind, int n, String fault) {
    FaultKind parsed = FaultKind.parse(kind);
    assertEquals(Fault.parse(fault), parsed.at(n, parsed.places(TRACE)));
  }

  @Test
  void aReadThatDeliversNothingIsNoPlaceForAFlippedBit() {
    assertEquals(2, FaultKind.parse("read once flip-bit 0").places(TRACE).size());
    assertEquals(3, FaultKind.parse("read once short 1").places(TRACE).size());
  }

  @Test
  void theOperationThatWasStruckIsFoundInTheTrace() {
    assertEquals(
        Optional.of(TRACE.get(3)),
        FaultKind.struck(Fault.parse("read ** #2 once flip-bit 0"), TRACE));
    assertEquals(
        Optional.empty(), FaultKind.struck(Fault.parse("force ** #1 once drops-data"), TRACE));
  }

  @Test
  void whatIsNoKindIsRefused() {
    assertThrows(IllegalArgumentException.class, () -> FaultKind.parse("write once"));
    assertThrows(
        IllegalArgumentException.class, () -> FaultKind.parse("force once drops-data half"));
  }

  private static Operation operation(long number, OperationKind kind, long length) {
    return new Operation(number, kind, "file", null, 1, 0, length, null);
  }
}
