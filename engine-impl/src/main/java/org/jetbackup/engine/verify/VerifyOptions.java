package org.jetbackup.engine.verify;

import java.util.Objects;

/**
 * How a database file is to be checked. Immutable.
 *
 * @param depth how far the check goes
 * @param maxFindings how many findings of damage, and how many notes, are kept; the rest is counted
 * @param cleanRequired whether a file that was not closed in order is damage, not only noted
 * @param leaksAllowed whether pages that are owned and neither used nor free are noted only
 * @param progress told of the pages whose checksum was checked
 */
public record VerifyOptions(
    Depth depth, int maxFindings, boolean cleanRequired, boolean leaksAllowed, Progress progress) {

  /** Everything is checked, 1,000 findings are kept, leaks are damage. */
  public static final VerifyOptions DEFAULT =
      new VerifyOptions(Depth.EVERYTHING, 1000, false, false, (done, total) -> {});

  /** How far a check goes; each step contains those before it. */
  public enum Depth {
    /** The headers, and the checksum of every page: all that holds for a file in use, too. */
    CHECKSUMS,
    /** All trees, the accounts of pages, and the catalog. */
    TREES,
    /** Records, indexes and long values of all tables. */
    EVERYTHING
  }

  /** Told how far the check is. */
  @FunctionalInterface
  public interface Progress {

    /**
     * Hears of progress; called by the thread that checks, about once a mebibyte.
     *
     * @param done the pages whose checksum was checked
     * @param total the pages that the database owns
     */
    void pages(long done, long total);
  }

  /**
   * Checks the numbers.
   *
   * @param depth how far the check goes
   * @param maxFindings how many findings are kept, from 1 on
   * @param cleanRequired whether the file must have been closed in order
   * @param leaksAllowed whether leaks are noted only
   * @param progress told of progress
   * @throws IllegalArgumentException if no finding is to be kept
   */
  public VerifyOptions {
    Objects.requireNonNull(depth, "depth");
    Objects.requireNonNull(progress, "progress");
    if (maxFindings < 1) {
      throw new IllegalArgumentException("max findings = " + maxFindings + ", allowed: from 1 on");
    }
  }

  /**
   * Changes the depth.
   *
   * @param other how far the check goes
   * @return the changed options
   */
  public VerifyOptions withDepth(Depth other) {
    return new VerifyOptions(other, maxFindings, cleanRequired, leaksAllowed, progress);
  }

  /**
   * Changes the bound of findings.
   *
   * @param other how many findings are kept, from 1 on
   * @return the changed options
   */
  public VerifyOptions withMaxFindings(int other) {
    return new VerifyOptions(depth, other, cleanRequired, leaksAllowed, progress);
  }

  /**
   * Demands a file that was closed in order, or no longer.
   *
   * @param other whether anything else is damage
   * @return the changed options
   */
  public VerifyOptions withCleanRequired(boolean other) {
    return new VerifyOptions(depth, maxFindings, other, leaksAllowed, progress);
  }

  /**
   * Allows leaks, or no longer.
   *
   * @param other whether leaks are noted only
   * @return the changed options
   */
  public VerifyOptions withLeaksAllowed(boolean other) {
    return new VerifyOptions(depth, maxFindings, cleanRequired, other, progress);
  }

  /**
   * Asks to be told of progress.
   *
   * @param other told of progress
   * @return the changed options
   */
  public VerifyOptions withProgress(Progress other) {
    return new VerifyOptions(depth, maxFindings, cleanRequired, leaksAllowed, other);
  }
}
