package org.jetbackup.tck.storage;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.NotLinkException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where wrapped paths lie in the file system below, and the way back.
 *
 * <p>Always true: {@link #below} is at or beneath the root below (as long as no symbolic link leads
 * out), and nothing that comes from here upwards, exceptions included, names the root below.
 */
final class PathMapping {

  /** What the root is called in an {@link Operation}. */
  static final String ROOT_NAME = ".";

  private static final String PARENT = "..";
  private static final String OUTSIDE = "(outside of the root)";

  private final Path root;

  PathMapping(Path root) {
    this.root = root;
  }

  Path root() {
    return root;
  }

  /** The path below; going up from the root stays at the root, as it does on a disk. */
  Path below(GatedPath path) {
    Path below = root;
    int depth = 0;
    for (String name : path.toAbsolutePath().names()) {
      boolean up = name.equals(PARENT);
      if (!up || depth > 0) {
        below = below.resolve(name);
        depth += up ? -1 : name.equals(".") ? 0 : 1;
      }
    }
    return below;
  }

  /** What an {@link Operation} calls the path. */
  String name(GatedPath path) {
    List<String> names = path.toAbsolutePath().normalize().names();
    return names.isEmpty() ? ROOT_NAME : String.join("/", names);
  }

  /** The names that lead from the root to a real path below; null if it is outside. */
  @Nullable
  List<String> namesOfReal(Path real) throws IOException {
    return names(root.toRealPath(), real);
  }

  /** The target of a symbolic link below as a wrapped path; relative if it is. */
  GatedPath linkTarget(GatedFileSystem fileSystem, Path target) throws IOException {
    if (!target.isAbsolute()) {
      List<String> names = new ArrayList<>();
      target.forEach(name -> names.add(name.toString()));
      return GatedPath.parse(fileSystem, String.join("/", names));
    }
    List<String> names = names(root, target);
    if (names == null) {
      throw new FileSystemException(null, null, "the link leads out of the root");
    }
    return GatedPath.absolute(fileSystem, names);
  }

  private static @Nullable List<String> names(Path root, Path below) {
    if (!below.startsWith(root)) {
      return null;
    }
    List<String> names = new ArrayList<>();
    for (int i = root.getNameCount(); i < below.getNameCount(); i++) {
      names.add(below.getName(i).toString());
    }
    return names;
  }

  private @Nullable String above(@Nullable String fileBelow) {
    if (fileBelow == null) {
      return null;
    }
    List<String> names = names(root, root.getFileSystem().getPath(fileBelow));
    return names == null ? OUTSIDE : "/" + String.join("/", names);
  }

  /** The same exception with wrapped paths instead of those below, where it names any. */
  IOException translated(IOException exception) {
    if (!(exception instanceof FileSystemException below)) {
      return exception;
    }
    FileSystemException above =
        sameKind(below, above(below.getFile()), above(below.getOtherFile()), below.getReason());
    above.setStackTrace(below.getStackTrace());
    return above;
  }

  private static FileSystemException sameKind(
      FileSystemException below,
      @Nullable String file,
      @Nullable String other,
      @Nullable String reason) {
    if (below instanceof NoSuchFileException) {
      return new NoSuchFileException(file, other, reason);
    } else if (below instanceof FileAlreadyExistsException) {
      return new FileAlreadyExistsException(file, other, reason);
    } else if (below instanceof DirectoryNotEmptyException) {
      return new DirectoryNotEmptyException(file);
    } else if (below instanceof NotDirectoryException) {
      return new NotDirectoryException(file);
    } else if (below instanceof AccessDeniedException) {
      return new AccessDeniedException(file, other, reason);
    } else if (below instanceof AtomicMoveNotSupportedException) {
      return new AtomicMoveNotSupportedException(file, other, reason);
    } else if (below instanceof NotLinkException) {
      return new NotLinkException(file, other, reason);
    } else if (below instanceof FileSystemLoopException) {
      return new FileSystemLoopException(file);
    }
    return new FileSystemException(file, other, reason);
  }
}
