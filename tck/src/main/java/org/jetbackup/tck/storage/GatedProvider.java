package org.jetbackup.tck.storage;

import java.io.IOException;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AccessMode;
import java.nio.file.CopyOption;
import java.nio.file.DirectoryStream;
import java.nio.file.FileStore;
import java.nio.file.FileSystem;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileAttributeView;
import java.nio.file.spi.FileSystemProvider;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Turns the calls of {@link Files} into operations that pass the gate.
 *
 * <p>Streams are not here: the JDK makes them from channels, so they pass the gate as those do. The
 * provider is not installed; URIs can be printed but lead nowhere.
 */
final class GatedProvider extends FileSystemProvider {

  static final String SCHEME = "jetbackup-kit";

  /**
   * Where it belongs. Its parts are asked for when they are needed: a provider is made while its
   * file system is still being made.
   */
  private final GatedFileSystem fileSystem;

  GatedProvider(GatedFileSystem fileSystem) {
    this.fileSystem = fileSystem;
  }

  private Gate gate() {
    return fileSystem.gate();
  }

  private Path below(GatedPath path) {
    return fileSystem.mapping().below(path);
  }

  private String name(GatedPath path) {
    return fileSystem.mapping().name(path);
  }

  private Operation on(OperationKind kind, GatedPath path) {
    return Operation.on(kind, name(path));
  }

  @Override
  public String getScheme() {
    return SCHEME;
  }

  @Override
  public FileSystem newFileSystem(URI uri, Map<String, ?> environment) {
    throw new UnsupportedOperationException("made by KitFileSystem, not from a URI");
  }

  @Override
  public FileSystem getFileSystem(URI uri) {
    throw new FileSystemNotFoundException("not to be found by URI: " + uri);
  }

  @Override
  public Path getPath(URI uri) {
    throw new FileSystemNotFoundException("not to be found by URI: " + uri);
  }

  @Override
  public SeekableByteChannel newByteChannel(
      Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes)
      throws IOException {
    return newFileChannel(path, options, attributes);
  }

  @Override
  public FileChannel newFileChannel(
      Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes)
      throws IOException {
    return new FileOpener(fileSystem, gate())
        .open(fileSystem.own(path), OpenMode.of(options), attributes);
  }

  @Override
  public DirectoryStream<Path> newDirectoryStream(
      Path directory, DirectoryStream.Filter<? super Path> filter) throws IOException {
    GatedPath own = fileSystem.own(directory);
    return gate().exclusively(() -> {
      long handle = gate().nextHandle();
      List<Path> entries = gate()
          .perform(Operation.through(handle, OperationKind.LIST, name(own)), () -> entries(own));
      DirectoryListing listing =
          new DirectoryListing(fileSystem, handle, name(own), entries, filter);
      fileSystem.handles().register(handle, "directory listing", name(own), listing, () -> {});
      return listing;
    });
  }

  private List<Path> entries(GatedPath directory) throws IOException {
    List<Path> entries = new ArrayList<>();
    try (DirectoryStream<Path> all = Files.newDirectoryStream(below(directory))) {
      for (Path entry : all) {
        entries.add(directory.resolve(entry.getFileName().toString()));
      }
    }
    return entries;
  }

  @Override
  public void createDirectory(Path directory, FileAttribute<?>... attributes) throws IOException {
    GatedPath own = fileSystem.own(directory);
    gate()
        .perform(
            on(OperationKind.CREATE_DIRECTORY, own),
            () -> Files.createDirectory(below(own), attributes));
  }

  @Override
  public void createLink(Path link, Path existing) throws IOException {
    GatedPath own = fileSystem.own(link);
    GatedPath ownExisting = fileSystem.own(existing);
    gate()
        .perform(
            Operation.between(OperationKind.CREATE_LINK, name(own), name(ownExisting)),
            () -> Files.createLink(below(own), below(ownExisting)));
  }

  @Override
  public void createSymbolicLink(Path link, Path target, FileAttribute<?>... attributes)
      throws IOException {
    GatedPath own = fileSystem.own(link);
    GatedPath ownTarget = fileSystem.own(target);
    FileSystem systemBelow = fileSystem.mapping().root().getFileSystem();
    Path targetBelow = ownTarget.isAbsolute()
        ? below(ownTarget)
        : systemBelow.getPath("", ownTarget.names().toArray(String[]::new));
    gate()
        .perform(
            Operation.between(OperationKind.CREATE_SYMBOLIC_LINK, name(own), ownTarget.toString()),
            () -> Files.createSymbolicLink(below(own), targetBelow, attributes));
  }

