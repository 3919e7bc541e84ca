package org.jetbackup.engine.storage;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileStore;
import java.nio.file.FileSystem;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.ReadOnlyFileSystemException;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.function.Consumer;
import org.jetbackup.api.error.JetErr;
import org.jetbackup.api.error.JetException;
import org.jspecify.annotations.Nullable;

/**
 * Names in directories: made, changed, taken away, and made durable.
 *
 * <p>Not every file system can force a directory. What is known of one:
 *
 * <pre>
 *   UNKNOWN --a force succeeds--------------------------------> WORKS: a later failure is an error
 *      |
 *      +--a readable directory cannot be opened, twice--------> UNKNOWN; this force did nothing
 *      +--the system says that it does not support the force--> UNKNOWN; this force did nothing
 *      +--any other failure-----------------------------------> UNKNOWN; an error
 * </pre>
 *
 * <p>Only success is remembered. A passing failure of the device at the first force must not switch
 * off all later ones, and to find out again that nothing can be done costs two attempts to open.
 * Remembered are the stores of a file system by name and type, as one file system of the platform
 * spans many; a file system that is forgotten is forgotten here.
 *
 * <p>Thread-safe. An interrupt disturbs nothing, its flag stays. All failures are JetExceptions
 * with the path, see {@link DataFile}.
 */
public final class Directories {

  private static final Set<OpenOption> READING = Set.of(StandardOpenOption.READ);
  private static final SteadyChannel.Action FORCE = (channel, none, unused) -> {
    channel.force(true);
    return 0;
  };

  private static final Map<FileSystem, Working> WORKING = new WeakHashMap<>();

  private Directories() {}

  /**
   * Makes the names in a directory durable, where the file system can do that.
   *
   * @param directory an existing directory
   * @throws JetException {@link JetErr#FILE_NOT_FOUND} if it does not exist; {@link JetErr#DISK_IO}
   *     and others if the force fails: then nobody knows which names are durable, and a later force
   *     may succeed without having made them so
   */
  public static void force(Path directory) {
    canForce(directory);
  }

  /**
   * Forces a directory, and tells whether that was really done.
   *
   * @param directory an existing directory
   * @return true if the names in it are durable now; false if the file system cannot do that
   * @throws JetException as {@link #force}
   */
  public static boolean canForce(Path directory) {
    try {
      if (forced(directory)) {
        remember(directory);
        return true;
      }
      if (works(directory)) {
        throw new FileSystemException(
            directory.toString(), null, "a force of a directory has worked here, and now does not");
      }
      return false;
    } catch (IOException e) {
      throw IoErrors.of(e, directory);
    }
  }

  /**
   * Creates a directory and makes its name durable.
   *
   * @param directory does not exist; its parent does
   * @throws JetException {@link JetErr#FILE_ALREADY_EXISTS}, {@link JetErr#FILE_NOT_FOUND} for the
   *     parent, and others
   */
  public static void create(Path directory) {
    try {
      Files.createDirectory(directory);
    } catch (IOException e) {
      throw IoErrors.of(e, directory);
    } catch (ReadOnlyFileSystemException e) {
      throw IoErrors.of(e, directory);
    }
    force(parentOf(directory));
  }

  /**
   * Creates a directory and those above it that are missing, each durably.
   *
   * @param directory does not exist
   * @param made told of each one that was made, outer ones first
   * @throws JetException as {@link #create}; what was made stays
   */
  public static void createWithParents(Path directory, Consumer<Path> made) {
    Path parent = parentOf(directory);
    if (!exists(parent) && !parent.equals(directory)) {
      createWithParents(parent, made);
    }
    create(directory);
    made.accept(directory);
  }

