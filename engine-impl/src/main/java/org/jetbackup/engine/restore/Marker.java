package org.jetbackup.engine.restore;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jetbackup.api.position.LogGeneration;
import org.jetbackup.engine.format.FileNames;
import org.jetbackup.engine.format.LogFileFacts;
import org.jetbackup.engine.format.LogTime;
import org.jetbackup.engine.log.LogFile;
import org.jetbackup.engine.log.LogOptions;
import org.jetbackup.engine.storage.DataFile;
import org.jetbackup.engine.storage.DataFile.Mode;
import org.jetbackup.engine.storage.Directories;

/**
 * The file in the log directory that says: a restore was begun here, and files are exchanged.
 *
 * <p>It names the generation that the restore is about to make, if it makes one: the next restore
 * after a crash tells by that its own beginning from a log of the instance, and makes it anew.
 * Of a marker that a crash tore only the name counts; then no generation was made yet. For one
 * thread.
 */
final class Marker {

  private static final String TITLE = "a restore is going on here, or was interrupted\n";
  private static final Pattern FORM =
      Pattern.compile(TITLE + "generation ([0-9A-F]{1,8}) of ([0-9A-F]{16})\n");
  private static final int BYTES_MAX = 256;
  private static final int HEXADECIMAL = 16;

  private final Path path;

  Marker(LogOptions log) {
    this.path = FileNames.restoreMarker(log.directory(), log.baseName());
  }

  /** A generation that a restore makes, and the time that its header says. */
  record Own(LogGeneration generation, LogTime created) {

    boolean is(LogFile file) {
      LogFileFacts facts = file.header().facts();
      return facts.generation().equals(generation) && facts.created().equals(created);
    }

    String text() {
      return String.format(
          Locale.ROOT, "generation %X of %016X\n", generation.value(), created.bits());
    }
  }

  boolean isThere() {
    return Directories.exists(path);
  }

  /** What an interrupted restore was about to make. */
  Optional<Own> own() {
    if (!isThere()) {
      return Optional.empty();
    }
    ByteBuffer bytes = ByteBuffer.allocate(BYTES_MAX);
    try (DataFile file = DataFile.open(path, Mode.READ)) {
      file.read(bytes, 0);
    }
    String text = new String(bytes.array(), 0, bytes.position(), StandardCharsets.US_ASCII);
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    long number = Long.parseLong(matcher.group(1), HEXADECIMAL);
    long created = Long.parseUnsignedLong(matcher.group(2), HEXADECIMAL);
    try {
      return Optional.of(new Own(new LogGeneration(number), new LogTime(created)));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** Puts it there, durably, or replaces what it says. */
  void write(Optional<Own> own) {
    String text = TITLE + own.map(Own::text).orElse("");
    try (DataFile file = DataFile.open(path, isThere() ? Mode.WRITE : Mode.CREATE)) {
      file.setSize(0);
      file.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII)), 0);
      file.force();
    }
    Directories.force(Directories.parentOf(path));
  }

  void remove() {
    Directories.delete(path);
    Directories.force(Directories.parentOf(path));
  }
}
