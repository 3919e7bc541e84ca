package org.jetbackup.api.backup;

import java.util.Arrays;
import java.util.Optional;

/**
 * The operation that a status callback hears of. Immutable. Source: JET_SNP of the public
 * interface; specification clauses PROG-2 and PROG-8.
 */
public enum Snp {
  /** {@code JET_snpRestore}. */
  RESTORE(8),
  /** {@code JET_snpBackup}. */
  BACKUP(9);

  private final int number;

  Snp(int number) {
    this.number = number;
  }

  /** {@return the number in the original interface} */
  public int number() {
    return number;
  }

  /**
   * {@return the constant with that number, if there is one}
   *
   * @param number any number
   */
  public static Optional<Snp> ofNumber(int number) {
    return Arrays.stream(values()).filter(snp -> snp.number == number).findFirst();
  }
}
