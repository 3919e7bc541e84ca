package org.jetbackup.engine.durable;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jetbackup.api.param.Parameters;
import org.jetbackup.tck.crash.CrashPoint;
import org.jetbackup.tck.crash.CrashRecorder;
import org.jetbackup.tck.crash.Event;
import org.jetbackup.tck.crash.Recording;
import org.jetbackup.tck.storage.KitFileSystem;

/** A workload, recorded, and what is legal at which point of it. Immutable. */
final class Played {

  private final Workload workload;
  private final Disk disk;
  private final Recording recording;
  private final List<List<Picture>> legal = new ArrayList<>();
  private final int[] legalAt;

  private Played(Workload workload, Disk disk, Recording recording, List<List<Picture>> moments) {
    this.workload = workload;
    this.disk = disk;
    this.recording = recording;
    this.legalAt = new int[recording.events().size() + 1];
    Map<List<Picture>, Integer> numbers = new HashMap<>();
    int now = 0;
    for (int i = 0; i <= recording.events().size(); i++) {
      if (i > 0
          && recording.events().get(i - 1) instanceof Event.Mark mark
          && mark.text().startsWith(Player.MOMENT)) {
        now = Integer.parseInt(mark.text().substring(Player.MOMENT.length()));
      }
      List<Picture> pictures = moments.get(now);
      Integer number = numbers.putIfAbsent(pictures, legal.size());
      if (number == null) {
        number = legal.size();
        legal.add(pictures);
      }
      legalAt[i] = number;
    }
  }

  /** Plays it. */
  static Played of(Subject subject, Workload workload, Disk disk) {
    try (KitFileSystem files = KitFileSystem.inMemory()) {
      files.captureStacks(false);
      Lab.makeDirectories(files.root());
      CrashRecorder recorder = CrashRecorder.on(files, disk.sector());
      Parameters parameters = workload.parameters(files.root(), disk);
      try (Player player = new Player(subject, files, recorder, parameters)) {
        workload.play(player);
        return new Played(workload, disk, recorder.end(), player.moments());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Workload workload() {
    return workload;
  }

  Disk disk() {
    return disk;
  }

  /** The settings of its instances, and of those that come after them. */
  Parameters parameters(Path root) {
    return workload.parameters(root, disk);
  }

  Recording recording() {
    return recording;
  }

  /** A number for what is legal at a point; equal where the same is. */
  int legalNumber(CrashPoint point) {
    return legalAt[point.events()];
  }

  /** What is legal at a point, what was acknowledged first. */
  List<Picture> legal(CrashPoint point) {
    return legal.get(legalNumber(point));
  }

  /** Every picture that was legal at some point, in order. */
  List<Picture> everLegal() {
    return legal.stream().flatMap(List::stream).distinct().toList();
  }
}
