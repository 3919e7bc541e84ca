package org.jetbackup.tck.crash;

import static java.nio.file.StandardOpenOption.DSYNC;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.SYNC;
import static java.nio.file.StandardOpenOption.WRITE;
import static org.jetbackup.tck.crash.Lab.bytes;
import static org.jetbackup.tck.crash.Lab.run;
import static org.jetbackup.tck.crash.Lab.write;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.util.Set;
import java.util.TreeSet;
import org.jetbackup.tck.storage.Fault;
import org.jetbackup.tck.storage.Interceptor;
import org.jetbackup.tck.storage.Operation;
import org.junit.jupiter.api.Test;

/** What a force makes durable, and what it does not. */
class ForceTest extends InLab {

  private void assertWeak(String... expected) {
    assertEquals(new TreeSet<>(Set.of(expected)), lab.left(Profile.WEAK));
  }

  private void assertDropped(String expected) {
    assertEquals(Set.of(expected), lab.left(Profile.DROP_UNSYNCED));
  }

  @Test
  void forcedDataAndSizesLast() throws IOException {
    FileChannel channel = channel("a");
    write(channel, run('B', 20), 0);
    channel.force(true);
    assertWeak("f=B*20");
    assertDropped("f=B*20");
    assertEquals(Set.of("f=B*20"), lab.left(Profile.GARBAGE));
  }

  @Test
  void beforeTheForceReturnsNothingLasts() throws IOException {
    FileChannel channel = channel("a");
    write(channel, "b", 0);
    channel.force(true);
    assertEquals(Set.of("f=a", "f=b"), lab.leftAfter(Profile.WEAK, 1));
    assertEquals(Set.of("f=a"), lab.leftAfter(Profile.DROP_UNSYNCED, 1));
    assertEquals(Set.of("f=b"), lab.leftAfter(Profile.DROP_UNSYNCED, 2));
  }

  @Test
  void aLyingForceDoesNothing() throws IOException {
    FileChannel channel = channel("a");
    write(channel, "b", 0);
    channel.force(true);
    lab.create("g");
    lab.force("");
    assertEquals(Set.of("f=a", "f=b", "f=a g=", "f=b g="), lab.left(Profile.LYING_FORCE));
  }

  @Test
  void theForceOfAFileDoesNotMakeItsNameLast() throws IOException {
    FileChannel channel = lab.create("g");
    write(channel, "x", 0);
    channel.force(true);
    assertWeak("", "g=x");
    assertDropped("");
  }

  @Test
  void theForceOfADirectoryDoesNotMakeDataLast() throws IOException {
    write(lab.create("g"), "x", 0);
    lab.force("");
    assertWeak("g=", "g=.", "g=x");
    assertDropped("g=");
  }

  @Test
  void theForceOfDataTakesTheSizeAlongThatTheyNeed() throws IOException {
    FileChannel channel = channel("a");
    write(channel, "b", 20);
    channel.force(false);
    assertWeak("f=a.*19b");
  }

  @Test
  void theForceOfDataLeavesACutPending() throws IOException {
    FileChannel channel = channel("abcd");
    channel.truncate(2);
    channel.force(false);
    assertWeak("f=ab", "f=abcd");
    assertDropped("f=abcd");
  }

  @Test
  void theForceOfEverythingMakesACutLast() throws IOException {
    FileChannel channel = channel("abcd");
    channel.truncate(2);
    channel.force(true);
    assertWeak("f=ab");
  }

  @Test
  void theForceOfDataTakesACutAlongThatLaterGrowthBuildsOn() throws IOException {
    FileChannel channel = channel("abcd");
    channel.truncate(1);
    write(channel, "X", 2);
    channel.truncate(2);
    channel.force(false);
    assertWeak("f=a.X", "f=a.");
    assertDropped("f=a.X");
  }

  @Test
  void theForceOfDataLeavesACutPendingBesideDurableSectors() throws IOException {
    FileChannel channel = channel(run('A', 32));
    channel.truncate(20);
    write(channel, "B", 0);
    channel.force(false);
    assertWeak("f=BA*19", "f=BA*31");
  }

  @Test
  void closingMakesNothingLast() throws IOException {
    FileChannel channel = channel("a");
    write(channel, "b", 0);
    channel.close();
    assertWeak("f=a", "f=b");
    assertDropped("f=a");
  }

  @Test
  void theForceThroughAnotherHandleIsAsGood() throws IOException {
    write(channel("a"), "b", 0);
    lab.open("f", READ).force(true);
    assertWeak("f=b");
  }

