package org.jetbackup.engine.transaction;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jetbackup.api.KeyRange;
import org.jetbackup.api.error.JetErr;
import org.jetbackup.api.error.JetException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What holds in every snapshot while several threads write. */
@Timeout(value = 5, unit = TimeUnit.MINUTES) // not a verdict: a hang shall not last for ever
class SnapshotThreadsTest {

  private static final int ACCOUNTS = 40;
  private static final int START = 1000;
  private static final int TRANSFERS = Integer.getInteger("jetbackup.transfers", 1500);

  private final AtomicInteger writing = new AtomicInteger();

  @Test
  void theSumOfAllAccountsIsTheSameInEverySnapshot() throws Exception {
    try (Rig rig = new Rig(Rig.ROOMY)) {
      for (int i = 0; i < ACCOUNTS; i++) {
        rig.transactions().put(rig.table(), account(i), money(START, i));
      }
      List<Callable<Integer>> work = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        int seed = i;
        writing.incrementAndGet();
        work.add(() -> transfer(rig, new Random(seed)));
      }
      work.add(() -> read(rig, true));
      work.add(() -> read(rig, false));
      List<Integer> done = run(work);
      assertTrue(done.get(3) > 0 && done.get(4) > 0, "scans: " + done);
      assertEquals(START * ACCOUNTS, sum(rig, true));
      rig.assertIdle();
    }
  }

  @Test
  void noUpdateIsLost() throws Exception {
    try (Rig rig = new Rig(Rig.ROOMY)) {
      rig.transactions().put(rig.table(), account(0), money(0, 0));
      List<Callable<Integer>> work = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        work.add(() -> count(rig));
      }
      int counted = run(work).stream().mapToInt(Integer::intValue).sum();
      assertEquals(
          counted, amount(rig.transactions().get(rig.table(), account(0)).orElseThrow()));
      rig.assertIdle();
    }
  }

  @Test
  void twoThatReadWhatTheOtherWritesBothCommit() throws IOException {
    try (Rig rig = new Rig(Rig.ROOMY)) {
      rig.transactions().put(rig.table(), account(0), money(1, 0));
      rig.transactions().put(rig.table(), account(1), money(1, 0));
      Transaction one = rig.transactions().begin();
      Transaction other = rig.transactions().begin();
      one.get(rig.table(), account(0));
      other.get(rig.table(), account(1));
      one.put(rig.table(), account(1), money(0, 0));
      other.put(rig.table(), account(0), money(0, 0));
      one.commit(false);
      other.commit(false);
      assertEquals(0, sum(rig, true)); // write skew: snapshot isolation allows it
      rig.assertIdle();
    }
  }

  private static List<Integer> run(List<Callable<Integer>> work)
      throws InterruptedException, ExecutionException {
    ExecutorService threads = Executors.newFixedThreadPool(work.size());
    try {
      List<Integer> answers = new ArrayList<>();
      for (Future<Integer> future : threads.invokeAll(work)) {
        answers.add(future.get());
      }
      return answers;
    } finally {
      threads.shutdownNow();
    }
  }

  private int transfer(Rig rig, Random random) {
    int done = 0;
    try {
      for (int i = 0; i < TRANSFERS; i++) {
        Transaction transaction = rig.transactions().begin();
        try {
          int from = random.nextInt(ACCOUNTS);
          int to = (from + 1 + random.nextInt(ACCOUNTS - 1)) % ACCOUNTS;
          int amount = 1 + random.nextInt(9);
          add(rig, transaction, from, -amount, random);
          add(rig, transaction, to, amount, random);
          if (random.nextInt(8) == 0) {
            transaction.rollback();
          } else {
            transaction.commit(random.nextBoolean());
            done++;
          }
        } catch (JetException e) {
          assertEquals(JetErr.WRITE_CONFLICT, e.error(), e.toString());
          transaction.rollback();
        }
      }
      return done;
    } finally {
      writing.decrementAndGet();
    }
  }

  /** Accounts are removed when they are empty enough, and come back; some values are separated. */
  private static void add(Rig rig, Transaction transaction, int account, int by, Random random) {
    int had = transaction
        .get(rig.table(), account(account))
        .map(SnapshotThreadsTest::amount)
        .orElse(0);
    if (had + by == 0) {
      transaction.delete(rig.table(), account(account));
    } else {
      transaction.put(rig.table(), account(account), money(had + by, random.nextInt(20)));
    }
  }

  private int read(Rig rig, boolean forward) {
    int scans = 0;
    do {
      assertEquals(START * ACCOUNTS, sum(rig, forward), "sum of a snapshot");
      rig.transactions().get(rig.table(), account(scans % ACCOUNTS));
      scans++;
    } while (writing.get() > 0);
    return scans;
  }

  private static int sum(Rig rig, boolean forward) {
    int sum = 0;
    try (TransactionCursor cursor = rig.transactions().cursor(rig.table(), KeyRange.all())) {
      while (forward ? cursor.moveNext() : cursor.movePrevious()) {
        sum += amount(cursor.value());
      }
    }
    return sum;
  }

  private static int count(Rig rig) {
    int done = 0;
    for (int i = 0; i < TRANSFERS; i++) {
      Transaction transaction = rig.transactions().begin();
      try {
        int had = amount(transaction.get(rig.table(), account(0)).orElseThrow());
        transaction.put(rig.table(), account(0), money(had + 1, 0));
        transaction.commit(true);
        done++;
      } catch (JetException e) {
        assertEquals(JetErr.WRITE_CONFLICT, e.error(), e.toString());
        transaction.rollback();
      }
    }
    return done;
  }

  private static byte[] account(int number) {
    return new byte[] {(byte) (number + 1)};
  }

  /** Every tenth or so is too long for a record, and its noise tells whether it is whole. */
  private static byte[] money(int amount, int choice) {
    byte[] value = Rig.bytes(amount, choice == 7 ? 9000 : 200);
    return ByteBuffer.wrap(value).putInt(amount).array();
  }

  private static int amount(byte[] value) {
    int amount = ByteBuffer.wrap(value).getInt();
    byte[] whole = Rig.bytes(amount, value.length);
    assertArrayEquals(ByteBuffer.wrap(whole).putInt(amount).array(), value, "a value in pieces");
    return amount;
  }
}
