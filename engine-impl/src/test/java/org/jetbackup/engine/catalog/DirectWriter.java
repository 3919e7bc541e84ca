package org.jetbackup.engine.catalog;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jetbackup.api.error.JetErr;
import org.jetbackup.api.error.JetException;
import org.jspecify.annotations.Nullable;

/**
 * Changes the records of a table, one a call, for tests of what lies beneath transactions: as a
 * transaction of one change does it, but without log, turn and versions. A call that fails leaves
 * the record as it was. What it has left of a separated value, and values that no record names any
 * more, go at once, or with the next call if the disk prevents it.
 *
 * <p>For one thread; the writers of several threads may change one table if each has keys of its
 * own.
 */
public final class DirectWriter {

  /** Failures that may be gone when the same is tried again. */
  private static final Set<JetErr> LATER =
      EnumSet.of(JetErr.DISK_FULL, JetErr.DISK_IO, JetErr.OUT_OF_BUFFERS);

  private final StepWriter writer;
  private final Deque<Runnable> due = new ArrayDeque<>();

  private DirectWriter(Table table) {
    this.writer = table.stepWriter();
  }

  /** {@return a writer of a table} */
  public static DirectWriter of(Table table) {
    return new DirectWriter(table);
  }

  /** Adds a record whose key is not there. */
  public void insert(byte[] key, byte[] value) {
    finish();
    if (writer.find(key) != null) {
      throw JetException.of(JetErr.KEY_DUPLICATE);
    }
    run(steps -> writer.put(key, value, steps));
  }

  /** Sets the value of a key, whether it was there or not. */
  public void put(byte[] key, byte[] value) {
    finish();
    writer.find(key);
    run(steps -> writer.put(key, value, steps));
  }

  /** Gives a record another value; false if there is no such record. */
  public boolean replace(byte[] key, byte[] value) {
    finish();
    boolean there = writer.find(key) != null;
    if (there) {
      run(steps -> writer.put(key, value, steps));
    }
    return there;
  }

  /** Removes a record; false if there is no such record. */
  public boolean delete(byte[] key) {
    finish();
    boolean there = writer.find(key) != null;
    if (there) {
      run(writer::delete);
    }
    return there;
  }

  private interface Write {
    void write(Steps steps);
  }

  private void run(Write change) {
    Taken taken = new Taken();
    try {
      change.write(taken);
    } catch (JetException e) {
      takeBack(taken, e);
      throw e;
    }
    taken.obsolete.forEach(id -> due.add(() -> writer.removeLongValue(id, () -> {})));
    makeUp();
  }

  private void takeBack(Taken taken, JetException failure) {
    due.addAll(taken.back);
    try {
      makeUp();
    } catch (JetException e) {
      failure.addSuppressed(e);
    }
  }

  /** Does what the disk has prevented before, and may prevent again. */
  public void finish() {
    for (int left = due.size(); left > 0; left--) {
      try {
        makeUp();
      } catch (JetException damage) {
        // One less is due; the call that it belongs to has succeeded, or has told its own failure.
      }
    }
  }

  private void makeUp() {
    while (!due.isEmpty()) {
      try {
        due.element().run();
      } catch (JetException e) {
        if (LATER.contains(e.error())) {
          return;
        }
        due.remove(); // damaged: it would keep all others from going
        throw e;
      }
      due.remove();
    }
  }

  /** What a change has done, and how it is taken back, the newest first. */
  private final class Taken implements Steps {
    private final List<Long> obsolete = new ArrayList<>();
    private final Deque<Runnable> back = new ArrayDeque<>();

    @Override
    public void before(TreeKind tree, ByteBuffer key, @Nullable ByteBuffer old) {
      if (tree
          == TreeKind.LONG_VALUES) { // the step on the records is the last: not made if it fails
        ByteBuffer copy = ByteBuffer.allocate(key.limit()).order(key.order());
        copy.put(0, key, 0, key.limit());
        back.addFirst(() -> writer.undo(tree, copy, null));
      }
    }

    @Override
    public void obsolete(long longValueId) {
      obsolete.add(longValueId);
    }
  }
}
