package org.jetbackup.tck.crash;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a file holds, as a size and the numbers of its sectors in a {@link Pool}. Immutable; equal if
 * the bytes are.
 *
 * <p>Always true: there are just as many sectors as the size needs, and behind the size the last
 * one is zero.
 */
final class FileContent {

  static final FileContent EMPTY = new FileContent(0, new int[0]);

  private final long size;
  private final int[] sectors;

  private FileContent(long size, int[] sectors) {
    this.size = size;
    this.sectors = sectors;
  }

  long size() {
    return size;
  }

  int sectors() {
    return sectors.length;
  }

  /** The number of a sector; that of zeros behind the end. */
  int sector(int index) {
    return index < sectors.length ? sectors[index] : Pool.ZERO;
  }

  /** With another size: cut, or made longer by zeros. */
  FileContent withSize(long newSize, Pool pool) {
    int[] kept = Arrays.copyOf(sectors, count(newSize, pool));
    int rest = (int) (newSize % pool.sectorSize());
    if (newSize < size && rest > 0) {
      kept[kept.length - 1] = pool.cut(kept[kept.length - 1], rest);
    }
    return new FileContent(newSize, kept);
  }

  /** With another sector, which must lie within the size. */
  FileContent withSector(int index, int number) {
    int[] changed = sectors.clone();
    changed[index] = number;
    return new FileContent(size, changed);
  }

  /**
   * What becomes of this when some units are applied in their order.
   *
   * <p>A sector may come before the size that it needs, or without it: behind the end it is cut off.
   */
  FileContent after(List<Unit.OfFile> units, Pool pool) {
    FileContent content = this;
    long wanted = size;
    for (Unit.OfFile unit : units) {
      if (unit instanceof Unit.Size change) {
        content = content.withSize(change.size(), pool);
        wanted = change.size();
      } else if (unit instanceof Unit.Sector change) {
        long end = (change.sector() + 1L) * pool.sectorSize();
        content = (content.size < end ? content.withSize(end, pool) : content)
            .withSector(change.sector(), change.content());
      }
    }
    return content.withSize(wanted, pool);
  }

  /** How many sectors a size takes. */
  static int count(long size, Pool pool) {
    return Math.toIntExact((size + pool.sectorSize() - 1) / pool.sectorSize());
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof FileContent that
        && size == that.size
        && Arrays.equals(sectors, that.sectors);
  }

  @Override
  public int hashCode() {
    return Long.hashCode(size) * 31 + Arrays.hashCode(sectors);
  }
}
