package org.jetbackup.tck.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The language of faults. */
class FaultTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "write */backup/** #3 once before-effect",
        "force ** #1 sticky after-effect",
        "any-mutation {a,b}/[!c]*.log #999999999999999999 once access-denied",
        "create ** #1 sticky disk-full-after 0",
        "write ** #2 once disk-full-after 4095",
        "read ** #1 once short 1",
        "move ** #1 sticky not-atomic",
        "delete . #1 once before-effect",
        "attributes a?b #1 once before-effect",
        "lock ** #7 once before-effect",
        "force ** #2 sticky drops-data",
        "any-mutation ** #1 once drops-data",
        "read *.log #4 once flip-bit 0",
        "read ** #1 sticky flip-bit 999999999999999999",
        "attributes ** #1 once interrupt",
        "lock ** #1 sticky interrupt"
      })
  void aLinePrintsAsItWasRead(String line) {
    Fault fault = Fault.parse(line);
    assertEquals(line, fault.toString());
    assertEquals(fault, Fault.parse(fault.toString()));
  }

  @ParameterizedTest
  @EnumSource
  void everyClassPrintsAndParses(Fault.Target target) {
    Fault fault = new Fault(target, "**", 1, true, Fault.Effect.AFTER_EFFECT, 0);
    assertEquals(fault, Fault.parse(fault.toString()));
  }

  @Test
  void whiteSpaceBetweenWordsMayVary() {
    assertEquals(
        "write ** #1 once short 3",
        Fault.parse("  write\t**  #1 once short   3\n").toString());
  }

  @Test
  void aSweepGoesFromPlaceToPlace() {
    Fault first = Fault.parse("write a #1 sticky disk-full-after 5");
    assertEquals("write a #2 sticky disk-full-after 5", first.at(2).toString());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''                                 | expected: class glob",
        "write ** #1 once                   | expected: class glob",
        "write ** 1 once before-effect      | expected: class glob",
        "write ** #1 once short 1 2         | expected: class glob",
        "wrote ** #1 once before-effect     | 'wrote' is none of write, force, move",
        "WRITE ** #1 once before-effect     | 'WRITE' is none of write, force, move",
        "write ** #0 once before-effect     | counted from 1, not 0",
        "write ** #-1 once before-effect    | '-1' is not a number",
        "write ** #9999999999999999999 once before-effect | is not a number",
        "write ** #1 twice before-effect    | 'twice' is neither once nor sticky",
        "write ** #1 once effect            | 'effect' is none of before-effect",
        "write ** #1 once before-effect 3   | takes no number",
        "write ** #1 once disk-full-after   | needs a number",
        "write ** #1 once disk-full-after x | 'x' is not a number",
        "write ** #1 once short 0           | short cannot take the number 0",
        "write {a #1 once before-effect     | missing }",
        "force ** #1 once disk-full-after 1 | disk-full-after cannot happen to force",
        "move ** #1 once short 1            | short cannot happen to move",
        "write ** #1 once not-atomic        | not-atomic cannot happen to write",
        "write ** #1 once drops-data        | drops-data cannot happen to write",
        "force ** #1 once drops-data 1      | takes no number",
        "read ** #1 once flip-bit           | needs a number",
        "read ** #1 once flip-bit -1        | '-1' is not a number",
        "write ** #1 once flip-bit 1        | flip-bit cannot happen to write",
        "force ** #1 once interrupt 1       | takes no number"
      })
  void whatIsNoFaultIsQuotedWithTheReason(String line, String reason) {
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> Fault.parse(line));
    assertTrue(e.toString().contains("'" + line + "'"), e::toString);
    assertTrue(e.toString().contains(reason), e::toString);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "a b", "a\nb"})
  void aGlobIsOneWord(String glob) {
    assertThrows(
        IllegalArgumentException.class,
        () -> new Fault(Fault.Target.WRITE, glob, 1, false, Fault.Effect.BEFORE_EFFECT, 0));
  }

  @ParameterizedTest
  @EnumSource
  void everyKindOfOperationBelongsToAClassOrIsNeverStruck(OperationKind kind) {
    boolean opensOrCloses = kind == OperationKind.OPEN_WRITE || kind == OperationKind.CLOSE;
    long classes = Arrays.stream(Fault.Target.values())
        .filter(target -> target != Fault.Target.ANY_MUTATION)
        .filter(target -> target.covers(kind))
        .count();
    assertEquals(opensOrCloses ? 0 : 1, classes);
    assertEquals(kind.mutates(), Fault.Target.ANY_MUTATION.covers(kind));
  }
}
