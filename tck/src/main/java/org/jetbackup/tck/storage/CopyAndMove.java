package org.jetbackup.tck.storage;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.CopyOption;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.EnumSet;
import java.util.Set;

/**
 * Copying and moving within one file system, as the steps that they consist of on a disk.
 *
 * <p>Only an atomic move replaces its target in one step. Everything else that replaces first
 * deletes the target, and a crash or a failure can come in between: whoever wants better asks for
 * {@code ATOMIC_MOVE}.
 */
final class CopyAndMove {

  private final GatedFileSystem fileSystem;
  private final GatedProvider provider;
  private final PathMapping mapping;
  private final Gate gate;

  CopyAndMove(GatedFileSystem fileSystem, GatedProvider provider) {
    this.fileSystem = fileSystem;
    this.provider = provider;
    this.mapping = fileSystem.mapping();
    this.gate = fileSystem.gate();
  }

  /** Moves; does nothing, and records nothing, if both paths already name the same file. */
  void move(GatedPath source, GatedPath target, CopyOption... options) throws IOException {
    Set<StandardCopyOption> asked = standard(options);
    if (asked.contains(StandardCopyOption.COPY_ATTRIBUTES)) {
      throw new UnsupportedOperationException("COPY_ATTRIBUTES is not for moves");
    }
    gate.exclusively(() -> {
      boolean bothExist = exists(source) && exists(target);
      if (bothExist && isSame(source, target)) {
        return false;
      }
      if (asked.contains(StandardCopyOption.ATOMIC_MOVE)) {
        rename(OperationKind.ATOMIC_MOVE, source, target, StandardCopyOption.ATOMIC_MOVE);
        return true;
      }
      if (bothExist && asked.contains(StandardCopyOption.REPLACE_EXISTING)) {
        provider.delete(target);
      }
      rename(OperationKind.MOVE, source, target);
      return true;
    });
  }

  private void rename(OperationKind kind, GatedPath source, GatedPath target, CopyOption... options)
      throws IOException {
    gate.perform(
        Operation.between(kind, mapping.name(source), mapping.name(target)),
        () -> Files.move(mapping.below(source), mapping.below(target), options));
  }

  void copy(GatedPath source, GatedPath target, CopyOption... options) throws IOException {
    Set<StandardCopyOption> asked = standard(options);
    if (asked.contains(StandardCopyOption.ATOMIC_MOVE)) {
      throw new UnsupportedOperationException("ATOMIC_MOVE is not for copies");
    }
    LinkOption[] links = linkOptions(options);
    BasicFileAttributes attributes =
        provider.readAttributes(source, BasicFileAttributes.class, links);
    if (exists(target)) {
      if (isSame(source, target)) {
        return;
      }
      if (!asked.contains(StandardCopyOption.REPLACE_EXISTING)) {
        throw new FileAlreadyExistsException(target.toString());
      }
      provider.delete(target);
    }
    if (attributes.isSymbolicLink()) {
      Path destination = provider.readSymbolicLink(source);
      provider.createSymbolicLink(target, destination);
      return;
    }
    if (attributes.isDirectory()) {
      provider.createDirectory(target);
    } else {
      copyContent(source, target);
    }
    if (asked.contains(StandardCopyOption.COPY_ATTRIBUTES)) {
      copyTimes(attributes, target);
    }
  }

  private void copyContent(GatedPath source, GatedPath target) throws IOException {
    try (FileChannel in = FileChannel.open(source, StandardOpenOption.READ);
        FileChannel out =
            FileChannel.open(target, StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW)) {
      try {
        out.transferFrom(in, 0, Long.MAX_VALUE);
      } catch (IOException e) {
        discard(target, e);
        throw e;
      }
    }
  }

  private void discard(GatedPath target, IOException reason) {
    try {
      provider.delete(target);
    } catch (IOException e) {
      reason.addSuppressed(e);
    }
  }

  private void copyTimes(BasicFileAttributes from, GatedPath target) throws IOException {
    BasicFileAttributeView view =
        fileSystem.provider().getFileAttributeView(target, BasicFileAttributeView.class);
    if (view != null) {
      view.setTimes(from.lastModifiedTime(), from.lastAccessTime(), from.creationTime());
    }
  }

  private boolean exists(GatedPath path) {
    return Files.exists(mapping.below(path), LinkOption.NOFOLLOW_LINKS);
  }

  /**
   * Whether both name the same file or the same symbolic link, not whether one leads to the other.
   */
  private boolean isSame(GatedPath source, GatedPath target) throws IOException {
    Path one = mapping.below(source);
    Path other = mapping.below(target);
    boolean links = Files.isSymbolicLink(one) || Files.isSymbolicLink(other);
    return one.equals(other) || (!links && Files.isSameFile(one, other));
  }

  private static Set<StandardCopyOption> standard(CopyOption... options) {
    Set<StandardCopyOption> standard = EnumSet.noneOf(StandardCopyOption.class);
    for (CopyOption option : options) {
      if (option instanceof StandardCopyOption known) {
        standard.add(known);
      } else if (option != LinkOption.NOFOLLOW_LINKS) {
        throw new UnsupportedOperationException("option " + option);
      }
    }
    return standard;
  }

  private static LinkOption[] linkOptions(CopyOption... options) {
    return Set.of(options).contains(LinkOption.NOFOLLOW_LINKS)
        ? new LinkOption[] {LinkOption.NOFOLLOW_LINKS}
        : new LinkOption[0];
  }
}
