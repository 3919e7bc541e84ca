package org.jetbackup.engine.restore;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jetbackup.api.error.JetErr;
import org.jetbackup.api.error.JetException;
import org.jetbackup.api.error.Subject;
import org.jetbackup.api.position.LogGeneration;
import org.jetbackup.engine.format.FileNames;
import org.jetbackup.engine.format.LogFileFacts;
import org.jetbackup.engine.log.LogFile;
import org.jetbackup.engine.log.LogFile.Role;
import org.jetbackup.engine.log.LogFiles;
import org.jetbackup.engine.log.LogOptions;
import org.jetbackup.engine.log.LogReader;
import org.jetbackup.engine.log.RecordKind;
import org.jetbackup.engine.storage.Directories;
import org.jspecify.annotations.Nullable;

/**
 * What lies in the log directory, seen from the last generation of a set. Immutable.
 *
 * <pre>
 *   generations   ... | of the set ............ last | behind ............ current
 *                     |             kept . . . . . . |
 *                       stale
 * </pre>
 *
 * @param kept closed files that lead to the last generation of the set without a gap, the same that
 *     the set holds
 * @param behind those that go on from there, to the current one, without a gap; none, or all there
 *     are
 * @param stale what cannot stay if the log is to go on: behind a gap, unreadable, or the current
 *     one of a past that the set holds; and what an interrupted restore has begun. To be deleted in
 *     this order
 */
record LiveLogs(List<LogFile> kept, List<LogFile> behind, List<Path> stale) {

  static final LiveLogs NONE = new LiveLogs(List.of(), List.of(), List.of());

  LiveLogs {
    kept = List.copyOf(kept);
    behind = List.copyOf(behind);
    stale = List.copyOf(stale);
  }

  /** Whether the log goes on behind the set. */
  boolean goesOn() {
    return !behind.isEmpty();
  }

  /** All that stays, oldest first. */
  List<LogFile> staying() {
    List<LogFile> all = new ArrayList<>(kept);
    all.addAll(behind);
    return all;
  }

  /**
   * Looks into the log directory.
   *
   * @param options where
   * @param set the generations of the set that are wanted
   * @param own what an interrupted restore was about to make
   * @throws JetException {@link JetErr#EXISTING_LOG_FILE_HAS_BAD_SIGNATURE}, {@link
   *     JetErr#EXISTING_LOG_FILE_IS_NOT_CONTIGUOUS}, {@link JetErr#MISSING_CURRENT_LOG_FILES},
   *     {@link JetErr#LOG_CORRUPT_DURING_HARD_RECOVERY}
   */
  static LiveLogs look(LogOptions options, LogFiles set, Optional<Marker.Own> own) {
    if (!Directories.exists(options.directory())) {
      return NONE;
    }
    Look look = new Look(options, set, own);
    Directories.list(options.directory()).forEach(look::add);
    return look.answer();
  }

  /**
   * Whether nothing has happened behind the set but that a generation was begun, as a restore to
   * its end leaves it.
   */
  boolean isIdle(LogOptions options) {
    if (behind.size() != 1) {
      return behind.isEmpty();
    }
    LogFiles file = LogFiles.of(options.directory(), options.baseName(), behind);
    try (LogReader reader = LogReader.open(file, 0)) {
      boolean isIdle = true;
      while (isIdle && reader.next()) {
        isIdle = reader.kind() == RecordKind.RECOVERED || reader.kind() == RecordKind.SHUTDOWN;
      }
      return isIdle;
    }
  }

  /** Checks that nothing lies behind the set, where a moment of it is wanted. */
  void requireNothingBehind(LogFiles set) {
    if (goesOn()) {
      throw notContiguous(set.last(), behind.get(0));
    }
  }

  private static JetException notContiguous(LogFile before, LogFile file) {
    return JetException.of(
        JetErr.EXISTING_LOG_FILE_IS_NOT_CONTIGUOUS,
        Subject.path(before.path()),
        Subject.path(file.path()),
        Subject.generation(file.generation()));
  }

  /** A look, file by file. */
  private static final class Look {

    private final LogOptions options;
    private final LogFiles set;
    private final Optional<Marker.Own> own;
    private final Path current;
    private final List<LogFile> within = new ArrayList<>();
    private final List<LogFile> behind = new ArrayList<>();
    private final List<Path> stale = new ArrayList<>();

    /** What an interrupted restore has made; it may have gone on to further generations. */
    private @Nullable LogFile begun;