  @Test
  void theForceThroughAnotherNameIsAsGood() throws IOException {
    lab.file("f", "a");
    Files.createLink(lab.at("g"), lab.at("f"));
    Files.createSymbolicLink(lab.at("l"), lab.at("g"));
    lab.begin();
    write(lab.open("f"), "b", 0);
    lab.force("l");
    assertWeak("f=b g=b l->/g");
  }

  @Test
  void theForceOfAnotherFileDoesNothing() throws IOException {
    lab.file("g", "x");
    write(channel("a"), "b", 0);
    lab.force("g");
    assertWeak("f=a g=x", "f=b g=x");
  }

  @Test
  void whatIsWrittenAfterTheForceIsPendingAgain() throws IOException {
    FileChannel channel = channel("a");
    write(channel, "b", 0);
    channel.force(true);
    write(channel, "c", 0);
    assertWeak("f=b", "f=c");
    assertDropped("f=b");
  }

  @Test
  void eachSynchronousWriteIsForced() throws IOException {
    lab.file("f", "a").begin();
    lab.open("f", WRITE, SYNC).write(bytes(run('B', 20)));
    assertWeak("f=B*20");
    assertEquals(2, lab.recording().events().size());
  }

  @Test
  void eachDataSynchronousWriteIsForced() throws IOException {
    lab.file("f", "abcd").begin();
    lab.open("f").truncate(2);
    lab.open("f", WRITE, DSYNC).write(bytes("X"));
    assertWeak("f=Xb", "f=Xb.."); // the sector as it was written, with what the cut had cleared
  }

  @Test
  void aHandleStandsForItsFileAcrossMovesAndBegin() throws IOException {
    FileChannel channel = channel("a");
    Files.move(lab.at("f"), lab.at("g"));
    lab.file("f", "other").begin();
    write(channel, "b", 0);
    assertDropped("f=other g=a");
    assertWeak("f=other g=a", "f=other g=b");
  }

  @Test
  void aHandleStandsForItsFileWhenAnotherOneTookItsName() throws IOException {
    FileChannel channel = channel("a");
    lab.directory("d");
    Files.move(lab.at("f"), lab.at("d/f"));
    lab.file("f", "other").begin();
    write(channel, "b", 0);
    channel.force(false);
    assertWeak("d/ d/f=b f=other");
  }

  @Test
  void theHandleOfADirectoryStandsForItAcrossMoves() throws IOException {
    lab.directory("d").begin();
    FileChannel directory = lab.open("d", READ);
    Files.move(lab.at("d"), lab.at("e"));
    lab.force("");
    lab.create("e/f");
    directory.force(true);
    assertWeak("e/ e/f=");
  }

  @Test
  void theForceOfADeletedFileIsNoDeletion() throws IOException {
    FileChannel channel = channel("a");
    write(channel, "b", 0);
    Files.delete(lab.at("f"));
    channel.force(true);
    assertWeak("", "f=b");
  }

  @Test
  void whatIsWrittenDuringAForceIsNotMadeDurableByIt() throws IOException {
    FileChannel channel = channel("ab");
    write(channel, "X", 0);
    during(() -> write(channel, "Y", 1));
    channel.force(true);
    assertWeak("f=Xb", "f=XY");
    assertDropped("f=Xb");
  }

  @Test
  void whatIsCreatedDuringTheForceOfADirectoryIsNotMadeDurableByIt() throws IOException {
    lab.create("a");
    during(() -> lab.create("b"));
    lab.force("");
    assertWeak("a=", "a= b=");
  }

  @Test
  void aForceThatBeganBeforeTheRecordingMakesNothingOfItDurable() throws IOException {
    FileChannel channel = channel("ab");
    during(() -> {
      lab.begin();
      write(channel, "Y", 1);
    });
    channel.force(true);
    assertWeak("f=ab", "f=aY");
  }

  @Test
  void aForceThatFailsMakesNothingDurable() throws IOException {
    FileChannel channel = channel("a");
    write(channel, "b", 0);
    lab.files().inject(Fault.parse("force ** #1 once before-effect"));
    assertThrows(IOException.class, () -> channel.force(true));
    assertWeak("f=a", "f=b");
    assertEquals(1, lab.recording().events().size());
  }

  /** Something that is done while the next force is under way. */
  private interface Work {
    void run() throws IOException;
  }

  private void during(Work work) {
    boolean[] done = {false};
    lab.files().intercept(new Interceptor() {
      @Override
      public long before(Operation operation) {
        if (operation.kind().forces() && !done[0]) {
          done[0] = true;
          try {
            work.run();
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        }
        return operation.length();
      }
    });
  }
}
