package org.jetbackup.engine.soak;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** An account that accepts everything proves nothing. */
class LedgerTest {

  private static final Cell SHARED = new Cell(1, Keys.of(Keys.SHARED, 1));

  private final Ledger ledger = new Ledger();
  private final Map<Cell, Long> rows = new TreeMap<>();

  @Test
  void whatWasAcknowledgedAndIsThereIsAccepted() {
    committed(intent(1, 1, false, 5));
    committed(intent(2, 1, false, 6));
    assertEquals(List.of(), check());
    committed(intent(1, 2, false, 5));
    assertEquals(List.of(), check());
  }

  @Test
  void aCommitThatWasAcknowledgedMayNotBeLost() {
    acknowledge(intent(1, 1, false, 5));
    requireOne("lost: transaction 0/1 of writer 1", check());
  }

  @Test
  void aCommitInFlightMayBeThereOrNotButNotInPart() {
    Message.Intent absent = intent(1, 1, false, 5);
    ledger.announce(absent);
    assertEquals(List.of(), check());
    Message.Intent there = intent(1, 2, false, 5);
    ledger.announce(there);
    rows.putAll(there.changes());
    assertEquals(List.of(), check());
    Message.Intent part = intent(1, 3, false, 5, 6);
    ledger.announce(part);
    rows.putAll(part.changes());
    rows.remove(new Cell(0, Keys.of(1, 6)));
    requireOne("nothing instead of value 2 of writer 1 transaction 0/3", check());
  }

  @Test
  void aChangeOfACommitThatIsNotThereIsTooMuch() {
    Message.Intent absent = intent(1, 1, false, 5);
    ledger.announce(absent);
    rows.put(new Cell(0, Keys.of(1, 5)), Stamps.of(1, 1, 1));
    requireOne("value 1 of writer 1 transaction 0/1 instead of nothing", check());
  }

  @Test
  void whatWasUndoneIsNotThere() {
    Message.Intent undone = intent(1, 1, false, 5);
    ledger.announce(undone);
    ledger.undo(new Message.Undone(1, 1));
    assertEquals(List.of(), check());
    ledger.announce(intent(1, 2, false, 5));
    ledger.undo(new Message.Undone(1, 2));
    rows.putAll(intent(1, 2, false, 5).changes());
    assertEquals(2, check().size());
  }

  @Test
  void lazyCommitsMayBeLostFromTheEnd() {
    committed(intent(1, 1, true, 5));
    acknowledge(intent(1, 2, true, 5));
    acknowledge(intent(2, 1, true, 5));
    assertEquals(List.of(), check());
  }

  @Test
  void aLazyCommitBeforeOneThatIsThereMayNotBeLost() {
    acknowledge(intent(1, 1, true, 5));
    committed(intent(2, 1, true, 5));
    requireOne("lost, though something after it is there: transaction 0/1 of writer 1", check());
  }

  @Test
  void aLazyCommitMayBeLostIfTheOtherBeganToCommitBeforeItsEnd() {
    Message.Intent lost = intent(1, 1, true, 5);
    Message.Intent there = intent(2, 1, false, 5);
    ledger.announce(lost);
    ledger.announce(there);
    ledger.acknowledge(new Message.Done(1, 1));
    ledger.acknowledge(new Message.Done(2, 1));
    rows.putAll(there.changes());
    assertEquals(List.of(), check());
  }

  @Test
  void aLazyCommitMayNotBeLostIfTheOtherWroteOverIt() {
    Message.Intent lost = withShared(intent(1, 1, true, 5));
    Message.Intent there = withShared(intent(2, 1, false, 5));
    ledger.announce(lost);
    ledger.announce(there);
    ledger.acknowledge(new Message.Done(1, 1));
    ledger.acknowledge(new Message.Done(2, 1));
    rows.putAll(there.changes());
    requireOne("lost, though something after it is there: transaction 0/1 of writer 1", check());
  }

  @Test
  void afterAnEndInOrderLazyCommitsAreThereToo() {
    Message.Intent lazy = intent(1, 1, true, 5);
    acknowledge(lazy);
    ledger.settle();
    assertEquals(lazy.changes(), ledger.state());
    assertEquals(2, check().size());
    ledger.announce(intent(1, 2, true, 5));
    assertThrows(IllegalStateException.class, ledger::settle);
  }

  @Test
  void anOldValueUnderANewWitnessIsSeen() {
    committed(intent(1, 1, false, 5));
    committed(intent(1, 2, false, 5));
    rows.put(new Cell(0, Keys.of(1, 5)), Stamps.of(1, 1, 1));
    requireOne("transaction 0/1 instead of value 1 of writer 1 transaction 0/2", check());
  }

  private List<String> check() {
    return ledger.check(rows).differences();
  }

  private static void requireOne(String text, List<String> differences) {
    assertEquals(1, differences.size(), differences::toString);
    assertTrue(differences.get(0).contains(text), differences::toString);
  }

  private void committed(Message.Intent intent) {
    acknowledge(intent);
    rows.putAll(intent.changes());
  }

  private void acknowledge(Message.Intent intent) {
    ledger.announce(intent);
    ledger.acknowledge(new Message.Done(intent.writer(), intent.sequence()));
  }

  private static Message.Intent intent(int writer, long sequence, boolean lazy, int... keys) {
    Map<Cell, Long> changes = new LinkedHashMap<>();
    changes.put(Cell.witness(writer), Stamps.of(writer, sequence, Stamps.WITNESS));
    for (int i = 0; i < keys.length; i++) {
      changes.put(new Cell(0, Keys.of(writer, keys[i])), Stamps.of(writer, sequence, i + 1));
    }
    return new Message.Intent(writer, sequence, lazy, changes);
  }

  private static Message.Intent withShared(Message.Intent intent) {
    Map<Cell, Long> changes = new LinkedHashMap<>(intent.changes());
    changes.put(SHARED, Stamps.of(intent.writer(), intent.sequence(), 9));
    return new Message.Intent(intent.writer(), intent.sequence(), intent.lazy(), changes);
  }
}