  /**
   * Renames in one step, and makes that durable. A file that has the new name is replaced; a
   * directory that is not empty is not.
   *
   * @param source exists, and is not open
   * @param target on the same store
   * @throws JetException if it was not renamed; if a force failed, it was, but maybe not durably
   */
  public static void moveAtomically(Path source, Path target) {
    try {
      Files.move(source, target, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw IoErrors.of(e, source);
    } catch (ReadOnlyFileSystemException e) {
      throw IoErrors.of(e, source);
    }
    force(parentOf(target)); // first: rather two names than none
    if (!parentOf(source).equals(parentOf(target))) {
      force(parentOf(source));
    }
  }

  /**
   * Gives a directory another name within its parent in one step, where the file system can do
   * that. Nothing is forced.
   *
   * @param source exists
   * @param target does not exist
   * @return true if it was renamed; false if that is not possible in one step here: nothing was
   *     changed
   * @throws JetException if it failed; nobody knows whether it was renamed
   */
  public static boolean renameAtomically(Path source, Path target) {
    return renameAtomically(source, target, () -> {});
  }

  /**
   * As {@link #renameAtomically(Path, Path)}, for whoever wants to know what was done where it fails
   * to be looked at.
   *
   * @param source exists
   * @param target does not exist
   * @param moved told when the system has called it done
   * @return as there
   */
  public static boolean renameAtomically(Path source, Path target, Runnable moved) {
    try {
      Files.move(source, target, StandardCopyOption.ATOMIC_MOVE);
      moved.run();
    } catch (AtomicMoveNotSupportedException e) {
      return false;
    } catch (IOException e) {
      throw IoErrors.of(e, source);
    } catch (ReadOnlyFileSystemException e) {
      throw IoErrors.of(e, source);
    }
    // Some archives make an empty directory, leave all where it was, and call that a move.
    if (exists(source)) {
      delete(target);
      return false;
    }
    return true;
  }

  /**
   * Gives a file another place, in one step or not. Nothing is forced.
   *
   * @param source exists, and is not open
   * @param target does not exist
   * @throws JetException if it failed; any part of it may have happened
   */
  public static void move(Path source, Path target) {
    try {
      Files.move(source, target);
    } catch (IOException e) {
      throw IoErrors.of(e, source);
    } catch (ReadOnlyFileSystemException e) {
      throw IoErrors.of(e, source);
    }
  }

  /**
   * Deletes a file or an empty directory, if it is there. Durable once its directory is forced,
   * which is left to the caller since often many are deleted at a time.
   *
   * @param path the file or directory; of a symbolic link, the link
   * @return whether it was there
   */
  public static boolean delete(Path path) {
    try {
      return Files.deleteIfExists(path);
    } catch (IOException e) {
      throw IoErrors.of(e, path);
    } catch (ReadOnlyFileSystemException e) {
      throw IoErrors.of(e, path);
    }
  }

  /**
   * Lists a directory.
   *
   * @param directory an existing directory
   * @return what is in it, ordered by name, whatever order the file system has; the caller's own
   */
  public static List<Path> list(Path directory) {
    List<Path> found = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
      entries.forEach(found::add);
    } catch (DirectoryIteratorException e) {
      throw IoErrors.of(Objects.requireNonNull(e.getCause()), directory);
    } catch (IOException e) {
      throw IoErrors.of(e, directory);
    }
    Collections.sort(found);
    return found;
  }

  /**
   * Tells whether something is there, and never takes "I cannot tell" for "no" as {@link
   * Files#exists} does.
   *
   * @param path of a file or directory; of a symbolic link, what it leads to
   * @return true if it is there; false if the file system says that it is not, or if what should be
   *     a directory on the way is none
   * @throws JetException {@link JetErr#FILE_ACCESS_DENIED}, {@link JetErr#DISK_IO} and others if
   *     the file system cannot tell
   */
  public static boolean exists(Path path) {
    return attributes(path) != null;
  }

  /**
   * Tells whether a directory is there.
   *
   * @param path of whatever it may be
   * @return true for a directory, and for a symbolic link that leads to one
   * @throws JetException as {@link #exists}
   */
  public static boolean isDirectory(Path path) {
    BasicFileAttributes found = attributes(path);
    return found != null && found.isDirectory();
  }

  /**
   * Tells what is there, and follows no symbolic link.
   *
   * @param path of whatever it may be
   * @return what it is
   * @throws JetException as {@link #exists}
   */
  public static EntryKind kindOf(Path path) {
    BasicFileAttributes found = attributes(path, LinkOption.NOFOLLOW_LINKS);
    if (found == null) {
      return EntryKind.NONE;
    }
    if (found.isDirectory()) {
      return EntryKind.DIRECTORY;
    }
    return found.isRegularFile() ? EntryKind.FILE : EntryKind.OTHER;
  }

