package org.jetbackup.engine.transaction;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.NavigableMap;
import org.jetbackup.api.KeyRange;
import org.jetbackup.api.error.JetErr;
import org.jetbackup.api.error.JetException;
import org.jetbackup.engine.log.RecordKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Commits that break off at every step, and blocks that a crash has cut off at every record. */
class CommitFailureTest {

  private static final int OLD = 7;

  private static void fill(Rig rig) {
    for (int key = 1; key <= OLD; key++) {
      rig.transactions().put(rig.table(), Rig.key(key), Rig.bytes(key, key % 2 == 0 ? 9000 : 700));
    }
  }

  /** Replaces, removes and adds, with values in records and separated ones, each way. */
  private static Transaction change(Rig rig) {
    Transaction transaction = rig.transactions().begin();
    transaction.put(rig.table(), Rig.key(1), Rig.bytes(21, 6000));
    transaction.put(rig.table(), Rig.key(2), Rig.bytes(22, 10));
    transaction.delete(rig.table(), Rig.key(3));
    transaction.delete(rig.table(), Rig.key(4));
    transaction.put(rig.table(), Rig.key(5), Rig.bytes(25, 900));
    transaction.put(rig.table(), Rig.key(6), Rig.bytes(26, 9001));
    for (int key = 8; key < 12; key++) {
      transaction.insert(rig.table(), Rig.key(key), Rig.bytes(key, key * 600));
    }
    return transaction;
  }

  @Test
  void aCommitThatFailsAtAnyStepLeavesEverythingAsItWas() throws IOException {
    int failures = 0;
    for (boolean failing = true; failing; failures++) {
      try (Rig rig = new Rig(Rig.ROOMY)) {
        fill(rig);
        NavigableMap<byte[], byte[]> before = rig.tree();
        TransactionCursor old = rig.transactions().cursor(rig.table(), KeyRange.all());
        Transaction transaction = change(rig);
        rig.log().failAfter(failures);
        failing = fails(transaction);
        rig.log().failAfter(-1);
        if (failing) {
          History.assertSame(before, rig.tree());
          Rig.assertFails(
              JetErr.NOT_IN_TRANSACTION, () -> transaction.get(rig.table(), Rig.key(1)));
          Rig.assertFails(
              JetErr.WRITE_CONFLICT,
              () -> rig.transactions()
                  .put(
                      rig.table(), Rig.key(1), new byte[1])); // its intents last until the rollback
          transaction.rollback();
          assertEquals(0, rig.transactions().pendingRemovals());
          change(rig).commit(false);
        }
        assertFalse(before.equals(rig.tree()));
        assertShows(before, old);
        old.close();
        rig.assertIdle();
        assertEquals(0, longValuesTooMany(rig), "values that nobody names");
      }
    }
    assertTrue(failures > 20, "steps that failed: " + failures);
  }

  private static boolean fails(Transaction transaction) {
    try {
      transaction.commit(false);
      return false;
    } catch (JetException e) {
      assertEquals(JetErr.DISK_FULL, e.error());
      return true;
    }
  }

  private static void assertShows(NavigableMap<byte[], byte[]> wanted, TransactionCursor cursor) {
    NavigableMap<byte[], byte[]> found = Oracle.empty();
    while (cursor.moveNext()) {
      found.put(cursor.key(), cursor.value());
    }
    History.assertSame(wanted, found);
  }

  /** Every removal that is announced and not done names a value that is there: none here. */
  private static long longValuesTooMany(Rig rig) {
    long open = 0;
    for (MemoryLog.Entry entry : rig.log().entries()) {
      open += entry.kind() == RecordKind.REMOVAL ? 1 : 0;
      open -= entry.kind() == RecordKind.REMOVED ? 1 : 0;
    }
    return open;
  }

  @Test
  void undoRecordsOfABlockTakeItBackInReverseAndTwice() throws IOException {
    try (Rig rig = new Rig(Rig.ROOMY)) {
      fill(rig);
      NavigableMap<byte[], byte[]> before = rig.tree();
      TransactionCursor holdsRemovals = rig.transactions().cursor(rig.table(), KeyRange.all());
      int begin = rig.log().entries().size();
      change(rig).commit(false);
      List<ByteBuffer> undo = new ArrayList<>();
      List<MemoryLog.Entry> block =
          rig.log().entries().subList(begin, rig.log().entries().size());
      for (MemoryLog.Entry entry : block) {
        if (entry.kind() == RecordKind.UNDO) {
          undo.add(ByteBuffer.wrap(entry.payload()));
        }
      }
      assertEquals(RecordKind.END, block.get(block.size() - 1).kind());
      Collections.reverse(undo);
      for (int time = 0; time < 2; time++) {
        rig.journal().enter();
        try {
          Undo.apply(undo, id -> rig.database().catalog());
        } finally {
          rig.journal().leave();
        }
        History.assertSame(before, rig.tree());
      }
      holdsRemovals.close();
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aChangeOfOneRecordOutsideATransactionFailsWholeToo(boolean separated) throws IOException {
    try (Rig rig = new Rig(Rig.ROOMY)) {
      fill(rig);
      NavigableMap<byte[], byte[]> before = rig.tree();
      byte[] value = Rig.bytes(50, separated ? 9000 : 9);
      int failures = 0;
      int most = separated ? Integer.MAX_VALUE : 1; // a single step is the last thing that may fail
      for (boolean failing = true; failing && failures < most; failures++) {
        rig.log().failAfter(failures);
        try {
          rig.transactions().put(rig.table(), Rig.key(2), value);
          failing = false;
        } catch (JetException e) {
          assertEquals(JetErr.DISK_FULL, e.error());
          History.assertSame(before, rig.tree());
        }
      }
      rig.log().failAfter(-1);
      assertTrue(failures == most || failures > 4, "failures: " + failures);
      rig.transactions().put(rig.table(), Rig.key(2), value);
      assertArrayEquals(value, rig.transactions().get(rig.table(), Rig.key(2)).orElseThrow());
      rig.assertIdle();
    }
  }

  @Test
  void aCommitThatCannotBeTakenBackIsReportedAndItsBlockStaysOpen() throws IOException {
    try (Rig rig = new Rig(Rig.ROOMY)) {
      fill(rig);
      Transaction transaction = change(rig);
      rig.log().failAfter(9); // after some steps, and from then on
      rig.log().failForGood();
      assertThrows(JetException.class, () -> transaction.commit(false));
      assertEquals(1, rig.breakDowns().size());
      List<MemoryLog.Entry> entries = rig.log().entries();
      assertFalse(entries.get(entries.size() - 1).endsBlock());
      transaction.rollback();
    }
  }
}
