package org.jetbackup.engine.restore;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jetbackup.api.Environment;
import org.jetbackup.engine.checkpoint.Attachment;
import org.jetbackup.engine.checkpoint.AttachmentList;
import org.jetbackup.engine.checkpoint.Checkpoint;
import org.jetbackup.engine.checkpoint.CheckpointFile;
import org.jetbackup.engine.format.LogTime;
import org.jetbackup.engine.log.Log;
import org.jetbackup.engine.log.LogFile;
import org.jetbackup.engine.log.LogFiles;
import org.jetbackup.engine.log.LogOptions;
import org.jetbackup.engine.log.LogWriter;
import org.jetbackup.engine.log.NoLog;
import org.jetbackup.engine.recovery.LoggedFiles;
import org.jetbackup.engine.storage.Directories;

/**
 * The end of a restore in place, from the marker on: what was staged takes the place of what was
 * there, and the log goes on.
 *
 * <p>Databases are finished with a log even if no live one was there. What finishing them changes
 * would else be missing when the set is restored again, together with the log that has come since.
 * For one thread, once.
 */
final class InPlace {

  private final RestorePlaces places;
  private final LogOptions options;
  private final Environment environment;
  private final LoggedFiles files;
  private final Marker marker;

  InPlace(RestorePlaces places, Environment environment, LoggedFiles files) {
    this.places = places;
    this.options = places.recovery().log();
    this.environment = environment;
    this.files = files;
    this.marker = new Marker(options);
  }

  /**
   * Finish: makes databases whole and clean that are staged, with a log that is open, and gives
   * them their places.
   */
  void run(LogContent content, StagedDatabases databases, Consumer<Log> finish) {
    if (places.logging()) {
      runWithLog(content, databases, finish);
    } else {
      marker.write(Optional.empty());
      finish.accept(new NoLog());
    }
    marker.remove();
  }

  private void runWithLog(LogContent content, StagedDatabases databases, Consumer<Log> finish) {
    Instant now = environment.clock().instant();
    mark(content, now);
    try (LogWriter log = open(content, now)) {
      finish.accept(log);
      if (content.live().goesOn()) {
        settleOthers(content, databases);
      }
      CheckpointFile checkpoint = new CheckpointFile(places.recovery().checkpointFile());
      checkpoint.read(); // the next one must be the newer one
      checkpoint.write(new Checkpoint(log.end(), log.signature(), attached(content)));
    }
  }

  /**
   * Puts the marker there and takes away what is in the way of the log. A marker that an earlier
   * run has left protects that already; it names what that run has begun, and must do so until it
   * is gone.
   */
  private void mark(LogContent content, Instant now) {
    Optional<Marker.Own> own = content.live().goesOn()
        ? Optional.empty()
        : Optional.of(
            new Marker.Own(content.logs().all().last().generation().next(), LogTime.of(now)));
    boolean wasThere = marker.isThere();
    if (!wasThere) {
      marker.write(own);
    }
    for (Path stale : content.live().stale()) {
      Directories.delete(stale);
      Directories.force(options.directory()); // a crash must not change the order
    }
    if (wasThere) {
      marker.write(own);
    }
  }

  private LogWriter open(LogContent content, Instant now) {
    LiveLogs live = content.live();
    byte[] state = attached(content).encode();
    if (live.goesOn()) {
      LogFiles staying = LogFiles.of(options.directory(), options.baseName(), live.staying());
      return LogWriter.open(staying, options, content.end(), environment, () -> state);
    }
    // The marker has said when this generation is made.
    Environment then = new Environment(
        Clock.fixed(now, ZoneOffset.UTC), environment.random(), environment.executor());
    LogFile last = content.logs().all().last();
    return LogWriter.createAfter(options, last, content.end().chain(), then, () -> state);
  }

  /** All databases are clean when this counts. */
  private static AttachmentList attached(LogContent content) {
    return new AttachmentList(content.analysis().lastDatabaseId(), List.of());
  }

  /** Does for databases that are not restored what recovery would do. */
  private void settleOthers(LogContent content, StagedDatabases databases) {
    for (Attachment ended : content.analysis().ended()) {
      if (!databases.isPlace(places.recovery().fileOf(ended))) {
        files.finish(ended);
      }
    }
    content.analysis().dropped().forEach(files::delete);
    for (Attachment begun : content.analysis().unfinished()) {
      if (!databases.isPlace(places.recovery().fileOf(begun))) {
        files.deleteUnfinished(begun);
      }
    }
  }
}
