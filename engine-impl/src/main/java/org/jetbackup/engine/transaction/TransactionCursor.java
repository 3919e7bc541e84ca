package org.jetbackup.engine.transaction;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Objects;
import java.util.function.Consumer;
import org.jetbackup.api.JetCursor;
import org.jetbackup.api.JetTable;
import org.jetbackup.api.KeyRange;
import org.jetbackup.api.error.JetErr;
import org.jetbackup.api.error.JetException;
import org.jetbackup.api.error.Subject;
import org.jetbackup.engine.catalog.RecordValue;
import org.jetbackup.engine.catalog.Table;
import org.jetbackup.engine.catalog.TableCursor;
import org.jetbackup.engine.version.Snapshot;
import org.jetbackup.engine.version.TableVersions;
import org.jetbackup.engine.version.Version;
import org.jspecify.annotations.Nullable;

/**
 * A place in a range of a table as a transaction sees it: the tree, in which before-images take the
 * place of what is too young, and over both the transaction's own writes.
 *
 * <pre>{@code
 *   NOWHERE --move--> TREE    the record is that of the tree, copied when the cursor came there
 *                     IMAGE   it is a before-image
 *                     OWN     the transaction has written it
 *                     GONE    the transaction has removed it since, or taken its write back
 * }</pre>
 *
 * <p>The place is a key; so it survives every change. Where no key of the table has versions and
 * the transaction has written nothing to it, moving and reading allocate nothing. For one thread at
 * a time.
 */
public final class TransactionCursor implements JetCursor {

  private static final long STALE = -1;

  private enum Place {
    NOWHERE,
    TREE,
    IMAGE,
    OWN,
    GONE
  }

  private final TableState state;
  private final TableVersions versions;
  private final Snapshot snapshot;
  private final WriteSet.@Nullable OfTable own;
  private final @Nullable Transaction transaction;
  private final Consumer<Snapshot> onClose;
  private final RangeEnds ends;
  private final TableCursor tree;
  private final RecordValue image;
  private final ByteBuffer lastKey = ByteBuffer.allocate(JetTable.KEY_LENGTH_MAX);
  private boolean open = true;
  private Place place = Place.NOWHERE;

  /** The key of the place; the tree cursor has it if the record is the tree's. */
  private byte @Nullable [] key;

  private byte @Nullable [] ownValue;

  /** The state of the transaction's writes that the place is good for. */
  private long seenChanges;

  TransactionCursor(
      TableState state,
      KeyRange range,
      Snapshot snapshot,
      WriteSet.@Nullable OfTable own,
      @Nullable Transaction transaction,
      Consumer<Snapshot> onClose) {
    this.state = state;
    this.versions = state.versions();
    this.snapshot = snapshot;
    this.own = own;
    this.transaction = transaction;
    this.onClose = onClose;
    this.ends = new RangeEnds(range);
    this.tree = state.table().cursor();
    this.image = state.table().recordValue();
  }

  @Override
  public boolean moveFirst() {
    requireUsable();
    return search(true, ends.first(), ends.isFirstIncluded(), false);
  }

  @Override
  public boolean moveLast() {
    requireUsable();
    return search(false, ends.last(), ends.isLastIncluded(), false);
  }

  @Override
  public boolean moveNext() {
    requireUsable();
    return place == Place.NOWHERE ? moveFirst() : go(true);
  }

  @Override
  public boolean movePrevious() {
    requireUsable();
    return place == Place.NOWHERE ? moveLast() : go(false);
  }

  @Override
  public boolean seek(byte[] wanted) {
    requireUsable();
    Table.requireKey(wanted);
    return ends.isBefore(wanted) ? moveFirst() : search(true, wanted.clone(), true, false);
  }

  @Override
  public int keyLength() {
    requireRecord();
    byte[] here = key;
    return here == null ? tree.keyLength() : here.length;
  }

  @Override
  public int valueLength() {
    requireRecord();
    long length;
    try {
      length = switch (place) {
        case TREE -> tree.valueLength();
        case IMAGE -> image.length();
        default -> ownValue().length;
      };
    } catch (JetException e) {
      throw explained(e);
    }
    snapshot.requireThere();
    return Math.toIntExact(length);
  }

