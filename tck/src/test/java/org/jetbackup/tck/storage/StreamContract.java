package org.jetbackup.tck.storage;

import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.READ;
import static org.jetbackup.tck.storage.Subject.pattern;
import static org.jetbackup.tck.storage.Subject.text;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What {@link Files} makes of channels. */
interface StreamContract extends Subject {

  @Test
  default void anOutputStreamReplacesTheContentUnlessAskedToAppend() throws IOException {
    Path file = file("file", "long content");
    try (OutputStream stream = Files.newOutputStream(file)) {
      stream.write('a');
      stream.write(new byte[] {'b', 'c', 'd'}, 1, 2);
    }
    assertEquals("acd", text(file));
    try (OutputStream stream = Files.newOutputStream(file, APPEND)) {
      stream.write('e');
    }
    assertEquals("acde", text(file));
  }

  @Test
  default void anInputStreamReadsSkipsAndEnds() throws IOException {
    try (InputStream stream = Files.newInputStream(file("file", "abcdef"))) {
      assertEquals('a', stream.read());
      assertEquals(2, stream.skip(2));
      assertArrayEquals(new byte[] {'d', 'e', 'f'}, stream.readAllBytes());
      assertEquals(-1, stream.read());
    }
    assertThrows(
        NoSuchFileException.class, () -> Files.newInputStream(at("missing")).close());
  }

  @Test
  default void wholeFilesAreWrittenAndRead() throws IOException {
    byte[] content = pattern(100_000).array();
    assertArrayEquals(content, Files.readAllBytes(Files.write(at("bytes"), content)));
    Files.write(at("lines"), List.of("one", "two"));
    assertEquals(List.of("one", "two"), Files.readAllLines(at("lines")));
    assertEquals(-1, Files.mismatch(at("bytes"), Files.write(at("again"), content)));
  }

  @Test
  default void aByteChannelSeeks() throws IOException {
    try (SeekableByteChannel channel = Files.newByteChannel(file("file", "abcdef"), READ)) {
      ByteBuffer two = ByteBuffer.allocate(2);
      channel.position(4).read(two);
      assertEquals("ef", Subject.filled(two));
      assertEquals(6, channel.size());
    }
  }

  @Test
  default void bufferedWritersArriveWhole() throws IOException {
    try (var writer = Files.newBufferedWriter(at("file"))) {
      for (int i = 0; i < 10_000; i++) {
        writer.write("line " + i + "\n");
      }
    }
    assertEquals(10_000, Files.readAllLines(at("file")).size());
  }
}
