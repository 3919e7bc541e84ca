package org.jetbackup.tck.storage;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.DSYNC;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.TRUNCATE_EXISTING;
import static java.nio.file.StandardOpenOption.WRITE;
import static org.jetbackup.tck.storage.Subject.bytes;
import static org.jetbackup.tck.storage.Subject.open;
import static org.jetbackup.tck.storage.Subject.pattern;
import static org.jetbackup.tck.storage.Subject.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A trace as prose. */
class StoryTest implements FaultSubject {

  private final KitFileSystem kit = KitFileSystem.inMemory();

  @Override
  public KitFileSystem kit() {
    return kit;
  }

  @BeforeEach
  void trace() {
    kit.startTrace();
  }

  @AfterEach
  void close() throws IOException {
    kit.close();
  }

  private void assertTold(String expected) {
    assertEquals(expected, new Story().tell(kit.trace()).toString());
  }

  private void force(Path directory) throws IOException {
    try (FileChannel channel = open(directory, READ)) {
      channel.force(true);
    }
  }

  private void fails(Executable call) {
    assertThrows(IOException.class, call);
  }

  @Test
  void aPublicationReadsLikeARecipe() throws IOException {
    directory("staging");
    try (FileChannel channel = open(at("staging/db.edb"), WRITE, CREATE)) {
      channel.write(pattern(4096));
      channel.write(pattern(4096));
      channel.force(true);
    }
    force(at("staging"));
    Files.move(at("staging"), at("set"), ATOMIC_MOVE);
    force(root());
    assertTold("""
        makes staging
        staging/db.edb: created, 8,192 bytes written at 0 in 2 writes, forced
        forces the names in staging
        renames staging to set
        forces the names in the root
        """);
  }

  @Test
  void headingsBeginChapters() throws IOException {
    directory("a");
    Story story = new Story().heading("first").tell(kit.trace());
    kit.startTrace();
    file("f", "x");
    file("f", "yz");
    story.heading("second").tell(kit.trace()).heading("third");
    assertEquals(
        List.of(
            "first",
            "  makes a",
            "second",
            "  f: created, 1 byte written at 0, cut to 0 bytes, 2 bytes written at 0",
            "third"),
        story.lines());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "two\nlines"})
  void aHeadingIsOneLine(String heading) {
    assertThrows(IllegalArgumentException.class, () -> new Story().heading(heading));
  }

  @Test
  void onlyWritesThatContinueEachOtherThroughOneHandleAreOne() throws IOException {
    try (FileChannel one = open(at("file"), WRITE, CREATE);
        FileChannel other = open(at("file"), WRITE)) {
      one.write(bytes("abc"));
      one.write(bytes(""));
      one.write(bytes("d"));
      one.write(bytes("e"), 9);
      other.write(bytes("f"), 10);
      other.truncate(11);
      other.write(bytes("g"), 11);
      other.force(false);
      other.write(bytes("h"), 12);
    }
    assertTold("""
        file:
          created
          4 bytes written at 0 in 2 writes
          1 byte written at 9
          2 bytes written at 10 in 2 writes
          data forced
          1 byte written at 12
        """);
  }

  @Test
  void whatOnlyLooksIsLeftOut() throws IOException {
    file("file", "abc");
    kit.startTrace();
    assertEquals("abc", text(at("file")));
    Subject.listing(root()).close();
    assertEquals(false, Files.exists(at("missing")));
    try (FileChannel channel = open(at("file"), READ, WRITE)) {
      channel.lock().release();
      channel.truncate(3);
    }
    assertTold("");
  }

  @Test
  void everyChangeHasItsWord() throws IOException {
    file("a", "");
    Files.createLink(at("b"), at("a"));
    Files.createSymbolicLink(at("c"), fileSystem().getPath("a"));
    Files.setLastModifiedTime(at("a"), FileTime.fromMillis(0));
    Files.move(at("a"), at("d"));
    Files.delete(at("b"));
    open(at("d"), WRITE, TRUNCATE_EXISTING).close();
    assertTold("""
        a: created
        links b to a
        points c to a
        a: attributes set
        moves a to d
        deletes b
        """);
  }

  @Test
  void failuresSayWhy() throws IOException {
    fails(() -> Files.delete(at("a")));
    fails(() -> text(at("a")));
    inject("write b #2 once before-effect");
    inject("force ** #1 sticky access-denied");
    inject("read b #1 sticky access-denied");
    inject("move ** #1 once not-atomic");
    inject("attributes b #1 once before-effect");
    inject("lock b #1 once before-effect");
    try (FileChannel channel = open(at("b"), WRITE, CREATE)) {
      channel.write(bytes("abcd"));
      fails(() -> channel.write(bytes("ef")));
      fails(() -> channel.force(true));
      fails(channel::lock);
      fails(() -> channel.truncate(5).force(false));
    }
    fails(() -> force(root()));
    fails(() -> text(at("b")));
    fails(() -> Files.size(at("b")));
    fails(() -> Files.move(at("b"), at("c"), ATOMIC_MOVE));
    assertTold("""
        could not delete a: NoSuchFileException
        a: could not be opened: NoSuchFileException
        b:
          created
          4 bytes written at 0
          could not be written at 4: FileSystemException
          could not be forced: AccessDeniedException
          could not be locked: FileSystemException
          could not be forced: AccessDeniedException
        could not force the names in the root: AccessDeniedException
        b: could not be opened: AccessDeniedException, could not be looked at: FileSystemException
        could not rename b to c: AtomicMoveNotSupportedException
        """);
  }

  @Test
  void anOpenFileIsCalledByTheNameThatItHasByNow() throws IOException {
    directory("staging");
    try (FileChannel one = open(at("staging/one"), WRITE, CREATE, DSYNC);
        FileChannel directory = open(at("staging"), READ);
        FileChannel two = open(at("two"), WRITE, CREATE)) {
      Files.move(at("staging"), at("set"), ATOMIC_MOVE);
      one.write(bytes("x"));
      directory.force(true);
      Files.move(at("set/one"), at("two"), ATOMIC_MOVE);
      two.force(true);
      one.force(true);
      Files.delete(at("two"));
      one.force(true);
    }
    assertTold("""
        makes staging
        staging/one: created
        two: created
        renames staging to set
        set/one: 1 byte written at 0, data forced
        forces the names in set
        renames set/one to two
        two (replaced): forced
        two: forced
        deletes two
        two (deleted): forced
        """);
  }

  @Test
  void otherNumbersTellTheSameStory() throws IOException {
    file("noise", "");
    kit.startTrace();
    Story first = new Story();
    file("file", "abc");
    first.tell(kit.trace());
    Files.delete(at("file"));
    open(at("noise"), READ).close();
    kit.startTrace();
    file("file", "abc");
    assertEquals(first.toString(), new Story().tell(kit.trace()).toString());
  }

  @ParameterizedTest
  @EnumSource
  void everyFailureCanBeTold(OperationKind kind) {
    Operation failed = new Operation(1, kind, "path", "target", 1, 0, 0, "AccessDeniedException");
    List<String> lines = new Story().tell(List.of(failed)).lines();
    assertEquals(1, lines.size());
    assertEquals(
        true,
        lines.get(0).matches("(path: )?could not .*: AccessDeniedException"),
        () -> lines.get(0));
  }
}