  @Override
  public int readKey(ByteBuffer target) {
    requireRecord();
    byte[] here = key;
    return here == null ? tree.readKey(target) : copy(here, 0, target);
  }

  @Override
  public int readValue(ByteBuffer target, int offset) {
    requireRecord();
    if (offset < 0) {
      throw new IllegalArgumentException("offset = " + offset + ", allowed: from 0 on");
    }
    int copied;
    try {
      copied = switch (place) {
        case TREE -> tree.readValue(target, offset);
        case IMAGE -> image.read(target, offset);
        default -> copy(ownValue(), offset, target);
      };
    } catch (JetException e) {
      throw explained(e);
    }
    snapshot.requireThere();
    return copied;
  }

  @Override
  public void close() {
    if (open) {
      open = false;
      place = Place.NOWHERE;
      onClose.accept(snapshot);
    }
  }

  /** Goes on from the place: at once if the tree has all there is, otherwise by key. */
  private boolean go(boolean forward) {
    if (place != Place.TREE) {
      return search(forward, placeKey(), false, false);
    }
    if (!isOwnEmpty() || !versions.isEmpty()) {
      return search(forward, placeKey(), false, true);
    }
    int aborts = versions.aborts();
    tree.readKey(lastKey.clear()); // should there be versions after the move, it begins anew
    boolean there = forward ? tree.next() : tree.previous();
    if (versions.isEmpty() && aborts == versions.aborts()) {
      return arriveInTree(there);
    }
    return search(forward, Arrays.copyOf(lastKey.array(), lastKey.position()), false, false);
  }

  private boolean arriveInTree(boolean there) {
    boolean inside = there && ends.containsKeyOf(tree);
    arrive(inside ? Place.TREE : Place.NOWHERE, null);
    snapshot.requireThere();
    return inside;
  }

  /**
   * Looks for the next record that can be seen.
   *
   * @param from the key to begin at; null for the edge of the table
   * @param inclusive whether that key counts
   * @param onPlace whether the tree cursor stands on that key
   */
  private boolean search(
      boolean forward, byte @Nullable [] from, boolean inclusive, boolean onPlace) {
    if (ends.isEmpty()) {
      arrive(Place.NOWHERE, null);
      return false;
    }
    boolean done = false;
    try {
      boolean step = onPlace;
      while (true) {
        int aborts = versions.aborts();
        boolean there = step ? step(forward) : position(forward, from, inclusive);
        boolean found = (isOwnEmpty() && versions.isEmpty())
            ? arriveInTree(there)
            : merge(forward, from, inclusive, there);
        if (aborts == versions.aborts()) {
          snapshot.requireThere();
          done = true;
          return found;
        }
        step = false; // the tree may have shown changes that were taken back since
      }
    } finally {
      if (!done && place != Place.NOWHERE) {
        key = from; // reading looks the record up again
        place = from == null || inclusive ? Place.NOWHERE : Place.GONE;
        seenChanges = STALE;
      }
    }
  }

  /**
   * Goes through the keys of all three sources in order. The tree cursor is ahead, so that a change
   * of a key that it has passed already has its version.
   */
  private boolean merge(
      boolean forward, byte @Nullable [] from, boolean inclusive, boolean treeThere) {
    byte[] at = from;
    boolean equalToo = inclusive;
    byte[] treeKey = treeThere ? tree.key() : null;
    while (true) {
      byte[] next = nearer(forward, treeKey, versionKey(forward, at, equalToo));
      next = nearer(forward, next, ownKey(forward, at, equalToo));
      if (next == null || !ends.contains(next)) {
        arrive(Place.NOWHERE, null);
        return false;
      }
      boolean inTree = treeKey != null && Arrays.equals(next, treeKey);
      if (arriveIfSeen(next, inTree)) {
        return true;
      }
      at = next;
      equalToo = false;
      if (inTree) {
        treeKey = step(forward) ? tree.key() : null;
      }
    }
  }

