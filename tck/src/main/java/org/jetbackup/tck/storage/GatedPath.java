package org.jetbackup.tck.storage;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.FileSystem;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.ProviderMismatchException;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A path of the engine's file system: names separated by slashes, as on Unix.
 *
 * <p>It does its own algebra instead of holding a path of the file system below, so that nothing of
 * that can escape and that paths look the same over every file system.
 *
 * <p>Always true:
 *
 * <ol>
 *   <li>No name is empty or contains a slash, except in the empty path, which is relative and has
 *       one empty name.
 *   <li>The root is absolute and has no names. Relative paths are relative to it.
 *   <li>Immutable, and equal only to paths of the same file system.
 * </ol>
 */
final class GatedPath implements Path {

  private static final String HERE = ".";
  private static final String PARENT = "..";

  private final GatedFileSystem fileSystem;
  private final boolean absolute;
  private final List<String> names;

  private GatedPath(GatedFileSystem fileSystem, boolean absolute, List<String> names) {
    this.fileSystem = fileSystem;
    this.absolute = absolute;
    this.names = names.isEmpty() && !absolute ? List.of("") : List.copyOf(names);
  }

  static GatedPath parse(GatedFileSystem fileSystem, String text) {
    int nul = text.indexOf('\0');
    if (nul >= 0) {
      throw new InvalidPathException(text, "Nul character not allowed", nul);
    }
    List<String> names =
        Arrays.stream(text.split("/")).filter(name -> !name.isEmpty()).toList();
    return new GatedPath(fileSystem, text.startsWith("/"), names);
  }

  static GatedPath absolute(GatedFileSystem fileSystem, List<String> names) {
    return new GatedPath(fileSystem, true, names);
  }

  /** Names from the root or the current directory; one empty name for the empty path. */
  List<String> names() {
    return names;
  }

  private GatedPath relative(List<String> otherNames) {
    return new GatedPath(fileSystem, false, otherNames);
  }

  private boolean isEmpty() {
    return !absolute && names.get(0).isEmpty();
  }

  private List<String> realNames() {
    return isEmpty() ? List.of() : names;
  }

  @Override
  public FileSystem getFileSystem() {
    return fileSystem;
  }

  @Override
  public boolean isAbsolute() {
    return absolute;
  }

  @Override
  public @Nullable Path getRoot() {
    return absolute ? fileSystem.root() : null;
  }

  @Override
  public @Nullable Path getFileName() {
    return names.isEmpty() ? null : relative(names.subList(names.size() - 1, names.size()));
  }

  @Override
  public @Nullable Path getParent() {
    if (names.isEmpty() || (names.size() == 1 && !absolute)) {
      return null;
    }
    return new GatedPath(fileSystem, absolute, names.subList(0, names.size() - 1));
  }

  @Override
  public int getNameCount() {
    return names.size();
  }

  @Override
  public Path getName(int index) {
    if (index < 0 || index >= names.size()) {
      throw new IllegalArgumentException("no name " + index + " in '" + this + "'");
    }
    return relative(names.subList(index, index + 1));
  }

  @Override
  public Path subpath(int beginIndex, int endIndex) {
    if (beginIndex < 0 || endIndex > names.size() || beginIndex >= endIndex) {
      throw new IllegalArgumentException(
          "no names " + beginIndex + " to " + endIndex + " in '" + this + "'");
    }
    return relative(names.subList(beginIndex, endIndex));
  }

  @Override
  public boolean startsWith(Path other) {
    return Objects.requireNonNull(other) instanceof GatedPath that
        && that.fileSystem == fileSystem
        && that.absolute == absolute
        && that.names.size() <= names.size()
        && names.subList(0, that.names.size()).equals(that.names);
  }

  @Override
  public boolean endsWith(Path other) {
    if (!(Objects.requireNonNull(other) instanceof GatedPath that)
        || that.fileSystem != fileSystem) {
      return false;
    }
    int start = names.size() - that.names.size();
    return that.absolute
        ? equals(that)
        : start >= 0 && names.subList(start, names.size()).equals(that.names);
  }

  @Override
  public GatedPath normalize() {
    List<String> kept = new ArrayList<>();
    for (String name : realNames()) {
      boolean canGoUp = !kept.isEmpty() && !kept.get(kept.size() - 1).equals(PARENT);
      if (name.equals(PARENT) && canGoUp) {
        kept.remove(kept.size() - 1);
      } else if (!name.equals(HERE) && !(name.equals(PARENT) && absolute)) {
        kept.add(name);
      }
    }
    return new GatedPath(fileSystem, absolute, kept);
  }

  @Override
  public Path resolve(Path other) {
    GatedPath that = fileSystem.own(other);
    if (that.absolute || isEmpty()) {
      return that;
    }
    List<String> joined = new ArrayList<>(names);
    joined.addAll(that.realNames());
    return new GatedPath(fileSystem, absolute, joined);
  }

  @Override
  public Path relativize(Path other) {
    GatedPath that = fileSystem.own(other);
    if (that.absolute != absolute) {
      throw new IllegalArgumentException(
          "'" + this + "' and '" + that + "' are not both absolute or both relative");
    }
    boolean dots = names.contains(HERE) || names.contains(PARENT);
    dots |= that.names.contains(HERE) || that.names.contains(PARENT);
    List<String> from = (dots ? normalize() : this).realNames();
    List<String> to = (dots ? that.normalize() : that).realNames();
    int common = 0;
    while (common < Math.min(from.size(), to.size()) && from.get(common).equals(to.get(common))) {
      common++;
    }
    if (from.subList(common, from.size()).contains(PARENT)) {
      throw new IllegalArgumentException("no relative path from '" + this + "' to '" + that + "'");
    }
    List<String> way = new ArrayList<>(Collections.nCopies(from.size() - common, PARENT));
    way.addAll(to.subList(common, to.size()));
    return relative(way);
  }

  @Override
  public URI toUri() {
    try {
      return new URI(GatedProvider.SCHEME, null, toAbsolutePath().toString(), null);
    } catch (URISyntaxException e) {
      throw new IllegalStateException("an absolute path always makes a URI: " + this, e);
    }
  }

  @Override
  public GatedPath toAbsolutePath() {
    return absolute ? this : new GatedPath(fileSystem, true, realNames());
  }

  @Override
  public Path toRealPath(LinkOption... options) throws IOException {
    return fileSystem.provider().realPath(this, options);
  }

  @Override
  public WatchKey register(
      WatchService watcher, WatchEvent.Kind<?>[] events, WatchEvent.Modifier... modifiers) {
    throw new UnsupportedOperationException("the kit's file system watches nothing");
  }

  /**
   * By text.
   *
   * @throws ClassCastException if the other path is of another file system
   */
  @Override
  public int compareTo(Path other) {
    try {
      return toString().compareTo(fileSystem.own(other).toString());
    } catch (ProviderMismatchException e) {
      throw (ClassCastException)
          new ClassCastException("paths of two file systems cannot be compared").initCause(e);
    }
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof GatedPath that
        && that.fileSystem == fileSystem
        && that.absolute == absolute
        && that.names.equals(names);
  }

  @Override
  public int hashCode() {
    return 31 * names.hashCode() + Boolean.hashCode(absolute);
  }

  @Override
  public String toString() {
    return (absolute ? "/" : "") + String.join("/", names);
  }
}
