package org.jetbackup.engine.storage;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.ReadOnlyFileSystemException;
import java.util.List;
import java.util.Locale;
import org.jetbackup.api.error.JetErr;
import org.jetbackup.api.error.JetException;
import org.jetbackup.api.error.Subject;

/**
 * What the failures of a file system are called by the engine: the one place.
 *
 * <p>Java has no type for a full disk; it is known by what POSIX systems, Windows and file systems
 * in memory say. Where the operating system speaks another language it is taken for {@link
 * JetErr#DISK_IO}: asking for the free space instead would call every defect of a full disk by the
 * wrong name.
 */
final class IoErrors {

  /** Parts of messages, in lower case: no space, quota, Windows twice, Jimfs. */
  private static final List<String> DISK_FULL = List.of(
      "no space left on device",
      "quota exceeded",
      "not enough space on the disk",
      "disk is full",
      "out of disk space");

  private IoErrors() {}

  static JetException of(IOException failure, Path path) {
    return JetException.of(code(failure), failure, Subject.path(path));
  }

  static JetException of(ReadOnlyFileSystemException failure, Path path) {
    return JetException.of(JetErr.FILE_ACCESS_DENIED, failure, Subject.path(path));
  }

  private static JetErr code(IOException failure) {
    if (failure instanceof NoSuchFileException) {
      return JetErr.FILE_NOT_FOUND;
    }
    if (failure instanceof AccessDeniedException) {
      return JetErr.FILE_ACCESS_DENIED;
    }
    if (failure instanceof FileAlreadyExistsException) {
      return JetErr.FILE_ALREADY_EXISTS;
    }
    return isDiskFull(failure) ? JetErr.DISK_FULL : JetErr.DISK_IO;
  }

  private static boolean isDiskFull(IOException failure) {
    // The message of a FileSystemException begins with the path, which may say anything.
    String said =
        failure instanceof FileSystemException named ? named.getReason() : failure.getMessage();
    String text = said == null ? "" : said.toLowerCase(Locale.ROOT);
    return DISK_FULL.stream().anyMatch(text::contains);
  }
}
