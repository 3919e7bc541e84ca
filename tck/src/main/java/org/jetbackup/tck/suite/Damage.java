package org.jetbackup.tck.suite;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.jetbackup.tck.fixture.World;

/**
 * Something that can happen to the files of a directory while nobody looks.
 *
 * @param file the name of the file that is hit
 * @param kind what sort of thing happens to it
 * @param position the first byte that is hit
 * @param what what happens to it, for people
 * @param edit does it
 */
record Damage(String file, Kind kind, long position, String what, Edit edit) {

  private static final int SECTOR = 512;
  private static final int RANDOM_POSITIONS = 3;
  private static final int BITS = 8;
  private static final int ALL_BITS = 0xFF;

  /** What sort of thing happens to a file. */
  enum Kind {
    /** Some bytes have other values. */
    CHANGED,
    /** It ends too early. */
    CUT,
    /** It is gone. */
    MISSING,
    /** Another file stands in its place. */
    SWAPPED
  }

  /** Changes a file. */
  interface Edit {
    void to(Path path) throws IOException;
  }

  /** Does it to the files of a directory, and leaves a line in the record of calls. */
  void in(World world, Path directory) {
    world.record(directory + ": " + this);
    try {
      edit.to(directory.resolve(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** One bit, one byte and one sector, at the ends, in the middle and at random places. */
  static List<Damage> changes(World world, Path directory, String file) {
    long size = size(directory.resolve(file));
    Random random = new Random(world.settings().seed() * 31 + file.hashCode());
    Set<Long> positions = new TreeSet<>(List.of(0L, size / 2, size - 1));
    for (int i = 0; i < RANDOM_POSITIONS; i++) {
      positions.add(Math.floorMod(random.nextLong(), Math.max(size, 1)));
    }
    List<Damage> changes = new ArrayList<>();
    for (long position : positions) {
      if (position >= 0 && position < size) {
        changes.add(bit(file, position, random.nextInt(BITS)));
        changes.add(byteAt(file, position));
        changes.add(sector(file, position, random.nextLong()));
      }
    }
    return changes;
  }

  /** What takes bytes away: cut short by a byte, by a half, to nothing; and the whole file. */
  static List<Damage> losses(Path directory, String file) {
    long size = size(directory.resolve(file));
    List<Damage> losses = new ArrayList<>(cuts(file, size));
    losses.add(missing(file));
    return losses;
  }

  /** Cut short by a byte, by a half, to nothing. */
  static List<Damage> cuts(String file, long size) {
    return new TreeSet<>(List.of(0L, size / 2, size - 1))
        .stream()
            .filter(length -> length >= 0 && length < size)
            .map(at -> cut(file, at))
            .toList();
  }

  /** The file is gone. */
  static Damage missing(String file) {
    return new Damage(file, Kind.MISSING, 0, "is deleted", Files::delete);
  }

  /** Two files change places. */
  static List<Damage> swaps(World world, Path directory) {
    List<String> files = world.filesBelow(directory);
    List<Damage> swaps = new ArrayList<>();
    for (int i = 0; i < files.size(); i++) {
      for (String other : files.subList(i + 1, files.size())) {
        Path second = directory.resolve(other);
        Path first = directory.resolve(files.get(i));
        String way = first.relativize(second).toString();
        swaps.add(new Damage(
            files.get(i),
            Kind.SWAPPED,
            0,
            "changes places with " + other,
            path -> swap(path, way)));
      }
    }
    return swaps;
  }

  /** Everything that can happen to a directory, file by file. */
  static List<Damage> all(World world, Path directory) {
    List<Damage> all = new ArrayList<>();
    for (String file : world.filesBelow(directory)) {
      all.addAll(changes(world, directory, file));
      all.addAll(losses(directory, file));
    }
    all.addAll(swaps(world, directory));
    return all;
  }

  /** One bit is the other way round. */
  static Damage bit(String file, long position, int bit) {
    return new Damage(
        file,
        Kind.CHANGED,
        position,
        "bit " + bit + " of byte " + position + " is flipped",
        path -> {
          byte[] content = read(path, position, 1);
          content[0] ^= (byte) (1 << bit);
          overwrite(path, position, content);
        });
  }

  private static Damage byteAt(String file, long position) {
    return new Damage(file, Kind.CHANGED, position, "byte " + position + " is changed", path -> {
      byte[] content = read(path, position, 1);
      content[0] ^= (byte) ALL_BITS;
      overwrite(path, position, content);
    });
  }

  private static Damage sector(String file, long position, long seed) {
    long start = position / SECTOR * SECTOR;
    return new Damage(
        file, Kind.CHANGED, start, "the sector at byte " + start + " is overwritten", path -> {
          byte[] noise = new byte[(int) Math.min(SECTOR, Files.size(path) - start)];
          new Random(seed).nextBytes(noise);
          overwrite(path, start, noise);
        });
  }

  private static Damage cut(String file, long length) {
    return new Damage(file, Kind.CUT, length, "is cut to " + length + " bytes", path -> {
      try (FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE)) {
        channel.truncate(length);
      }
    });
  }

  private static void swap(Path path, String way) throws IOException {
    Path other = path.resolve(way).normalize();
    Path aside = path.resolveSibling(path.getFileName() + ".swap");
    Files.move(path, aside);
    Files.move(other, path, StandardCopyOption.ATOMIC_MOVE);
    Files.move(aside, other);
  }

  private static byte[] read(Path path, long position, int length) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(length);
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      channel.read(buffer, position);
    }
    return buffer.array();
  }

  private static void overwrite(Path path, long position, byte[] content) throws IOException {
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE)) {
      channel.write(ByteBuffer.wrap(content), position);
    }
  }

  private static long size(Path path) {
    try {
      return Files.size(path);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** One line for people. */
  @Override
  public String toString() {
    return file + " " + what;
  }
}
