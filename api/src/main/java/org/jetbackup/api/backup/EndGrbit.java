package org.jetbackup.api.backup;

import java.util.Locale;

/**
 * How an external backup ends: a value that can also carry bits which nobody has defined.
 *
 * <p>Immutable. Source: JetEndExternalBackupInstance2 of the public interface.
 *
 * @param bits the bits as one number
 */
public record EndGrbit(int bits) {

  /** {@code JET_bitBackupEndNormal}: everything was stored. */
  public static final EndGrbit NORMAL = new EndGrbit(0x1);

  /** {@code JET_bitBackupEndAbort}: the backup is not to count. */
  public static final EndGrbit ABORT = new EndGrbit(0x2);

  /** {@return the bits in hexadecimal} */
  @Override
  public String toString() {
    return "0x" + Integer.toHexString(bits).toUpperCase(Locale.ROOT);
  }
}
