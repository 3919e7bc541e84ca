package org.jetbackup.engine.checkpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import org.jetbackup.api.Environment;
import org.jetbackup.engine.event.Counters;
import org.jetbackup.engine.format.PageSize;
import org.jetbackup.engine.log.Journal;
import org.jetbackup.engine.log.LogOptions;
import org.jetbackup.engine.log.LogWriter;
import org.jetbackup.engine.log.RecordKind;
import org.jetbackup.tck.storage.KitFileSystem;
import org.junit.jupiter.api.Test;

/** Where the checkpoint may go. */
final class CheckpointerTest {

  /** A log with a checkpointer, and databases that have nothing to flush. */
  private static final class Fixture implements Checkpointer.Databases, Checkpointer.Removals {
    private final LogWriter log;
    private final Journal journal;
    private final Checkpointer checkpointer;
    private final AtomicLong oldest = new AtomicLong();
    private Runnable whileFlushing = () -> {};

    Fixture(Path root) {
      LogOptions options =
          new LogOptions(root, "edb", 64 << 10, 512, 8 << 10, false, PageSize.KIB_4);
      log = LogWriter.create(options, Environment.standard(), () -> new byte[0]);
      journal = new Journal(log);
      checkpointer = new Checkpointer(
          new ReentrantLock(),
          journal,
          new CheckpointFile(root.resolve("edb.chk")),
          log.signature(),
          this,
          this,
          Runnable::run,
          1 << 20,
          100,
          new Counters(),
          failure -> {
            throw failure;
          });
    }

    long append() {
      journal.enter();
      try {
        return journal.append(RecordKind.NOTE, ByteBuffer.allocate(100));
      } finally {
        journal.leave();
      }
    }

    @Override
    public AttachmentList attachments() {
      return AttachmentList.NONE;
    }

    @Override
    public void flush() {
      whileFlushing.run();
    }

    @Override
    public void tryDue() {}

    @Override
    public long oldestAddress() {
      return oldest.get();
    }
  }

  @Test
  void theCheckpointIsNeverBehindWhatIsDurable() throws IOException {
    try (KitFileSystem kit = KitFileSystem.inMemory()) {
      Fixture fixture = new Fixture(kit.root());
      long behind = fixture.append();
      fixture.checkpointer.run();
      assertEquals(behind, fixture.checkpointer.checkpoint());
      assertTrue(fixture.log.forced() >= behind, "the log is forced up to there");
      fixture.log.close();
    }
  }

  @Test
  void aRemovalThatIsMadeMeanwhileStillHoldsItBack() throws IOException {
    try (KitFileSystem kit = KitFileSystem.inMemory()) {
      Fixture fixture = new Fixture(kit.root());
      long removal = fixture.log.end();
      fixture.append();
      fixture.oldest.set(removal);
      fixture.whileFlushing = () -> {
        fixture.append(); // the record that says so, which a crash may take
        fixture.oldest.set(0);
      };
      fixture.checkpointer.run();
      assertEquals(removal, fixture.checkpointer.checkpoint());
      fixture.log.close();
    }
  }
}
