package org.jetbackup.engine.checkpoint;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.jetbackup.api.error.JetErr;
import org.jetbackup.api.error.JetException;
import org.jetbackup.api.error.Subject;
import org.jetbackup.engine.format.LogTime;
import org.jetbackup.engine.format.Signature;

/**
 * A database that is part of an instance, as the log names it. Immutable.
 *
 * @param databaseId the number that records of its changes carry; never used again in one sequence
 *     of logs
 * @param path where it is: relative to the log directory if it lies beneath, otherwise absolute;
 *     names are divided by {@code /} where it is relative
 * @param signature which database it is
 * @param dbtime at least the largest change time of all its pages on the disk
 */
public record Attachment(int databaseId, String path, Signature signature, long dbtime) {

  /** More than any file system takes. */
  private static final int PATH_BYTES_MAX = 32_767;

  private static final char SEPARATOR = '/';

  /**
   * Checks the id and the length of the path.
   *
   * @param databaseId from 1 on
   * @param path not empty
   * @param signature which database it is
   * @param dbtime from 0 on
   */
  public Attachment {
    if (databaseId < 1 || dbtime < 0 || path.isEmpty()) {
      throw new IllegalArgumentException("database " + databaseId + " at " + path);
    }
    if (path.getBytes(StandardCharsets.UTF_8).length > PATH_BYTES_MAX) {
      throw JetException.of(
          JetErr.INVALID_PATH,
          Subject.value("length of path", path.length(), "up to " + PATH_BYTES_MAX + " bytes"));
    }
  }

  /**
   * Makes the text under which a file is known to the log.
   *
   * @param logDirectory the directory of the log
   * @param file the database file, of the same file system
   * @return the text
   */
  public static String textOf(Path logDirectory, Path file) {
    Path base = logDirectory.toAbsolutePath().normalize();
    Path full = file.toAbsolutePath().normalize();
    if (!full.startsWith(base) || full.equals(base)) {
      return full.toString();
    }
    StringBuilder text = new StringBuilder();
    base.relativize(full).forEach(name -> text.append(SEPARATOR).append(name));
    return text.substring(1);
  }

  /**
   * Finds the file.
   *
   * @param logDirectory the directory of the log
   * @return its path
   * @throws JetException {@link JetErr#LOG_FILE_CORRUPT} if the text is no path here
   */
  public Path resolve(Path logDirectory) {
    try {
      Path base = logDirectory.toAbsolutePath().normalize();
      Path plain = base.getFileSystem().getPath(path);
      if (plain.isAbsolute()) {
        return plain;
      }
      Path resolved = base;
      for (String name : path.split(String.valueOf(SEPARATOR), -1)) {
        resolved = resolved.resolve(name);
      }
      return resolved.normalize();
    } catch (InvalidPathException e) {
      throw JetException.of(JetErr.LOG_FILE_CORRUPT, e, Subject.value("path of database", path));
    }
  }

  /**
   * {@return the same database with another change time}
   *
   * @param time the change time
   */
  public Attachment withDbtime(long time) {
    return new Attachment(databaseId, path, signature, time);
  }

  /** {@return how many bytes {@link #write} takes} */
  int bytes() {
    return Integer.BYTES * 3
        + Long.BYTES * 2
        + Short.BYTES * 2
        + path.getBytes(StandardCharsets.UTF_8).length
        + signature.computer().getBytes(StandardCharsets.UTF_8).length;
  }

  /** {@return the attachment as the payload of a record} */
  public ByteBuffer encode() {
    ByteBuffer payload = ByteBuffer.allocate(bytes()).order(ByteOrder.LITTLE_ENDIAN);
    write(payload);
    return payload.flip();
  }

  void write(ByteBuffer target) {
    target.putInt(databaseId).putLong(dbtime).putInt(signature.random());
    target.putLong(signature.created().bits());
    writeText(target, signature.computer());
    target.putInt(0); // room for flags
    writeText(target, path);
  }

  /**
   * Reads what {@link #encode} made.
   *
   * @param source a little-endian buffer, read from its position on
   * @return the attachment
   * @throws JetException {@link JetErr#LOG_FILE_CORRUPT} if the bytes are none
   */
  public static Attachment read(ByteBuffer source) {
    try {
      int id = source.getInt();
      long time = source.getLong();
      int random = source.getInt();
      LogTime created = new LogTime(source.getLong());
      String computer = readText(source);
      source.getInt();
      String text = readText(source);
      return new Attachment(id, text, new Signature(random, created, computer), time);
    } catch (java.nio.BufferUnderflowException | IllegalArgumentException e) {
      throw JetException.of(
          JetErr.LOG_FILE_CORRUPT, e, Subject.value("bytes of an attachment", source.limit()));
    }
  }

  private static void writeText(ByteBuffer target, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    target.putShort((short) bytes.length).put(bytes);
  }

  private static String readText(ByteBuffer source) {
    int length = Short.toUnsignedInt(source.getShort());
    if (length > source.remaining()) {
      throw new IllegalArgumentException("text of " + length + " bytes");
    }
    byte[] bytes = new byte[length];
    source.get(bytes);
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
