package org.jetbackup.engine.soak;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.OptionalLong;
import java.util.SplittableRandom;

/**
 * Stamps name values: each change writes a stamp of its own, and a stamp says all bytes of its
 * value. So a process tells another a row in eight bytes, and a value that is mixed out of two is
 * seen.
 *
 * <pre>
 *   writer, 8 bits | round, 16 | transaction, 24 | change, 16
 * </pre>
 *
 * <p>Round and transaction together are the <i>sequence</i>, which rises over the life of a writer.
 */
public final class Stamps {

  /** In the place of a stamp: there is no record. */
  public static final long ABSENT = 0;

  /** The change of every transaction that writes the witness of its writer. */
  public static final int WITNESS = 0;

  private static final int TRANSACTION_BITS = 24;
  private static final int CHANGE_BITS = 16;
  private static final int WRITER_SHIFT = 56;
  private static final int SEQUENCE_BITS = WRITER_SHIFT - CHANGE_BITS;

  private Stamps() {}

  public static long sequence(int round, int transaction) {
    return (long) round << TRANSACTION_BITS | transaction;
  }

  public static long of(int writer, long sequence, int change) {
    return (long) writer << WRITER_SHIFT | sequence << CHANGE_BITS | change;
  }

  public static long sequenceOf(long stamp) {
    return stamp >>> CHANGE_BITS & ((1L << SEQUENCE_BITS) - 1);
  }

  public static byte[] value(long stamp) {
    SplittableRandom random = new SplittableRandom(stamp);
    byte[] value = new byte[Long.BYTES + filling(stamp, random)];
    random.nextBytes(value);
    ByteBuffer.wrap(value).putLong(stamp);
    return value;
  }

  /** The stamp of a value; empty if a single bit of it is not as it was written. */
  public static OptionalLong parse(byte[] value) {
    if (value.length < Long.BYTES) {
      return OptionalLong.empty();
    }
    long stamp = ByteBuffer.wrap(value).getLong();
    return Arrays.equals(value(stamp), value) ? OptionalLong.of(stamp) : OptionalLong.empty();
  }

  /** Mostly small; one in fifty goes beyond a page of any size. */
  private static int filling(long stamp, SplittableRandom random) {
    if ((stamp & 0xFFFF) == WITNESS) {
      return Long.BYTES; // enough to notice that the stamp itself is wrong
    }
    int kind = random.nextInt(100);
    if (kind < 70) {
      return random.nextInt(200);
    }
    return random.nextInt(kind < 90 ? 2_000 : kind < 98 ? 8_000 : 40_000);
  }

  /** A stamp as messages show it. */
  public static String name(long stamp) {
    if (stamp == ABSENT) {
      return "nothing";
    }
    long sequence = sequenceOf(stamp);
    return "value " + (stamp & 0xFFFF) + " of writer " + (stamp >>> WRITER_SHIFT) + " transaction "
        + name(sequence, "/");
  }

  private static String name(long sequence, String between) {
    return (sequence >>> TRANSACTION_BITS) + between + (sequence & ((1 << TRANSACTION_BITS) - 1));
  }

  public static String sequenceName(long sequence) {
    return name(sequence, "/");
  }
}
