package org.jetbackup.tck.storage;

import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;
import static org.jetbackup.tck.storage.Subject.bytes;
import static org.jetbackup.tck.storage.Subject.filled;
import static org.jetbackup.tck.storage.Subject.open;
import static org.jetbackup.tck.storage.Subject.pattern;
import static org.jetbackup.tck.storage.Subject.text;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Reading, writing and cutting through channels. */
interface ChannelContract extends Subject {

  /** More than one chunk of any implementation that copies through a buffer. */
  int SEVERAL_CHUNKS = 300_000;

  private FileChannel openNew() throws IOException {
    return open(at("file"), READ, WRITE, CREATE);
  }

  @Test
  default void writesAndReadsMoveThePosition() throws IOException {
    try (FileChannel channel = openNew()) {
      assertEquals(6, channel.write(bytes("abcdef")));
      assertEquals(6, channel.position());
      channel.position(2);
      ByteBuffer three = ByteBuffer.allocate(3);
      assertEquals(3, channel.read(three));
      assertEquals("cde", filled(three));
      assertEquals(5, channel.position());
      assertEquals(1, channel.write(bytes("F")));
      assertEquals(6, channel.size());
    }
    assertEquals("abcdeF", text(at("file")));
  }

  @Test
  default void positionalReadsAndWritesLeaveThePosition() throws IOException {
    try (FileChannel channel = openNew()) {
      assertEquals(3, channel.write(bytes("abc"), 2));
      assertEquals(0, channel.position());
      ByteBuffer five = ByteBuffer.allocate(8);
      assertEquals(5, channel.read(five, 0));
      assertEquals("\0\0abc", filled(five));
      assertEquals(0, channel.position());
    }
  }

  @Test
  default void readingAtOrBeyondTheEndSaysSo() throws IOException {
    try (FileChannel channel = openNew()) {
      channel.write(bytes("abc"));
      ByteBuffer buffer = ByteBuffer.allocate(4);
      assertEquals(-1, channel.read(buffer));
      assertEquals(-1, channel.read(buffer, 3));
      assertEquals(-1, channel.read(buffer, 100));
      assertEquals(1, channel.read(buffer, 2));
      channel.position(50);
      assertEquals(50, channel.position());
      assertEquals(-1, channel.read(buffer));
      assertEquals(3, channel.size());
    }
  }

  @Test
  default void onlyWhatIsBetweenPositionAndLimitOfABufferPasses() throws IOException {
    try (FileChannel channel = openNew()) {
      ByteBuffer middle = bytes("abcdef").position(2).limit(4);
      assertEquals(2, channel.write(middle, 0));
      assertEquals(4, middle.position());
      assertEquals(4, middle.limit());
      ByteBuffer one = bytes("......").position(1).limit(2);
      assertEquals(1, channel.read(one, 0));
      assertEquals(2, one.limit());
      assertEquals(".c....", filled(one.limit(6).position(6)));
    }
    assertEquals("cd", text(at("file")));
  }

  @Test
  default void emptyBuffersPassNothing() throws IOException {
    try (FileChannel channel = openNew()) {
      assertEquals(0, channel.write(bytes("")));
      assertEquals(0, channel.write(new ByteBuffer[] {bytes(""), bytes("")}));
      channel.write(bytes("a"), 0);
      assertEquals(0, channel.read(ByteBuffer.allocate(0)));
      assertEquals(0, channel.write(bytes(""), 9), "nothing, even beyond the end");
      assertEquals(1, channel.size());
    }
  }

  @Test
  default void gatheringAndScatteringKeepTheOrder() throws IOException {
    try (FileChannel channel = openNew()) {
      ByteBuffer[] sources = {bytes("no"), bytes("ab"), bytes(""), bytes("cde"), bytes("no")};
      assertEquals(5, channel.write(sources, 1, 3));
      channel.position(1);
      ByteBuffer[] into = {ByteBuffer.allocate(1), ByteBuffer.allocate(2), ByteBuffer.allocate(9)};
      assertEquals(4, channel.read(into));
      assertEquals("b,cd,e", filled(into[0]) + "," + filled(into[1]) + "," + filled(into[2]));
      assertEquals(-1, channel.read(new ByteBuffer[] {ByteBuffer.allocate(1)}));
      assertThrows(IndexOutOfBoundsException.class, () -> channel.write(sources, 4, 2));
      assertThrows(IndexOutOfBoundsException.class, () -> channel.read(into, -1, 1));
    }
    assertEquals("abcde", text(at("file")));
  }

