package org.jetbackup.engine.wrong;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.bytebuddy.asm.Advice;
import org.jetbackup.api.InstanceState;
import org.jetbackup.api.JetInstance;
import org.jetbackup.api.backup.BackupGrbit;
import org.jetbackup.api.backup.Snt;
import org.jetbackup.api.error.JetException;
import org.jetbackup.api.position.LogGeneration;
import org.jetbackup.engine.backup.directory.BackupChain;
import org.jetbackup.engine.backup.directory.BackupDirectory;
import org.jetbackup.engine.backup.directory.Draft;
import org.jetbackup.engine.format.BackupInfo;
import org.jetbackup.engine.log.LogFile;
import org.jspecify.annotations.Nullable;

/**
 * What engines with a bug do around a method. The code of the advice is copied into the method, so
 * everything here that it uses is public.
 *
 * <p>What an advice assigns is what the method gets or returns.
 */
@SuppressWarnings({"unused", "UnusedVariable", "AssignmentToParameter"})
public final class Mistakes {

  private Mistakes() {}

  /** The method does nothing, and answers nothing. */
  public static final class Skip {
    private Skip() {}

    @Advice.OnMethodEnter(skipOn = Advice.OnNonDefaultValue.class)
    static boolean enter() {
      return true;
    }
  }

  /** The method does nothing, and answers yes. */
  public static final class Yes {
    private Yes() {}

    @Advice.OnMethodEnter(skipOn = Advice.OnNonDefaultValue.class)
    static boolean enter() {
      return true;
    }

    @Advice.OnMethodExit
    static void exit(@Advice.Return(readOnly = false) boolean result) {
      result = true;
    }
  }

  /** Now and then the method does nothing, and answers yes. */
  public static final class YesByChance {
    private YesByChance() {}

    @Advice.OnMethodEnter(skipOn = Advice.OnNonDefaultValue.class)
    static boolean enter() {
      return Instead.chance();
    }

    @Advice.OnMethodExit
    static void exit(
        @Advice.Enter boolean isSkipped, @Advice.Return(readOnly = false) boolean result) {
      result |= isSkipped;
    }
  }

  /** The first argument is true. */
  public static final class ArgumentTrue {
    private ArgumentTrue() {}

    @Advice.OnMethodEnter
    static void enter(@Advice.Argument(value = 0, readOnly = false) boolean argument) {
      argument = true;
    }
  }

  /** The second argument is true. */
  public static final class SecondArgumentTrue {
    private SecondArgumentTrue() {}

    @Advice.OnMethodEnter
    static void enter(@Advice.Argument(value = 1, readOnly = false) boolean argument) {
      argument = true;
    }
  }

  /** One more than the first argument. */
  public static final class OneMore {
    private OneMore() {}

    @Advice.OnMethodEnter
    static void enter(@Advice.Argument(value = 0, readOnly = false) long argument) {
      argument++;
    }
  }

  /** The answer is an empty list. */
  public static final class Nothing {
    private Nothing() {}

    @Advice.OnMethodExit
    static void exit(@Advice.Return(readOnly = false) List<?> result) {
      result = new ArrayList<>();
    }
  }

  /** Of a list, only the first. */
  public static final class OnlyFirst {
    private OnlyFirst() {}

    @Advice.OnMethodExit
    static void exit(@Advice.Return(readOnly = false) List<?> result) {
      result = result.subList(0, Math.min(1, result.size()));
    }
  }

  /** The method never fails. */
  public static final class NeverFails {
    private NeverFails() {}

    @Advice.OnMethodExit(onThrowable = Throwable.class)
    static void exit(@Advice.Thrown(readOnly = false) @Nullable Throwable thrown) {
      thrown = null;
    }
  }

  // The instance

  /** While it initializes, the path is to blame. */
  public static final class BlamesPath {
    private BlamesPath() {}

    @Advice.OnMethodExit(onThrowable = Throwable.class)
    static void exit(@Advice.Thrown(readOnly = false) @Nullable Throwable thrown) {
      thrown = Instead.blamingPath(thrown);
    }
  }

  /** An init is let in, whatever the state. */
  public static final class LetsInitIn {
    private LetsInitIn() {}

    @Advice.OnMethodEnter(skipOn = Advice.OnNonDefaultValue.class)
    static boolean enter(@Advice.Argument(1) InstanceState to) {
      return to == InstanceState.INITIALIZING;
    }
  }

  /** A restore is let in, whatever the state. */
  public static final class LetsRestoreIn {
    private LetsRestoreIn() {}

    @Advice.OnMethodEnter(skipOn = Advice.OnNonDefaultValue.class)
    static boolean enter(@Advice.Argument(1) InstanceState to) {
      return to == InstanceState.RESTORING;
    }
  }

