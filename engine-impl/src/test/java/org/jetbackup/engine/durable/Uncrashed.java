package org.jetbackup.engine.durable;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.jetbackup.tck.crash.CrashRecorder;
import org.jetbackup.tck.storage.KitFileSystem;

/** A workload from its begin to an orderly end. Nothing is lost, so all of it must be there. */
final class Uncrashed {

  private Uncrashed() {}

  /** Plays it, begins again and demands the same as after a crash. */
  static void requireRight(Subject subject, Workload workload, Disk disk) {
    try (KitFileSystem files = KitFileSystem.inMemory()) {
      files.captureStacks(false);
      Lab.makeDirectories(files.root());
      CrashRecorder recorder = CrashRecorder.on(files, disk.sector());
      try (Player player =
          new Player(subject, files, recorder, workload.parameters(files.root(), disk))) {
        workload.play(player);
        player.endIfRunning();
        recorder.detach();
        new Judge(subject, root -> workload.parameters(root, disk))
            .judge(files, List.of(player.last()));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
