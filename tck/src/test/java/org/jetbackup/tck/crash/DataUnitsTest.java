package org.jetbackup.tck.crash;

import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.TRUNCATE_EXISTING;
import static java.nio.file.StandardOpenOption.WRITE;
import static org.jetbackup.tck.crash.Lab.bytes;
import static org.jetbackup.tck.crash.Lab.run;
import static org.jetbackup.tck.crash.Lab.write;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** What a crash leaves of data and sizes that nobody forced, in sectors of 16 bytes. */
class DataUnitsTest extends InLab {

  private void assertLeft(String dropped, String... weak) {
    Set<String> expected = new TreeSet<>();
    for (String text : weak) {
      expected.add("f=" + text);
    }
    assertEquals(expected, lab.left(Profile.WEAK), "weak");
    assertEquals(expected, lab.left(Profile.META_ORDERED), "meta-ordered");
    assertEquals(expected, lab.left(Profile.NON_ATOMIC_RENAME), "non-atomic-rename");
    assertEquals(expected, lab.left(Profile.LYING_FORCE), "lying-force");
    assertEquals(Set.of("f=" + dropped), lab.left(Profile.DROP_UNSYNCED), "drop-unsynced");
    assertEquals(Set.of(lab.now()), lab.left(Profile.KILL), "kill");
  }

  @Test
  void eachSectorOfAWriteIsOldOrNew() throws IOException {
    write(channel(run('A', 32)), run('B', 32), 0);
    assertLeft("A*32", "A*32", "A*16B*16", "B*16A*16", "B*32");
  }

  @Test
  void partOfASectorIsOldOrNewWithTheRestOfIt() throws IOException {
    write(channel(run('A', 16)), "BB", 4);
    assertLeft("A*16", "A*16", "A*4BBA*10");
  }

  @Test
  void aWriteAcrossABoundaryTouchesBothSectors() throws IOException {
    write(channel(run('A', 32)), run('B', 8), 12);
    assertLeft("A*32", "A*32", "A*12B*4A*16", "A*16B*4A*12", "A*12B*8A*12");
  }

  @Test
  void growthHasASizeBesideTheData() throws IOException {
    write(channel(run('A', 16)), run('B', 16), 16);
    assertLeft("A*16", "A*16", "A*16.*16", "A*16B*16");
  }

  @Test
  void growthWithinASectorHasASizeToo() throws IOException {
    write(channel("ab"), "cd", 2);
    assertLeft("ab", "ab", "ab..", "abcd");
  }

  @Test
  void aWriteOverTheEndCanLeaveTheOldSizeWithNewData() throws IOException {
    write(channel("abcd"), "WXYZ", 2);
    assertLeft("abcd", "abcd", "abWX", "abcd..", "abWXYZ");
  }

  @Test
  void aHoleIsZeroAndNoUnit() throws IOException {
    write(channel("ab"), "X", 40);
    assertEquals(2, lab.recording().unitCount());
    assertLeft("ab", "ab", "ab.*39", "ab.*38X");
  }

  @Test
  void aWriteThatChangesNothingIsNoUnit() throws IOException {
    write(channel(run('A', 32)), run('A', 20), 4);
    assertEquals(0, lab.recording().unitCount());
    assertEquals(1, lab.recording().events().size());
    assertLeft("A*32", "A*32");
  }

  @Test
  void anEmptyWriteIsNoUnit() throws IOException {
    FileChannel channel = channel("A");
    assertEquals(0, channel.write(ByteBuffer.allocate(0), 100));
    assertEquals(0, lab.recording().unitCount());
  }

  @Test
  void writesToOneSectorKeepTheirOrder() throws IOException {
    FileChannel channel = channel(run('A', 16));
    write(channel, run('B', 16), 0);
    write(channel, "C", 0);
    write(channel, run('A', 16), 0);
    assertLeft("A*16", "A*16", "B*16", "CB*15");
    assertEquals(3, lab.recording().unitCount());
  }

  @Test
  void aCutIsThereOrNot() throws IOException {
    channel(run('A', 32)).truncate(8);
    assertLeft("A*32", "A*32", "A*8");
  }

  @Test
  void aTruncationThatCutsNothingIsNoUnit() throws IOException {
    channel("ab").truncate(2).truncate(5);
    assertEquals(0, lab.recording().unitCount());
    assertLeft("ab", "ab");
  }

  @Test
  void openingWithTruncateExistingIsACut() throws IOException {
    lab.file("f", "abc").begin();
    lab.open("f", WRITE, TRUNCATE_EXISTING);
    assertLeft("abc", "", "abc");
  }

  @Test
  void whatIsCutOffDoesNotComeBackWithLaterGrowth() throws IOException {
    FileChannel channel = channel(run('A', 32));
    channel.truncate(8);
    write(channel, "B", 31);
    assertLeft("A*32", "A*32", "A*8", "A*8.*24", "A*16.*15B", "A*8.*23B");
  }

  @Test
  void zerosWrittenAfterACutReachTheDiskEachOnItsOwn() throws IOException {
    FileChannel channel = channel(run('A', 32));
    channel.truncate(0);
    write(channel, run('\0', 32), 0);
    assertLeft("A*32", "", "A*32", ".*16A*16", "A*16.*16", ".*32");
  }

  @Test
  void appendedDataAreWrittenAtTheEnd() throws IOException {
    lab.file("f", "ab").begin();
    lab.open("f", APPEND).write(bytes("cd"));
    assertLeft("ab", "ab", "ab..", "abcd");
  }

  @Test
  void aGatheringWriteIsAStepForEachBuffer() throws IOException {
    FileChannel channel = channel(run('A', 32));
    channel.write(new ByteBuffer[] {bytes(run('B', 16)), bytes(run('C', 16))});
    assertEquals(Set.of("f=A*32", "f=B*16A*16"), lab.leftAfter(Profile.WEAK, 1));
    assertLeft("A*32", "A*32", "A*16C*16", "B*16A*16", "B*16C*16");
  }

  @Test
  void transferredDataAreWritten() throws IOException {
    var source = new ByteArrayInputStream("cd".getBytes(StandardCharsets.UTF_8));
    channel("ab").transferFrom(Channels.newChannel(source), 2, 2);
    assertLeft("ab", "ab", "ab..", "abcd");
  }

  @Test
  void noDataAreSeenWithoutTheNameOfTheirFile() throws IOException {
    write(lab.create("g"), "x", 0);
    assertEquals(Set.of("", "g=", "g=.", "g=x"), lab.left(Profile.WEAK));
  }

  @Test
  void theDataOfADeletedFileComeBackAsAnythingThatWasPending() throws IOException {
    write(channel("a"), "b", 0);
    Files.delete(lab.at("f"));
    assertEquals(Set.of("", "f=a", "f=b"), lab.left(Profile.WEAK));
  }

  @Test
  void sectorsAreAsLargeAsAskedFor() throws IOException {
    for (int size : new int[] {512, 4096}) {
      try (Lab other = new Lab(size)) {
        other.file("f", run('A', 8192)).begin();
        write(other.open("f"), run('B', size + 1), 8191 - size);
        assertEquals(2, other.recording().unitCount());
        int kept = 8191 - size;
        assertEquals(
            new TreeSet<>(Set.of(
                "f=A*8192",
                "f=A*" + kept + "B*" + (size + 1),
                "f=A*" + (8192 - size) + "B*" + size,
                "f=A*" + kept + "BA*" + size)),
            other.left(Profile.WEAK),
            "sectors of " + size);
      }
    }
  }
}
