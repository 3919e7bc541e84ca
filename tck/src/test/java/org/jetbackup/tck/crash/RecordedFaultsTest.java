package org.jetbackup.tck.crash;

import static org.jetbackup.tck.crash.Lab.bytes;
import static org.jetbackup.tck.crash.Lab.run;
import static org.jetbackup.tck.crash.Lab.write;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jetbackup.tck.storage.Fault;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** Operations that fail while they are recorded leave just what they did. */
class RecordedFaultsTest extends InLab {

  private void fails(String fault, Executable call) {
    lab.files().inject(Fault.parse(fault));
    assertThrows(IOException.class, call);
  }

  private void assertEnds(String expected) {
    assertEquals(expected, lab.now());
    assertEquals(Set.of(expected), lab.left(Profile.KILL));
  }

  @Test
  void anOperationThatIsRefusedLeavesNoUnit() throws IOException {
    FileChannel channel = channel("a");
    fails("write ** #1 once before-effect", () -> channel.write(bytes("b")));
    fails("write ** #1 once before-effect", () -> channel.truncate(0));
    fails("create ** #1 once before-effect", () -> lab.create("g"));
    fails("create ** #1 once access-denied", () -> lab.directory("d"));
    fails("move ** #1 once before-effect", () -> Files.move(lab.at("f"), lab.at("h")));
    fails("delete ** #1 once before-effect", () -> Files.delete(lab.at("f")));
    assertThrows(IOException.class, () -> Files.createDirectory(lab.at("f")));
    assertEquals(0, lab.recording().unitCount());
    assertEquals(List.of(), lab.recording().events());
    assertEnds("f=a");
  }

  @Test
  void anOperationThatFailsAfterItsEffectLeavesUnits() throws IOException {
    FileChannel channel = channel("a");
    fails("write ** #1 once after-effect", () -> channel.write(bytes("b")));
    fails("create ** #1 once after-effect", () -> lab.create("g"));
    assertEquals(2, lab.recording().unitCount());
    assertEnds("f=b g=");
    assertEquals(Set.of("f=a", "f=a g=", "f=b", "f=b g="), lab.left(Profile.WEAK));
  }

  @Test
  void aForceThatFailsAfterItsEffectMakesDurable() throws IOException {
    FileChannel channel = channel("a");
    write(channel, "b", 0);
    fails("force ** #1 once after-effect", () -> channel.force(true));
    assertEquals(Set.of("f=b"), lab.left(Profile.DROP_UNSYNCED));
  }

  @Test
  void aShortWriteLeavesWhatWasWritten() throws IOException {
    FileChannel channel = channel("ab");
    lab.files().inject(Fault.parse("write ** #1 once short 20"));
    assertEquals(20, channel.write(bytes(run('B', 40))));
    assertEnds("f=B*20");
    assertEquals(3, lab.recording().unitCount());
  }

  @Test
  void aWriteToAFullDiskLeavesWhatFitted() throws IOException {
    FileChannel channel = channel("ab");
    fails("write ** #1 sticky disk-full-after 17", () -> channel.write(bytes(run('B', 40))));
    assertEnds("f=B*17");
    assertEquals(
        Set.of("f=ab", "f=BB", "f=ab.*15", "f=ab.*14B", "f=B*16.", "f=B*17"),
        lab.left(Profile.WEAK));
  }

  @Test
  void aWriteToADiskThatWasFullBeforeLeavesNothing() throws IOException {
    FileChannel channel = channel("ab");
    fails("write ** #1 once disk-full-after 0", () -> channel.write(bytes("xyz")));
    assertEquals(0, lab.recording().unitCount());
    assertEnds("f=ab");
  }

