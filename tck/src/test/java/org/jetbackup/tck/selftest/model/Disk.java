package org.jetbackup.tck.selftest.model;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.ReadOnlyFileSystemException;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.WeakHashMap;
import java.util.regex.Pattern;
import org.jetbackup.api.error.JetErr;
import org.jetbackup.api.error.JetException;
import org.jetbackup.api.error.Subject;

/**
 * All file operations of the model, on the file system of whatever path is given.
 *
 * <p>Invariants: content is forced before its name is, a name before anybody relies on it; no
 * handle stays open between calls; an operation that an interrupt broke is repeated, the flag kept.
 */
final class Disk {

  private static final Pattern FULL =
      Pattern.compile("no space|out of disk space|disk full|not enough space|quota exceeded");

  private final Decisions decisions;
  private final Map<FileSystem, Boolean> forcesDirectories = new WeakHashMap<>();

  Disk(Decisions decisions) {
    this.decisions = decisions;
  }

  Decisions decisions() {
    return decisions;
  }

  /** A file operation. */
  interface Operation<T> {
    T run() throws IOException;
  }

  byte[] read(Path file) throws IOException {
    return uninterrupted(() -> Files.readAllBytes(file));
  }

  /** Writes a file that nobody looks at yet, and forces it. */
  void write(Path file, byte[] content) throws IOException {
    uninterrupted(() -> {
      FileChannel channel = FileChannel.open(
          file,
          StandardOpenOption.CREATE,
          StandardOpenOption.WRITE,
          StandardOpenOption.TRUNCATE_EXISTING);
      closing(channel, () -> writeAndForce(channel, 0, content, decisions.forcesFiles()));
      return file;
    });
  }

  /** Replaces a file, or creates it, in one durable step. */
  void replace(Path file, byte[] content) throws IOException {
    if (!decisions.replacesFilesByRename()) {
      write(file, content);
      return;
    }
    Path draft = file.resolveSibling(file.getFileName() + ".tmp");
    try {
      if (decisions.forcesBeforeReplacing()) {
        write(draft, content);
        rename(draft, file);
      } else {
        Files.write(draft, content);
        rename(draft, file);
        append(file, content.length, new byte[0], true);
      }
    } catch (IOException | RuntimeException failure) {
      deleteQuietly(draft, failure);
      throw failure;
    }
    forceDirectory(parent(file));
  }

  /** Writes behind everything that was acknowledged so far, and forces it. */
  void append(Path file, long position, byte[] content, boolean force) throws IOException {
    uninterrupted(() -> {
      FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
      closing(channel, () -> writeAndForce(channel, position, content, force));
      return file;
    });
  }

  /** Something done to a channel. */
  private interface Work {
    void run() throws IOException;
  }

  /** Works on a channel and closes it, also when that fails. */
  private void closing(FileChannel channel, Work work) throws IOException {
    try {
      work.run();
    } catch (IOException | RuntimeException failure) {
      if (decisions.closesFilesAfterFailure()) {
        closeQuietly(channel, failure);
      }
      throw failure;
    }
    channel.close();
  }

  private static void closeQuietly(FileChannel channel, Exception failure) {
    try {
      channel.close();
    } catch (IOException again) {
      failure.addSuppressed(again);
    }
  }

  private void writeAndForce(FileChannel channel, long from, byte[] content, boolean force)
      throws IOException {
    boolean forces = force && decisions.forcesAnything();
    if (forces && !decisions.forcesAfterWriting()) {
      force(channel);
    }
    int forced = decisions.forcesLastByte() ? content.length : Math.max(0, content.length - 1);
    write(channel, from, ByteBuffer.wrap(content, 0, forced));
    if (forces && decisions.forcesAfterWriting()) {
      force(channel);
    }
    write(channel, from, ByteBuffer.wrap(content, forced, content.length - forced));
  }

  private void force(FileChannel channel) throws IOException {
    try {
      channel.force(true);
    } catch (IOException failure) {
      if (decisions.heedsFailingForces() || !channel.isOpen()) {
        throw failure;
      }
    }
  }