  private boolean arriveIfSeen(byte[] candidate, boolean inTree) {
    Write write = own == null ? null : own.writes().get(candidate);
    if (write != null) {
      if (write.value() != null) {
        arrive(Place.OWN, candidate);
        ownValue = write.value();
      }
      return write.value() != null;
    }
    Version seen = versions.seenBy(candidate, snapshot.time());
    if (seen != null) {
      byte[] before = seen.before();
      if (before != null) {
        image.moveTo(before);
        arrive(Place.IMAGE, candidate);
      }
      return before != null;
    }
    if (inTree) {
      arrive(Place.TREE, null);
    }
    return inTree;
  }

  private boolean step(boolean forward) {
    return forward ? tree.next() : tree.previous();
  }

  private boolean position(boolean forward, byte @Nullable [] from, boolean inclusive) {
    if (from == null) {
      return forward ? tree.first() : tree.last();
    }
    if (!forward && !inclusive) {
      return tree.seekBefore(from);
    }
    boolean there = tree.seek(from);
    if (forward) {
      return (there && !inclusive && tree.compareKey(from) == 0) ? tree.next() : there;
    }
    if (!there) {
      there = tree.last();
    }
    while (there && tree.compareKey(from) > 0) { // others may add keys at any time
      there = tree.previous();
    }
    return there;
  }

  private byte @Nullable [] versionKey(boolean forward, byte @Nullable [] at, boolean inclusive) {
    return forward ? versions.after(at, inclusive) : versions.before(at, inclusive);
  }

  private byte @Nullable [] ownKey(boolean forward, byte @Nullable [] at, boolean inclusive) {
    return own == null ? null : own.next(forward, at, inclusive);
  }

  private static byte @Nullable [] nearer(
      boolean forward, byte @Nullable [] one, byte @Nullable [] other) {
    if (one == null || other == null) {
      return one == null ? other : one;
    }
    return Arrays.compareUnsigned(one, other) < 0 == forward ? one : other;
  }

  private void arrive(Place where, byte @Nullable [] newKey) {
    place = where;
    key = newKey;
    ownValue = null;
    seenChanges = transaction == null ? 0 : transaction.changes();
  }

  /** The transaction may have changed the record since the cursor came here, or taken that back. */
  private void requireRecord() {
    requireUsable();
    if (place == Place.NOWHERE) {
      throw JetException.of(
          JetErr.NO_CURRENT_RECORD, Subject.value("table", state.table().name()));
    }
    if (seenChanges != (transaction == null ? 0 : transaction.changes())) {
      lookAgain();
    }
    if (place == Place.GONE) {
      throw JetException.of(
          JetErr.RECORD_DELETED, Subject.value("table", state.table().name()));
    }
  }

  private void lookAgain() {
    byte[] here = placeKey();
    Write write = own == null ? null : own.writes().get(here);
    if (write != null) {
      arrive(write.value() == null ? Place.GONE : Place.OWN, here);
      ownValue = write.value();
    } else if (place == Place.OWN || place == Place.GONE) {
      switch (PointReader.find(versions, tree, image, here, snapshot.time())) {
        case TREE -> arrive(Place.TREE, null);
        case IMAGE -> arrive(Place.IMAGE, here);
        case NOWHERE -> arrive(Place.GONE, here);
      }
      snapshot.requireThere();
    } else {
      arrive(place, key);
    }
  }

  private byte[] placeKey() {
    byte[] here = key;
    return here == null ? tree.key() : here;
  }

  private byte[] ownValue() {
    return Objects.requireNonNull(ownValue);
  }

  private boolean isOwnEmpty() {
    return own == null || own.writes().isEmpty();
  }

  private JetException explained(JetException failure) {
    snapshot.requireThere();
    return PointReader.explained(failure, state);
  }

  private void requireUsable() {
    if (!open) {
      throw JetException.of(JetErr.NO_CURRENT_RECORD, Subject.value("cursor", "closed", "open"));
    }
    if (transaction != null && !transaction.isOpen()) {
      throw JetException.of(JetErr.NOT_IN_TRANSACTION);
    }
    snapshot.requireThere();
  }

  private static int copy(byte[] bytes, int offset, ByteBuffer target) {
    int from = Math.min(offset, bytes.length);
    int count = Math.min(bytes.length - from, target.remaining());
    target.put(bytes, from, count);
    return count;
  }
}
