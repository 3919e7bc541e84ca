package org.jetbackup.tck.workload;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jetbackup.api.error.JetErr;
import org.jetbackup.tck.model.Answer;
import org.jetbackup.tck.model.Contents;

/**
 * Knows what a backup directory must restore to and which answers a backup may get. It is as plain
 * as the contract: a list of the states that the backups in the current directory stand for, and the
 * few facts on which the refusal of an incremental backup depends.
 */
final class Oracle {

  /** What a backup may answer, and the clause that says so. */
  record Allowed(String clause, boolean success, Set<JetErr> errors) {
    static Allowed onlySuccess(String clause) {
      return new Allowed(clause, true, Set.of());
    }

    /** Every error of the contract. */
    static Allowed anyError(String clause, boolean orSuccess) {
      Set<JetErr> errors = EnumSet.allOf(JetErr.class);
      errors.removeIf(error -> !error.isError());
      return new Allowed(clause, orSuccess, errors);
    }

    boolean mustSucceed() {
      return success && errors.isEmpty();
    }

    @Override
    public String toString() {
      Stream<String> texts = errors.size() > ERRORS_SHOWN
          ? Stream.of("an error of the contract")
          : errors.stream().map(Answer::text).sorted();
      return Stream.concat(success ? Stream.of("success") : Stream.empty(), texts)
          .collect(Collectors.joining(" or "));
    }
  }

  private static final int ERRORS_SHOWN = 5;

  private final Set<String> attached = new HashSet<>();
  private final Set<String> inLastFull = new HashSet<>();
  private final Set<String> inSet = new HashSet<>();
  private final List<Contents> moments = new ArrayList<>();
  private boolean circular;
  private boolean logMayHaveGone;
  private boolean truncated;
  private boolean restored;
  private boolean recordsMayBeOld;

  void created(String database) {
    attached.add(database);
  }

  void circular(boolean on) {
    circular = on;
    logMayHaveGone |= on;
  }

  /** The current directory is another one, and empty. */
  void elsewhere() {
    moments.clear();
    inSet.clear();
  }

  /** Whether the current directory holds a set. */
  boolean holdsSet() {
    return !moments.isEmpty();
  }

  /** The databases that the set in the current directory covers. */
  Set<String> databasesOfSet() {
    return Set.copyOf(inSet);
  }

  /** The state to which the current directory must restore, if it holds a set. */
  Optional<Contents> moment() {
    return moments.isEmpty() ? Optional.empty() : Optional.of(moments.get(moments.size() - 1));
  }

  /** Whether rolling forward from the current set must reach the newest commit. */
  boolean canRollForward() {
    return holdsSet() && !logMayHaveGone && !truncated && !restored && inSet.equals(attached);
  }

  Allowed allowedFor(Step.Backup.Kind kind) {
    return switch (kind) {
      case FULL -> Allowed.onlySuccess("FULL-1");
      case ATOMIC -> Allowed.onlySuccess(holdsSet() ? "ATOM-2" : "ATOM-1");
      case TRUNCATE -> Allowed.onlySuccess("NULL-1");
      case INCREMENTAL -> allowedForIncremental();
    };
  }

  private Allowed allowedForIncremental() {
    boolean missingFull = !inLastFull.containsAll(attached);
    if (circular) {
      Set<JetErr> errors = new HashSet<>(Set.of(JetErr.INVALID_BACKUP));
      if (missingFull || !holdsSet()) {
        errors.add(JetErr.MISSING_FULL_BACKUP);
      }
      return new Allowed("RET-7", false, errors);
    }
    if (inLastFull.isEmpty() && !restored) {
      return new Allowed("INC-4", false, Set.of(JetErr.MISSING_FULL_BACKUP));
    }
    if (!holdsSet()) {
      return Allowed.anyError("INC-6", false);
    }
    if (restored || recordsMayBeOld) {
      return Allowed.anyError("INC-7", true);
    }
    if (missingFull && !truncated && !logMayHaveGone) {
      return new Allowed("INC-5", true, Set.of(JetErr.MISSING_FULL_BACKUP));
    }
    if (truncated) {
      return Allowed.anyError("NULL-7", true);
    }
    if (logMayHaveGone) {
      return Allowed.anyError("CIRC-4", true);
    }
    return Allowed.onlySuccess("INC-10");
  }

  /** A backup succeeded at this state. */
  void backedUp(Step.Backup.Kind kind, Contents state, boolean underFault) {
    switch (kind) {
      case FULL, ATOMIC -> {
        moments.clear();
        moments.add(state);
        inLastFull.clear();
        inLastFull.addAll(attached);
        inSet.clear();
        inSet.addAll(attached);
        restored = false;
        logMayHaveGone = circular;
        truncated = false;
        recordsMayBeOld = underFault;
      }
      case INCREMENTAL -> {
        moments.add(state);
        inSet.addAll(attached);
      }
      case TRUNCATE -> truncated = true;
    }
  }

  /** The live databases are those of the set now, with a history of their own. */
  void restoredInPlace() {
    attached.retainAll(inSet);
    inLastFull.clear();
    restored = true;
  }
}
