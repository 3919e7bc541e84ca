package org.jetbackup.engine.backup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jetbackup.api.backup.BackupGrbit;
import org.jetbackup.api.backup.StatusCallback;
import org.jetbackup.api.error.JetErr;
import org.jetbackup.api.error.JetException;
import org.jetbackup.api.param.SystemParameter;
import org.jetbackup.tck.storage.KitFileSystem;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Which of two causes a backup call speaks of: the earlier one of docs/backup-and-restore.md. */
class OrderOfChecksTest {

  /** The causes in the order in which they are looked for. */
  enum Cause {
    STOPPED(JetErr.CLIENT_REQUEST_TO_STOP_JET_SERVICE),
    NOT_INITIALIZED(JetErr.NOT_INITIALIZED),
    NO_CALLBACK(JetErr.INVALID_PARAMETER),
    UNKNOWN_BIT(JetErr.INVALID_GRBIT),
    NO_LOG(JetErr.LOGGING_DISABLED),
    CIRCULAR(JetErr.INVALID_BACKUP),
    OTHER_BACKUP(JetErr.BACKUP_IN_PROGRESS),
    NO_FULL_BACKUP(JetErr.MISSING_FULL_BACKUP),
    NO_DIRECTORY(JetErr.INVALID_PATH),
    FOREIGN_FILE(JetErr.BACKUP_DIRECTORY_NOT_EMPTY);

    private final JetErr error;

    Cause(JetErr error) {
      this.error = error;
    }

    /** Causes that an instance cannot have at once, or that are of different kinds of backup. */
    boolean goesWith(Cause other) {
      Set<Cause> pair = EnumSet.of(this, other);
      return NEVER_TOGETHER.stream().noneMatch(pair::equals);
    }

    boolean isIncremental() {
      return this == CIRCULAR || this == NO_FULL_BACKUP;
    }

    private static final List<Set<Cause>> NEVER_TOGETHER = List.of(
        EnumSet.of(STOPPED, NOT_INITIALIZED),
        EnumSet.of(NOT_INITIALIZED, OTHER_BACKUP),
        EnumSet.of(NO_LOG, OTHER_BACKUP),
        EnumSet.of(CIRCULAR, FOREIGN_FILE),
        EnumSet.of(NO_FULL_BACKUP, FOREIGN_FILE),
        EnumSet.of(NO_DIRECTORY, FOREIGN_FILE));
  }

  private record Pair(Cause first, Cause second) {}

  static Stream<Pair> pairs() {
    List<Pair> pairs = new ArrayList<>();
    for (Cause first : Cause.values()) {
      for (Cause second : Cause.values()) {
        if (first.compareTo(second) < 0 && first.goesWith(second)) {
          pairs.add(new Pair(first, second));
        }
      }
    }
    return pairs.stream();
  }

  @ParameterizedTest
  @MethodSource("pairs")
  void theEarlierOfTwoCausesIsReportedAndNothingChanges(Pair pair) throws IOException {
    check(EnumSet.of(pair.first(), pair.second()), pair.first().error);
  }

  @Test
  void eachCauseAloneIsReported() throws IOException {
    for (Cause cause : Cause.values()) {
      check(EnumSet.of(cause), cause.error);
    }
  }

  private static void check(Set<Cause> causes, JetErr expected) throws IOException {
    try (KitFileSystem files = KitFileSystem.inMemory();
        Site site = new Site(files.root())) {
      prepare(site, causes);
      Path directory = directory(site, causes);
      List<String> before = generations(site.log());
      site.events.clear();
      JetException refused = assertThrows(JetException.class, () -> call(site, causes, directory));
      assertEquals(expected, refused.error(), causes::toString);
      assertEquals(before, generations(site.log()), "no generation was begun");
      boolean tells = expected == JetErr.MISSING_FULL_BACKUP;
      assertEquals(tells ? List.of(206) : List.of(), site.eventNumbers());
    }
  }

  private static void prepare(Site site, Set<Cause> causes) {
    if (causes.contains(Cause.NO_LOG)) {
      site.with(SystemParameter.RECOVERY, "off");
    }
    if (causes.contains(Cause.CIRCULAR)) {
      site.with(SystemParameter.CIRCULAR_LOG, true);
    }
    if (causes.contains(Cause.NOT_INITIALIZED)) {
      site.create();
      return;
    }
    site.start();
    if (causes.contains(Cause.OTHER_BACKUP)) {
      site.instance().beginExternalBackup(BackupGrbit.FULL);
    }
    if (causes.contains(Cause.STOPPED)) {
      site.instance().stopService();
    }
  }

  private static Path directory(Site site, Set<Cause> causes) throws IOException {
    if (causes.contains(Cause.NO_DIRECTORY)) {
      return site.root.resolve("missing");
    }
    Path directory = site.directory("backup");
    if (causes.contains(Cause.FOREIGN_FILE)) {
      Files.write(directory.resolve("notes.txt"), new byte[1]);
    }
    return directory;
  }

  private static void call(Site site, Set<Cause> causes, Path directory) {
    boolean incremental = causes.stream().anyMatch(Cause::isIncremental);
    int bits = (incremental ? 1 : 0) | (causes.contains(Cause.UNKNOWN_BIT) ? 0x100 : 0);
    backup(
        site,
        directory,
        new BackupGrbit(bits),
        causes.contains(Cause.NO_CALLBACK) ? null : StatusCallback.NONE);
  }

  @SuppressWarnings("NullAway") // the very mistake that is to be answered
  private static void backup(
      Site site, Path directory, BackupGrbit grbit, @Nullable StatusCallback callback) {
    site.instance().backup(directory, grbit, callback);
  }

  /** The log files; space for later ones comes whenever the background has made it. */
  private static List<String> generations(Path directory) {
    try (Stream<Path> files = Files.list(directory)) {
      return files
          .map(path -> String.valueOf(path.getFileName()))
          .filter(name -> name.matches("edb([0-9A-F]{5})?\\.log"))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void thereAreEnoughPairs() {
    assertTrue(pairs().count() > 35, () -> "pairs: " + pairs().count());
  }
}
