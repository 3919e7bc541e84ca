package org.jetbackup.tck.storage;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttributeView;
import java.nio.file.attribute.FileStoreAttributeView;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The store of the root below, under a name that tells nothing of the machine.
 *
 * <p>While a disk that was made full by a fault stays full, it has no space.
 */
final class GatedFileStore extends FileStore {

  private static final long USUAL_BLOCK_SIZE = 4096;

  private final Path rootBelow;
  private final Gate gate;
  private final BooleanSupplier diskIsFull;

  GatedFileStore(Path rootBelow, Gate gate, BooleanSupplier diskIsFull) {
    this.rootBelow = rootBelow;
    this.gate = gate;
    this.diskIsFull = diskIsFull;
  }

  private FileStore below() throws IOException {
    gate.check();
    return Files.getFileStore(rootBelow);
  }

  @Override
  public String name() {
    return GatedProvider.SCHEME;
  }

  @Override
  public String type() {
    return GatedProvider.SCHEME;
  }

  @Override
  public boolean isReadOnly() {
    return false;
  }

  @Override
  public long getTotalSpace() throws IOException {
    return below().getTotalSpace();
  }

  @Override
  public long getUsableSpace() throws IOException {
    return diskIsFull.getAsBoolean() ? 0 : below().getUsableSpace();
  }

  @Override
  public long getUnallocatedSpace() throws IOException {
    return diskIsFull.getAsBoolean() ? 0 : below().getUnallocatedSpace();
  }

  @Override
  public long getBlockSize() throws IOException {
    try {
      return below().getBlockSize();
    } catch (UnsupportedOperationException e) {
      return USUAL_BLOCK_SIZE;
    }
  }

  @Override
  public boolean supportsFileAttributeView(Class<? extends FileAttributeView> type) {
    return Files.getFileAttributeView(rootBelow, type) != null;
  }

  @Override
  public boolean supportsFileAttributeView(String name) {
    return rootBelow.getFileSystem().supportedFileAttributeViews().contains(name);
  }

  @Override
  public <V extends FileStoreAttributeView> @Nullable V getFileStoreAttributeView(Class<V> type) {
    return null;
  }

  @Override
  public Object getAttribute(String attribute) throws IOException {
    return switch (attribute) {
      case "totalSpace" -> getTotalSpace();
      case "usableSpace" -> getUsableSpace();
      case "unallocatedSpace" -> getUnallocatedSpace();
      default -> throw new UnsupportedOperationException("attribute " + attribute);
    };
  }

  @Override
  public String toString() {
    return name();
  }
}
