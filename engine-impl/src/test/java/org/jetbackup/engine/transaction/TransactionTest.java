package org.jetbackup.engine.transaction;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Objects;
import java.util.Random;
import org.jetbackup.api.KeyRange;
import org.jetbackup.api.error.JetErr;
import org.jetbackup.api.error.JetException;
import org.jetbackup.engine.catalog.TreeKind;
import org.jetbackup.engine.log.RecordKind;
import org.junit.jupiter.api.Test;

/** What histories do not show: limits, the log, and what is asked by others. */
class TransactionTest {

  private static final byte[] KEY = {1};

  @Test
  void aReaderThatTakesTooLongIsCutOffAndWritersGoOn() throws IOException {
    try (Rig rig = new Rig(20_000)) {
      rig.transactions().put(rig.table(), KEY, Rig.bytes(0, 500));
      Transaction reader = rig.transactions().begin();
      TransactionCursor cursor = reader.cursor(rig.table(), KeyRange.all());
      assertTrue(cursor.moveFirst());
      Transaction writer = rig.transactions().begin();
      writer.put(rig.table(), new byte[] {9}, KEY);
      int writes = 0;
      while (rig.transactions().versions().snapshotsCutOff() == 0) {
        assertArrayEquals(
            Rig.bytes(0, 500), reader.get(rig.table(), KEY).orElseThrow(), "before the cut");
        rig.transactions().put(rig.table(), KEY, Rig.bytes(++writes, 500));
      }
      assertTrue(writes > 20, "versions that had room: " + writes);
      Rig.assertFails(JetErr.VERSION_STORE_OUT_OF_MEMORY, () -> reader.get(rig.table(), KEY));
      Rig.assertFails(JetErr.VERSION_STORE_OUT_OF_MEMORY, cursor::value);
      Rig.assertFails(JetErr.VERSION_STORE_OUT_OF_MEMORY, cursor::moveNext);
      Rig.assertFails(JetErr.VERSION_STORE_OUT_OF_MEMORY, () -> reader.put(rig.table(), KEY, KEY));
      reader.rollback();
      writer.commit(false); // what it has written nobody else has changed
      assertArrayEquals(KEY, rig.transactions().get(rig.table(), new byte[] {9}).orElseThrow());
      rig.assertIdle();
    }
  }

  @Test
  void aTransactionThatIsTooLargeFailsAtTheChangeAndCanBeRolledBack() throws IOException {
    try (Rig rig = new Rig(20_000)) {
      Transaction large = rig.transactions().begin();
      large.put(rig.table(), KEY, Rig.bytes(1, 12_000));
      Rig.assertFails(
          JetErr.VERSION_STORE_OUT_OF_MEMORY,
          () -> large.put(rig.table(), new byte[] {2}, Rig.bytes(2, 12_000)));
      rig.transactions()
          .put(rig.table(), new byte[] {2}, Rig.bytes(3, 30_000)); // counts for nothing
      large.rollback();
      assertTrue(rig.transactions().get(rig.table(), KEY).isEmpty());
      rig.assertIdle();
    }
  }

  @Test
  void aValueThatASnapshotNeedsIsRemovedWhenTheSnapshotEnds() throws IOException {
    try (Rig rig = new Rig(Rig.ROOMY)) {
      byte[] old = Rig.bytes(1, 50_000);
      rig.transactions().put(rig.table(), KEY, old);
      TransactionCursor reader = rig.transactions().cursor(rig.table(), KeyRange.all());
      assertEquals(0, rig.transactions().oldestNeeded());
      long before = rig.log().end();
      rig.transactions().delete(rig.table(), KEY);
      assertEquals(before, rig.transactions().oldestNeeded());
      rig.transactions().purge();
      assertEquals(1, rig.transactions().pendingRemovals());
      assertTrue(reader.moveFirst());
      assertArrayEquals(old, reader.value());
      reader.close();
      rig.transactions().purge();
      assertEquals(0, rig.transactions().oldestNeeded());
      assertTrue(rig.log().entries().stream().anyMatch(e -> e.kind() == RecordKind.REMOVED));
      rig.assertIdle();
    }
  }

  @Test
  void aRemovalFromTheLogIsDoneByRecoveryAndHarmlessWhenItWasDone() throws IOException {
    try (Rig rig = new Rig(Rig.ROOMY)) {
      rig.transactions().put(rig.table(), KEY, Rig.bytes(1, 50_000));
      rig.transactions().recoverRemoval(rig.table(), 77, 5);
      assertEquals(5, rig.transactions().oldestNeeded());
      rig.transactions().purge();
      assertArrayEquals(
          Rig.bytes(1, 50_000), rig.transactions().get(rig.table(), KEY).orElseThrow());
      rig.transactions().delete(rig.table(), KEY);
      rig.transactions().recoverRemoval(rig.table(), 1, 5);
      rig.assertIdle();
    }
  }

