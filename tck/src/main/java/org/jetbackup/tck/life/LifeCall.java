package org.jetbackup.tck.life;

import java.util.EnumSet;
import java.util.Set;
import org.jetbackup.tck.Capability;

/**
 * A call on an instance, or on something that was opened before the instance came into its state.
 */
public enum LifeCall {
  /** {@code init()}. */
  INIT("init"),
  /** {@code beginSession()}, beside a session that is there already. */
  BEGIN_SESSION("begin session", Capability.CONCURRENT_SESSIONS),
  /** {@code backup()}, full, into an empty directory. */
  BACKUP("backup"),
  /** {@code restore()}, from an empty directory, so that nothing comes of it. */
  RESTORE("restore"),
  /** {@code stopService()}. */
  STOP_SERVICE("stop service", Capability.STOP_SERVICE),
  /** {@code stopBackup()}, while none runs. */
  STOP_BACKUP("stop backup", Capability.STOP_BACKUP),
  /** {@code terminate()} without a bit. */
  TERMINATE("terminate 0x0"),
  /** {@code terminate()}, complete. */
  TERMINATE_COMPLETE("terminate 0x1"),
  /** {@code terminate()}, abrupt. */
  TERMINATE_ABRUPT("terminate 0x2"),
  /** {@code terminate()} with a bit that nobody has defined. */
  TERMINATE_UNKNOWN("terminate 0x10"),
  /** {@code state()}, which tells the state. */
  STATE("state"),
  /** {@code parameters()}, which tells those that the instance was created with. */
  PARAMETERS("parameters"),
  /** {@code addEventListener()}. */
  ADD_LISTENER("add event listener", Capability.EVENT_LOG),

  /** {@code JetSession.beginTransaction()}. */
  BEGIN_TRANSACTION("begin transaction"),
  /** {@code JetSession.commitTransaction()}, of one that has changed something. */
  COMMIT("commit"),
  /** {@code JetSession.rollbackTransaction()}, of one that has changed something. */
  ROLLBACK("roll back"),
  /** {@code JetTable.get()}, outside of a transaction. */
  GET("get"),
  /** {@code JetTable.put()}, outside of a transaction. */
  PUT("put"),
  /** {@code JetCursor.moveFirst()}. */
  MOVE_CURSOR("move cursor"),
  /** {@code JetSession.createDatabase()}, a second one. */
  CREATE_DATABASE("create database", Capability.SEVERAL_DATABASES),
  /** {@code JetSession.attachDatabase()}, of the one that is attached. */
  ATTACH("attach"),
  /** {@code JetSession.detachDatabase()}, of one that nobody has open. */
  DETACH("detach"),
  /** {@code JetSession.openDatabase()}. */
  OPEN_DATABASE("open database"),
  /** {@code close()} of a cursor, its table, its database and its session. */
  CLOSE("close");

  private final String text;
  private final Set<Capability> needs;

  LifeCall(String text, Capability... needs) {
    this.text = text;
    this.needs = Set.of(needs);
  }

  /** The call as people write it. */
  public String text() {
    return text;
  }

  /** Whether the call needs a session that was begun before. */
  public boolean isOfASession() {
    return compareTo(BEGIN_TRANSACTION) >= 0;
  }

  /** Whether the call finds an open transaction that has changed something. */
  public boolean isInATransaction() {
    return this == COMMIT || this == ROLLBACK;
  }

  /**
   * Whether an engine with these capabilities may answer that it does not have the call, in every
   * state: no engine has to detach, and what it does not declare it refuses.
   */
  public boolean mayBeMissing(Set<Capability> declared) {
    return this == DETACH || !declared.containsAll(needs);
  }

  /** The calls that need no session. */
  public static Set<LifeCall> ofInstances() {
    return EnumSet.range(INIT, ADD_LISTENER);
  }

  /** The calls that need a session, or what was opened through it. */
  public static Set<LifeCall> ofSessions() {
    return EnumSet.range(BEGIN_TRANSACTION, CLOSE);
  }
}
