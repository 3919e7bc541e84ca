package org.jetbackup.tck.storage;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;
import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.DSYNC;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.TRUNCATE_EXISTING;
import static java.nio.file.StandardOpenOption.WRITE;
import static org.jetbackup.tck.storage.Subject.bytes;
import static org.jetbackup.tck.storage.Subject.open;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is recorded and counted. */
class TraceTest implements Subject {

  private final KitFileSystem kit = KitFileSystem.inMemory();

  @Override
  public Path root() {
    return kit.root();
  }

  @AfterEach
  void close() throws IOException {
    kit.close();
  }

  /** The trace without numbers. */
  private List<String> lines() {
    return kit.trace().stream()
        .map(operation -> operation.toString().replaceFirst("^\\d+ ", ""))
        .toList();
  }

  @Test
  void aDurablePublicationReadsAsProse() throws IOException {
    kit.startTrace();
    directory("set");
    try (FileChannel channel = open(at("set/new.tmp"), WRITE, CREATE)) {
      channel.write(bytes("abcd"));
      channel.write(bytes("x"), 9);
      channel.truncate(5);
      channel.force(true);
    }
    Files.move(at("set/new.tmp"), at("set/done"), ATOMIC_MOVE);
    try (FileChannel channel = open(at("set"), READ)) {
      channel.force(true);
    }
    assertEquals(
        List.of(
            "create-directory set",
            "create set/new.tmp",
            "write set/new.tmp 0+4",
            "write set/new.tmp 9+1",
            "truncate set/new.tmp to 5",
            "force set/new.tmp",
            "close set/new.tmp",
            "atomic-move set/new.tmp -> set/done",
            "open-read set",
            "force-directory set",
            "close set"),
        lines());
  }

  @Test
  void aCallIsRecordedAsItsSteps() throws IOException {
    file("source", "abc");
    file("target", "old");
    kit.startTrace();
    open(at("target"), WRITE, TRUNCATE_EXISTING).close();
    Files.copy(at("source"), at("target"), REPLACE_EXISTING);
    Files.move(at("source"), at("target"), REPLACE_EXISTING);
    try (FileChannel channel = open(at("target"), APPEND, DSYNC)) {
      channel.write(new ByteBuffer[] {bytes("de"), bytes("f")});
    }
    assertEquals(
        List.of(
            "open-write target",
            "truncate target to 0",
            "close target",
            "read-attributes source",
            "delete target",
            "open-read source",
            "create target",
            "read source 0+3",
            "write target 0+3",
            "read source 3+0",
            "close target",
            "close source",
            "delete target",
            "move source -> target",
            "open-write target",
            "write target 3+2",
            "write target 5+1",
            "force-data target",
            "close target"),
        lines());
  }

  @Test
  void failedOperationsSayWhy() throws IOException {
    kit.startTrace();
    assertThrows(NoSuchFileException.class, () -> Files.delete(at("missing")));
    kit.inject(Fault.parse("force . #1 once before-effect"));
    try (FileChannel channel = open(root(), READ)) {
      assertThrows(IOException.class, () -> channel.force(true));
    }
    assertEquals(
        List.of(
            "delete missing failed: NoSuchFileException",
            "open-read .",
            "force-directory . failed: FileSystemException",
            "close ."),
        lines());
  }

  @Test
  void lengthsAreWhatReallyPassed() throws IOException {
    kit.inject(Fault.parse("write ** #1 once disk-full-after 2"));
    kit.startTrace();
    try (FileChannel channel = open(at("file"), READ, WRITE, CREATE)) {
      assertThrows(IOException.class, () -> channel.write(bytes("abcd"), 7));
      channel.read(ByteBuffer.allocate(100), 4);
    }
    assertEquals(List.of("create file", "write file 7+2", "read file 4+5", "close file"), lines());
  }

  @Test
  void pathsAreNormalizedAndRelativeToTheRoot() throws IOException {
    kit.startTrace();
    directory("a");
    Files.createDirectory(fileSystem().getPath("a/../b"));
    Files.createDirectory(at("/a/./c"));
    Subject.listing(root()).close();
    assertEquals(
        List.of(
            "create-directory a",
            "create-directory b",
            "create-directory a/c",
            "list .",
            "close ."),
        lines());
  }

