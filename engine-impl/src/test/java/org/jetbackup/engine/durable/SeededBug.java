package org.jetbackup.engine.durable;

import static net.bytebuddy.matcher.ElementMatchers.isDeclaredBy;
import static net.bytebuddy.matcher.ElementMatchers.named;
import static net.bytebuddy.matcher.ElementMatchers.takesArguments;

import java.lang.reflect.Method;
import java.util.List;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.asm.AsmVisitorWrapper;
import net.bytebuddy.asm.MemberSubstitution;
import org.jetbackup.tck.crash.Profile;

/**
 * A bug that is put into one class of the engine, and the crash that has to find it. Each is as
 * narrow as it can be made: an engine that fails whatever one does to it is found by any test.
 *
 * <p>Names of classes and methods are text, because each engine with a bug is loaded by itself; a
 * name that is no longer right fails the test.
 */
enum SeededBug {
  /** Pages are not written to the side file first, so that a torn page stays torn. */
  NO_DOUBLE_WRITE(
      "storage.DataFile",
      List.of(on("write", Sabotage.SkipWriteForSideFiles.class)),
      Profile.KILL,
      Workload.CIRCULAR),
  /** A commit is acknowledged before its log is durable. */
  LOG_NOT_FORCED(
      "storage.DataFile",
      List.of(on("force", Sabotage.SkipForLogs.class)),
      Profile.DROP_UNSYNCED,
      Workload.COMMITS),
  /** The checkpoint moves although the last of the pages before it was not written back. */
  CHECKPOINT_MISSES_A_PAGE(
      "buffer.Flush",
      List.of(on("changed", Sabotage.ForgetLastForCheckpoint.class)),
      Profile.KILL,
      Workload.SNAPSHOT),
  /** The checkpoint moves past removals that are still to come. */
  CHECKPOINT_FORGETS_REMOVALS(
      "checkpoint.Checkpointer",
      List.of(new Change(
          "reached",
          MemberSubstitution.relaxed().method(named("oldestAddress")).stub().on(named("reached")))),
      Profile.KILL,
      Workload.SNAPSHOT),
  /** Changed pages were written but are not durable when the checkpoint moves. */
  DATABASES_NOT_FORCED(
      "storage.DataFile",
      List.of(on("force", Sabotage.SkipForDatabases.class)),
      Profile.DROP_UNSYNCED,
      Workload.CIRCULAR),
  /** Of a change of several pages, only the first is made again. */
  REDO_OF_FIRST_PAGE_ONLY(
      "buffer.Redo",
      List.of(
          on("edit", Sabotage.SkipBehindFirstPage.class),
          on("writeWhole", Sabotage.SkipBehindFirstPage.class)),
      Profile.KILL,
      Workload.SNAPSHOT),
  /** Edits are made again although the page has them. */
  REDO_TRUSTS_OLDER_RECORDS(
      "buffer.Redo",
      List.of(
          new Change(
              "edit",
              MemberSubstitution.relaxed()
                  .method(named("compareUnsigned").and(isDeclaredBy(Long.class)))
                  .replaceWith(alwaysLess())
                  .on(named("edit"))),
          on("requireBefore", Sabotage.Skip.class)),
      Profile.KILL,
      Workload.COMMITS),
  /** The directory is not forced when the log rolls and when a database is made. */
  NO_DIRECTORY_FORCE(
      "storage.Directories",
      List.of(on("force", Sabotage.Skip.class)),
      Profile.DROP_UNSYNCED,
      Workload.ROLLS),
  /** What would take an unfinished block back is not in the log. */
  NO_UNDO_RECORDS(
      "log.Journal",
      List.of(on("append", Sabotage.SkipUndoRecords.class)),
      Profile.KILL,
      Workload.ROLLS),
  /** An unfinished block is ended, but nothing of it is taken back. */
  NO_UNDO(
      "recovery.Completion",
      List.of(on("takeBack", Sabotage.Skip.class)),
      Profile.KILL,
      Workload.ROLLS),
  /** Values that no record names any more stay in the way for ever. */
  NO_REMOVAL_AFTER_CRASH(
      "recovery.Analysis",
      List.of(on("removals", Sabotage.NoRemovals.class)),
      Profile.KILL,
      Workload.COMMITS),
  /** The log is not forced before pages that it speaks of are written. */
  PAGES_BEFORE_THEIR_LOG(
      "recovery.LogConnection",
      List.of(on("upTo", Sabotage.Skip.class)),
      Profile.KILL,
      Workload.LAZY),
  /** Half a record at the end of one life of the log is continued by the next. */
  OPENING_NOT_MARKED(
      "log.LogOutput",
      List.of(new Change(
          "write",
          Advice.to(Sabotage.ForgetOpeningFlag.class).on(named("write").and(takesArguments(4))))),
      Profile.KILL,
      Workload.ROLLS);

  /** What becomes of one method. */
  record Change(String method, AsmVisitorWrapper how) {}

  private final String type;
  private final List<Change> changes;
  private final Profile profile;
  private final Workload workload;

  /**
   * A bug.
   *
   * @param type the class, without the name of the engine's package
   * @param changes of its methods
   * @param profile the first that finds it
   * @param workload what the engine does when the crash comes
   */
  SeededBug(String type, List<Change> changes, Profile profile, Workload workload) {
    this.type = type;
    this.changes = changes;
    this.profile = profile;
    this.workload = workload;
  }

  String type() {
    return EngineClasses.PACKAGE + type;
  }

  List<Change> changes() {
    return changes;
  }

  Profile profile() {
    return profile;
  }

  Workload workload() {
    return workload;
  }

  private static Change on(String method, Class<?> advice) {
    return new Change(method, Advice.to(advice).on(named(method)));
  }

  private static Method alwaysLess() {
    try {
      return Sabotage.class.getMethod("alwaysLess", long.class, long.class);
    } catch (NoSuchMethodException e) {
      throw new IllegalStateException(e);
    }
  }
}