    Look(LogOptions options, LogFiles set, Optional<Marker.Own> own) {
      this.options = options;
      this.set = set;
      this.own = own;
      this.current = FileNames.currentLog(options.directory(), options.baseName());
    }

    void add(Path path) {
      Optional<Role> role = LogFiles.roleOf(options.directory(), options.baseName(), path);
      if (role.isEmpty()) {
        return;
      }
      OptionalLong named = FileNames.generationInName(options.baseName(), path);
      boolean inSet = named.isPresent() && named.getAsLong() <= last();
      try {
        add(new LogFile(path, role.get(), LogFiles.readClosed(path).header()));
      } catch (JetException e) {
        boolean damaged =
            e.error() == JetErr.LOG_FILE_CORRUPT || e.error() == JetErr.BAD_LOG_VERSION;
        if (!damaged) {
          throw e;
        }
        if (!inSet) {
          throw JetException.of(
              JetErr.LOG_CORRUPT_DURING_HARD_RECOVERY, e, e.subjects().toArray(new Subject[0]));
        }
        stale.add(path);
      }
    }

    private void add(LogFile file) {
      if (own.filter(made -> made.is(file)).isPresent()) {
        if (begun != null) {
          stale.add(begun.path()); // a rename that a crash has undone by half
        }
        begun = file;
        return;
      }
      LogFileFacts facts = file.header().facts();
      if (!facts.signature().equals(set.last().header().facts().signature())) {
        throw JetException.of(
            JetErr.EXISTING_LOG_FILE_HAS_BAD_SIGNATURE,
            Subject.path(file.path()),
            Subject.generation(file.generation()));
      }
      long generation = facts.generation().value();
      if (generation > last()) {
        behind.add(file);
        return;
      }
      LogFile same = set.find(generation).orElse(file);
      if (same.header().checksum() != file.header().checksum()) {
        throw notContiguous(same, file);
      }
      within.add(file);
    }

    private long last() {
      return set.last().generation().value();
    }

    LiveLogs answer() {
      behind.sort(Comparator.comparing(LogFile::generation));
      takeBack();
      within.sort(Comparator.comparing(LogFile::generation).reversed());
      if (!behind.isEmpty()) {
        completeBehind();
        requireChain();
      }
      List<LogFile> kept = new ArrayList<>();
      for (LogFile file : within) {
        boolean leads =
            kept.isEmpty() ? file.generation().value() == last() : kept.get(0).continues(file);
        if (leads && isNamedRight(file)) {
          kept.add(0, file);
        } else {
          stale.add(file.path());
        }
      }
      return new LiveLogs(kept, behind, stale);
    }

    /** The instance was not opened since. The newest goes first; the one that is known, last. */
    private void takeBack() {
      LogFile last = begun;
      if (last == null) {
        return;
      }
      stale.add(0, last.path());
      for (LogFile file : List.copyOf(behind)) {
        if (last.role() == Role.CLOSED && file.continues(last)) {
          stale.add(0, file.path());
          behind.remove(file);
          last = file;
        }
      }
    }

    private boolean isNamedRight(LogFile file) {
      return FileNames.generationInName(options.baseName(), file.path()).orElse(0)
          == file.generation().value();
    }

    /** The current file may not have got its name yet. */
    private void completeBehind() {
      LogFile newest = behind.get(behind.size() - 1);
      boolean hasCurrent = behind.stream().anyMatch(file -> file.role() == Role.CURRENT)
          || within.stream().anyMatch(file -> file.role() == Role.CURRENT);
      if (!hasCurrent) {
        behind.add(LogFiles.findUnnamed(options.directory(), options.baseName(), newest)
            .orElseThrow(() -> missing(current)));
      }
    }

    private void requireChain() {
      LogFile before = set.last();
      for (LogFile file : behind) {
        long expected = before.generation().value() + 1;
        if (file.generation().value() > expected) {
          throw missing(FileNames.closedLog(
              options.directory(), options.baseName(), new LogGeneration(expected)));
        }
        if (!file.continues(before) || before.role() == Role.CURRENT) {
          throw notContiguous(before, file);
        }
        before = file;
      }
      if (before.role() == Role.CLOSED) {
        throw missing(current);
      }
    }

    private static JetException missing(Path file) {
      return JetException.of(JetErr.MISSING_CURRENT_LOG_FILES, Subject.path(file));
    }
  }
}
