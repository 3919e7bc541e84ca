package org.jetbackup.tck.selftest.model;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jetbackup.api.error.JetErr;
import org.jetbackup.api.error.JetException;
import org.jetbackup.api.error.Subject;

/**
 * The layout of a backup directory, and the one place that names what lies in it.
 *
 * <pre>
 *   set-000002/                  a published set; the one with the highest number counts
 *     manifest
 *     db-1-a.edb                 a database, marked as a copy
 *     edb00003.log               a generation, byte for byte
 *     inc-0001-00004-00004/      an incremental backup: log files only, and which ones
 *       edb00004.log
 *   jetbackup-model.staging/     not published yet (also inside a set, for an incremental one)
 *   jetbackup-model.retired/     replaced, on its way out
 * </pre>
 *
 * <p>What comes into being gets its name by one rename, when every byte of it is durable.
 */
record BackupDirectory(Disk disk, Path path) {

  private static final String STAGING = "jetbackup-model.staging";
  private static final String RETIRED = "jetbackup-model.retired";
  private static final Pattern SET = Pattern.compile("set-[0-9]{6}");
  private static final Pattern CONTENT =
      Pattern.compile("manifest|db-[0-9]+-.*|\\w{3}[0-9A-F]{5,8}\\.log|inc-.*|" + STAGING);

  /** Opens an existing directory, or fails with -1023. */
  static BackupDirectory open(Disk disk, Path path) {
    if (!Files.isDirectory(path)) {
      throw JetException.of(JetErr.INVALID_PATH, Subject.path(path));
    }
    return new BackupDirectory(disk, path);
  }

  static String databaseName(int number, Path file) {
    return "db-" + number + "-" + Disk.fileName(file);
  }

  Path staging() {
    return path.resolve(STAGING);
  }

  Path retired() {
    return path.resolve(RETIRED);
  }

  static Path staging(Chain chain) {
    return chain.set().resolve(STAGING);
  }

  /** The published sets, oldest first. */
  List<Path> sets() throws IOException {
    boolean countsDrafts = !disk.decisions().countsPublishedSetsOnly();
    List<Path> sets = new ArrayList<>();
    for (Path entry : disk.list(path)) {
      if (isSet(entry) || (countsDrafts && entry.equals(staging()))) {
        sets.add(entry);
      }
    }
    return sets;
  }

  Path nextSet() throws IOException {
    int last = 0;
    for (Path entry : disk.list(path)) {
      if (isSet(entry)) {
        last = Math.max(last, Integer.parseInt(Disk.fileName(entry).substring(4)));
      }
    }
    return path.resolve(String.format(Locale.ROOT, "set-%06d", last + 1));
  }

  /** The set that counts with all that extends it, or -1811 if there is none. */
  Chain chain() throws IOException {
    List<Path> sets = sets();
    if (sets.isEmpty()) {
      throw JetException.of(JetErr.FILE_NOT_FOUND, Subject.path(path));
    }
    return Chain.open(disk, disk.decisions().setThatCounts(sets));
  }

  /** What is neither a set nor left over by a run that died. */
  List<Path> foreign() throws IOException {
    List<Path> leftovers = leftovers();
    List<Path> foreign = new ArrayList<>();
    for (Path entry : disk.list(path)) {
      if (!isSet(entry) && !leftovers.contains(entry)) {
        foreign.add(entry);
      }
    }
    return foreign;
  }

  /** What runs that died have left, if nobody else has put something into it. */
  List<Path> leftovers() throws IOException {
    List<Path> leftovers = new ArrayList<>();
    for (Path candidate : List.of(staging(), retired())) {
      if (Files.isDirectory(candidate)
          && disk.list(candidate).stream()
              .allMatch(entry -> CONTENT.matcher(Disk.fileName(entry)).matches())) {
        leftovers.add(candidate);
      }
    }
    return leftovers;
  }

  private boolean isSet(Path entry) throws IOException {
    return SET.matcher(Disk.fileName(entry)).matches()
        && disk.exists(entry.resolve(Manifest.FILE_NAME));
  }
}