  @Override
  public Path readSymbolicLink(Path link) throws IOException {
    GatedPath own = fileSystem.own(link);
    Path target = gate()
        .perform(on(OperationKind.READ_ATTRIBUTES, own), () -> Files.readSymbolicLink(below(own)));
    return fileSystem.mapping().linkTarget(fileSystem, target);
  }

  @Override
  public void delete(Path path) throws IOException {
    GatedPath own = fileSystem.own(path);
    gate().perform(on(OperationKind.DELETE, own), () -> {
      Files.delete(below(own));
      return true;
    });
  }

  @Override
  public void copy(Path source, Path target, CopyOption... options) throws IOException {
    new CopyAndMove(fileSystem, this).copy(fileSystem.own(source), fileSystem.own(target), options);
  }

  @Override
  public void move(Path source, Path target, CopyOption... options) throws IOException {
    new CopyAndMove(fileSystem, this).move(fileSystem.own(source), fileSystem.own(target), options);
  }

  @Override
  public boolean isSameFile(Path one, Path other) throws IOException {
    GatedPath own = fileSystem.own(one);
    if (own.equals(other)) {
      return true;
    }
    if (!(other instanceof GatedPath gated) || gated.getFileSystem() != fileSystem) {
      return false;
    }
    return gate().perform(on(OperationKind.READ_ATTRIBUTES, own), () -> {
      requireExists(below(own));
      requireExists(below(gated));
      return Files.isSameFile(below(own), below(gated));
    });
  }

  /** Some file systems take two missing files for two different ones. */
  private static void requireExists(Path below) throws IOException {
    below.getFileSystem().provider().checkAccess(below);
  }

  @Override
  public boolean isHidden(Path path) throws IOException {
    GatedPath own = fileSystem.own(path);
    return gate().perform(on(OperationKind.READ_ATTRIBUTES, own), () -> Files.isHidden(below(own)));
  }

  @Override
  public FileStore getFileStore(Path path) throws IOException {
    checkAccess(path);
    return fileSystem.store();
  }

  @Override
  public void checkAccess(Path path, AccessMode... modes) throws IOException {
    GatedPath own = fileSystem.own(path);
    Path below = below(own);
    gate().perform(on(OperationKind.READ_ATTRIBUTES, own), () -> {
      below.getFileSystem().provider().checkAccess(below, modes);
      return true;
    });
  }

  /** The real path, which is always within the root. */
  Path realPath(GatedPath path, LinkOption... options) throws IOException {
    Path real = gate()
        .perform(on(OperationKind.READ_ATTRIBUTES, path), () -> below(path).toRealPath(options));
    List<String> names = fileSystem.mapping().namesOfReal(real);
    if (names == null) {
      throw new FileSystemException(path.toString(), null, "leads out of the root");
    }
    return GatedPath.absolute(fileSystem, names);
  }

  @Override
  public <V extends FileAttributeView> @Nullable V getFileAttributeView(
      Path path, Class<V> type, LinkOption... options) {
    GatedPath own = fileSystem.own(path);
    return new AttributeViews(gate()).view(name(own), below(own), type, options);
  }

  @Override
  public <A extends BasicFileAttributes> A readAttributes(
      Path path, Class<A> type, LinkOption... options) throws IOException {
    GatedPath own = fileSystem.own(path);
    return gate()
        .perform(
            on(OperationKind.READ_ATTRIBUTES, own),
            () -> Files.readAttributes(below(own), type, options));
  }

  @Override
  public Map<String, Object> readAttributes(Path path, String attributes, LinkOption... options)
      throws IOException {
    GatedPath own = fileSystem.own(path);
    return gate()
        .perform(
            on(OperationKind.READ_ATTRIBUTES, own),
            () -> Files.readAttributes(below(own), attributes, options));
  }

  @Override
  public void setAttribute(
      Path path, String attribute, @Nullable Object value, LinkOption... options)
      throws IOException {
    GatedPath own = fileSystem.own(path);
    gate()
        .perform(
            on(OperationKind.SET_ATTRIBUTES, own),
            () -> Files.setAttribute(below(own), attribute, value, options));
  }
}
