package org.jetbackup.tck.storage;

import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.DELETE_ON_CLOSE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.TRUNCATE_EXISTING;
import static java.nio.file.StandardOpenOption.WRITE;
import static org.jetbackup.tck.storage.Subject.bytes;
import static org.jetbackup.tck.storage.Subject.open;
import static org.jetbackup.tck.storage.Subject.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.channels.NonReadableChannelException;
import java.nio.channels.NonWritableChannelException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Opening files: which options do what. */
interface OpenContract extends Subject {

  @Test
  default void openingAMissingFileNamesIt() {
    for (OpenOption option : new OpenOption[] {READ, WRITE, APPEND}) {
      NoSuchFileException e = assertThrows(
          NoSuchFileException.class, () -> open(at("missing"), option).close());
      assertEquals(at("missing").toString(), e.getFile());
    }
  }

  @Test
  default void openingInAMissingDirectoryFails() {
    assertThrows(
        NoSuchFileException.class, () -> open(at("missing/file"), WRITE, CREATE).close());
  }

  @Test
  default void createMakesAFileOnlyIfItIsMissing() throws IOException {
    open(at("new"), WRITE, CREATE).close();
    assertEquals(0, Files.size(at("new")));

    Path old = file("old", "content");
    open(old, WRITE, CREATE).close();
    assertEquals("content", text(old));
  }

  @Test
  default void createIsIgnoredWhenOnlyReading() {
    assertThrows(
        NoSuchFileException.class, () -> open(at("missing"), READ, CREATE).close());
    assertFalse(Files.exists(at("missing")));
  }

  @Test
  default void createNewRefusesAnExistingFile() throws IOException {
    open(at("new"), WRITE, CREATE_NEW).close();
    FileAlreadyExistsException e = assertThrows(
        FileAlreadyExistsException.class,
        () -> open(at("new"), WRITE, CREATE_NEW, TRUNCATE_EXISTING).close());
    assertEquals(at("new").toString(), e.getFile());
  }

  @Test
  default void truncateExistingEmptiesAFileThatIsWritten() throws IOException {
    Path file = file("file", "content");
    open(file, READ, TRUNCATE_EXISTING).close();
    assertEquals("content", text(file));
    open(file, WRITE, TRUNCATE_EXISTING).close();
    assertEquals("", text(file));
  }

  @Test
  default void appendWritesAtTheEndWhereverThePositionIs() throws IOException {
    Path file = file("file", "12");
    try (FileChannel one = open(file, APPEND);
        FileChannel other = open(file, APPEND)) {
      one.write(bytes("34"));
      other.write(bytes("56"));
      one.position(0);
      one.write(bytes("78"));
      assertEquals(8, one.position());
    }
    assertEquals("12345678", text(file));
  }

  @Test
  default void contradictingOptionsAreRefused() throws IOException {
    Path file = file("file", "content");
    assertThrows(IllegalArgumentException.class, () -> open(file, READ, APPEND).close());
    assertThrows(
        IllegalArgumentException.class,
        () -> open(file, APPEND, TRUNCATE_EXISTING).close());
    assertEquals("content", text(file));
  }

  @Test
  default void aChannelDoesOnlyWhatItWasOpenedFor() throws IOException {
    Path file = file("file", "content");
    try (FileChannel reading = open(file, READ)) {
      assertThrows(NonWritableChannelException.class, () -> reading.write(bytes("x")));
      assertThrows(NonWritableChannelException.class, () -> reading.write(bytes("x"), 0));
      assertThrows(NonWritableChannelException.class, () -> reading.truncate(0));
    }
    try (FileChannel writing = open(file, WRITE)) {
      ByteBuffer buffer = ByteBuffer.allocate(1);
      assertThrows(NonReadableChannelException.class, () -> writing.read(buffer));
      assertThrows(NonReadableChannelException.class, () -> writing.read(buffer, 0));
    }
    assertEquals("content", text(file));
  }

  @ParameterizedTest
  @EnumSource(names = {"SYNC", "DSYNC"})
  default void synchronousWritesWrite(StandardOpenOption synchronous) throws IOException {
    try (FileChannel channel = open(at("file"), WRITE, CREATE, synchronous)) {
      assertEquals(3, channel.write(bytes("abc")));
      assertEquals(2, channel.write(bytes("xy"), 1));
      assertEquals(2, channel.write(new ByteBuffer[] {bytes("d"), bytes("e")}));
    }
    assertEquals("axyde", text(at("file")));
  }

  @Test
  default void deleteOnCloseDeletes() throws IOException {
    Path file = at("temporary");
    FileChannel channel = open(file, READ, WRITE, CREATE, DELETE_ON_CLOSE);
    channel.write(bytes("abc"));
    ByteBuffer read = ByteBuffer.allocate(3);
    assertEquals(3, channel.read(read, 0));
    channel.close();
    assertFalse(Files.exists(file));
  }

  @Test
  default void aFileThatWasDeletedOrMovedStaysUsableThroughItsChannel() throws IOException {
    Path file = file("file", "content");
    try (FileChannel channel = open(file, READ, WRITE)) {
      Files.move(file, at("moved"));
      channel.write(bytes("C"), 0);
      assertEquals("Content", text(at("moved")));
      Files.delete(at("moved"));
      channel.write(bytes("K"), 0);
      ByteBuffer read = ByteBuffer.allocate(7);
      channel.read(read, 0);
      assertEquals("Kontent", Subject.filled(read));
      channel.force(true);
    }
  }

  @Test
  default void aDirectoryCannotBeOpenedForWriting() throws IOException {
    Path directory = directory("directory");
    assertThrows(FileSystemException.class, () -> open(directory, WRITE).close());
    assertThrows(FileSystemException.class, () -> open(directory, WRITE, CREATE).close());
    assertTrue(Files.isDirectory(directory));
  }

  @Test
  default void aClosedChannelDoesNothing() throws IOException {
    FileChannel channel = open(file("file", "content"), READ, WRITE);
    channel.close();
    channel.close();
    assertFalse(channel.isOpen());
    assertThrows(ClosedChannelException.class, () -> channel.read(ByteBuffer.allocate(1)));
    assertThrows(ClosedChannelException.class, () -> channel.write(bytes("x")));
    assertThrows(ClosedChannelException.class, () -> channel.write(bytes("x"), 0));
    assertThrows(ClosedChannelException.class, () -> channel.truncate(0));
    assertThrows(ClosedChannelException.class, () -> channel.force(true));
    assertThrows(ClosedChannelException.class, channel::size);
    assertThrows(ClosedChannelException.class, channel::position);
    assertThrows(ClosedChannelException.class, channel::tryLock);
    assertEquals("content", text(at("file")));
  }
}
