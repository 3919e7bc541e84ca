package org.jetbackup.api;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;

/**
 * A range of keys in unsigned byte order: from a key on, up to but without another one, either end
 * open. Immutable. Source: specification clause DATA-7.
 */
public final class KeyRange {

  private static final KeyRange ALL = new KeyRange(Optional.empty(), Optional.empty());

  private final Optional<byte[]> from;
  private final Optional<byte[]> until;

  private KeyRange(Optional<byte[]> from, Optional<byte[]> until) {
    this.from = from.map(byte[]::clone);
    this.until = until.map(byte[]::clone);
  }

  /** {@return the range of every key} */
  public static KeyRange all() {
    return ALL;
  }

  /**
   * {@return the range of the given key and those after it}
   *
   * @param key the first key; copied
   */
  public static KeyRange from(byte[] key) {
    return new KeyRange(Optional.of(key), Optional.empty());
  }

  /**
   * {@return the range of those before the given key}
   *
   * @param key the first key that is outside; copied
   */
  public static KeyRange until(byte[] key) {
    return new KeyRange(Optional.empty(), Optional.of(key));
  }

  /**
   * {@return the range from the first key on, up to but without the second; empty if they are not in
   * order}
   *
   * @param from the first key; copied
   * @param until the first key behind the range; copied
   */
  public static KeyRange between(byte[] from, byte[] until) {
    return new KeyRange(Optional.of(from), Optional.of(until));
  }

  /** {@return the key at which the range begins, itself included, if it has one; a copy} */
  public Optional<byte[]> from() {
    return from.map(byte[]::clone);
  }

  /** {@return the key before which the range ends, if it has one; a copy} */
  public Optional<byte[]> until() {
    return until.map(byte[]::clone);
  }

  /**
   * {@return whether a key lies in the range}
   *
   * @param key the key
   */
  public boolean contains(byte[] key) {
    return (from.isEmpty() || Arrays.compareUnsigned(from.get(), key) <= 0)
        && (until.isEmpty() || Arrays.compareUnsigned(key, until.get()) < 0);
  }

  /** {@return both ends in hexadecimal, {@code open} for one that is missing} */
  @Override
  public String toString() {
    return "[" + hex(from) + ", " + hex(until) + ")";
  }

  private static String hex(Optional<byte[]> key) {
    return key.map(HexFormat.of()::formatHex).orElse("open");
  }
}
