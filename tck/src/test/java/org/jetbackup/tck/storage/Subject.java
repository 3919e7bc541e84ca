package org.jetbackup.tck.storage;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.util.stream.IntStream;

/** A file system under the contract, and the words in which the contract is written. */
interface Subject {

  /** An empty directory that exists, the same one during a test. */
  Path root();

  default FileSystem fileSystem() {
    return root().getFileSystem();
  }

  /** A path beneath the root. */
  default Path at(String relative) {
    return root().resolve(relative);
  }

  /** Makes a file with the given text. */
  default Path file(String relative, String text) throws IOException {
    return Files.writeString(at(relative), text);
  }

  default Path directory(String relative) throws IOException {
    return Files.createDirectory(at(relative));
  }

  static FileChannel open(Path path, OpenOption... options) throws IOException {
    return FileChannel.open(path, options);
  }

  /** A listing that the caller closes, or not, as the test demands. */
  @SuppressWarnings("StreamResourceLeak")
  static DirectoryStream<Path> listing(Path directory) throws IOException {
    return Files.newDirectoryStream(directory);
  }

  static String text(Path path) throws IOException {
    return Files.readString(path);
  }

  static ByteBuffer bytes(String text) {
    return ByteBuffer.wrap(text.getBytes(UTF_8));
  }

  /** What a buffer has between 0 and its position. */
  static String filled(ByteBuffer buffer) {
    return UTF_8.decode(buffer.duplicate().flip()).toString();
  }

  /** A buffer of the given length whose bytes tell their place. */
  static ByteBuffer pattern(int length) {
    ByteBuffer buffer = ByteBuffer.allocate(length);
    IntStream.range(0, length).forEach(i -> buffer.put((byte) (i * 31 + i / 256)));
    return buffer.flip();
  }
}
