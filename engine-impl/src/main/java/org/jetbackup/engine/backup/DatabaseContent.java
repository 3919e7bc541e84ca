package org.jetbackup.engine.backup;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jetbackup.api.error.JetErr;
import org.jetbackup.api.error.JetException;
import org.jetbackup.api.position.PageNumber;
import org.jetbackup.engine.buffer.PagedFile;
import org.jetbackup.engine.catalog.Database;
import org.jetbackup.engine.format.BackupInfo;
import org.jetbackup.engine.format.HeaderField;
import org.jetbackup.engine.format.PageChecksum;
import org.jetbackup.engine.format.PageSize;
import org.jetbackup.engine.storage.DataFile;
import org.jspecify.annotations.Nullable;

/**
 * A database while others work on it: the header twice, marked as a copy, then the pages that the
 * file had when it was opened, as they stand in the file. What the file grows by meanwhile, and
 * what is changed behind the reader, is in the log of the backup.
 *
 * <pre>{@code
 *   piece of up to 1 MiB --read, no page of it is being written--> every page verified --> out
 *          ^                                     |
 *          +-- pause, again, 16 times at most ---+ damaged or unreadable
 * }</pre>
 *
 * <p>A page of zeros was never written, and is fine. For one thread.
 */
final class DatabaseContent implements Content {

  private static final int HEADER_PAGES = 2;

  private final PagedFile pages;
  private final PageSize pageSize;
  private final ByteBuffer header;
  private final long pageCount;
  private final Pauses pauses;
  private final BackupEvents events;
  private final Clock clock;
  private final Runnable goingOn;

  /** The next page to hand out, the two headers counted as pages 0 and 1. */
  private long next;

  private DatabaseContent(
      Database database,
      BackupInfo current,
      Pauses pauses,
      BackupEvents events,
      Clock clock,
      Runnable goingOn) {
    this.pages = database.pages();
    this.pageSize = pages.pageSize();
    this.header = database
        .header()
        .change()
        .set(HeaderField.CURRENT_FULL_BACKUP, current)
        .header()
        .encode();
    this.pageCount = pages.pagesThere();
    this.pauses = pauses;
    this.events = events;
    this.clock = clock;
    this.goingOn = goingOn;
  }

  /**
   * Opens a database.
   *
   * @param current what its copy says of this backup
   * @param goingOn throws if the backup is to end; asked before each attempt
   * @throws JetException {@link JetErr#DATABASE_CORRUPTED} if neither header on the disk is good
   */
  static DatabaseContent open(
      SourceDatabase source,
      BackupInfo current,
      Pauses pauses,
      BackupEvents events,
      Clock clock,
      Runnable goingOn) {
    Database.headerOf(source.path());
    return new DatabaseContent(source.database(), current, pauses, events, clock, goingOn);
  }

  @Override
  public long size() {
    return (pageCount + HEADER_PAGES) * pageSize.bytes();
  }

  @Override
  public int unit() {
    return pageSize.bytes();
  }

  @Override
  public int read(ByteBuffer target) {
    int begin = target.position();
    while (target.remaining() >= pageSize.bytes() && next < pageCount + HEADER_PAGES) {
      if (next < HEADER_PAGES) {
        target.put(header.duplicate());
        next++;
      } else {
        readPiece(target);
      }
    }
    return target.position() - begin;
  }

  private void readPiece(ByteBuffer target) {
    long first = next - HEADER_PAGES + PageNumber.MIN;
    int most = Math.min(target.remaining(), DataFile.CHUNK_BYTES) / pageSize.bytes();
    int count = (int) Math.min(most, pageCount + HEADER_PAGES - next);
    ByteBuffer piece = target.slice(target.position(), count * pageSize.bytes());
    readVerified(first, piece.order(ByteOrder.LITTLE_ENDIAN));
    target.position(target.position() + piece.capacity());
    next += count;
  }

  private void readVerified(long first, ByteBuffer piece) {
    PageNumber number = new PageNumber(first);
    @Nullable Instant firstFailure = null;
    for (int failures = 0; true; failures++) {
      goingOn.run();
      try {
        pages.readFromFile(number, piece.clear());
        verify(first, piece);
        if (firstFailure != null) {
          long seconds = Duration.between(firstFailure, clock.instant()).toSeconds();
          events.pageReadAgain(
              path(), pageSize.offsetOf(number), piece.capacity(), failures, seconds);
        }
        return;
      } catch (JetException e) {
        if (e.error() != JetErr.READ_VERIFY_FAILURE) {
          events.cannotRead(path(), pageSize.offsetOf(number), piece.capacity(), e);
        }
        firstFailure = firstFailure == null ? clock.instant() : firstFailure;
        if (failures == Pauses.REPETITIONS) {
          throw e;
        }
        pauses.before(failures + 1);
      }
    }
  }

  private void verify(long first, ByteBuffer piece) {
    for (int at = 0; at < piece.capacity(); at += pageSize.bytes()) {
      PageNumber number = new PageNumber(first + at / pageSize.bytes());
      ByteBuffer page = piece.slice(at, pageSize.bytes()).order(ByteOrder.LITTLE_ENDIAN);
      try {
        PageChecksum.verify(page, pageSize, number).requireAcceptable(path(), number);
      } catch (JetException e) {
        events.log().pageIsCorrupt(path(), number, pageSize, e);
        throw e;
      }
    }
  }

  private Path path() {
    return pages.path();
  }

  /** The database stays open. */
  @Override
  public void close() {}
}
