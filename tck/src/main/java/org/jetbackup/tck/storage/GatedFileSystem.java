package org.jetbackup.tck.storage;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.FileSystem;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.ProviderMismatchException;
import java.nio.file.WatchService;
import java.nio.file.attribute.UserPrincipalLookupService;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;

/**
 * The file system as the engine sees it, and the parts that its provider and channels share.
 *
 * <p>Every instance has a provider of its own, so that paths of two instances mix as little as
 * paths of two kinds of file system: the JDK then copies and moves between them through channels.
 */
final class GatedFileSystem extends FileSystem {

  private final PathMapping mapping;
  private final Gate gate;
  private final Handles handles;
  private final LockTable locks;
  private final Unforced unforced;
  private final GatedProvider provider = new GatedProvider(this);
  private final FileStore store;
  private final GatedPath root = GatedPath.absolute(this, List.of());

  GatedFileSystem(
      PathMapping mapping,
      Gate gate,
      Handles handles,
      Unforced unforced,
      BooleanSupplier diskIsFull) {
    this.mapping = mapping;
    this.gate = gate;
    this.handles = handles;
    this.unforced = unforced;
    this.locks = new LockTable(gate);
    this.store = new GatedFileStore(mapping.root(), gate, diskIsFull);
  }

  PathMapping mapping() {
    return mapping;
  }

  Gate gate() {
    return gate;
  }

  Handles handles() {
    return handles;
  }

  LockTable locks() {
    return locks;
  }

  Unforced unforced() {
    return unforced;
  }

  FileStore store() {
    return store;
  }

  GatedPath root() {
    return root;
  }

  /**
   * Lets only paths of this file system pass.
   *
   * @throws ProviderMismatchException for any other
   */
  GatedPath own(Path path) {
    if (Objects.requireNonNull(path, "path") instanceof GatedPath own
        && own.getFileSystem() == this) {
      return own;
    }
    throw new ProviderMismatchException("a path of another file system: " + path);
  }

  @Override
  public GatedProvider provider() {
    return provider;
  }

  @Override
  public void close() throws IOException {
    try {
      handles.closeWrappers();
    } finally {
      gate.close();
      handles.closeBelow();
    }
  }

  @Override
  public boolean isOpen() {
    return gate.isOpen();
  }

  @Override
  public boolean isReadOnly() {
    return false;
  }

  @Override
  public String getSeparator() {
    return "/";
  }

  @Override
  public Iterable<Path> getRootDirectories() {
    return List.of(root);
  }

  @Override
  public Iterable<FileStore> getFileStores() {
    return List.of(store);
  }

  @Override
  public Set<String> supportedFileAttributeViews() {
    return mapping.root().getFileSystem().supportedFileAttributeViews();
  }

  @Override
  public Path getPath(String first, String... more) {
    StringBuilder text = new StringBuilder(first);
    for (String part : more) {
      if (!part.isEmpty()) {
        text.append(text.isEmpty() ? "" : "/").append(part);
      }
    }
    return GatedPath.parse(this, text.toString());
  }

  @Override
  public PathMatcher getPathMatcher(String syntaxAndPattern) {
    int colon = syntaxAndPattern.indexOf(':');
    if (colon <= 0) {
      throw new IllegalArgumentException("no syntax in '" + syntaxAndPattern + "'");
    }
    String text = syntaxAndPattern.substring(colon + 1);
    Pattern pattern = switch (syntaxAndPattern.substring(0, colon).toLowerCase(Locale.ROOT)) {
      case "glob" -> Glob.compile(text);
      case "regex" -> Pattern.compile(text);
      default -> throw new UnsupportedOperationException("syntax of " + syntaxAndPattern);
    };
    return path -> pattern.matcher(path.toString()).matches();
  }

  @Override
  public UserPrincipalLookupService getUserPrincipalLookupService() {
    return mapping.root().getFileSystem().getUserPrincipalLookupService();
  }

  @Override
  public WatchService newWatchService() {
    throw new UnsupportedOperationException("the kit's file system watches nothing");
  }

  @Override
  public String toString() {
    return GatedProvider.SCHEME + ":" + root;
  }
}
