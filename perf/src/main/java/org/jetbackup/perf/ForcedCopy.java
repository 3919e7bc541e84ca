package org.jetbackup.perf;

import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * The control of a backup: files are copied as they are, through one buffer, and each is forced, and
 * so is their directory. Nothing is verified, nothing is published, and the copy of a database that
 * is being written would be of no use.
 */
final class ForcedCopy {

  private static final int CHUNK = 1 << 20;

  private final ByteBuffer chunk = ByteBuffer.allocateDirect(CHUNK);

  /** Copies files into a directory that is made for them; answers the nanoseconds. */
  long copy(List<Path> files, Path directory) throws IOException {
    long began = System.nanoTime();
    Files.createDirectory(directory);
    for (int i = 0; i < files.size(); i++) {
      copyFile(files.get(i), directory.resolve(i + "." + files.get(i).getFileName()));
    }
    force(directory);
    return System.nanoTime() - began;
  }

  private void copyFile(Path from, Path to) throws IOException {
    try (FileChannel source = FileChannel.open(from);
        FileChannel target = FileChannel.open(to, CREATE_NEW, WRITE)) {
      while (source.read(chunk.clear()) >= 0) {
        chunk.flip();
        while (chunk.hasRemaining()) {
          target.write(chunk);
        }
      }
      target.force(true);
    }
  }

  /** Makes names durable, and so ends what the file system has put off: deletions, for instance. */
  static void force(Path directory) throws IOException {
    try (FileChannel opened = FileChannel.open(directory, READ)) {
      opened.force(true);
    }
  }

  /** All files below a directory, in the order of their paths. */
  static List<Path> files(Path directory) throws IOException {
    try (Stream<Path> all = Files.walk(directory)) {
      return all.filter(Files::isRegularFile).sorted().toList();
    }
  }

  static long bytes(List<Path> files) throws IOException {
    long bytes = 0;
    for (Path file : files) {
      bytes += Files.size(file);
    }
    return bytes;
  }
}
