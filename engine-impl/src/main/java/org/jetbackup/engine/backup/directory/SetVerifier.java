package org.jetbackup.engine.backup.directory;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jetbackup.api.error.JetErr;
import org.jetbackup.api.error.JetException;
import org.jetbackup.api.error.Subject;
import org.jetbackup.api.position.LogGeneration;
import org.jetbackup.api.restore.BackupSet;
import org.jetbackup.api.restore.RestoreMoment;
import org.jetbackup.engine.log.LogVerifier;
import org.jetbackup.engine.storage.DataFile;
import org.jetbackup.engine.storage.DataFile.Mode;
import org.jspecify.annotations.Nullable;

/**
 * Checks the set that counts in a backup directory, and tells its moments. Changes nothing.
 *
 * <p>Files are read in pieces of at most 1 MiB, one after the other. Of the logs only the header
 * before the one that is read is remembered, so that the memory that is needed does not grow with
 * the set, but for the manifest.
 *
 * <p>An increment has no list of checksums. What comes behind the closing batch of its logs is not
 * read by anybody, and damage there is not found.
 */
public final class SetVerifier {

  private final BackupChain chain;
  private final ByteBuffer chunk = ByteBuffer.allocate(DataFile.CHUNK_BYTES);
  private long bytes;

  private SetVerifier(BackupChain chain) {
    this.chain = chain;
  }

  /**
   * Reads everything that a restore relies on.
   *
   * @param directory a backup directory
   * @return what it holds
   * @throws JetException the first thing that is wrong: {@link JetErr#INVALID_PATH} if there is no
   *     such directory; {@link JetErr#FILE_NOT_FOUND} if it has no set, or a database of it is
   *     missing; {@link JetErr#READ_VERIFY_FAILURE} with the page; {@link
   *     JetErr#DATABASE_CORRUPTED} for the manifest, or a database whose pages are right one by
   *     one; {@link JetErr#LOG_CORRUPT_DURING_HARD_RESTORE} for a log, {@link
   *     JetErr#LOG_FILE_CORRUPT} for the logs of a backup that do not end as such; and as {@link
   *     BackupChain#logs()}
   */
  public static BackupSet verify(Path directory) {
    SetVerifier verifier = new SetVerifier(BackupDirectory.open(directory).chain());
    return verifier.verify();
  }

  /**
   * Lists the moments to which the set can bring its databases. Reads no more than is needed.
   *
   * @param directory a backup directory
   * @return one for each backup of the chain, oldest first
   * @throws JetException as {@link #verify}, which looks at more
   */
  public static List<RestoreMoment> moments(Path directory) {
    return moments(BackupDirectory.open(directory).chain());
  }

  private static List<RestoreMoment> moments(BackupChain chain) {
    List<RestoreMoment> moments = new ArrayList<>();
    LogGeneration last = chain.manifest().genHigh();
    moments.add(MomentNotes.read(chain, RestoreMoment.Kind.FULL, last));
    for (Increment increment : chain.increments()) {
      moments.add(MomentNotes.read(chain, RestoreMoment.Kind.INCREMENTAL, increment.genHigh()));
    }
    return moments;
  }

  private BackupSet verify() {
    Manifest manifest = chain.manifest();
    try (DataFile file = DataFile.open(chain.set().resolve(Manifest.FILE_NAME), Mode.READ)) {
      bytes += file.size();
    }
    List<String> origins = new ArrayList<>();
    for (SetDatabase database : manifest.databases()) {
      bytes += SetDatabaseReader.read(chain, database, (piece, position) -> {});
      origins.add(database.origin().path());
    }
    verifyLogs();
    moments(chain);
    origins.sort(null);
    return new BackupSet(
        origins, manifest.genLow(), chain.genHigh(), chain.increments().size(), bytes);
  }

  private void verifyLogs() {
    LogVerifier.Verified before = null;
    long last = chain.genHigh().value();
    for (long number = chain.manifest().genLow().value(); number <= last; number++) {
      before = verifyLog(new LogGeneration(number), before);
    }
  }

  private LogVerifier.Verified verifyLog(
      LogGeneration generation, LogVerifier.@Nullable Verified before) {
    Path path = chain.fileOf(generation);
    LogVerifier.Verified log;
    try {
      log = LogVerifier.verify(path);
    } catch (JetException e) {
      throw BackupChain.asOfSet(e, path, generation);
    }
    chain.requireBelongs(log.file(), generation, before == null ? null : before.file());
    if (before != null && log.file().header().facts().previousChain() != before.chain()) {
      throw BackupChain.notContiguous(path, generation);
    }
    Manifest manifest = chain.manifest();
    if (generation.compareTo(manifest.genHigh()) <= 0) {
      int index = (int) (generation.value() - manifest.genLow().value());
      requireChecksum(path, manifest.logs().get(index));
    }
    bytes += manifest.logFileBytes();
    return log;
  }

  private void requireChecksum(Path path, SetFile expected) {
    if (!expected.hasChecksumOf(path, chunk)) {
      throw JetException.of(
          JetErr.LOG_CORRUPT_DURING_HARD_RESTORE,
          Subject.path(path),
          Subject.value("checksum of the whole file", "wrong"));
    }
  }
}