  @Test
  default void truncateCutsAndMovesThePositionBack() throws IOException {
    try (FileChannel channel = openNew()) {
      channel.write(bytes("abcdef"));
      channel.truncate(9);
      assertEquals(6, channel.size());
      assertEquals(6, channel.position());
      channel.truncate(2);
      assertEquals(2, channel.size());
      assertEquals(2, channel.position());
      channel.write(bytes("x"), 4);
    }
    assertEquals("ab\0\0x", text(at("file")));
  }

  @Test
  default void negativePositionsAndSizesAreRefused() throws IOException {
    try (FileChannel channel = openNew()) {
      assertThrows(IllegalArgumentException.class, () -> channel.position(-1));
      assertThrows(IllegalArgumentException.class, () -> channel.truncate(-1));
      assertThrows(IllegalArgumentException.class, () -> channel.write(bytes("x"), -1));
      assertThrows(IllegalArgumentException.class, () -> channel.read(ByteBuffer.allocate(1), -1));
      assertEquals(0, channel.size());
    }
  }

  @Test
  default void aFileIsForced() throws IOException {
    try (FileChannel channel = openNew()) {
      channel.write(bytes("abc"));
      channel.force(false);
      channel.force(true);
    }
    try (FileChannel reading = open(at("file"), READ)) {
      reading.force(true);
    }
    assertEquals("abc", text(at("file")));
  }

  @Test
  default void transferToCopiesARangeWithoutMovingThePosition() throws IOException {
    Path source = Files.write(at("file"), pattern(SEVERAL_CHUNKS).array());
    ByteArrayOutputStream copy = new ByteArrayOutputStream();
    try (FileChannel channel = open(source, READ);
        FileChannel target = open(at("copy"), WRITE, CREATE);
        WritableByteChannel stream = Channels.newChannel(copy)) {
      assertEquals(SEVERAL_CHUNKS - 1L, channel.transferTo(1, Long.MAX_VALUE / 2, target));
      assertEquals(0, channel.position());
      assertEquals(SEVERAL_CHUNKS - 1L, target.position());
      assertEquals(5, channel.transferTo(3, 5, stream));
      assertEquals(0, channel.transferTo(SEVERAL_CHUNKS + 1L, 5, stream));
      assertThrows(IllegalArgumentException.class, () -> channel.transferTo(-1, 1, stream));
      assertThrows(IllegalArgumentException.class, () -> channel.transferTo(0, -1, stream));
    }
    byte[] all = pattern(SEVERAL_CHUNKS).array();
    assertArrayEquals(Arrays.copyOfRange(all, 1, all.length), Files.readAllBytes(at("copy")));
    assertArrayEquals(Arrays.copyOfRange(all, 3, 8), copy.toByteArray());
  }

  @Test
  default void transferFromTakesWhatThereIs() throws IOException {
    byte[] all = pattern(SEVERAL_CHUNKS).array();
    try (FileChannel channel = openNew();
        ReadableByteChannel stream = Channels.newChannel(new ByteArrayInputStream(all))) {
      assertEquals(10, channel.transferFrom(stream, 0, 10));
      assertEquals(SEVERAL_CHUNKS - 10L, channel.transferFrom(stream, 10, SEVERAL_CHUNKS * 2L));
      assertEquals(0, channel.position());
      assertEquals(SEVERAL_CHUNKS, channel.size());
      assertThrows(IllegalArgumentException.class, () -> channel.transferFrom(stream, -1, 1));
    }
    assertArrayEquals(all, Files.readAllBytes(at("file")));
  }

  @Test
  default void transferFromTakesFromThePositionOfTheSource() throws IOException {
    try (FileChannel channel = openNew();
        FileChannel source = open(file("source", "abc"), READ)) {
      source.position(1);
      assertEquals(2, channel.transferFrom(source, 0, 9));
      assertEquals(3, source.position());
      assertEquals(0, channel.transferFrom(source, 2, 9));
    }
    assertEquals("bc", text(at("file")));
  }

  @Test
  default void twoChannelsSeeEachOthersWrites() throws IOException {
    try (FileChannel one = openNew();
        FileChannel other = open(at("file"), READ);
        FileChannel appending = open(at("file"), APPEND)) {
      one.write(bytes("abc"));
      appending.write(bytes("d"));
      ByteBuffer read = ByteBuffer.allocate(9);
      assertEquals(4, other.read(read));
      assertEquals("abcd", filled(read));
      one.truncate(1);
      assertEquals(1, other.size());
    }
  }
}
