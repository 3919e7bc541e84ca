package org.jetbackup.engine.backup.directory;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.jetbackup.api.restore.RestoreMoment.Kind;

/**
 * What the last record of the last generation of every backup says: the payload of a record of
 * kind NOTE. Other notes may follow in other logs; this one is known by its first bytes. Immutable.
 *
 * @param kind which backup
 * @param time when it was made
 */
public record BackupNote(Kind kind, Instant time) {

  private static final int MAGIC = 0x4E42_424A; // reads "JBBN" on disk
  private static final int BYTES = 2 * Integer.BYTES + Long.BYTES + Integer.BYTES;
  private static final int FULL = 1;
  private static final int INCREMENTAL = 2;

  /**
   * Checks that both are there.
   *
   * @param kind which backup
   * @param time when it was made
   */
  public BackupNote {
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(time, "time");
  }

  /** {@return the payload of the record, a new buffer from position to limit} */
  public ByteBuffer encode() {
    return ByteBuffer.allocate(BYTES)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putInt(MAGIC)
        .putInt(kind == Kind.FULL ? FULL : INCREMENTAL)
        .putLong(time.getEpochSecond())
        .putInt(time.getNano())
        .flip();
  }

  /**
   * Reads what {@link #encode} made.
   *
   * @param payload of a record of kind NOTE, from position to limit, which do not change
   * @return the note; empty if it is another note, or no note at all
   */
  public static Optional<BackupNote> decode(ByteBuffer payload) {
    if (payload.remaining() != BYTES) {
      return Optional.empty();
    }
    ByteBuffer bytes = payload.slice().order(ByteOrder.LITTLE_ENDIAN);
    int magic = bytes.getInt();
    int kind = bytes.getInt();
    long second = bytes.getLong();
    int nano = bytes.getInt();
    boolean isOurs = magic == MAGIC
        && (kind == FULL || kind == INCREMENTAL)
        && nano >= 0
        && nano < 1_000_000_000;
    try {
      return isOurs
          ? Optional.of(new BackupNote(
              kind == FULL ? Kind.FULL : Kind.INCREMENTAL, Instant.ofEpochSecond(second, nano)))
          : Optional.empty();
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