  @Test
  void aTableIsTouchedAsLongAsATransactionMayChangeIt() throws IOException {
    try (Rig rig = new Rig(Rig.ROOMY)) {
      Transaction transaction = rig.transactions().begin();
      transaction.get(rig.table(), KEY);
      assertFalse(rig.transactions().isTouched(rig.table()));
      transaction.beginNested();
      transaction.put(rig.table(), KEY, KEY);
      assertTrue(rig.transactions().isTouched(rig.table()));
      transaction.rollback();
      assertFalse(rig.transactions().isTouched(rig.table()));
      transaction.put(rig.table(), KEY, KEY);
      transaction.commit(true);
      assertFalse(rig.transactions().isTouched(rig.table()));
      rig.assertIdle();
    }
  }

  @Test
  void endsOfARangeNeedNotBeKeys() throws IOException {
    try (Rig rig = new Rig(Rig.ROOMY)) {
      byte[] longest = new byte[255];
      rig.transactions().put(rig.table(), KEY, KEY);
      rig.transactions().put(rig.table(), longest, KEY);
      byte[] tooLong = new byte[300];
      assertEquals(1, count(rig, KeyRange.from(tooLong)));
      assertEquals(1, count(rig, KeyRange.until(tooLong)));
      assertEquals(2, count(rig, KeyRange.from(new byte[0])));
      assertEquals(0, count(rig, KeyRange.until(new byte[0])));
      assertEquals(0, count(rig, KeyRange.between(KEY, tooLong)));
    }
  }

  private static int count(Rig rig, KeyRange range) {
    int forward = 0;
    int backward = 0;
    try (TransactionCursor cursor = rig.transactions().cursor(rig.table(), range)) {
      while (cursor.moveNext()) {
        forward++;
      }
      while (cursor.movePrevious()) {
        backward++;
      }
    }
    assertEquals(forward, backward);
    return forward;
  }

  @Test
  void payloadsComeBackAndHostileOnesAreRefused() {
    ByteBuffer key = ByteBuffer.wrap(Rig.bytes(1, 28));
    for (ByteBuffer old : Arrays.asList(null, ByteBuffer.wrap(Rig.bytes(2, 90)))) {
      UndoRecord read =
          UndoRecord.decode(UndoRecord.of(3, 12, TreeKind.LONG_VALUES, key, old).encode());
      assertEquals(3, read.databaseId());
      assertEquals(12, read.tableId());
      assertEquals(TreeKind.LONG_VALUES, read.tree());
      assertEquals(key, read.key());
      assertEquals(old, read.old());
    }
    RemovalRecord removal = new RemovalRecord(3, 12, 0xFFFF_FFFFL);
    assertEquals(removal, RemovalRecord.decode(removal.encode()));
    assertNull(UndoRecord.of(1, 1, TreeKind.RECORDS, key, null).old());
    Random random = new Random(1);
    int refused = 0;
    for (int i = 0; i < 20_000; i++) {
      byte[] bytes = new byte[random.nextInt(60)];
      UndoRecord.of(3, 12, TreeKind.RECORDS, key, null)
          .encode()
          .get(0, bytes, 0, Math.min(bytes.length, 40));
      for (int flip = random.nextInt(4); flip > 0 && bytes.length > 0; flip--) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
      }
      refused += isRefused(() ->
              Objects.requireNonNull(UndoRecord.decode(ByteBuffer.wrap(bytes)).key()))
          ? 1
          : 0;
      refused += isRefused(() -> RemovalRecord.decode(ByteBuffer.wrap(bytes))) ? 1 : 0;
    }
    assertTrue(refused > 20_000, "refused: " + refused);
  }

  private static boolean isRefused(Runnable decoding) {
    try {
      decoding.run();
      return false;
    } catch (JetException e) {
      assertEquals(JetErr.LOG_CORRUPTED, e.error());
      return true;
    }
  }

  @Test
  void aCommitThatReplacesMuchMoreThanTheStoreMayHoldIsTakenBack() throws IOException {
    try (Rig rig = new Rig(100_000)) {
      int count = 700;
      for (int number = 0; number < count; number++) {
        rig.transactions().put(rig.table(), numbered(number), Rig.bytes(number, 3_000));
      }
      Transaction all = rig.transactions().begin();
      for (int number = 0; number < count; number++) {
        all.delete(rig.table(), numbered(number));
      }
      Rig.assertFails(JetErr.VERSION_STORE_OUT_OF_MEMORY, () -> all.commit(false));
      all.rollback();
      assertEquals(count, rig.tree().size());
      Transaction half = rig.transactions().begin();
      for (int number = 0; number < count / 2; number++) {
        half.delete(rig.table(), numbered(number));
      }
      half.commit(false);
      assertEquals(count - count / 2, rig.tree().size());
      rig.assertIdle();
    }
  }

  private static byte[] numbered(int number) {
    return new byte[] {(byte) (number >> 8), (byte) number};
  }

  @Test
  void aCursorThatCannotBeOpenedKeepsNoSnapshot() throws IOException {
    try (Rig rig = new Rig(Rig.ROOMY)) {
      assertThrows(
          NullPointerException.class, () -> rig.transactions().cursor(rig.table(), noRange()));
      rig.transactions().put(rig.table(), KEY, KEY);
      rig.transactions().put(rig.table(), KEY, Rig.bytes(1, 10));
      rig.assertIdle();
    }
  }

  @SuppressWarnings("NullAway")
  private static KeyRange noRange() {
    return null;
  }
}
