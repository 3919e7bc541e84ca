package org.jetbackup.tck.storage;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.TRUNCATE_EXISTING;
import static java.nio.file.StandardOpenOption.WRITE;
import static org.jetbackup.tck.storage.Subject.bytes;
import static org.jetbackup.tck.storage.Subject.open;
import static org.jetbackup.tck.storage.Subject.text;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A thread that is interrupted at a certain operation. */
interface InterruptFaultContract extends FaultSubject {

  private static void use(FileChannel channel, String how) throws IOException {
    switch (how) {
      case "read" -> assertEquals(1, channel.read(ByteBuffer.allocate(1)));
      case "write" -> assertEquals(1, channel.write(bytes("x")));
      default -> channel.force(true);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"read", "write", "force"})
  default void anInterruptClosesTheChannelThatIsUsed(String how) throws IOException {
    file("file", "abc");
    FileChannel channel = open(at("file"), READ, WRITE);
    inject(how + " file #2 once interrupt");
    use(channel, how);
    assertFalse(Thread.currentThread().isInterrupted());
    assertThrows(ClosedByInterruptException.class, () -> use(channel, how));
    assertTrue(Thread.interrupted(), "the interrupt is kept for the caller");
    assertTrue(kit().fired());
    assertFalse(channel.isOpen());
    try (FileChannel again = open(at("file"), READ, WRITE)) {
      use(again, how);
    }
  }

  @Test
  default void anInterruptClosesTheDirectoryThatIsForced() throws IOException {
    FileChannel channel = open(root(), READ);
    inject("force . #1 once interrupt");
    assertThrows(ClosedByInterruptException.class, () -> channel.force(true));
    assertTrue(Thread.interrupted());
    assertFalse(channel.isOpen());
  }

  @Test
  default void anOperationOnAPathGoesOnAndTheFlagStays() throws IOException {
    file("file", "abc");
    directory("directory");
    Executable[] uses = {
      () -> Files.move(at("file"), at("moved")),
      () -> Files.delete(at("moved")),
      () -> Files.createDirectory(at("new")),
      () -> Files.size(at("new")),
      () -> Subject.listing(root()).close(),
      () -> open(at("created"), WRITE, CREATE).close(),
    };
    String[] targets = {"move", "delete", "create", "attributes", "read", "create"};
    for (int i = 0; i < uses.length; i++) {
      Executable use = uses[i];
      inject(targets[i] + " ** #1 once interrupt");
      assertDoesNotThrow(use);
      assertTrue(Thread.interrupted(), targets[i]);
      kit().clearFaults();
    }
    assertTrue(Files.exists(at("created")));
    assertTrue(Files.isDirectory(at("new")));
  }

  @Test
  default void anOpeningThatCutsIsNotStoppedByAnInterrupt() throws IOException {
    file("file", "abc");
    inject("write file #1 once interrupt");
    try (FileChannel channel = open(at("file"), WRITE, TRUNCATE_EXISTING)) {
      assertTrue(Thread.interrupted());
      channel.write(bytes("x"));
    }
    assertEquals("x", text(at("file")));
  }

  @Test
  default void anOperationThatIsRefusedInterruptsNobody() throws IOException {
    inject("create ** #1 once interrupt");
    inject("create ** #1 once access-denied");
    assertThrows(IOException.class, () -> directory("directory"));
    assertFalse(Thread.interrupted());
  }
}