  private static void write(FileChannel channel, long from, ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      channel.write(bytes, from + bytes.position());
    }
  }

  /** Cuts off what lies behind a position. */
  void truncate(Path file, long size) throws IOException {
    uninterrupted(() -> {
      try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
        channel.truncate(size);
        if (decisions.forcesAnything()) {
          channel.force(true);
        }
        return file;
      }
    });
  }

  /** Renames in one step, replacing a file that is there. Durable after {@link #forceDirectory}. */
  void rename(Path from, Path to) throws IOException {
    Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  /** Whether there is something. That it cannot be told is a failure and no answer. */
  boolean exists(Path path) throws IOException {
    return attributes(path).isPresent();
  }

  /** Whether there is a directory. That it cannot be told is a failure and no answer. */
  boolean isDirectory(Path path) throws IOException {
    return attributes(path).filter(BasicFileAttributes::isDirectory).isPresent();
  }

  private static Optional<BasicFileAttributes> attributes(Path path) throws IOException {
    try {
      return Optional.of(Files.readAttributes(path, BasicFileAttributes.class));
    } catch (NoSuchFileException absent) {
      return Optional.empty();
    }
  }

  /** Renames a directory, and makes sure that everything in it came along. */
  void renameWhole(Path from, Path to) throws IOException {
    rename(from, to);
    if (exists(from)) { // some archives leave the content where it was, and say nothing
      throw new AtomicMoveNotSupportedException(from.toString(), to.toString(), "left behind");
    }
  }

  /** Makes the names in a directory durable, where the file system has a way to do that. */
  void forceDirectory(Path directory) throws IOException {
    boolean forces = decisions.forcesDirectories() && decisions.forcesAnything();
    if (!forces || !canForceDirectories(directory)) {
      return;
    }
    uninterrupted(() -> {
      try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
        channel.force(true);
        return directory;
      }
    });
  }

  /**
   * Whether the file system lets its directories be forced: asked once, and twice at that, lest a
   * single fault be taken for a trait.
   */
  synchronized boolean canForceDirectories(Path directory) {
    return forcesDirectories.computeIfAbsent(directory.getFileSystem(), unknown -> {
      boolean opens = opens(directory);
      return opens || opens(directory);
    });
  }

  private static boolean opens(Path directory) {
    try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
      return channel.isOpen();
    } catch (IOException | UnsupportedOperationException unable) {
      return !Files.isDirectory(directory); // then it says nothing about the file system
    }
  }

  /** Creates a directory and the missing ones above it, and makes their names durable. */
  void createDirectories(Path directory) throws IOException {
    Deque<Path> missing = new ArrayDeque<>();
    for (Path at = directory.toAbsolutePath(); !Files.exists(at); at = parent(at)) {
      if (at.equals(parent(at))) {
        throw new NoSuchFileException(at.toString()); // not even a root is to be seen
      }
      missing.push(at);
    }
    for (Path next : missing) {
      Files.createDirectory(next);
      forceDirectory(parent(next));
    }
  }

  /** What a directory holds, by name. */
  List<Path> list(Path directory) throws IOException {
    return uninterrupted(() -> {
      List<Path> entries = new ArrayList<>();
      try (DirectoryStream<Path> stream = Files.newDirectoryStream(directory)) {
        stream.forEach(entries::add);
      } catch (DirectoryIteratorException broken) {
        throw broken.getCause();
      }
      entries.sort((one, other) -> fileName(one).compareTo(fileName(other)));
      return entries;
    });
  }

  /** Deletes a file or a directory with everything in it; fine if there is nothing. */
  void deleteTree(Path path) throws IOException {
    if (Files.isDirectory(path)) {
      for (Path entry : list(path)) {
        deleteTree(entry);
      }
    }
    Files.deleteIfExists(path);
  }

  /** Deletes after a failure; if that fails too, the first failure says so. */
  void deleteQuietly(Path path, Exception failure) {
    try {
      deleteTree(path);
    } catch (IOException | RuntimeException again) {
      failure.addSuppressed(again);
    }
  }

  static String fileName(Path path) {
    return Objects.toString(path.getFileName(), "");
  }

  static Path parent(Path path) {
    Path parent = path.toAbsolutePath().getParent();
    return parent == null ? path : parent;
  }

  /** The one place where failures of the file system become codes. */
  static JetException failure(IOException cause) {
    JetErr error = JetErr.DISK_IO;
    if (isFull(cause)) {
      error = JetErr.DISK_FULL;
    } else if (cause instanceof NoSuchFileException || cause instanceof NotDirectoryException) {
      error = JetErr.INVALID_PATH;
    } else if (cause instanceof AccessDeniedException) {
      error = JetErr.FILE_ACCESS_DENIED;
    } else if (cause instanceof FileAlreadyExistsException) {
      error = JetErr.FILE_ALREADY_EXISTS;
    }
    return JetException.of(error, cause, Subject.value("cause", cause));
  }

  static boolean isFull(IOException cause) {
    return FULL.matcher(Objects.toString(cause.getMessage(), "").toLowerCase(Locale.ROOT))
        .find();
  }

  private <T> T uninterrupted(Operation<T> operation) throws IOException {
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return operation.run();
        } catch (ClosedByInterruptException broken) {
          if (!Thread.interrupted()) {
            throw broken;
          }
          interrupted = true;
        } catch (ReadOnlyFileSystemException refused) {
          throw new AccessDeniedException("the file system is read-only");
        }
      }
    } finally {
      if (interrupted && decisions.keepsInterrupts()) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