  @Test
  void droppedDataAreGoneFromTheNextPointOn() throws IOException {
    FileChannel channel = channel("ab");
    write(channel, "old", 0);
    channel.force(true);
    lab.files().inject(Fault.parse("force ** #1 once drops-data"));
    write(channel, run('B', 20), 0);
    assertThrows(IOException.class, () -> channel.force(true));
    lab.recorder().mark("the force has failed");
    assertEquals("f=old", lab.now());
    assertEquals(Set.of("f=old"), lab.left(Profile.WEAK));
    assertEnds("f=old");
    assertEquals(Set.of("f=B*20"), lab.leftAfter(Profile.KILL, 3));
  }

  @Test
  void afterDroppedDataTheRecordingGoesOnFromWhatIsThere() throws IOException {
    FileChannel channel = channel("abcd");
    fails("force ** #1 once drops-data", () -> {
      write(channel, "XY", 0);
      channel.truncate(1);
      channel.force(true);
    });
    write(channel, "Z", 1);
    assertEnds("f=aZcd");
    assertEquals(Set.of("f=abcd", "f=aZcd"), lab.left(Profile.WEAK));
    assertEquals(Set.of("f=abcd"), lab.left(Profile.DROP_UNSYNCED));
  }

  @Test
  void insideTheFirstWriteAfterThemDroppedDataAreGoneToo() throws IOException {
    FileChannel channel = channel(run('A', 48));
    fails("force ** #1 once drops-data", () -> {
      write(channel, run('B', 16), 32);
      channel.force(true);
    });
    write(channel, run('C', 32), 0);
    List<String> killed = new ArrayList<>();
    CrashStates.of(lab.recording(), Profile.KILL)
        .forEachRaw(state -> killed.add(Content.of(state.image()).toString()));
    assertEquals(List.of("f=A*48", "f=A*32B*16", "f=C*16A*32", "f=C*32A*16"), killed);
  }

  @Test
  void olderUnforcedDataSurviveADropButStayPending() throws IOException {
    FileChannel channel = channel("ab");
    write(channel, "X", 0);
    fails("force ** #1 once drops-data", () -> {
      write(channel, "Y", 1);
      channel.force(true);
    });
    lab.recorder().mark("the force has failed");
    assertEnds("f=Xb");
    assertEquals(Set.of("f=ab", "f=Xb"), lab.left(Profile.WEAK));
  }

  @Test
  void aCutThatAForceOfDataHasSeenIsNotDropped() throws IOException {
    FileChannel channel = channel("abcd");
    lab.files().inject(Fault.parse("force ** #2 once drops-data"));
    channel.truncate(2);
    channel.force(false);
    write(channel, "X", 0);
    assertThrows(IOException.class, () -> channel.force(true));
    lab.recorder().mark("the force has failed");
    assertEnds("f=ab");
    assertEquals(Set.of("f=ab", "f=abcd"), lab.left(Profile.WEAK));
  }

  @Test
  void whatWasDroppedIsNoLongerWhatASectorHoldsWithoutACut() throws IOException {
    FileChannel channel = channel(run('A', 16));
    fails("force ** #1 once drops-data", () -> {
      write(channel, run('\0', 16), 0);
      channel.force(true);
    });
    channel.truncate(0);
    write(channel, run('\0', 16), 0);
    assertEquals(Set.of("f=A*16", "f=", "f=.*16"), lab.left(Profile.WEAK));
    assertEquals(
        2,
        lab.recording().units().stream().filter(Unit.Sector.class::isInstance).count());
  }

  @Test
  void aForceAfterTheDropMakesOnlyWhatIsLeftDurable() throws IOException {
    FileChannel channel = channel("ab");
    fails("force ** #1 once drops-data", () -> {
      write(channel, "XY", 0);
      channel.force(true);
    });
    write(channel, "Z", 2);
    channel.force(true);
    assertEnds("f=abZ");
    assertEquals(
        Set.of("f=abZ"),
        lab.left(Profile.LYING_FORCE).stream()
            .filter(text -> text.contains("Z"))
            .collect(Collectors.toSet()));
    assertEquals(Set.of("f=abZ"), lab.left(Profile.WEAK));
  }
}