  /** The end of an instance is not its end. */
  public static final class RisesAgain {
    private RisesAgain() {}

    @Advice.OnMethodEnter
    static void enter(@Advice.FieldValue(value = "state", readOnly = false) InstanceState state) {
      if (state == InstanceState.TERMINATED) {
        state = InstanceState.CREATED;
      }
    }
  }

  /** Nobody is told that the service was stopped. */
  public static final class TellsAnotherState {
    private TellsAnotherState() {}

    @Advice.OnMethodExit
    static void exit(@Advice.Return(readOnly = false) InstanceState result) {
      result = result == InstanceState.STOPPED ? InstanceState.INITIALIZED : result;
    }
  }

  /** The atomic bit is refused as a feature that is not there. */
  public static final class RefusesAtomic {
    private RefusesAtomic() {}

    @Advice.OnMethodEnter
    static void enter(@Advice.Argument(0) BackupGrbit grbit) {
      Instead.refuse(grbit.isAtomic());
    }
  }

  /** The incremental bit is refused as a feature that is not there. */
  public static final class RefusesIncremental {
    private RefusesIncremental() {}

    @Advice.OnMethodEnter
    static void enter(@Advice.Argument(0) BackupGrbit grbit) {
      Instead.refuse(grbit.isIncremental());
    }
  }

  /** No path is one that the engine makes up. */
  public static final class MakesUpPath {
    private MakesUpPath() {}

    @Advice.OnMethodEnter
    static void enter(
        @Advice.This JetInstance instance,
        @Advice.Argument(value = 0, readOnly = false) Path directory) {
      directory = directory == null ? Instead.pathFor(instance) : directory;
    }
  }

  // A backup

  /** The method fails as no caller expects it. */
  public static final class Stumbles {
    private Stumbles() {}

    @Advice.OnMethodEnter
    @SuppressWarnings("DoNotCallSuggester") // nobody does: its code is woven into another method
    static void enter() {
      throw new NullPointerException("chain");
    }
  }

  /** The replaced sets go first. */
  public static final class RetiresFirst {
    private RetiresFirst() {}

    @Advice.OnMethodEnter
    static void enter(
        @Advice.Argument(0) BackupDirectory directory,
        @Advice.Argument(value = 1, readOnly = false) List<Path> before) {
      directory.retire(before);
      before = new ArrayList<>();
    }
  }

  /** Once the log is copied, what the backup makes dispensable goes. */
  public static final class TruncatesFirst {
    private TruncatesFirst() {}

    @Advice.OnMethodExit
    static void exit(@Advice.FieldValue("stream") Object stream) {
      Instead.truncate(stream);
    }
  }

  /** Once the log is copied, the headers speak of the backup. */
  public static final class RecordsFirst {
    private RecordsFirst() {}

    @Advice.OnMethodExit
    static void exit(@Advice.FieldValue("stream") Object stream) {
      Instead.call(Instead.call(stream, "settlement"), "writeRecords", true);
    }
  }

  /** The generation that was just finished is left to the next backup, if there is one before. */
  public static final class LeavesLastOut {
    private LeavesLastOut() {}

    @Advice.OnMethodExit
    static void exit(
        @Advice.FieldValue("checkpointer") Object checkpointer,
        @Advice.Return(readOnly = false) long result) {
      result = Instead.before(result, checkpointer);
    }
  }

  /** The generation behind the first that is needed. */
  public static final class NeedsTooLittle {
    private NeedsTooLittle() {}

    @Advice.OnMethodExit
    static void exit(
        @Advice.FieldValue("journal") Object journal,
        @Advice.Return(readOnly = false) long result) {
      result = Instead.behind(result, journal);
    }
  }

  /** What is not the engine's goes with what is. */
  public static final class DeletesStrangers {
    private DeletesStrangers() {}

    @Advice.OnMethodEnter
    static void enter(@Advice.FieldValue("path") Path path) {
      Instead.deleteStrangers(path);
    }
  }

  /** An increment is noted in the manifest of its set. */
  public static final class TouchesManifest {
    private TouchesManifest() {}

    @Advice.OnMethodExit
    static void exit(@Advice.Argument(1) BackupChain chain) {
      Instead.rewrite(chain.set(), chain.manifest());
    }
  }

  /** A restore is noted in the manifest of the set. */
  public static final class NotesRestore {
    private NotesRestore() {}

    @Advice.OnMethodExit
    static void exit(@Advice.FieldValue("chain") BackupChain chain) {
      Instead.rewrite(chain.set(), chain.manifest());
    }
  }

