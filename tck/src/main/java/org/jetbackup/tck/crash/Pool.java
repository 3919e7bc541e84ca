package org.jetbackup.tck.crash;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * Numbers for sectors, file contents, paths and link targets: equal ones get equal numbers, so that
 * images are compared exactly, without a hash to trust, and share what they have in common.
 *
 * <p>Always true: sector 0 is all zero; what has a number never changes. Thread-safe, by its
 * monitor: states are judged on several threads and make new contents meanwhile.
 */
final class Pool {

  /** The number of the sector of zeros. */
  static final int ZERO = 0;

  private static final long NOISE_SEED = 0x6E6F697365L;

  /** A sector as a key; its hash is a checksum, because that is quick. Equal if the bytes are. */
  private static final class Sector {
    private final byte[] bytes;
    private final int hash;

    private Sector(byte[] bytes, int hash) {
      this.bytes = bytes;
      this.hash = hash;
    }

    private static Sector of(byte[] bytes) {
      CRC32C checksum = new CRC32C();
      checksum.update(bytes);
      return new Sector(bytes, (int) checksum.getValue());
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Sector that && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
      return hash;
    }
  }

  /** Numbers from 0 on for whatever is different. Guarded by the pool. */
  private static final class Numbering<T> {
    private final Map<T, Integer> numbers = new HashMap<>();
    private final List<T> all = new ArrayList<>();

    private int of(T thing) {
      return numbers.computeIfAbsent(thing, unknown -> {
        all.add(thing);
        return all.size() - 1;
      });
    }

    private T get(int number) {
      return all.get(number);
    }
  }

  private final int sectorSize;
  private final Numbering<Sector> sectors = new Numbering<>();
  private final Numbering<FileContent> contents = new Numbering<>();
  private final Numbering<String> texts = new Numbering<>();
  private final Map<Long, Integer> noise = new HashMap<>();

  Pool(int sectorSize) {
    this.sectorSize = sectorSize;
    intern(new byte[sectorSize]);
  }

  int sectorSize() {
    return sectorSize;
  }

  /** The number of a sector, which the pool keeps: the caller must not change it any more. */
  synchronized int intern(byte[] sector) {
    return sectors.of(Sector.of(sector));
  }

  /** The bytes of a sector, not to be changed. */
  synchronized byte[] sector(int number) {
    return sectors.get(number).bytes;
  }

  synchronized int number(FileContent content) {
    return contents.of(content);
  }

  synchronized FileContent content(int number) {
    return contents.get(number);
  }

  synchronized int number(String text) {
    return texts.of(text);
  }

  synchronized String text(int number) {
    return texts.get(number);
  }

  /** A sector of noise: always the same for the same place, another one for each place. */
  synchronized int noise(int file, int sector) {
    long place = ((long) file << Integer.SIZE) | sector;
    Integer known = noise.get(place);
    if (known == null) {
      byte[] bytes = new byte[sectorSize];
      new SplittableRandom(NOISE_SEED + place).nextBytes(bytes);
      known = intern(bytes);
      noise.put(place, known);
    }
    return known;
  }

  /** The sector with some of its bytes replaced. */
  int overwrite(int number, int at, ByteBuffer bytes) {
    byte[] copy = sector(number).clone();
    bytes.get(copy, at, bytes.remaining());
    return intern(copy);
  }

  /** The sector with zeros from a position on. */
  int cut(int number, int at) {
    byte[] copy = sector(number).clone();
    Arrays.fill(copy, at, copy.length, (byte) 0);
    return intern(copy);
  }

  /** All bytes of a file. */
  byte[] bytes(FileContent content) {
    byte[] bytes = new byte[Math.toIntExact(content.size())];
    for (int i = 0; i < content.sectors(); i++) {
      int at = i * sectorSize;
      System.arraycopy(
          sector(content.sector(i)), 0, bytes, at, Math.min(sectorSize, bytes.length - at));
    }
    return bytes;
  }

  /** A file with these bytes. */
  FileContent content(byte[] bytes) {
    FileContent content = FileContent.EMPTY.withSize(bytes.length, this);
    for (int i = 0; i < content.sectors(); i++) {
      int at = i * sectorSize;
      content = content.withSector(
          i,
          overwrite(ZERO, 0, ByteBuffer.wrap(bytes, at, Math.min(sectorSize, bytes.length - at))));
    }
    return content;
  }
}
