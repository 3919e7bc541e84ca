package org.jetbackup.tck.life;

import static org.jetbackup.tck.life.Allowed.anything;
import static org.jetbackup.tck.life.Allowed.fails;
import static org.jetbackup.tck.life.Allowed.served;
import static org.jetbackup.tck.life.Allowed.success;
import static org.jetbackup.tck.life.LifeCall.ADD_LISTENER;
import static org.jetbackup.tck.life.LifeCall.ATTACH;
import static org.jetbackup.tck.life.LifeCall.BACKUP;
import static org.jetbackup.tck.life.LifeCall.BEGIN_SESSION;
import static org.jetbackup.tck.life.LifeCall.BEGIN_TRANSACTION;
import static org.jetbackup.tck.life.LifeCall.CLOSE;
import static org.jetbackup.tck.life.LifeCall.COMMIT;
import static org.jetbackup.tck.life.LifeCall.CREATE_DATABASE;
import static org.jetbackup.tck.life.LifeCall.DETACH;
import static org.jetbackup.tck.life.LifeCall.GET;
import static org.jetbackup.tck.life.LifeCall.INIT;
import static org.jetbackup.tck.life.LifeCall.MOVE_CURSOR;
import static org.jetbackup.tck.life.LifeCall.OPEN_DATABASE;
import static org.jetbackup.tck.life.LifeCall.PARAMETERS;
import static org.jetbackup.tck.life.LifeCall.PUT;
import static org.jetbackup.tck.life.LifeCall.RESTORE;
import static org.jetbackup.tck.life.LifeCall.ROLLBACK;
import static org.jetbackup.tck.life.LifeCall.STATE;
import static org.jetbackup.tck.life.LifeCall.STOP_BACKUP;
import static org.jetbackup.tck.life.LifeCall.STOP_SERVICE;
import static org.jetbackup.tck.life.LifeCall.TERMINATE;
import static org.jetbackup.tck.life.LifeCall.TERMINATE_ABRUPT;
import static org.jetbackup.tck.life.LifeCall.TERMINATE_COMPLETE;
import static org.jetbackup.tck.life.LifeCall.TERMINATE_UNKNOWN;

import java.util.ArrayList;
import java.util.List;
import org.jetbackup.api.InstanceState;
import org.jetbackup.api.error.JetErr;

/**
 * What an instance answers to each call in each state. The test of clause LIFE-13 goes through these
 * rows, and the page about the life cycle is written from them, so neither can say more than the
 * other.
 *
 * <p>No row is stricter than its source. Where several errors apply at once each of them is legal:
 * that of a state and that of an argument stand side by side. Where no source speaks of a call, any
 * answer of the api will do.
 */
public final class LifeTable {

  private static final String STATES = "InstanceState";
  private static final String INSTANCE = "JetInstance";
  private static final String SESSION = "JetSession";

  /** What somebody hears who holds on to a handle of what has ended. */
  private static final JetErr[] DEAD = {
    JetErr.NOT_INITIALIZED, JetErr.INVALID_PARAMETER, JetErr.INVALID_INSTANCE
  };

  /** The same, of a session and of what was opened through it. */
  private static final JetErr[] DEAD_HANDLE = {
    JetErr.NOT_INITIALIZED,
    JetErr.INVALID_PARAMETER,
    JetErr.INVALID_INSTANCE,
    JetErr.INVALID_SESID,
    JetErr.INVALID_DATABASE_ID,
    JetErr.INVALID_TABLE_ID
  };

  private static final JetErr[] EARLY = {
    JetErr.BACKUP_NOT_ALLOWED_YET, JetErr.NOT_INITIALIZED, JetErr.INIT_IN_PROGRESS
  };

  private static final JetErr STOPPED = JetErr.CLIENT_REQUEST_TO_STOP_JET_SERVICE;

  private static final JetErr[] LOST = {
    JetErr.INSTANCE_UNAVAILABLE, JetErr.INSTANCE_UNAVAILABLE_DUE_TO_FATAL_LOG_DISK_FULL
  };

  private static final LifeCall[] TERMINATIONS = {TERMINATE, TERMINATE_COMPLETE, TERMINATE_ABRUPT};

  private static final List<LifeRow> ROWS = List.copyOf(all());

  private LifeTable() {}

  /** The rows, state by state, in the order of the calls. */
  public static List<LifeRow> rows() {
    return ROWS;
  }

  /** The rows of one state, in the order of the calls. */
  public static List<LifeRow> of(InstanceState state) {
    return ROWS.stream().filter(row -> row.state() == state).toList();
  }

