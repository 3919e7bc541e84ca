package org.jetbackup.engine.backup.directory;

import java.nio.ByteBuffer;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.zip.CRC32C;
import org.jetbackup.api.error.JetErr;
import org.jetbackup.api.error.JetException;
import org.jetbackup.api.error.Subject;
import org.jetbackup.engine.storage.DataFile;
import org.jetbackup.engine.storage.DataFile.Mode;

/**
 * A file of a set. Immutable.
 *
 * @param name its name in the directory of the set, a plain one, see {@link #isPlain}
 * @param bytes its length
 * @param crc32c the CRC32C of all of it
 */
public record SetFile(String name, long bytes, int crc32c) {

  private static final int NAME_LENGTH_MAX = 255;

  /** What separates names, drives or streams on one system or another. */
  private static final String SEPARATORS = "/\\:";

  /**
   * Checks name and length.
   *
   * @param name its name
   * @param bytes from 0 on
   * @param crc32c the CRC32C of all of it
   * @throws IllegalArgumentException if the name is not plain or the length is negative
   */
  public SetFile {
    if (!isPlain(name) || bytes < 0) {
      throw new IllegalArgumentException("file of a set: " + name + ", " + bytes + " bytes");
    }
  }

  /**
   * Tells whether a name stays in the directory that it is resolved against, on any system.
   *
   * @param name any text
   * @return whether it is not empty, not {@code .} or {@code ..}, not too long, and without
   *     separators and control characters
   */
  public static boolean isPlain(String name) {
    return !name.isEmpty()
        && name.length() <= NAME_LENGTH_MAX
        && !name.equals(".")
        && !name.equals("..")
        && name.chars().allMatch(c -> c >= ' ' && SEPARATORS.indexOf(c) < 0);
  }

  /**
   * Reads a file.
   *
   * @param path at least as long as this one
   * @param chunk through which it is read
   * @return whether so much of it has the checksum of this one
   */
  boolean hasChecksumOf(Path path, ByteBuffer chunk) {
    CRC32C checksum = new CRC32C();
    try (DataFile file = DataFile.open(path, Mode.READ)) {
      for (long position = 0; position < bytes; position += chunk.limit()) {
        chunk.clear().limit((int) Math.min(chunk.capacity(), bytes - position));
        file.readFully(chunk, position);
        checksum.update(chunk.flip());
      }
    }
    return (int) checksum.getValue() == crc32c;
  }

  /**
   * Finds the file.
   *
   * @param directory of the set
   * @return its path
   * @throws JetException {@link JetErr#DATABASE_CORRUPTED} if no file can be called so here
   */
  public Path in(Path directory) {
    try {
      return directory.resolve(name);
    } catch (InvalidPathException e) {
      throw JetException.of(
          JetErr.DATABASE_CORRUPTED, e, Subject.path(directory), Subject.value("name", name));
    }
  }
}
