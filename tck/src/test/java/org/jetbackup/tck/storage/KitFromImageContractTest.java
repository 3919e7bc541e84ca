package org.jetbackup.tck.storage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jetbackup.tck.crash.CrashRecorder;
import org.jetbackup.tck.crash.CrashStates;
import org.jetbackup.tck.crash.Image;
import org.jetbackup.tck.crash.Profile;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** The kit's file system made of what a crash has left, with a recorder that listens. */
class KitFromImageContractTest extends FileSystemContract {

  private Image.Opened opened;

  @BeforeEach
  void crash() throws IOException {
    try (KitFileSystem kit = KitFileSystem.inMemory()) {
      CrashRecorder recorder = CrashRecorder.on(kit);
      recorder.begin();
      Files.writeString(Files.createDirectory(kit.root().resolve("subject")).resolve("f"), "x");
      Files.delete(kit.root().resolve("subject/f"));
      List<Image> images = new ArrayList<>();
      CrashStates.of(recorder.end(), Profile.KILL).forEachRaw(state -> images.add(state.image()));
      opened = images.get(images.size() - 1).openRecorded();
      opened.recorder().begin();
    }
  }

  @Override
  public Path root() {
    return opened.files().root().resolve("subject");
  }

  @AfterEach
  void close() throws IOException {
    opened.close();
  }
}
