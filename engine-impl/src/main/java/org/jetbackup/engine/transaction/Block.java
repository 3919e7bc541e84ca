package org.jetbackup.engine.transaction;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jetbackup.api.error.JetErr;
import org.jetbackup.api.error.JetException;
import org.jetbackup.api.error.Subject;
import org.jetbackup.engine.catalog.StepWriter;
import org.jetbackup.engine.catalog.Steps;
import org.jetbackup.engine.catalog.TreeKind;
import org.jetbackup.engine.log.Journal;
import org.jetbackup.engine.log.RecordKind;
import org.jetbackup.engine.version.Version;
import org.jetbackup.engine.version.VersionStore;
import org.jspecify.annotations.Nullable;

/**
 * Applies writes to the trees as one block of the log. Used under the turn, for one block after the
 * other.
 *
 * <pre>{@code
 *           +--write--+
 *           v         |
 *   IDLE--begin--> APPLYING --commit--> IDLE    versions have a time, the block has an end
 *                     |
 *                     +--------undo---> IDLE    trees and versions are as before, the block has an
 *                                               end too: what it did it has taken back itself
 * }</pre>
 *
 * <pre>
 *   a single step                              CHANGE with the end of the block
 *   a single step, a value becomes obsolete    REMOVAL  CHANGE with the end
 *   anything else                              (UNDO CHANGE | REMOVAL)...  END
 *   anything else, taken back                  (UNDO CHANGE | REMOVAL)...  CHANGE... REMOVED... END
 * </pre>
 *
 * <p>A block without an end is taken back by recovery with its UNDO records. A step that fails has
 * not happened at all, so it is not taken back: the page that it stumbled over may be damaged.
 * REMOVED takes back a REMOVAL; if there was a single step, it ends the block.
 *
 * <p>The last of many steps does not carry the end of the block, although it would save a record:
 * should it fail, the next record would still be taken for the end.
 */
final class Block implements Steps {

  /**
   * How many bytes of before-images one block may have for each byte of the budget. The writes are
   * in the budget, what they replace is not: removing large records costs little until it happens.
   */
  private static final int IMAGES_PER_BUDGET = 16;

  private record Step(TableState table, UndoRecord undo) {}

  private final Journal journal;
  private final VersionStore store;
  private final Removals removals;
  private final List<Version> entered = new ArrayList<>();
  private final List<Removal> obsolete = new ArrayList<>();
  private final List<Step> steps = new ArrayList<>();
  private @Nullable TableState current;
  private boolean single;

  /** Whether the one step of a block was taken; nothing tells how to take it back. */
  private boolean singleMade;

  /** Of the before-images of all steps, and of all UNDO records. */
  private long imageBytes;

  private long undoBytes;

  /** Whether the last of {@link #steps} is being taken. */
  private boolean stepping;

  Block(Journal journal, VersionStore store, Removals removals) {
    this.journal = journal;
    this.store = store;
    this.removals = removals;
  }

  /**
   * Begins a block.
   *
   * @param one whether it will be one write that takes a single step on the records
   */
  void begin(boolean one) {
    entered.clear();
    obsolete.clear();
    steps.clear();
    stepping = false;
    singleMade = false;
    imageBytes = 0;
    undoBytes = 0;
    single = one;
    journal.beginBlock();
  }

  /**
   * Applies a write; the key is owned.
   *
   * @param value the value from now on; null to remove the key, which need not be there
   */
  void write(TableState table, byte[] key, byte @Nullable [] value) {
    StepWriter writer = table.writer();
    ByteBuffer there = writer.find(key);
    if (there == null && value == null) {
      return;
    }
    entered.add(table.versions().enter(key, copy(there)));
    current = table;
    if (value == null) {
      writer.delete(this);
    } else {
      writer.put(key, value, this);
    }
    stepping = false;
    singleMade = single;
  }

  /** Ends the block; {@return the time of the commit}. */
  long commit() {
    journal.endBlock();
    long time = store.commit(entered);
    removals.commit(obsolete, time);
    return time;
  }

  /** Takes back what was done; a failure of this leaves the block without an end, for recovery. */
  void undo() {
    if (singleMade) {
      throw new IllegalStateException("a block of one step failed behind its step");
    }
    if (stepping) {
      steps.remove(steps.size() - 1);
    }
    for (int i = steps.size() - 1; i >= 0; i--) {
      Step step = steps.get(i);
      step.table.writer().undo(step.undo.tree(), step.undo.key(), step.undo.old());
    }
    for (Removal removal : obsolete) {
      journal.append(RecordKind.REMOVED, removal.payload());
      removals.drop(removal);
    }
    journal.endBlock();
    store.abort(entered);
  }

  @Override
  public void before(TreeKind tree, ByteBuffer key, @Nullable ByteBuffer old) {
    stepping = false;
    if (single) {
      journal.endWithNext();
      return;
    }
    TableState table = table();
    UndoRecord undo = UndoRecord.of(table.databaseId(), table.table().id(), tree, key, old);
    Step step = new Step(table, undo);
    ByteBuffer payload = undo.encode();
    requireUndoable(old == null ? 0 : old.limit(), payload.limit());
    journal.append(RecordKind.UNDO, payload);
    steps.add(step);
    stepping = true;
  }

  private void requireUndoable(int image, int payload) {
    imageBytes += image;
    undoBytes += payload;
    if (imageBytes > IMAGES_PER_BUDGET * store.limit() || undoBytes > UndoRecord.BLOCK_BYTES_MAX) {
      throw JetException.of(
          JetErr.VERSION_STORE_OUT_OF_MEMORY,
          Subject.value("bytes that a transaction replaces", Math.max(imageBytes, undoBytes)));
    }
  }

  /** Known as a pending removal before the block ends, so that no checkpoint misses it. */
  @Override
  public void obsolete(long longValueId) {
    stepping = false;
    Removal removal = new Removal(table(), longValueId, address());
    boolean written = false;
    removals.add(removal);
    try {
      journal.append(RecordKind.REMOVAL, removal.payload());
      written = true;
    } finally {
      if (!written) {
        removals.drop(removal);
      }
    }
    obsolete.add(removal);
  }

  private long address() {
    long begin = journal.blockBegin();
    return begin == 0 ? journal.log().end() : begin;
  }

  private TableState table() {
    if (current == null) {
      throw new IllegalStateException("no write is being applied");
    }
    return current;
  }

  private static byte @Nullable [] copy(@Nullable ByteBuffer record) {
    if (record == null) {
      return null;
    }
    byte[] bytes = new byte[record.limit()];
    record.get(0, bytes);
    return bytes;
  }
}