  /** Null if nothing is there. */
  private static @Nullable BasicFileAttributes attributes(Path path, LinkOption... options) {
    try {
      return Files.readAttributes(path, BasicFileAttributes.class, options);
    } catch (NoSuchFileException e) {
      return null;
    } catch (AccessDeniedException e) {
      throw IoErrors.of(e, path);
    } catch (FileSystemException e) {
      // POSIX has a failure of its own for a file on the way, and Java has no type for that.
      if (hasFileOnTheWay(path)) {
        return null;
      }
      throw IoErrors.of(e, path);
    } catch (IOException e) {
      throw IoErrors.of(e, path);
    }
  }

  /** Whether the nearest ancestor that exists is no directory; false if that cannot be told. */
  private static boolean hasFileOnTheWay(Path path) {
    for (Path at = parentOf(path); at.getParent() != null; at = parentOf(at)) {
      try {
        return !Files.readAttributes(at, BasicFileAttributes.class).isDirectory();
      } catch (IOException e) {
        // Further up the answer may be clear.
      }
    }
    return false;
  }

  /**
   * Finds the directory that holds a name.
   *
   * @param path the name
   * @return the directory, absolute; a root holds itself
   */
  public static Path parentOf(Path path) {
    Path absolute = path.toAbsolutePath();
    Path parent = absolute.getParent();
    return parent == null ? absolute : parent;
  }

  /** Forces, or tells that this cannot be done here. */
  private static boolean forced(Path directory) throws IOException {
    SteadyChannel opened = opened(directory);
    if (opened == null) {
      return false;
    }
    try (opened) {
      opened.run(FORCE, SteadyChannel.NO_BUFFER, 0);
      return true;
    } catch (FileSystemException e) {
      throw e;
    } catch (IOException e) {
      if (isUnsupported(e)) {
        return false;
      }
      throw e;
    }
  }

  /** Null if the file system opens no directories. */
  private static @Nullable SteadyChannel opened(Path directory) throws IOException {
    try {
      return SteadyChannel.open(directory, READING);
    } catch (FileSystemException first) {
      try {
        return SteadyChannel.open(directory, READING);
      } catch (FileSystemException second) {
        boolean readable =
            Files.readAttributes(directory, BasicFileAttributes.class).isDirectory()
                && Files.isReadable(directory);
        if (readable) {
          return null;
        }
        throw second;
      }
    }
  }

  /** What POSIX systems say where a directory is no file for this purpose. */
  private static boolean isUnsupported(IOException failure) {
    String said = String.valueOf(failure.getMessage()).toLowerCase(Locale.ROOT);
    return said.contains("invalid argument")
        || said.contains("not supported")
        || said.contains("not implemented");
  }

  private static boolean works(Path directory) {
    String store = nameOfStore(directory);
    synchronized (WORKING) {
      Working known = WORKING.get(directory.getFileSystem());
      return known != null && known.stores.contains(store);
    }
  }

  private static void remember(Path directory) {
    String name = directory.toString();
    synchronized (WORKING) {
      Working known = WORKING.computeIfAbsent(directory.getFileSystem(), unknown -> new Working());
      if (!known.lastDirectory.equals(name)) {
        known.lastDirectory = name;
        known.stores.add(nameOfStore(directory));
      }
    }
  }

  /** Some systems cannot tell the store of every directory; these share a name. */
  private static String nameOfStore(Path directory) {
    try {
      FileStore store = Files.getFileStore(directory);
      return store.name() + " " + store.type();
    } catch (IOException e) {
      return "";
    }
  }

  /**
   * The stores of a file system on which a directory was forced. Texts and not the stores, which
   * would keep their file system from being forgotten; and the last directory, since to ask for the
   * store of one costs about as much as to force it.
   */
  private static final class Working {
    final Set<String> stores = new HashSet<>();
    String lastDirectory = "";
  }
}
