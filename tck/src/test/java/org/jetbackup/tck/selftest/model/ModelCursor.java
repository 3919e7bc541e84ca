package org.jetbackup.tck.selftest.model;

import java.nio.ByteBuffer;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jetbackup.api.JetCursor;
import org.jetbackup.api.KeyRange;
import org.jetbackup.api.error.JetErr;
import org.jetbackup.api.error.JetException;
import org.jspecify.annotations.Nullable;

/** A cursor: nothing but the key on which it stands, looked up again at every step. */
final class ModelCursor implements JetCursor {

  private final ModelTable table;
  private final Optional<Bytes> from;
  private final Optional<Bytes> until;
  private final Supplier<NavigableMap<Bytes, Bytes>> source;
  private @Nullable Bytes current;
  private boolean closed;

  ModelCursor(ModelTable table, KeyRange range, Supplier<NavigableMap<Bytes, Bytes>> source) {
    this.table = table;
    this.from = range.from().map(Bytes::copyOf);
    this.until = range.until().map(Bytes::copyOf);
    this.source = source;
  }

  private <T> T use(Disk.Operation<T> call) {
    return table.use(() -> {
      if (closed) {
        throw JetException.of(JetErr.INVALID_TABLE_ID);
      }
      return call.run();
    });
  }

  /** The rows in the range. */
  private NavigableMap<Bytes, Bytes> rows() {
    if (from.isPresent() && until.isPresent() && from.get().compareTo(until.get()) >= 0) {
      return new TreeMap<>();
    }
    NavigableMap<Bytes, Bytes> rows = inKeyOrder(source.get());
    if (from.isPresent()) {
      rows = rows.tailMap(from.get(), true);
    }
    if (until.isPresent()) {
      rows = rows.headMap(until.get(), !table.decisions().leavesEndOfRangeOut());
    }
    return rows;
  }

  private NavigableMap<Bytes, Bytes> inKeyOrder(NavigableMap<Bytes, Bytes> rows) {
    if (table.decisions().ordersKeysUnsigned()) {
      return rows;
    }
    NavigableMap<Bytes, Bytes> signed = new TreeMap<>(Bytes.SIGNED);
    signed.putAll(rows);
    return signed;
  }

  private interface Step {
    @Nullable
    Bytes from(NavigableSet<Bytes> keys, @Nullable Bytes current);
  }

  private boolean move(Step step) {
    return use(() -> {
      NavigableSet<Bytes> keys = rows().navigableKeySet();
      current = step.from(keys, current);
      return current != null;
    });
  }

  private static @Nullable Bytes first(NavigableSet<Bytes> keys) {
    return keys.isEmpty() ? null : keys.first();
  }

  private static @Nullable Bytes last(NavigableSet<Bytes> keys) {
    return keys.isEmpty() ? null : keys.last();
  }

  @Override
  public boolean moveFirst() {
    return move((keys, here) -> first(keys));
  }

  @Override
  public boolean moveLast() {
    return move((keys, here) -> last(keys));
  }

  @Override
  public boolean moveNext() {
    return move((keys, here) -> here == null ? first(keys) : keys.higher(here));
  }

  @Override
  public boolean movePrevious() {
    return move((keys, here) -> here == null ? last(keys) : keys.lower(here));
  }

  @Override
  public boolean seek(byte[] key) {
    return move((keys, here) -> keys.ceiling(Bytes.copyOf(key)));
  }

  private Bytes requireKey() {
    requireValue();
    if (current == null) {
      throw JetException.of(JetErr.NO_CURRENT_RECORD);
    }
    return current;
  }

  private Bytes requireValue() {
    Bytes value = current == null ? null : source.get().get(current);
    if (value == null) {
      throw JetException.of(JetErr.NO_CURRENT_RECORD);
    }
    return value;
  }

  @Override
  public int keyLength() {
    return use(() -> requireKey().length());
  }

  @Override
  public int valueLength() {
    return use(() -> requireValue().length());
  }

  @Override
  public int readKey(ByteBuffer target) {
    return use(() -> requireKey().copyTo(target, 0));
  }

  @Override
  public int readValue(ByteBuffer target, int offset) {
    return use(() -> requireValue().copyTo(target, offset));
  }

  @Override
  public void close() {
    closed = true;
  }
}
