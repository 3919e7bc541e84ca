package org.jetbackup.api.backup;

import java.util.Arrays;
import java.util.Optional;

/** The operation that a status callback hears of. Source: JET_SNP of the public interface. */
public enum Snp {
  /** {@code JET_snpRestore}. */
  RESTORE(8),
  /** {@code JET_snpBackup}. */
  BACKUP(9);

  private final int number;

  Snp(int number) {
    this.number = number;
  }

  /** The number in the original interface. */
  public int number() {
    return number;
  }

  /** The constant with that number. */
  public static Optional<Snp> ofNumber(int number) {
    return Arrays.stream(values()).filter(snp -> snp.number == number).findFirst();
  }
}