  /** An increment gets more than log files. */
  public static final class AddsMore {
    private AddsMore() {}

    @Advice.OnMethodExit
    static void exit(
        @Advice.Argument(0) Draft draft, @Advice.FieldValue("grbit") BackupGrbit grbit) {
      Instead.addMore(draft, grbit);
    }
  }

  /** A record of a backup that was none. */
  public static final class RecordsNothing {
    private RecordsNothing() {}

    @Advice.OnMethodExit
    static void exit(@Advice.This Object stream) {
      Instead.recordWithoutBackup(stream);
    }
  }

  /** A full backup is not recorded. */
  public static final class SkipsFullRecord {
    private SkipsFullRecord() {}

    @Advice.OnMethodEnter(skipOn = Advice.OnNonDefaultValue.class)
    static boolean enter(@Advice.Argument(2) boolean isIncremental) {
      return !isIncremental;
    }
  }

  /** An incremental backup is not recorded. */
  public static final class SkipsIncrementalRecord {
    private SkipsIncrementalRecord() {}

    @Advice.OnMethodEnter(skipOn = Advice.OnNonDefaultValue.class)
    static boolean enter(@Advice.Argument(2) boolean isIncremental) {
      return isIncremental;
    }
  }

  /** The record leaves out the first generation. */
  public static final class RecordsGap {
    private RecordsGap() {}

    @Advice.OnMethodEnter
    static void enter(@Advice.Argument(value = 1, readOnly = false) BackupInfo record) {
      record = Instead.withoutFirst(record);
    }
  }

  // Progress and events

  /** What is left counts as what is done. */
  public static final class Backwards {
    private Backwards() {}

    @Advice.OnMethodEnter
    static void enter(
        @Advice.FieldValue("total") long total,
        @Advice.Argument(value = 0, readOnly = false) long units) {
      units = total - units;
    }
  }

  /** Whatever comes last is told as a good end. */
  public static final class TellsComplete {
    private TellsComplete() {}

    @Advice.OnMethodEnter
    static void enter(@Advice.Argument(value = 0, readOnly = false) Snt snt) {
      snt = Snt.COMPLETE;
    }
  }

  // Restore

  /** A chain ends where its full backup does. */
  public static final class EndsWithFull {
    private EndsWithFull() {}

    @Advice.OnMethodEnter
    static void enter(
        @Advice.FieldValue("chain") BackupChain chain,
        @Advice.Argument(value = 1, readOnly = false) Optional<LogGeneration> upTo) {
      upTo = Optional.of(chain.manifest().genHigh());
    }
  }

  /** What lies behind the set in the log directory is in the way. */
  public static final class IgnoresLiveLogs {
    private IgnoresLiveLogs() {}

    @Advice.OnMethodEnter
    static void enter(
        @Advice.FieldValue("behind") List<LogFile> behind,
        @Advice.FieldValue("stale") List<Path> stale) {
      Instead.ignore(behind, stale);
    }
  }

  // Files

  /** A write to a side file writes nothing. */
  public static final class SkipWriteForSideFiles {
    private SkipWriteForSideFiles() {}

    @Advice.OnMethodEnter(skipOn = Advice.OnNonDefaultValue.class)
    static boolean enter(
        @Advice.FieldValue("path") Path path, @Advice.Argument(0) ByteBuffer source) {
      if (!path.toString().endsWith(".dwr")) {
        return false;
      }
      source.position(source.limit());
      return true;
    }
  }

  /** What is in the file is forced before more is written. */
  public static final class ForcesFirst {
    private ForcesFirst() {}

    @Advice.OnMethodEnter
    static void enter(@Advice.This Object output) {
      Instead.call(Instead.call(output, "file"), "force");
    }
  }

  /** A force that fails is forgotten. */
  public static final class ForgetsFailedForce {
    private ForgetsFailedForce() {}

    @Advice.OnMethodExit(onThrowable = Throwable.class)
    static void exit(
        @Advice.FieldValue(value = "failedForce", readOnly = false) @Nullable
            JetException failedForce,
        @Advice.Thrown(readOnly = false) @Nullable Throwable thrown) {
      failedForce = null;
      thrown = null;
    }
  }

  /** A payload without a sector of zeros is whole. */
  public static final class TrustsWhatIsNotZero {
    private TrustsWhatIsNotZero() {}

    @Advice.OnMethodExit
    static void exit(
        @Advice.FieldValue("batch") ByteBuffer batch,
        @Advice.FieldValue("base") int base,
        @Advice.Return(readOnly = false) boolean result) {
      result = Instead.hasNoSectorOfZeros(batch, base);
    }
  }
}