  private static List<LifeRow> all() {
    List<LifeRow> rows = new ArrayList<>();
    for (Rows some : List.of(
        created(),
        initializing(),
        initialized(),
        stopped(),
        unavailable(),
        restoring(),
        terminating(),
        terminated())) {
      rows.addAll(some.inOrder());
    }
    return rows;
  }

  private static Rows created() {
    return Rows.in(InstanceState.CREATED)
        .to(InstanceState.INITIALIZED, INSTANCE, success(), INIT)
        .on(STATES, fails(JetErr.NOT_INITIALIZED), BEGIN_SESSION, STOP_SERVICE)
        .on("RET-14", fails(JetErr.NOT_INITIALIZED), BACKUP)
        .on(INSTANCE, served(), RESTORE)
        .on(INSTANCE, success().or(JetErr.NOT_INITIALIZED), STOP_BACKUP)
        .to(InstanceState.TERMINATED, INSTANCE, success(), TERMINATIONS)
        .on(INSTANCE, fails(JetErr.INVALID_GRBIT), TERMINATE_UNKNOWN)
        .on(INSTANCE, success(), STATE, PARAMETERS, ADD_LISTENER);
  }

  private static Rows initializing() {
    return Rows.in(InstanceState.INITIALIZING)
        .on("LIFE-1, RET-3", fails(EARLY).or(JetErr.ALREADY_INITIALIZED), INIT, RESTORE)
        .on("RET-21", fails(EARLY), BEGIN_SESSION, STOP_SERVICE)
        .on("RET-3", fails(JetErr.BACKUP_NOT_ALLOWED_YET, JetErr.NOT_INITIALIZED), BACKUP)
        .on(INSTANCE, fails(EARLY).orSuccess(), STOP_BACKUP)
        .on(LifeRow.NO_SOURCE, anything(), TERMINATIONS)
        .on(INSTANCE, fails(EARLY).or(JetErr.INVALID_GRBIT), TERMINATE_UNKNOWN)
        .on(INSTANCE, success(), STATE, PARAMETERS, ADD_LISTENER);
  }

  private static Rows initialized() {
    return Rows.in(InstanceState.INITIALIZED)
        .on("LIFE-1", fails(JetErr.ALREADY_INITIALIZED), INIT)
        .on("REST-4", fails(JetErr.ALREADY_INITIALIZED), RESTORE)
        .on(INSTANCE, success(), BEGIN_SESSION, STOP_BACKUP)
        .on(INSTANCE, served(), BACKUP)
        .to(InstanceState.STOPPED, STATES, success(), STOP_SERVICE)
        .to(InstanceState.TERMINATED, "LIFE-2", success(), TERMINATIONS)
        .on(INSTANCE, fails(JetErr.INVALID_GRBIT), TERMINATE_UNKNOWN)
        .on(INSTANCE, success(), STATE, PARAMETERS, ADD_LISTENER)
        .on(SESSION, success(), BEGIN_TRANSACTION, COMMIT, ROLLBACK, GET, PUT, MOVE_CURSOR, CLOSE)
        .on(SESSION, success(), ATTACH, OPEN_DATABASE)
        .on(SESSION, served(), CREATE_DATABASE, DETACH);
  }

  private static Rows stopped() {
    return Rows.in(InstanceState.STOPPED)
        .on("LIFE-1, " + INSTANCE, fails(STOPPED, JetErr.ALREADY_INITIALIZED), INIT)
        .on("REST-4, " + INSTANCE, fails(STOPPED, JetErr.ALREADY_INITIALIZED), RESTORE)
        .on("LIFE-4", fails(STOPPED), BEGIN_SESSION, BEGIN_TRANSACTION)
        .on("RET-5", fails(STOPPED), BACKUP)
        .on(INSTANCE, fails(STOPPED).orSuccess(), STOP_SERVICE, STOP_BACKUP, ADD_LISTENER)
        .to(InstanceState.TERMINATED, "LIFE-4", success(), TERMINATIONS)
        .on(INSTANCE, fails(JetErr.INVALID_GRBIT), TERMINATE_UNKNOWN)
        .on(INSTANCE, success(), STATE, PARAMETERS)
        .on(INSTANCE, fails(STOPPED), COMMIT, GET, PUT, MOVE_CURSOR)
        .on(INSTANCE, fails(STOPPED), CREATE_DATABASE, ATTACH, OPEN_DATABASE)
        .on("LIFE-4", success(), ROLLBACK, CLOSE)
        .on("LIFE-4", served(), DETACH);
  }

