package org.jetbackup.tck.storage;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;
import static org.jetbackup.tck.storage.Subject.bytes;
import static org.jetbackup.tck.storage.Subject.filled;
import static org.jetbackup.tck.storage.Subject.open;
import static org.jetbackup.tck.storage.Subject.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** A disk that delivers something other than what it holds. */
interface FlippedBitContract extends FaultSubject {

  @Test
  default void oneBitOfWhatAReadDeliversIsFlippedAndTheDiskKeepsItsOwn() throws IOException {
    file("file", "aaa");
    inject("read file #2 once flip-bit 9");
    try (FileChannel channel = open(at("file"), READ)) {
      assertEquals("a", filled(read(channel, 1)));
      assertEquals("ac", filled(read(channel, 2)));
    }
    assertTrue(kit().fired());
    assertEquals("aaa", text(at("file")));
  }

  private static ByteBuffer read(FileChannel channel, int length) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(length);
    assertEquals(length, channel.read(buffer));
    return buffer;
  }

  @Test
  default void theNumberOfTheBitBeginsAgainBehindTheLastOne() throws IOException {
    file("file", "aaa");
    inject("read ** #1 once flip-bit 999999999999999961"); // 1 more than a multiple of 24
    assertEquals("caa", text(at("file")));
  }

  @Test
  default void onlyWhatThisReadDeliveredIsChanged() throws IOException {
    file("file", "aaa");
    inject("read ** #1 sticky flip-bit 0");
    try (FileChannel channel = open(at("file"), READ)) {
      ByteBuffer direct = ByteBuffer.allocateDirect(8).put(bytes("x"));
      assertEquals(3, channel.read(direct, 0));
      assertEquals("x`aa", filled(direct));
      assertEquals(8, direct.limit());
      ByteBuffer[] two = {ByteBuffer.allocate(1), ByteBuffer.allocate(5)};
      assertEquals(3, channel.read(two));
      assertEquals("`,`a", filled(two[0]) + "," + filled(two[1]));
      ByteArrayOutputStream copy = new ByteArrayOutputStream();
      assertEquals(2, channel.transferTo(1, 2, Channels.newChannel(copy)));
      assertEquals("`a", copy.toString(StandardCharsets.UTF_8));
    }
  }

  @Test
  default void aReadThatDeliversNothingIsNotCounted() throws IOException {
    Fault fault = Fault.parse("read ** #1 once flip-bit 0");
    kit().inject(fault);
    try (FileChannel channel = open(at("file"), READ, WRITE, CREATE)) {
      assertEquals(-1, channel.read(ByteBuffer.allocate(4)));
      channel.write(bytes("a"));
      assertEquals(0, channel.read(ByteBuffer.allocate(0), 0));
      assertFalse(kit().fired());
      assertEquals(0, kit().matched(fault));
      ByteBuffer one = ByteBuffer.allocate(1);
      assertEquals(1, channel.read(one, 0));
      assertEquals("`", filled(one));
      assertEquals(1, kit().matched(fault));
    }
  }
}
