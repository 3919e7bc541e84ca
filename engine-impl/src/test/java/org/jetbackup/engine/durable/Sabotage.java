package org.jetbackup.engine.durable;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import net.bytebuddy.asm.Advice;
import org.jetbackup.engine.format.LogBatchHeader;

/**
 * What seeded bugs do to a method of the engine. The code of the advice is copied into it, so
 * everything here that it uses is public.
 */
public final class Sabotage {

  private Sabotage() {}

  /** The method does nothing, and returns nothing, zero or false. */
  public static final class Skip {
    private Skip() {}

    @Advice.OnMethodEnter(skipOn = Advice.OnNonDefaultValue.class)
    static boolean enter() {
      return true;
    }
  }

  /** The method of an open file does nothing if it is one of the log. */
  public static final class SkipForLogs {
    private SkipForLogs() {}

    @Advice.OnMethodEnter(skipOn = Advice.OnNonDefaultValue.class)
    static boolean enter(@Advice.FieldValue("path") Path path) {
      return path.toString().endsWith(".log");
    }
  }

  /** The method of an open file does nothing if it is a database. */
  public static final class SkipForDatabases {
    private SkipForDatabases() {}

    @Advice.OnMethodEnter(skipOn = Advice.OnNonDefaultValue.class)
    static boolean enter(@Advice.FieldValue("path") Path path) {
      return path.toString().endsWith(".edb");
    }
  }

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

  /** Records of the kind UNDO are not appended. */
  public static final class SkipUndoRecords {
    private SkipUndoRecords() {}

    @Advice.OnMethodEnter(skipOn = Advice.OnNonDefaultValue.class)
    static boolean enter(@Advice.Argument(0) Object kind) {
      return kind.toString().equals("UNDO");
    }
  }

  /** There is nothing to be removed. */
  public static final class NoRemovals {
    private NoRemovals() {}

    @SuppressWarnings({"unused", "UnusedVariable"}) // what is assigned is what the method returns
    @Advice.OnMethodExit
    static void exit(@Advice.Return(readOnly = false) Map<?, ?> result) {
      result = Collections.emptyMap();
    }
  }

  /** The batch that begins another life of the log does not say so. */
  public static final class ForgetOpeningFlag {
    private ForgetOpeningFlag() {}

    @SuppressWarnings({"unused", "UnusedVariable"}) // what is assigned is what the method gets
    @Advice.OnMethodEnter
    static void enter(@Advice.Argument(value = 1, readOnly = false) int flags) {
      flags = withoutOpening(flags);
    }
  }

  /** The last of several changed pages is not among them when a checkpoint asks. */
  public static final class ForgetLastForCheckpoint {
    private ForgetLastForCheckpoint() {}

    @SuppressWarnings({"unused", "UnusedVariable"}) // what is assigned is what the method returns
    @Advice.OnMethodExit
    static void exit(@Advice.Return(readOnly = false) List<?> result) {
      result = withoutLastForCheckpoint(result);
    }
  }

  /** Of a record about several pages, only the first is made again. */
  public static final class SkipBehindFirstPage {
    private SkipBehindFirstPage() {}

    @Advice.OnMethodEnter(skipOn = Advice.OnNonDefaultValue.class)
    static boolean enter(@Advice.Argument(2) int at) {
      return at > 20; // the head of a record has as many bytes
    }
  }

  /** {@return the flags of a batch of the log, without the one of an opening} */
  public static int withoutOpening(int flags) {
    return flags & ~LogBatchHeader.OPENING;
  }

  /** {@return the pages, without the last of several if a checkpoint asks} */
  public static List<?> withoutLastForCheckpoint(List<?> pages) {
    boolean isCheckpoint = StackWalker.getInstance()
        .walk(frames ->
            frames.anyMatch(frame -> frame.getClassName().endsWith(".checkpoint.Checkpointer")));
    return isCheckpoint && pages.size() > 1 ? pages.subList(0, pages.size() - 1) : pages;
  }

  /** Stands for a comparison: the first is always smaller. */
  public static int alwaysLess(long first, long second) {
    return -1;
  }
}
