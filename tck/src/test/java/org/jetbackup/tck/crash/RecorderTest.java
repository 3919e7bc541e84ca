package org.jetbackup.tck.crash;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;
import static org.jetbackup.tck.crash.Lab.write;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jetbackup.tck.storage.KitFileSystem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the recorder needs to know, beside the operations themselves. */
class RecorderTest {

  @Test
  void whatWasThereBeforeIsDurable() throws IOException {
    try (KitFileSystem files = KitFileSystem.inMemory()) {
      Files.writeString(files.root().resolve("f"), "old");
      Files.createSymbolicLink(files.root().resolve("l"), files.root().resolve("f"));
      Files.createDirectories(files.root().resolve("d/e"));
      CrashRecorder recorder = CrashRecorder.on(files, Lab.SECTOR);
      recorder.begin();
      List<String> left = new ArrayList<>();
      CrashStates.of(recorder.end(), Profile.DROP_UNSYNCED)
          .forEach(state -> left.add(Content.of(state.image()).toString()));
      assertEquals(List.of("d/ d/e/ f=old l->/f"), left);
    }
  }

  @Test
  void severalNamesOfAFileThatWereThereBeforeAreKnownAsOne() throws IOException {
    try (KitFileSystem files = KitFileSystem.inMemory()) {
      Files.writeString(files.root().resolve("f"), "old");
      Files.createLink(files.root().resolve("g"), files.root().resolve("f"));
      try (Lab lab = new Lab(files, Lab.SECTOR)) {
        write(lab.open("f"), "new", 0);
        assertEquals(Set.of("f=new g=new"), lab.left(Profile.KILL));
        assertEquals(Set.of("f=old g=old", "f=new g=new"), lab.left(Profile.WEAK));
      }
    }
  }

  @Test
  void aFileCreatedThroughALinkThatLeadsNowhereHasTheNameThatTheLinkSays(@TempDir Path directory)
      throws IOException {
    Path real = directory.toRealPath();
    try (Lab lab = new Lab(KitFileSystem.over(real), Lab.SECTOR)) {
      lab.directory("d");
      Files.createSymbolicLink(lab.at("l"), lab.files().fileSystem().getPath("d/f"));
      Files.createSymbolicLink(lab.at("d/m"), lab.at("l"));
      lab.begin();
      write(lab.open("d/m", WRITE, CREATE), "x", 0);
      lab.force("l");
      lab.force("d");
      assertEquals("d/ d/f=x d/m->/l l->d/f", lab.now());
      assertEquals(Set.of(lab.now()), lab.left(Profile.DROP_UNSYNCED));
    }
  }

  @Test
  void aFileThatIsOpenCannotBeOverlooked() throws IOException {
    try (KitFileSystem files = KitFileSystem.inMemory();
        FileChannel open = FileChannel.open(files.root().resolve("f"), WRITE, CREATE)) {
      assertTrue(open.isOpen());
      assertThrows(IllegalStateException.class, () -> CrashRecorder.on(files));
    }
  }

  @Test
  void aSectorIsAPowerOfTwoFromSixteenOn() throws IOException {
    try (KitFileSystem files = KitFileSystem.inMemory()) {
      for (int size : new int[] {-512, 0, 8, 17, 4095}) {
        assertThrows(
            IllegalArgumentException.class, () -> CrashRecorder.on(files, size), "of " + size);
      }
    }
  }

  @Test
  void endingNeedsABeginning() throws IOException {
    try (KitFileSystem files = KitFileSystem.inMemory()) {
      CrashRecorder recorder = CrashRecorder.on(files);
      assertThrows(IllegalStateException.class, recorder::end);
      recorder.begin();
      assertFalse(recorder.end().writes());
      assertThrows(IllegalStateException.class, recorder::end);
    }
  }

  @Test
  void beginDropsWhatWasRecordedAndCountsItAsDurable() throws IOException {
    try (Lab lab = new Lab()) {
      FileChannel channel = lab.create("f");
      write(channel, "a", 0);
      lab.begin();
      write(channel, "b", 0);
      assertEquals(Set.of("f=a", "f=b"), lab.left(Profile.WEAK));
      assertEquals(1, lab.recording().events().size());
    }
  }

  @Test
  void whatHappensAfterTheEndChangesNoRecording() throws IOException {
    try (Lab lab = new Lab()) {
      lab.create("f");
      Recording recording = lab.recording();
      int files = recording.base().files().size();
      int directories = recording.base().directories().size();
      lab.directory("d").create("g");
      assertEquals(files, recording.base().files().size());
      assertEquals(directories, recording.base().directories().size());
      assertEquals(1, recording.events().size());
      assertEquals(1, recording.unitCount());
    }
  }

  @Test
  void aSecondRecordingGoesOnWhereTheFirstEnded() throws IOException {
    try (Lab lab = new Lab()) {
      FileChannel channel = lab.create("f");
      lab.recorder().end();
      write(channel, "a", 0);
      lab.begin();
      write(channel, "b", 0);
      assertEquals(Set.of("f=a"), lab.left(Profile.DROP_UNSYNCED));
    }
  }

  @Test
  void marksAndStepsPrintInTheirOrderWithoutNumbersOfTheFileSystem() throws IOException {
    try (Lab lab = new Lab()) {
      lab.file("f", "ab").begin();
      lab.recorder().mark("begun");
      Files.move(lab.at("f"), lab.at("g"));
      lab.open("g").truncate(1).force(false);
      lab.recorder().mark("done");
      List<String> events = new ArrayList<>();
      lab.recording().events().forEach(event -> events.add(event.toString()));
      assertEquals(
          List.of("-- begun", "1 move f -> g", "2 truncate g to 1", "3 force-data g", "-- done"),
          events);
      assertEquals(2, lab.recording().unitCount());
      assertTrue(lab.recording().writes());
    }
  }

  @Test
  void whatTwoThreadsDoToDifferentFilesIsAllThere() throws Exception {
    try (Lab lab = new Lab()) {
      ExecutorService threads = Executors.newFixedThreadPool(2);
      try {
        List<Callable<Integer>> works = List.of(() -> work(lab, "a"), () -> work(lab, "b"));
        for (Future<Integer> work : threads.invokeAll(works)) {
          assertEquals(200, work.get());
        }
      } finally {
        threads.shutdownNow();
      }
      assertEquals(Set.of(lab.now()), lab.left(Profile.KILL));
      assertEquals(Set.of(lab.now()), lab.left(Profile.DROP_UNSYNCED));
    }
  }

  private static int work(Lab lab, String name) throws IOException {
    int writes = 0;
    try (FileChannel channel = FileChannel.open(lab.at(name), WRITE, CREATE)) {
      lab.force("");
      for (; writes < 200; writes++) {
        write(channel, name + writes, writes * 3L % 100);
        if (writes % 5 == 0) {
          channel.force(writes % 2 == 0);
        }
      }
      channel.force(true);
    }
    return writes;
  }
}
