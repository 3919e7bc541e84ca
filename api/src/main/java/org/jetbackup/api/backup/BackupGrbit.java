package org.jetbackup.api.backup;

import java.util.Locale;
import java.util.StringJoiner;

/**
 * The option bits of a backup: a value that can also carry bits which nobody has defined, because an
 * engine must be seen to refuse them.
 *
 * <p>Immutable. Source: JetBackupInstance of the public interface; specification clauses PAR-3,
 * PAR-4, PAR-5, PAR-8 and RET-8.
 *
 * @param bits the bits as one number
 */
public record BackupGrbit(int bits) {

  /** No bit: a full backup into an empty directory. */
  public static final BackupGrbit FULL = new BackupGrbit(0);

  /** {@code JET_bitBackupIncremental}: only the log written since the last backup. */
  public static final BackupGrbit INCREMENTAL = new BackupGrbit(0x1);

  /** {@code JET_bitBackupAtomic}: a full backup that replaces the one before it in one step. */
  public static final BackupGrbit ATOMIC = new BackupGrbit(0x4);

  /**
   * {@code JET_bitBackupSnapshot}: reserved; an engine refuses it with {@code JET_errInvalidGrbit}
   * (-900) or ignores it. Source: specification clause PAR-6.
   */
  public static final BackupGrbit SNAPSHOT = new BackupGrbit(0x10);

  private static final int MEANINGFUL = INCREMENTAL.bits | ATOMIC.bits;

  /**
   * {@return both sets of bits}
   *
   * @param other the bits to add
   */
  public BackupGrbit with(BackupGrbit other) {
    return new BackupGrbit(bits | other.bits);
  }

  /**
   * {@return whether every bit of the other is set here; true of {@link #FULL} for everything}
   *
   * @param other the bits to look for
   */
  public boolean contains(BackupGrbit other) {
    return (bits & other.bits) == other.bits;
  }

  /** {@return whether an incremental backup is asked for} */
  public boolean isIncremental() {
    return contains(INCREMENTAL);
  }

  /** {@return whether the atomic replacement of a set is asked for} */
  public boolean isAtomic() {
    return contains(ATOMIC);
  }

  /**
   * {@return the reserved and undefined bits; an engine answers an undefined one with -900, the
   * reserved one as {@link #SNAPSHOT} says}
   */
  public int refusedBits() {
    return bits & ~MEANINGFUL;
  }

  /** {@return the names of the bits, what has no name in hexadecimal; {@code full} for none} */
  @Override
  public String toString() {
    StringJoiner names = new StringJoiner("+");
    if (isAtomic()) {
      names.add("atomic");
    }
    if (isIncremental()) {
      names.add("incremental");
    }
    if (contains(SNAPSHOT)) {
      names.add("snapshot");
    }
    int nameless = refusedBits() & ~SNAPSHOT.bits;
    if (nameless != 0) {
      names.add("0x" + Integer.toHexString(nameless).toUpperCase(Locale.ROOT));
    }
    return bits == 0 ? "full" : names.toString();
  }
}
