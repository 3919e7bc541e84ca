package org.jetbackup.tck.explore;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jetbackup.tck.FileKind;
import org.jetbackup.tck.crash.CrashPoint;
import org.jetbackup.tck.crash.CrashRecorder;
import org.jetbackup.tck.crash.CrashStates;
import org.jetbackup.tck.crash.Event;
import org.jetbackup.tck.crash.Image;
import org.jetbackup.tck.crash.Profile;
import org.jetbackup.tck.fixture.Node;
import org.jetbackup.tck.fixture.World;
import org.jetbackup.tck.model.Answer;
import org.jetbackup.tck.model.Contents;
import org.jetbackup.tck.storage.Operation;
import org.jetbackup.tck.storage.OperationKind;

/**
 * What is left of an instance whose process died after its last commit had returned, with at least
 * two generations of the log, so that some byte of the log can be damaged before it is opened again.
 */
public final class Wreck {

  /** Byte positions that are tried in one file; more are spread evenly. */
  private static final int PLACES_MAX = 200;

  /**
   * A byte of a log file.
   *
   * @param file relative to the root
   */
  public record Place(String file, long offset) {}

  /** What init made of a damaged log: its answer, and what there was if it succeeded. */
  public record Seen(Answer answer, Contents contents) {}

  private final World outer;
  private final WorkloadRun run;
  private final Image image;
  private final Operation lastWrite;

  private Wreck(World outer, WorkloadRun run, Image image, Operation lastWrite) {
    this.outer = outer;
    this.run = run;
    this.image = image;
    this.lastWrite = lastWrite;
  }

  /** Lets an instance die. */
  public static Wreck of(World outer) {
    Workload workload = Workload.ofTwoGenerations();
    WorkloadRun run = WorkloadRun.of(outer, workload, CrashRecorder.SECTOR_DEFAULT);
    List<Event> events = run.recording().events();
    Operation lastWrite = null;
    for (Event event : events) {
      if (event instanceof Event.Step step
          && step.operation().kind() == OperationKind.WRITE
          && isLog(outer, step.operation().path())) {
        lastWrite = step.operation();
      }
    }
    if (lastWrite == null) {
      throw outer.violation(
          "CRASH-1", "a commit writes to a file that the plug-in calls a log", "no such write");
    }
    Image image = CrashStates.of(run.recording(), Profile.KILL)
        .find(new CrashPoint(events.size(), 0), List.of())
        .image();
    return new Wreck(outer, run, image, lastWrite);
  }

  private static boolean isLog(World world, String name) {
    return world.settings().plugin().kindOf(world.path(name)) == FileKind.LOG;
  }

  /** What was acknowledged. */
  public Contents acknowledged() {
    return run.expectations().get(run.expectations().size() - 1).acknowledged();
  }

  /** What was acknowledged before the last commit. */
  public Contents beforeTheLastCommit() {
    return run.expectations().get(run.expectations().size() - 3).acknowledged();
  }

  /** Bytes of the generations to which nothing is written any more. */
  public List<Place> closedGenerations() {
    List<Place> places = new ArrayList<>();
    try (World world = outer.on(image.open())) {
      for (String file : world.filesBelow(world.root())) {
        if (isLog(world, file) && !file.equals(lastWrite.path())) {
          places.addAll(spread(file, 0, Files.size(world.path(file))));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return places;
  }

  /** Bytes of what the last commit wrote. */
  public List<Place> lastBatch() {
    return spread(lastWrite.path(), lastWrite.offset(), lastWrite.offset() + lastWrite.length());
  }

  private static List<Place> spread(String file, long from, long until) {
    Set<Long> offsets = new TreeSet<>();
    long count = Math.min(PLACES_MAX, until - from);
    for (long i = 0; i < count; i++) {
      offsets.add(from + i * (until - from) / count);
    }
    return offsets.stream().map(offset -> new Place(file, offset)).toList();
  }

  /** Damages one byte and opens the instance on it. */
  public Seen open(Place place) {
    try (World world = outer.on(image.open())) {
      Path file = world.path(place.file());
      byte[] bytes = Files.readAllBytes(file);
      bytes[Math.toIntExact(place.offset())] ^= 0x10;
      Files.write(file, bytes);
      outer.record("byte " + place.offset() + " of " + place.file() + " is damaged");
      Node node = world.node("main");
      run.expectations().get(0).databases().forEach((name, at) -> node.knows(name, world.path(at)));
      Contents[] contents = {Contents.EMPTY};
      Answer answer = node.tryStart();
      if (answer.isSuccess()) {
        answer = Answer.to(() -> {
          node.databases().values().forEach(db -> node.session().attachDatabase(db));
          contents[0] = node.contents();
        });
      }
      outer.record("  init and attach -> " + answer);
      world.files().freeze();
      return new Seen(answer, contents[0]);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
