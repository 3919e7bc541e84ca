package org.jetbackup.tck.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jetbackup.tck.crash.CrashRecorder;
import org.jetbackup.tck.crash.CrashStates;
import org.jetbackup.tck.crash.Image;
import org.jetbackup.tck.crash.Profile;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** The kit's file system while somebody records what is done to it: nobody notices. */
class RecordedKitContractTest extends FileSystemContract {

  private final KitFileSystem kit = KitFileSystem.inMemory();
  private final CrashRecorder recorder = CrashRecorder.on(kit, CrashRecorder.SECTOR_TORN);

  @Override
  public Path root() {
    return kit.root();
  }

  @BeforeEach
  void record() {
    recorder.begin();
  }

  /** Whatever the test did, the recording must end with what is there. */
  @AfterEach
  void close() throws IOException {
    try (kit) {
      Thread.interrupted();
      List<Image> images = new ArrayList<>();
      CrashStates.of(recorder.end(), Profile.KILL).forEachRaw(state -> images.add(state.image()));
      try (KitFileSystem left = images.get(images.size() - 1).open()) {
        if (kit.fileSystem().isOpen()) {
          assertEquals(tree(kit.root()), tree(left.root()));
        }
      }
    }
  }

  private static List<String> tree(Path root) throws IOException {
    List<String> lines = new ArrayList<>();
    try (Stream<Path> walk = Files.walk(root)) {
      for (Path path : walk.sorted().toList()) {
        String what = Files.isSymbolicLink(path)
            ? Files.readSymbolicLink(path).toString()
            : Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)
                ? new String(Files.readAllBytes(path), StandardCharsets.ISO_8859_1)
                : "directory";
        lines.add(path + " " + what);
      }
    }
    return lines;
  }
}
