package org.jetbackup.tck.selftest.model;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Optional;
import org.jetbackup.api.backup.BackupRecords;
import org.jetbackup.api.backup.Bkinfo;
import org.jetbackup.api.backup.DatabaseHeader;
import org.jetbackup.api.error.JetErr;
import org.jetbackup.api.error.JetException;
import org.jetbackup.api.error.Subject;
import org.jetbackup.api.position.LogGeneration;
import org.jetbackup.api.position.LogPosition;

/**
 * The file of one database: a snapshot of all it holds, replaced as a whole.
 *
 * <p>It holds exactly the effect of the records of its log up to a number. A dirty file belongs to
 * that log and needs what follows; a clean one stands on its own.
 *
 * @param signature the log to which it belongs, 0 for none
 * @param sequence the last record whose effect it holds
 * @param generation the generation in which the next record lies
 * @param isBackupCopy whether it lies in a set and needs a restore
 */
record DatabaseFile(
    DatabaseHeader.State state,
    long signature,
    long sequence,
    long generation,
    boolean isBackupCopy,
    BackupRecords records,
    Tables tables) {

  private static final int HEADER_MAGIC = 0x4A424448;
  private static final int CONTENT_MAGIC = 0x4A424443;

  static DatabaseFile clean(
      long signature, long sequence, long generation, BackupRecords records, Tables tables) {
    return new DatabaseFile(
        DatabaseHeader.State.CLEAN_SHUTDOWN,
        signature,
        sequence,
        generation,
        false,
        records,
        tables);
  }

  static DatabaseFile dirty(Log log, BackupRecords records, Tables tables) {
    return new DatabaseFile(
        DatabaseHeader.State.DIRTY_SHUTDOWN,
        log.signature(),
        log.sequence(),
        log.generation(),
        false,
        records,
        tables);
  }

  DatabaseFile asBackupCopy(Tables content) {
    return new DatabaseFile(state, signature, sequence, generation, true, records, content);
  }

  DatabaseFile with(BackupRecords other) {
    return new DatabaseFile(state, signature, sequence, generation, isBackupCopy, other, tables);
  }

  boolean isClean() {
    return state == DatabaseHeader.State.CLEAN_SHUTDOWN;
  }

  byte[] encode() {
    byte[] header = Frame.seal(HEADER_MAGIC, out -> {
      out.writeUTF(state.name());
      out.writeLong(signature);
      out.writeLong(sequence);
      out.writeLong(generation);
      out.writeBoolean(isBackupCopy);
      writeRecord(out, records.fullPrevious());
      writeRecord(out, records.incrementalPrevious());
      writeRecord(out, records.copyPrevious());
      writeRecord(out, records.differentialPrevious());
    });
    byte[] content = Frame.seal(CONTENT_MAGIC, tables::write);
    return ByteBuffer.allocate(header.length + content.length)
        .put(header)
        .put(content)
        .array();
  }

  /**
   * Reads a file.
   *
   * @throws JetException -1206 for a damaged header, -1018 for damaged content
   */
  static DatabaseFile parse(Path file, byte[] bytes) {
    ByteBuffer in = ByteBuffer.wrap(bytes);
    DatabaseFile header = Frame.open(in, HEADER_MAGIC, DatabaseFile::readHeader)
        .orElseThrow(() -> JetException.of(JetErr.DATABASE_CORRUPTED, Subject.path(file)));
    return Frame.open(in, CONTENT_MAGIC, Tables::read)
        .filter(tables -> !in.hasRemaining())
        .map(header::withTables)
        .orElseThrow(() -> JetException.of(JetErr.READ_VERIFY_FAILURE, Subject.path(file)));
  }

  private DatabaseFile withTables(Tables content) {
    return new DatabaseFile(state, signature, sequence, generation, isBackupCopy, records, content);
  }

  private static DatabaseFile readHeader(DataInputStream in) throws IOException {
    return new DatabaseFile(
        DatabaseHeader.State.valueOf(in.readUTF()),
        in.readLong(),
        in.readLong(),
        in.readLong(),
        in.readBoolean(),
        new BackupRecords(readRecord(in), readRecord(in), readRecord(in), readRecord(in)),
        Tables.NONE);
  }

  private static void writeRecord(DataOutputStream out, Optional<Bkinfo> info) throws IOException {
    out.writeBoolean(info.isPresent());
    if (info.isPresent()) {
      LogPosition mark = info.get().lgposMark();
      out.writeLong(mark.generation().value());
      out.writeInt(mark.sector());
      out.writeInt(mark.offset());
      Frame.writeTime(out, info.get().logtimeMark());
      out.writeLong(info.get().genLow().value());
      out.writeLong(info.get().genHigh().value());
    }
  }

  private static Optional<Bkinfo> readRecord(DataInputStream in) throws IOException {
    if (!in.readBoolean()) {
      return Optional.empty();
    }
    return Optional.of(new Bkinfo(
        new LogPosition(new LogGeneration(in.readLong()), in.readInt(), in.readInt()),
        Frame.readTime(in),
        new LogGeneration(in.readLong()),
        new LogGeneration(in.readLong())));
  }
}