  @Test
  void stepsThroughOneHandleCarryItsNumber() throws IOException {
    Path file = file("file", "abc");
    kit.startTrace();
    try (FileChannel one = open(file, WRITE);
        FileChannel other = open(file, WRITE)) {
      Files.move(file, at("moved"));
      one.write(bytes("x"));
      other.write(bytes("y"));
    }
    List<Operation> trace = kit.trace();
    long one = trace.get(0).handle();
    long other = trace.get(1).handle();
    assertNotEquals(one, other);
    assertEquals(
        List.of(one, other, 0L, one, other, other, one),
        trace.stream().map(Operation::handle).toList());
    assertEquals("file", trace.get(3).path(), "the name by which it was opened");
  }

  @Test
  void theTraceIsOffAtFirstAndKeepsTheNewest() throws IOException {
    file("before", "");
    assertEquals(List.of(), kit.trace());
    kit.startTrace(2);
    directory("a");
    directory("b");
    directory("c");
    assertEquals(List.of("create-directory b", "create-directory c"), lines());
    assertEquals(1, kit.droppedFromTrace());
    kit.stopTrace();
    directory("d");
    assertEquals(2, kit.trace().size());
    kit.startTrace();
    assertEquals(List.of(), kit.trace());
    assertEquals(0, kit.droppedFromTrace());
    assertThrows(IllegalArgumentException.class, () -> kit.startTrace(0));
  }

  @Test
  void writesAndForcesAreCountedIfTheyHappened() throws IOException {
    assertEquals(0, kit.writes() + kit.forces());
    kit.inject(Fault.parse("force ** #3 once before-effect"));
    try (FileChannel channel = open(at("file"), WRITE, CREATE);
        FileChannel directory = open(root(), READ)) {
      channel.write(bytes("a"));
      channel.write(bytes("b"));
      channel.force(false);
      directory.force(true);
      assertThrows(IOException.class, () -> channel.force(true));
    }
    assertEquals(2, kit.writes());
    assertEquals(2, kit.forces());
    assertEquals(1, kit.count(OperationKind.CREATE));
    assertEquals(2, kit.count(OperationKind.CLOSE));
  }

  @Test
  void theSameCallsGiveTheSameTrace() throws IOException {
    assertEquals(traceOfSomeCalls(), traceOfSomeCalls());
  }

  private static List<String> traceOfSomeCalls() throws IOException {
    try (KitFileSystem kit = KitFileSystem.inMemory()) {
      kit.startTrace();
      for (int i = 0; i < 20; i++) {
        Files.writeString(kit.root().resolve("file" + i), "x");
      }
      try (var listing = Files.newDirectoryStream(kit.root())) {
        for (Path file : listing) {
          Files.delete(file);
        }
      }
      return kit.trace().stream().map(Operation::toString).toList();
    }
  }

  @Test
  void numbersHaveNoGapsAndWritesOfManyThreadsDoNotOverlap() throws Exception {
    kit.startTrace();
    int threads = 4;
    int writes = 500;
    ExecutorService executor = Executors.newFixedThreadPool(threads);
    try (FileChannel channel = open(at("file"), APPEND, CREATE)) {
      List<Future<?>> done = IntStream.range(0, threads)
          .<Future<?>>mapToObj(thread -> executor.submit(() -> {
            for (int i = 0; i < writes; i++) {
              channel.write(bytes("x".repeat(1 + (i + thread) % 7)));
              channel.force(false);
            }
            return true;
          }))
          .toList();
      for (Future<?> each : done) {
        each.get();
      }
    } finally {
      executor.shutdownNow();
    }
    List<Operation> trace = kit.trace();
    assertEquals(
        LongStream.rangeClosed(1, trace.size()).boxed().toList(),
        trace.stream().map(Operation::sequence).sorted().toList());
    long end = 0;
    for (Operation operation : trace) {
      if (operation.kind() == OperationKind.WRITE) {
        assertEquals(end, operation.offset(), "writes are traced in the order of their effects");
        end += operation.length();
      }
    }
    assertEquals(end, Files.size(at("file")));
  }
}
