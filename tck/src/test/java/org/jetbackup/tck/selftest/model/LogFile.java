package org.jetbackup.tck.selftest.model;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jetbackup.api.error.JetErr;
import org.jetbackup.api.error.JetException;
import org.jetbackup.api.error.Subject;

/**
 * One generation of the log as it was read: a header, then records, each at the begin of a sector,
 * so that no sector that was acknowledged is written again. A closing record ends a generation for
 * good.
 *
 * <p>A record is written only when the one before it was forced. So an invalid record with a valid
 * one behind it is damage, and only at the very end of a generation that was not closed it is a
 * torn write, which nobody was told about.
 *
 * @param end where the last valid record ends
 * @param closed when the closing record was written, if there is one
 */
record LogFile(Header header, List<Entry> entries, long end, Optional<Instant> closed) {

  /** The largest sector that a device has. */
  static final int SECTOR = 4096;

  private static final int HEADER_MAGIC = 0x4A424C48;
  private static final int ENTRY_MAGIC = 0x4A424C45;

  /**
   * The begin of a generation.
   *
   * @param nonce keeps two branches of one history apart, even if the clock stands still
   * @param predecessor the checksum of the header before this one, 0 for none
   * @param sequence the number of the last record before this generation
   * @param attached the databases that were attached when it began
   */
  record Header(
      long generation,
      long signature,
      long nonce,
      Instant created,
      int predecessor,
      long sequence,
      List<String> attached) {

    byte[] encode() {
      return Frame.seal(HEADER_MAGIC, out -> {
        out.writeLong(generation);
        out.writeLong(signature);
        out.writeLong(nonce);
        Frame.writeTime(out, created);
        out.writeInt(predecessor);
        out.writeLong(sequence);
        out.writeInt(attached.size());
        for (String database : attached) {
          out.writeUTF(database);
        }
      });
    }

    private static Header read(DataInputStream in) throws IOException {
      long generation = in.readLong();
      long signature = in.readLong();
      long nonce = in.readLong();
      Instant created = Frame.readTime(in);
      int predecessor = in.readInt();
      long sequence = in.readLong();
      List<String> attached = new ArrayList<>();
      for (int count = in.readInt(); count > 0; count--) {
        attached.add(in.readUTF());
      }
      return new Header(generation, signature, nonce, created, predecessor, sequence, attached);
    }

    int checksum() {
      return Frame.checksum(encode());
    }

    boolean continues(Header before) {
      return generation == before.generation + 1
          && signature == before.signature
          && predecessor == before.checksum();
    }
  }

  /** One record: a commit, or the end of the generation at a time. */
  record Entry(long sequence, Optional<Instant> closes, List<Change> changes) {

    byte[] encode() {
      return Frame.seal(ENTRY_MAGIC, this::write);
    }

    private void write(DataOutputStream out) throws IOException {
      out.writeLong(sequence);
      out.writeBoolean(closes.isPresent());
      if (closes.isPresent()) {
        Frame.writeTime(out, closes.get());
      }
      out.writeInt(changes.size());
      for (Change change : changes) {
        change.write(out);
      }
    }

    private static Entry read(DataInputStream in) throws IOException {
      long sequence = in.readLong();
      Optional<Instant> closes =
          in.readBoolean() ? Optional.of(Frame.readTime(in)) : Optional.empty();
      List<Change> changes = new ArrayList<>();
      for (int count = in.readInt(); count > 0; count--) {
        changes.add(Change.read(in));
      }
      return new Entry(sequence, closes, changes);
    }
  }

  /**
   * Reads a generation.
   *
   * @param check tells whether a record is intact
   * @throws JetException with the given error if it is damaged, a torn end excepted
   */
  static LogFile parse(Path file, byte[] bytes, JetErr damage, Frame.Check check) {
    JetException damaged = JetException.of(damage, Subject.path(file));
    ByteBuffer in = ByteBuffer.wrap(bytes);
    Header header = Frame.open(in, HEADER_MAGIC, Header::read).orElseThrow(() -> damaged);
    List<Entry> entries = new ArrayList<>();
    long end = in.position();
    long sequence = header.sequence();
    Optional<Instant> closed = Optional.empty();
    while (closed.isEmpty()) {
      Optional<Entry> entry = entryAt(in, sectorAfter(end), check);
      if (entry.isEmpty()) {
        break;
      }
      if (entry.get().sequence() != ++sequence || !isZero(bytes, end, sectorAfter(end))) {
        throw damaged;
      }
      entries.add(entry.get());
      closed = entry.get().closes();
      end = in.position();
    }
    for (long at = sectorAfter(end); at < bytes.length; at += SECTOR) {
      if (entryAt(in, at, check).isPresent()) {
        throw damaged;
      }
    }
    if (closed.isPresent() && end != bytes.length) {
      throw damaged;
    }
    return new LogFile(header, List.copyOf(entries), end, closed);
  }

  /** The header alone, if it is intact. */
  static Optional<Header> parseHeader(byte[] bytes) {
    return Frame.open(ByteBuffer.wrap(bytes), HEADER_MAGIC, Header::read);
  }

  private static Optional<Entry> entryAt(ByteBuffer in, long position, Frame.Check check) {
    if (position >= in.limit()) {
      return Optional.empty();
    }
    in.position((int) position);
    return Frame.open(in, ENTRY_MAGIC, Entry::read, check);
  }

  private static boolean isZero(byte[] bytes, long from, long until) {
    for (long at = from; at < until; at++) {
      if (bytes[(int) at] != 0) {
        return false;
      }
    }
    return true;
  }

  /** This generation, if it was closed. */
  LogFile requireClosed(Path file, JetErr damage) {
    if (closed.isEmpty()) {
      throw JetException.of(damage, Subject.path(file));
    }
    return this;
  }

  /** This generation as a wrong engine reads it. */
  LogFile withoutLastCommit() {
    List<Entry> fewer = new ArrayList<>(entries);
    for (int i = fewer.size() - 1; i >= 0; i--) {
      if (fewer.get(i).closes().isEmpty()) {
        fewer.remove(i);
        break;
      }
    }
    return new LogFile(header, fewer, end, closed);
  }

  /** The number of the last record. */
  long sequence() {
    return header.sequence() + entries.size();
  }

  /** The begin of the first sector that is free when everything up to a position is taken. */
  static long sectorAfter(long position) {
    return (position + SECTOR - 1) / SECTOR * SECTOR;
  }
}
