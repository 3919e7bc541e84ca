package org.jetbackup.tck.suite;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jetbackup.api.error.JetErr;
import org.jetbackup.tck.Capability;

/**
 * A cause for which a backup is refused before it begins, in the order of {@code RET-21}: first the
 * states of the instance, then the arguments, then the rest one after the other.
 */
enum Cause {
  /** Service was stopped. */
  STOPPED(
      "RET-5",
      Rank.STATE,
      EnumSet.of(Capability.STOP_SERVICE),
      JetErr.CLIENT_REQUEST_TO_STOP_JET_SERVICE),
  /** The log could not be written. */
  LOG_LOST(
      "RET-6",
      Rank.STATE,
      EnumSet.of(Capability.READS_GIVEN_FILE_SYSTEM),
      JetErr.INSTANCE_UNAVAILABLE,
      JetErr.INSTANCE_UNAVAILABLE_DUE_TO_FATAL_LOG_DISK_FULL,
      JetErr.LOG_WRITE_FAIL),
  /** A restore runs. */
  RESTORING("RET-16", Rank.STATE, EnumSet.of(Capability.PROGRESS), JetErr.RESTORE_IN_PROGRESS),
  /** The instance was never initialized. */
  CREATED("RET-14", Rank.STATE, EnumSet.noneOf(Capability.class), JetErr.NOT_INITIALIZED),
  /** There is no callback, not even one that does nothing. */
  NULL_CALLBACK("RET-9", Rank.ARGUMENT, EnumSet.noneOf(Capability.class), JetErr.INVALID_PARAMETER),
  /** An option bit that nobody has defined. */
  UNKNOWN_BIT("RET-8", Rank.ARGUMENT, EnumSet.noneOf(Capability.class), JetErr.INVALID_GRBIT),
  /** The instance does not log. */
  LOGGING_OFF("RET-11", Rank.LOGGING, EnumSet.of(Capability.LOGGING_OFF), JetErr.LOGGING_DISABLED),
  /** The backup is incremental, the logging circular. */
  CIRCULAR(
      "RET-7",
      Rank.CIRCULAR,
      EnumSet.of(Capability.CIRCULAR_LOGGING, Capability.INCREMENTAL),
      JetErr.INVALID_BACKUP),
  /** Another backup runs. */
  RUNNING("RET-2", Rank.RUNNING, EnumSet.noneOf(Capability.class), JetErr.BACKUP_IN_PROGRESS),
  /** The backup is incremental, and no full one was ever made. */
  NO_FULL("INC-4", Rank.CHAIN, EnumSet.of(Capability.INCREMENTAL), JetErr.MISSING_FULL_BACKUP),
  /** The directory is missing. */
  NO_DIRECTORY("RET-10", Rank.PATH, EnumSet.noneOf(Capability.class), JetErr.INVALID_PATH),
  /** Somebody's file lies in the directory. */
  STRANGER(
      "DIR-2", Rank.CONTENT, EnumSet.noneOf(Capability.class), JetErr.BACKUP_DIRECTORY_NOT_EMPTY);

  /** What is reported first; within one rank the contract knows no order. */
  enum Rank {
    STATE,
    ARGUMENT,
    LOGGING,
    CIRCULAR,
    RUNNING,
    CHAIN,
    PATH,
    CONTENT
  }

  private final String clause;
  private final Rank rank;
  private final Set<Capability> needs;
  private final JetErr[] errors;

  Cause(String clause, Rank rank, Set<Capability> needs, JetErr... errors) {
    this.clause = clause;
    this.rank = rank;
    this.needs = needs;
    this.errors = errors;
  }

  /** The clause that names it. */
  String clause() {
    return clause;
  }

  /** Where it stands in the order. */
  Rank rank() {
    return rank;
  }

  /** The codes that tell of it. */
  JetErr[] errors() {
    return errors.clone();
  }

  /** Whether it can be brought about in an engine with these capabilities. */
  boolean isPossibleWith(Set<Capability> capabilities) {
    return capabilities.containsAll(needs);
  }

  /** Whether it needs the bit of an incremental backup. */
  boolean isIncremental() {
    return this == CIRCULAR || this == NO_FULL;
  }

  /** Whether it is a matter of the directory. */
  boolean isOfTheDirectory() {
    return this == NO_DIRECTORY || this == STRANGER;
  }

  /** Whether both can be present at once, and be brought about by the kit. */
  boolean canMeet(Cause other) {
    if (rank == other.rank) {
      return rank == Rank.ARGUMENT && this != other;
    }
    Set<Cause> both = EnumSet.of(this, other);
    boolean noLog = both.contains(LOGGING_OFF);
    boolean incremental = isIncremental() || other.isIncremental();
    return !(noLog && (both.contains(LOG_LOST) || both.contains(RESTORING)))
        && !(both.contains(RUNNING) && (noLog || rank == Rank.STATE || other.rank == Rank.STATE))
        && !(both.contains(RESTORING) && incremental)
        && !(both.contains(STRANGER) && (incremental || both.contains(NO_DIRECTORY)));
  }

  /** Every pair that can be met in an engine with these capabilities, the first cause first. */
  static List<List<Cause>> pairs(Set<Capability> capabilities) {
    return possible(capabilities)
        .flatMap(first -> possible(capabilities)
            .filter(second -> first.compareTo(second) < 0 && first.canMeet(second))
            .map(second -> List.of(first, second)))
        .toList();
  }

  /** The causes that can be brought about in an engine with these capabilities. */
  static Stream<Cause> possible(Set<Capability> capabilities) {
    return Arrays.stream(values()).filter(cause -> cause.isPossibleWith(capabilities));
  }
}
