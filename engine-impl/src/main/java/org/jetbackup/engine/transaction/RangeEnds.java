package org.jetbackup.engine.transaction;

import java.util.Arrays;
import java.util.Optional;
import org.jetbackup.api.JetTable;
import org.jetbackup.api.KeyRange;
import org.jetbackup.engine.catalog.TableCursor;
import org.jspecify.annotations.Nullable;

/**
 * Where a search in a range begins. The ends of a range need not be keys: the empty one lies before
 * all keys, and one that is too long behind what is left when it is cut off.
 */
final class RangeEnds {

  private final byte @Nullable [] from;
  private final byte @Nullable [] until;

  RangeEnds(KeyRange range) {
    Optional<byte[]> first = range.from();
    this.from = first.isPresent() && first.get().length > 0 ? first.get() : null;
    this.until = range.until().orElse(null);
  }

  /** {@return the key at which the range begins; null for the first of all} */
  byte @Nullable [] first() {
    return key(from);
  }

  boolean isFirstIncluded() {
    return from == null || from.length <= JetTable.KEY_LENGTH_MAX;
  }

  /** {@return the key at which the range ends; null for the last of all} */
  byte @Nullable [] last() {
    return key(until);
  }

  boolean isLastIncluded() {
    return until != null && until.length > JetTable.KEY_LENGTH_MAX;
  }

  /** {@return whether no key can be before the end} */
  boolean isEmpty() {
    return until != null && until.length == 0;
  }

  boolean isBefore(byte[] key) {
    return from != null && Arrays.compareUnsigned(key, from) < 0;
  }

  boolean contains(byte[] key) {
    return !isBefore(key) && (until == null || Arrays.compareUnsigned(key, until) < 0);
  }

  boolean containsKeyOf(TableCursor cursor) {
    return (from == null || cursor.compareKey(from) >= 0)
        && (until == null || cursor.compareKey(until) < 0);
  }

  private static byte @Nullable [] key(byte @Nullable [] end) {
    return end == null || end.length <= JetTable.KEY_LENGTH_MAX
        ? end
        : Arrays.copyOf(end, JetTable.KEY_LENGTH_MAX);
  }
}
