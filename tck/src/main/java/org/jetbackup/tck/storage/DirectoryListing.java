package org.jetbackup.tck.storage;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/**
 * The entries of a directory as they were when it was opened.
 *
 * <p>Their order depends on their names only, so that a run can be repeated, but it is not the
 * order of the alphabet, so that nobody relies on that.
 */
final class DirectoryListing implements DirectoryStream<Path> {

  /** Spreads neighbouring hash codes; half of the digits of the golden ratio. */
  private static final int SPREAD = 0x9E3779B9;

  private static final Comparator<Path> FIXED_ORDER = Comparator.<Path>comparingInt(
          path -> path.toString().hashCode() * SPREAD)
      .thenComparing(Path::toString);

  private final GatedFileSystem fileSystem;
  private final long handle;
  private final String name;
  private final List<Path> entries;
  private final Filter<? super Path> filter;
  private volatile boolean closed;
  private boolean iterating;

  DirectoryListing(
      GatedFileSystem fileSystem,
      long handle,
      String name,
      List<Path> entries,
      Filter<? super Path> filter) {
    this.fileSystem = fileSystem;
    this.handle = handle;
    this.name = name;
    this.entries = entries.stream().sorted(FIXED_ORDER).toList();
    this.filter = filter;
  }

  @Override
  public synchronized Iterator<Path> iterator() {
    if (closed || iterating) {
      throw new IllegalStateException(closed ? "the listing is closed" : "a second iterator");
    }
    iterating = true;
    return new Accepted();
  }

  @Override
  public synchronized void close() throws IOException {
    if (closed) {
      return;
    }
    closed = true;
    fileSystem.handles().remove(handle);
    try {
      fileSystem.gate().perform(Operation.through(handle, OperationKind.CLOSE, name), () -> true);
    } catch (IOException e) {
      if (!fileSystem.gate().isFrozen()) {
        throw e;
      }
    }
  }

  /** Those that the filter accepts; at most one more after closing. */
  private final class Accepted implements Iterator<Path> {

    private final Iterator<Path> all = entries.iterator();
    private @Nullable Path next;

    @Override
    public boolean hasNext() {
      try {
        fileSystem.gate().check();
        while (next == null && !closed && all.hasNext()) {
          Path candidate = all.next();
          next = filter.accept(candidate) ? candidate : null;
        }
      } catch (IOException e) {
        throw new DirectoryIteratorException(e);
      }
      return next != null;
    }

    @Override
    public Path next() {
      Path result = hasNext() ? next : null;
      if (result == null) {
        throw new NoSuchElementException();
      }
      next = null;
      return result;
    }
  }
}
