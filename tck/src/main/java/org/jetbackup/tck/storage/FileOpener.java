package org.jetbackup.tck.storage;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Opens files and directories as channels.
 *
 * <p>The steps of one opening happen under the lock of the gate, so that whether the file existed
 * is known for certain. An opening that fails leaves nothing open, but what it created stays, as on
 * a disk.
 */
final class FileOpener {

  private final GatedFileSystem fileSystem;
  private final Gate gate;

  FileOpener(GatedFileSystem fileSystem, Gate gate) {
    this.fileSystem = fileSystem;
    this.gate = gate;
  }

  FileChannel open(GatedPath path, OpenMode mode, FileAttribute<?>... attributes)
      throws IOException {
    Path below = fileSystem.mapping().below(path);
    String name = fileSystem.mapping().name(path);
    return gate.exclusively(() -> {
      boolean isDirectory = Files.isDirectory(below, mode.linkOptions());
      return isDirectory && !mode.write()
          ? openDirectory(below, name)
          : openFile(below, name, mode, attributes);
    });
  }

  private FileChannel openFile(
      Path below, String name, OpenMode mode, FileAttribute<?>... attributes) throws IOException {
    long handle = gate.nextHandle();
    OperationKind kind = kind(mode, Files.exists(below, mode.linkOptions()));
    Pending<FileChannel> pending = new Pending<>();
    try (pending) {
      Object fileKey = gate.perform(Operation.through(handle, kind, name), () -> {
        pending.hold(FileChannel.open(below, mode.below(), attributes));
        return fileKey(below, mode.linkOptions());
      });
      FileChannel channel = pending.held();
      if (kind == OperationKind.OPEN_WRITE && mode.has(StandardOpenOption.TRUNCATE_EXISTING)) {
        cut(Operation.through(handle, OperationKind.TRUNCATE, name), channel, below, fileKey);
      }
      GatedChannel opened =
          new GatedChannel(fileSystem, handle, name, mode, channel, below, fileKey);
      fileSystem.handles().register(handle, "channel", name, opened, pending.keep());
      return opened;
    }
  }

  /** Cuts in the course of an opening, which an interrupt does not stop. */
  private void cut(Operation draft, FileChannel channel, Path below, Object fileKey)
      throws IOException {
    long size = Interrupts.without(channel::size);
    gate.perform(draft.at(0, size), () -> {
      fileSystem.unforced().remember(below, fileKey, 0, size);
      return Interrupts.without(() -> channel.truncate(0));
    });
  }

  private static OperationKind kind(OpenMode mode, boolean exists) {
    if (mode.creates(exists)) {
      return OperationKind.CREATE;
    }
    return mode.write() ? OperationKind.OPEN_WRITE : OperationKind.OPEN_READ;
  }

  private FileChannel openDirectory(Path below, String name) throws IOException {
    long handle = gate.nextHandle();
    Pending<FileChannel> pending = new Pending<>();
    try (pending) {
      Optional<FileChannel> channel = gate.perform(
          Operation.through(handle, OperationKind.OPEN_READ, name),
          () -> openIfPossible(below, pending));
      DirectoryChannel opened =
          new DirectoryChannel(fileSystem, handle, name, channel.orElse(null));
      fileSystem.handles().register(handle, "directory channel", name, opened, pending.keep());
      return opened;
    }
  }

  /** Empty where the file system below opens no directories. */
  private static Optional<FileChannel> openIfPossible(Path below, Pending<FileChannel> pending)
      throws IOException {
    try {
      return Optional.of(pending.hold(FileChannel.open(below, StandardOpenOption.READ)));
    } catch (FileSystemException e) {
      return Optional.empty();
    }
  }

  /** What identifies a file: it stays the same when the file is moved. */
  static Object fileKey(Path below, LinkOption... options) throws IOException {
    Object key = Files.readAttributes(below, BasicFileAttributes.class, options).fileKey();
    return key == null ? below : key;
  }

  /** Closes a channel below unless the opening got to its end. */
  private static final class Pending<C extends Closeable> implements Closeable {

    private @Nullable C channel;

    C hold(C opened) {
      channel = opened;
      return opened;
    }

    C held() {
      return Objects.requireNonNull(channel, "nothing was opened");
    }

    /** Hands the channel, or nothing to close, to whoever closes it from now on. */
    Closeable keep() {
      Closeable kept = channel == null ? () -> {} : channel;
      channel = null;
      return kept;
    }

    @Override
    public void close() throws IOException {
      if (channel != null) {
        channel.close();
      }
    }
  }
}
