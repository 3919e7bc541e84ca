package org.jetbackup.tck.crash;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static org.jetbackup.tck.crash.Lab.run;
import static org.jetbackup.tck.crash.Lab.write;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** What each profile adds to the others. */
class ProfilesTest extends InLab {

  /** What kills leave, point by point. */
  private List<String> killed() {
    List<String> killed = new ArrayList<>();
    CrashStates.of(lab.recording(), Profile.KILL)
        .forEachRaw(state -> killed.add(Content.of(state.image()).toString()));
    return killed;
  }

  @Test
  void aKillInsideAWriteLeavesItsFirstSectors() throws IOException {
    write(channel(run('A', 48)), run('B', 40), 4);
    assertEquals(List.of("f=A*48", "f=A*4B*12A*32", "f=A*4B*28A*16", "f=A*4B*40A*4"), killed());
  }

  @Test
  void aKillInsideAGrowingWriteLeavesTheSizeOfWhatWasWritten() throws IOException {
    write(channel("ab"), run('B', 38), 2);
    assertEquals(List.of("f=ab", "f=abB*14", "f=abB*30", "f=abB*38"), killed());
  }

  @Test
  void aKillInsideAWriteOverTheEndNeverMakesTheFileShorter() throws IOException {
    write(channel(run('A', 40)), run('B', 60), 0);
    assertEquals(List.of("f=A*40", "f=B*16A*24", "f=B*32A*8", "f=B*48", "f=B*60"), killed());
  }

  @Test
  void aKillInsideAWriteAfterACutSeesTheCut() throws IOException {
    FileChannel channel = channel(run('A', 48));
    channel.truncate(4);
    write(channel, run('B', 30), 2);
    assertEquals(List.of("f=A*48", "f=A*4", "f=AAB*14", "f=AAB*30"), killed());
  }

  @Test
  void aKillBetweenTheSectorsOfAWriteIsSaidInWords() throws IOException {
    write(channel(run('A', 48)), run('B', 48), 0);
    List<String> words = new ArrayList<>();
    Recording recording = lab.recording();
    recording.points(Profile.KILL).forEach(point -> words.add(recording.describe(point)));
    assertEquals(
        List.of(
            "before the first step",
            "inside 1 write f 0+48, when 1 sector was written",
            "inside 1 write f 0+48, when 2 sectors were written",
            "after 1 write f 0+48"),
        words);
  }

  @Test
  void namesSurviveInOrderAndDataAnyhow() throws IOException {
    write(lab.create("a"), "x", 0);
    lab.create("b");
    Set<String> data = Set.of("a=", "a=.", "a=x");
    Set<String> ordered = new TreeSet<>(Set.of(""));
    data.forEach(a -> ordered.addAll(Set.of(a, a + " b=")));
    assertEquals(ordered, lab.left(Profile.META_ORDERED));
    ordered.add("b=");
    assertEquals(ordered, lab.left(Profile.WEAK));
  }

  @Test
  void forcesOfDirectoriesLeaveThePrefixOfWhatIsPendingBesideThem() throws IOException {
    lab.directory("d").begin();
    lab.create("a");
    lab.create("d/x");
    lab.create("b");
    lab.force("d");
    assertEquals(Set.of("d/ d/x=", "a= d/ d/x=", "a= b= d/ d/x="), lab.left(Profile.META_ORDERED));
  }

  @Test
  void anUnforcedSectorMayBeOldNewZeroOrNoise() throws IOException {
    write(channel(run('A', 32)), run('B', 16), 0);
    Set<String> left = lab.left(Profile.GARBAGE);
    assertEquals(4, left.size());
    assertTrue(left.containsAll(Set.of("f=A*32", "f=B*16A*16", "f=.*16A*16")), left::toString);
    assertTrue(left.stream().allMatch(text -> text.endsWith("A*16") || text.endsWith("A*32")));
  }

  @Test
  void garbageEndsWhereTheFileEnds() throws IOException {
    write(channel("ab"), "XYZ", 2);
    CrashStates.of(lab.recording(), Profile.GARBAGE).forEachRaw(state -> {
      byte[] bytes = Content.of(state.image()).bytes("f");
      assertTrue(bytes.length == 2 || bytes.length == 5, state::toString);
    });
    // Each of old, new, zero and noise, with each of the two sizes.
    assertEquals(2 * 4 - 1, lab.left(Profile.GARBAGE).size(), "old and new begin alike");
  }

  @Test
  void garbageDoesNotTouchWhatWasForced() throws IOException {
    FileChannel channel = channel(run('A', 32));
    write(channel, run('B', 16), 0);
    channel.force(false);
    write(channel, run('C', 16), 16);
    assertTrue(lab.left(Profile.GARBAGE).stream().allMatch(text -> text.startsWith("f=B*16")));
    assertEquals(4, lab.left(Profile.GARBAGE).size());
  }

  @Test
  void noiseIsTheSameEachTimeAndDiffersFromPlaceToPlace() throws IOException {
    List<String> prints = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      try (Lab other = new Lab()) {
        other.file("f", run('A', 32)).begin();
        write(other.open("f"), run('B', 32), 0);
        CrashPoint end = new CrashPoint(1, 0);
        CrashStates states = CrashStates.of(other.recording(), Profile.GARBAGE);
        Image noise =
            states.find(end, List.of("1 sector 0 noise", "1 sector 1 noise")).image();
        byte[] bytes = Content.of(noise).bytes("f");
        assertNotEquals(
            new String(bytes, 0, 16, ISO_8859_1), new String(bytes, 16, 16, ISO_8859_1));
        prints.add(noise.fingerprint());
      }
    }
    assertEquals(prints.get(0), prints.get(1));
  }

  @Test
  void halfAMoveOfADirectoryIntoItsSiblingLeavesNoEndlessTree() throws IOException {
    lab.directory("d").directory("e").begin();
    Files.move(lab.at("d"), lab.at("e/d"));
    assertEquals(
        Set.of("d/ e/", "d/ e/ e/d/", "e/", "e/ e/d/"), lab.left(Profile.NON_ATOMIC_RENAME));
  }

  @Test
  void aDirectoryThatIsItsOwnAncestorIsLeftOut() throws IOException {
    lab.directory("a").directory("b").begin();
    Files.move(lab.at("a"), lab.at("b/a"));
    Files.move(lab.at("b/a"), lab.at("c"));
    Files.move(lab.at("b"), lab.at("c/b"));
    Set<String> left = lab.left(Profile.NON_ATOMIC_RENAME);
    assertTrue(left.contains("a/ a/b/ b/ b/a/"), left::toString);
    assertTrue(left.stream().noneMatch(text -> text.contains("b/a/b")), left::toString);
  }

  @Test
  void aMoveBackAndForthIsUndoneFromItsEnd() throws IOException {
    lab.file("a", "1").file("b", "2").begin();
    Files.move(lab.at("a"), lab.at("c"), ATOMIC_MOVE);
    Files.move(lab.at("b"), lab.at("a"), ATOMIC_MOVE);
    Files.move(lab.at("c"), lab.at("b"), ATOMIC_MOVE);
    assertEquals(Set.of("a=1 b=2", "b=2 c=1", "a=2 c=1", "a=2 b=1"), lab.left(Profile.WEAK));
    assertEquals(lab.left(Profile.WEAK), lab.left(Profile.META_ORDERED));
  }
}
