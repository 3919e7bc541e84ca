package org.jetbackup.engine.backup.directory;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Optional;
import java.util.zip.CRC32C;
import org.jetbackup.api.error.JetErr;
import org.jetbackup.api.error.JetException;
import org.jetbackup.api.error.Subject;
import org.jetbackup.api.position.PageNumber;
import org.jetbackup.engine.format.BackupInfo;
import org.jetbackup.engine.format.DatabaseFileHeader;
import org.jetbackup.engine.format.DatabaseState;
import org.jetbackup.engine.format.HeaderCopies;
import org.jetbackup.engine.format.HeaderField;
import org.jetbackup.engine.format.PageChecksum;
import org.jetbackup.engine.format.PageSize;
import org.jetbackup.engine.storage.DataFile;
import org.jetbackup.engine.storage.DataFile.Mode;

/**
 * Reads the copy of a database from its start to its end, and checks all of it on the way.
 *
 * <p>Damage has the name of its page: pages are looked at before the checksum of the whole file,
 * which finds the rest, such as a page that is right and belongs to another copy.
 */
public final class SetDatabaseReader {

  private static final int HEADERS = 2;

  private final Manifest manifest;
  private final SetDatabase database;
  private final Path path;
  private final PageSize pageSize;
  private final CRC32C checksum = new CRC32C();

  private SetDatabaseReader(BackupChain chain, SetDatabase database) {
    this.manifest = chain.manifest();
    this.database = database;
    this.path = chain.fileOf(database);
    this.pageSize = manifest.pageSize();
  }

  /** Takes what was read. */
  @FunctionalInterface
  public interface Sink {

    /**
     * Takes the next piece.
     *
     * @param chunk headers and pages that were checked, from position to limit; little endian, the
     *     reader's own, only until the call returns
     * @param position in bytes from the start of the file
     */
    void accept(ByteBuffer chunk, long position);
  }

  /**
   * Reads. Whether length and checksum of the whole file are right is known only at the end, so
   * that nothing counts that the sink got before the call returns.
   *
   * @param chain the set
   * @param database of its manifest
   * @param sink takes pieces of at most 1 MiB, in their order
   * @return the length of the file
   * @throws JetException {@link JetErr#FILE_NOT_FOUND} if it is missing; {@link
   *     JetErr#READ_VERIFY_FAILURE} with the first bad page; {@link JetErr#DATABASE_CORRUPTED} if a
   *     header is damaged or does not fit the manifest, or length or checksum are wrong
   */
  public static long read(BackupChain chain, SetDatabase database, Sink sink) {
    SetDatabaseReader reader = new SetDatabaseReader(chain, database);
    try (DataFile file = DataFile.open(reader.path, Mode.READ)) {
      reader.read(file, sink);
    }
    return database.file().bytes();
  }

  private void read(DataFile file, Sink sink) {
    long size = file.size();
    long expected = database.file().bytes();
    long end = Math.min(size, expected) / pageSize.bytes() * pageSize.bytes();
    ByteBuffer chunk = ByteBuffer.allocateDirect((int) Math.min(DataFile.CHUNK_BYTES, expected))
        .order(ByteOrder.LITTLE_ENDIAN);
    long position = 0;
    while (position < end) {
      chunk.clear().limit((int) Math.min(chunk.capacity(), end - position));
      file.readFully(chunk, position);
      chunk.flip();
      check(chunk, position);
      checksum.update(chunk.duplicate());
      int length = chunk.limit();
      sink.accept(chunk, position);
      position += length;
    }
    if (size != expected) {
      throw corrupted(Subject.value("length", size, "" + expected));
    }
    if ((int) checksum.getValue() != database.file().crc32c()) {
      throw corrupted(Subject.value("checksum of the whole file", "wrong"));
    }
  }

  private void check(ByteBuffer chunk, long position) {
    int at = 0;
    if (position == 0) {
      checkHeaders(chunk);
      at = HEADERS * pageSize.bytes();
    }
    while (at < chunk.limit()) {
      ByteBuffer page = chunk.slice(at, pageSize.bytes()).order(ByteOrder.LITTLE_ENDIAN);
      PageNumber number = pageSize.pageAt(position + at);
      PageChecksum.verify(page, pageSize, number).requireAcceptable(path, number);
      at += pageSize.bytes();
    }
  }

  private void checkHeaders(ByteBuffer start) {
    int length = Math.min(start.limit(), HeaderCopies.BYTES);
    HeaderCopies copies = HeaderCopies.read(start.slice(0, length), path);
    require(copies.primaryGood() && copies.shadowGood(), "copies of header", "one is damaged");
    DatabaseFileHeader header = copies.header();
    require(header.pageSize() == pageSize, "page size", header.pageSize());
    require(header.state() == DatabaseState.DIRTY, "state", header.state());
    requireField(header, HeaderField.DATABASE_SIGNATURE, database.origin().signature());
    requireField(header, HeaderField.DATABASE_ID, (long) database.origin().databaseId());
    requireField(header, HeaderField.LOG_SIGNATURE, manifest.log());
    BackupInfo copied = header.get(HeaderField.CURRENT_FULL_BACKUP);
    boolean fits = copied.mark().isPresent()
        && copied.time().moment().isPresent()
        && copied.first().equals(Optional.of(manifest.genLow()))
        && copied.mark().get().generation().compareTo(manifest.genHigh()) <= 0;
    require(fits, "current full backup", copied);
  }

  private <T> void requireField(DatabaseFileHeader header, HeaderField<T> field, T value) {
    require(header.get(field).equals(value), field.name(), header.get(field));
  }

  private void require(boolean holds, String name, Object found) {
    if (!holds) {
      throw corrupted(Subject.value(name, found));
    }
  }

  private JetException corrupted(Subject what) {
    return JetException.of(JetErr.DATABASE_CORRUPTED, Subject.path(path), what);
  }
}