  private static Rows unavailable() {
    return Rows.in(InstanceState.UNAVAILABLE)
        .on("LIFE-1, LIFE-10", fails(LOST).or(JetErr.ALREADY_INITIALIZED), INIT)
        .on("REST-4, LIFE-10", fails(LOST).or(JetErr.ALREADY_INITIALIZED), RESTORE)
        .on("LIFE-10", fails(LOST), BEGIN_SESSION, BACKUP)
        .on(STATES, fails(LOST), STOP_SERVICE)
        .on(INSTANCE, fails(LOST).orSuccess(), STOP_BACKUP)
        .to(InstanceState.TERMINATED, STATES, success().or(JetErr.DIRTY_SHUTDOWN), TERMINATIONS)
        .on(INSTANCE, fails(JetErr.INVALID_GRBIT).or(LOST), TERMINATE_UNKNOWN)
        .on(INSTANCE, success(), STATE, PARAMETERS, ADD_LISTENER)
        .on("LIFE-10", fails(LOST), BEGIN_TRANSACTION, COMMIT, GET, PUT, MOVE_CURSOR)
        .on("LIFE-10", fails(LOST), CREATE_DATABASE, ATTACH, DETACH, OPEN_DATABASE)
        .on(SESSION, fails(LOST).orSuccess(), ROLLBACK, CLOSE);
  }

  private static Rows restoring() {
    JetErr restoring = JetErr.RESTORE_IN_PROGRESS;
    return Rows.in(InstanceState.RESTORING)
        .on("LIFE-1, " + STATES, fails(restoring, JetErr.ALREADY_INITIALIZED), INIT)
        .on(INSTANCE, fails(restoring, JetErr.ALREADY_INITIALIZED), RESTORE)
        .on(STATES, fails(restoring), BEGIN_SESSION, STOP_SERVICE)
        .on("RET-16", fails(restoring), BACKUP)
        .on(INSTANCE, fails(restoring).orSuccess(), STOP_BACKUP)
        .on(LifeRow.NO_SOURCE, anything(), TERMINATIONS)
        .on(INSTANCE, fails(JetErr.INVALID_GRBIT, restoring), TERMINATE_UNKNOWN)
        .on(INSTANCE, success(), STATE, PARAMETERS, ADD_LISTENER);
  }

  /** The engine itself may be using a session just then, to roll its transaction back. */
  private static Rows terminating() {
    Allowed over = fails(JetErr.TERM_IN_PROGRESS).or(DEAD);
    Allowed overOrInUse =
        fails(JetErr.TERM_IN_PROGRESS).or(DEAD_HANDLE).or(JetErr.SESSION_SHARING_VIOLATION);
    return Rows.in(InstanceState.TERMINATING)
        .on("LIFE-1, RET-18", over.or(JetErr.ALREADY_INITIALIZED), INIT, RESTORE)
        .on("RET-18", over, BACKUP)
        .on(STATES, over, BEGIN_SESSION, STOP_SERVICE)
        .on(INSTANCE, over.orSuccess(), STOP_BACKUP)
        .on(INSTANCE, over.orSuccess(), TERMINATIONS)
        .on(INSTANCE, over.orSuccess().or(JetErr.INVALID_GRBIT), TERMINATE_UNKNOWN)
        .on(INSTANCE, success(), STATE, PARAMETERS, ADD_LISTENER)
        .on(STATES, overOrInUse, BEGIN_TRANSACTION, COMMIT, GET, PUT, MOVE_CURSOR)
        .on(STATES, overOrInUse, CREATE_DATABASE, ATTACH, DETACH, OPEN_DATABASE)
        .on(SESSION, overOrInUse.orSuccess(), ROLLBACK, CLOSE);
  }

  private static Rows terminated() {
    return Rows.in(InstanceState.TERMINATED)
        .on(STATES, fails(DEAD), INIT, RESTORE, STOP_SERVICE)
        .on("LIFE-3", fails(DEAD), BEGIN_SESSION, BACKUP)
        .on(INSTANCE, fails(DEAD).orSuccess(), STOP_BACKUP, ADD_LISTENER)
        .on(INSTANCE, success(), TERMINATIONS)
        .on(INSTANCE, fails(JetErr.INVALID_GRBIT).or(DEAD).orSuccess(), TERMINATE_UNKNOWN)
        .on(INSTANCE, success(), STATE, PARAMETERS)
        .on(STATES, fails(DEAD_HANDLE), BEGIN_TRANSACTION, COMMIT, GET, PUT, MOVE_CURSOR)
        .on(STATES, fails(DEAD_HANDLE), CREATE_DATABASE, ATTACH, DETACH, OPEN_DATABASE)
        .on(STATES, fails(DEAD_HANDLE), ROLLBACK)
        .on(SESSION, success(), CLOSE);
  }
}
