package org.jetbackup.engine.backup.directory;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import org.jetbackup.api.error.JetErr;
import org.jetbackup.api.error.JetException;
import org.jetbackup.api.error.Subject;
import org.jetbackup.api.position.LogGeneration;
import org.jetbackup.engine.checkpoint.Attachment;
import org.jetbackup.engine.checkpoint.AttachmentList;
import org.jetbackup.engine.format.LogTime;
import org.jetbackup.engine.format.PageSize;
import org.jetbackup.engine.format.Signature;

/**
 * Reads the text that {@link Manifest} describes. The bytes may be anything: what comes out is a
 * manifest that would be written just so, or a JetException.
 */
final class ManifestReader {

  private static final int DATABASE_WORDS = 9;

  private final Path file;
  private final byte[] bytes;

  /** Behind the last line that is covered by the checksum. */
  private final int limit;

  /** The next line. */
  private int at;

  private int lines;

  ManifestReader(Path file, byte[] bytes) {
    this.file = file;
    this.bytes = bytes;
    this.limit = bytes.length - ManifestWriter.CHECKSUM_LINE_BYTES;
  }

  Manifest read() {
    long version = checked(this::version);
    if (version != ManifestWriter.VERSION) {
      throw JetException.of(
          JetErr.INVALID_DATABASE_VERSION,
          Subject.path(file),
          Subject.value("version of manifest", version, "" + ManifestWriter.VERSION));
    }
    return checked(this::content);
  }

  private <T> T checked(Supplier<T> part) {
    try {
      return part.get();
    } catch (IllegalArgumentException | DateTimeException | JetException e) {
      throw JetException.of(
          JetErr.DATABASE_CORRUPTED,
          e,
          Subject.path(file),
          Subject.value("line " + lines + " of manifest", String.valueOf(e.getMessage())));
    }
  }

  private long version() {
    requireChecksum();
    return ManifestWords.decimal(words(ManifestWriter.HEAD, 1)[0]);
  }

  private void requireChecksum() {
    if (limit < 0) {
      throw new IllegalArgumentException("length = " + bytes.length);
    }
    int computed = ManifestWriter.checksum(bytes, limit);
    String last = ManifestWriter.CHECKSUM + " " + ManifestWords.ofInt(computed) + "\n";
    String found = ascii(limit, bytes.length);
    if (!found.equals(last)) {
      throw new IllegalArgumentException("its checksum is wrong");
    }
  }

  private Manifest content() {
    String engine = ManifestWords.text(words(ManifestWriter.ENGINE, 1)[0]);
    Instant created = instant(words(ManifestWriter.CREATED, 1)[0]);
    String baseName = ManifestWords.text(words(ManifestWriter.BASE_NAME, 1)[0]);
    PageSize pageSize =
        PageSize.ofBytes(ManifestWords.decimal(words(ManifestWriter.PAGE_SIZE, 1)[0]));
    String[] logFile = words(ManifestWriter.LOG_FILE, 2);
    long logBytes = ManifestWords.decimal(logFile[0]);
    int sectorBytes = intOf(logFile[1]);
    Signature signature = signature(words(ManifestWriter.LOG_SIGNATURE, 3), 0);
    String[] generations = words(ManifestWriter.GENERATIONS, 2);
    LogGeneration genLow = new LogGeneration(ManifestWords.decimal(generations[0]));
    LogGeneration genHigh = new LogGeneration(ManifestWords.decimal(generations[1]));
    List<SetDatabase> databases = databases();
    List<SetFile> logs = logs(logBytes);
    return new Manifest(
        engine,
        created,
        baseName,
        pageSize,
        logBytes,
        sectorBytes,
        signature,
        genLow,
        genHigh,
        databases,
        logs);
  }

  private List<SetDatabase> databases() {
    List<SetDatabase> databases = new ArrayList<>();
    while (at < limit
        && databases.size() <= AttachmentList.COUNT_MAX
        && next(ManifestWriter.DATABASE)) {
      String[] words = words(ManifestWriter.DATABASE, DATABASE_WORDS);
      SetFile copy = new SetFile(
          ManifestWords.text(words[0]),
          ManifestWords.decimal(words[1]),
          ManifestWords.intOf(words[2]));
      Attachment origin = new Attachment(
          intOf(words[3]),
          ManifestWords.text(words[8]),
          signature(words, 5),
          ManifestWords.decimal(words[4]));
      databases.add(new SetDatabase(copy, origin));
    }
    return databases;
  }

  private List<SetFile> logs(long logBytes) {
    List<SetFile> logs = new ArrayList<>();
    while (at < limit) {
      String[] words = words(ManifestWriter.LOG, 2);
      logs.add(new SetFile(ManifestWords.text(words[0]), logBytes, ManifestWords.intOf(words[1])));
    }
    return logs;
  }

  /** Whether the next line has that key. */
  private boolean next(String key) {
    int end = Math.min(at + key.length() + 1, limit);
    return ascii(at, end).equals(key + " ");
  }

  /** The words of the next line, which must have that key and so many of them. */
  private String[] words(String key, int count) {
    lines++;
    int end = at;
    while (end < limit && bytes[end] != '\n') {
      end++;
    }
    String line = ascii(at, end);
    String[] parts = line.split(" ", count + 2);
    if (end == limit || parts.length != count + 1 || !parts[0].equals(key)) {
      throw new IllegalArgumentException(
          String.format(Locale.ROOT, "%.100s instead of %s and %d words", line, key, count));
    }
    at = end + 1;
    String[] words = new String[count];
    System.arraycopy(parts, 1, words, 0, count);
    return words;
  }

  /** One character for each byte: those that are not ASCII match nothing. */
  private String ascii(int from, int to) {
    return new String(bytes, from, to - from, StandardCharsets.ISO_8859_1);
  }

  private static Signature signature(String[] words, int from) {
    return new Signature(
        ManifestWords.intOf(words[from]),
        new LogTime(ManifestWords.number(words[from + 1], ManifestWriter.TIME_DIGITS)),
        ManifestWords.text(words[from + 2]));
  }

  private static int intOf(String word) {
    long number = ManifestWords.decimal(word);
    if (number > Integer.MAX_VALUE) {
      throw new IllegalArgumentException("number = " + number);
    }
    return (int) number;
  }

  private static Instant instant(String word) {
    Instant instant = Instant.parse(word);
    if (!instant.toString().equals(word)) {
      throw new IllegalArgumentException("time = " + word);
    }
    return instant;
  }
}
