package org.jetbackup.tck.workload;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jetbackup.api.error.JetErr;
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

    static Allowed onlyErrors(String clause, JetErr... errors) {
      return new Allowed(clause, false, Set.of(errors));
    }
  }

  private final Set<String> attached = new HashSet<>();
  private final Set<String> inLastFull = new HashSet<>();
  private final Set<String> inSet = new HashSet<>();
  private final List<Contents> moments = new ArrayList<>();
  private boolean circular;
  private boolean logMayHaveGone;
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
    return holdsSet() && !logMayHaveGone && !restored && inSet.equals(attached);
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
    if (restored || recordsMayBeOld) {
      return new Allowed(
          "INC-7", holdsSet(), errors(JetErr.MISSING_FULL_BACKUP, JetErr.INVALID_LOG_SEQUENCE));
    }
    if (missingFull) {
      String clause = inLastFull.isEmpty() ? "INC-4" : "INC-5";
      return holdsSet()
          ? Allowed.onlyErrors(clause, JetErr.MISSING_FULL_BACKUP)
          : new Allowed(clause, false, errors(JetErr.MISSING_FULL_BACKUP));
    }
    if (!holdsSet()) {
      return new Allowed("INC-6", false, errors(JetErr.MISSING_FULL_BACKUP));
    }
    if (logMayHaveGone) {
      return new Allowed(
          "CIRC-4", true, errors(JetErr.MISSING_FULL_BACKUP, JetErr.INVALID_LOG_SEQUENCE));
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
        recordsMayBeOld = underFault;
      }
      case INCREMENTAL -> moments.add(state);
      case TRUNCATE -> logMayHaveGone = true;
    }
  }

  /** The live databases are those of the set now, with a history of their own. */
  void restoredInPlace() {
    attached.retainAll(inSet);
    inLastFull.clear();
    restored = true;
  }

  private static Set<JetErr> errors(JetErr... more) {
    Set<JetErr> errors = new HashSet<>(Set.of(more));
    errors.add(JetErr.MISSING_FILE_TO_BACKUP);
    return errors;
  }
}
