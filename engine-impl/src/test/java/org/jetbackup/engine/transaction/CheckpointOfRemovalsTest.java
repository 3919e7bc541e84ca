package org.jetbackup.engine.transaction;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.concurrent.locks.ReentrantLock;
import org.jetbackup.api.Environment;
import org.jetbackup.api.KeyRange;
import org.jetbackup.engine.catalog.Database;
import org.jetbackup.engine.checkpoint.AttachmentList;
import org.jetbackup.engine.checkpoint.CheckpointFile;
import org.jetbackup.engine.checkpoint.Checkpointer;
import org.jetbackup.engine.event.Counters;
import org.jetbackup.tck.storage.KitFileSystem;
import org.junit.jupiter.api.Test;

/** What a checkpoint leaves to recovery of values that are being removed. */
class CheckpointOfRemovalsTest {

  @Test
  void aRemovalThatIsDoneWhileDatabasesAreFlushedStaysBehindTheCheckpoint() throws IOException {
    try (Rig rig = new Rig(Rig.ROOMY);
        KitFileSystem files = KitFileSystem.inMemory()) {
      rig.transactions().put(rig.table(), Rig.key(1), Rig.bytes(1, 9000));
      TransactionCursor holdsRemoval = rig.transactions().cursor(rig.table(), KeyRange.all());
      rig.transactions().put(rig.table(), Rig.key(1), Rig.bytes(2, 9000));
      long removal = rig.transactions().oldestNeeded();
      long end = rig.log().end();
      assertTrue(removal > 0 && removal < end);
      Checkpointer checkpointer = checkpointer(rig, files, () -> {
        holdsRemoval.close();
        rig.transactions().purge();
      });
      checkpointer.run();
      assertEquals(0, rig.transactions().pendingRemovals());
      assertEquals(removal, checkpointer.checkpoint(), "nothing of what was removed is durable");
    }
  }

  @Test
  void theLogIsDurableUpToTheCheckpoint() throws IOException {
    try (Rig rig = new Rig(Rig.ROOMY);
        KitFileSystem files = KitFileSystem.inMemory()) {
      Transaction transaction = rig.transactions().begin();
      transaction.put(rig.table(), Rig.key(1), Rig.bytes(1, 10));
      transaction.put(rig.table(), Rig.key(2), Rig.bytes(2, 10));
      transaction.commit(true);
      assertTrue(rig.log().forced() < rig.log().end());
      Checkpointer checkpointer = checkpointer(rig, files, () -> {});
      checkpointer.run();
      assertTrue(rig.log().forced() >= checkpointer.checkpoint());
    }
  }

  private static Checkpointer checkpointer(Rig rig, KitFileSystem files, Runnable flush) {
    Checkpointer.Databases databases = new Checkpointer.Databases() {
      @Override
      public AttachmentList attachments() {
        return AttachmentList.NONE;
      }

      @Override
      public void flush() {
        flush.run();
      }
    };
    Checkpointer.Removals removals = new Checkpointer.Removals() {
      @Override
      public void tryDue() {}

      @Override
      public long oldestAddress() {
        return rig.transactions().oldestNeeded();
      }
    };
    return new Checkpointer(
        new ReentrantLock(),
        rig.journal(),
        new CheckpointFile(files.root().resolve("edb.chk")),
        Database.newSignature(Environment.standard()),
        databases,
        removals,
        Runnable::run,
        1 << 20,
        100,
        new Counters(),
        failure -> {
          throw failure;
        });
  }
}
