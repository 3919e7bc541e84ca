package org.jetbackup.api;

/**
 * The life of an instance.
 *
 * <pre>
 *   CREATED --init--> INITIALIZING --> INITIALIZED --stopService--> STOPPED
 *      |  ^                |               |    |                      |
 *      |  +---- failed ----+               |    +--- fatal error ---> UNAVAILABLE
 *      |                                   |                           |
 *      +--restore--> RESTORING --> CREATED |                           |
 *      |                                   v                           v
 *      +------------------------------> TERMINATING ------------> TERMINATED
 * </pre>
 *
 * <p>What a call that needs an initialized instance answers in each of the other states is given
 * beside the state. An instance that is {@link #TERMINATED} stays so; its files can be opened by a
 * new one.
 *
 * <p>Immutable. Source: specification clauses RET-3, RET-4, RET-5, RET-6, RET-14, RET-16, RET-18,
 * LIFE-3, LIFE-10, LIFE-13 and REST-5.
 */
public enum InstanceState {
  /** Created, or back from a restore or a failed init: {@code JET_errNotInitialized} (-1029). */
  CREATED,
  /** Recovering its databases: {@code JET_errBackupNotAllowedYet} (-523) for a backup. */
  INITIALIZING,
  /** In service. */
  INITIALIZED,
  /** Service was stopped: {@code JET_errClientRequestToStopJetService} (-1329). */
  STOPPED,
  /**
   * A fatal error closed the instance to protect its data: {@code JET_errInstanceUnavailable}
   * (-1090), or -1092 if the cause was a full log disk.
   */
  UNAVAILABLE,
  /** A restore runs: {@code JET_errRestoreInProgress} (-506). */
  RESTORING,
  /** Shutting down: {@code JET_errTermInProgress} (-1000). */
  TERMINATING,
  /** Shut down for good: {@code JET_errNotInitialized} (-1029). */
  TERMINATED
}
