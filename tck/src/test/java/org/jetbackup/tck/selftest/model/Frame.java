package org.jetbackup.tck.selftest.model;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * The block of which every file of the model consists: magic, length, CRC32C, body. Whoever changes
 * any bit of it is found out when it is opened.
 */
final class Frame {

  private static final int PREFIX = 12;
  private static final int SMALL_SECTOR = 512;

  private Frame() {}

  /** Writes a body. */
  interface Writer {
    void write(DataOutputStream out) throws IOException;
  }

  /** Reads a body whose checksum is right. */
  interface Reader<T> {
    T read(DataInputStream in) throws IOException;
  }

  static byte[] seal(int magic, Writer writer) {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    try {
      writer.write(new DataOutputStream(body));
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return ByteBuffer.allocate(PREFIX + body.size())
        .putInt(magic)
        .putInt(body.size())
        .putInt(checksum(body.toByteArray()))
        .put(body.toByteArray())
        .array();
  }

  /** Tells whether a body is what was written. */
  enum Check {
    /** By its checksum. */
    CHECKSUM,
    /** A wrong one: by there being no sector of zeros in it. */
    NO_HOLE;

    /** The check of an engine. */
    static Check of(Decisions decisions) {
      return decisions.checksRecordsByChecksum() ? CHECKSUM : NO_HOLE;
    }

    private boolean passes(byte[] body, int checksum, int position) {
      if (this == CHECKSUM) {
        return checksum(body) == checksum;
      }
      for (int from = 0; from < body.length; ) {
        int until = Math.min(body.length, from + SMALL_SECTOR - (position + from) % SMALL_SECTOR);
        if (Arrays.mismatch(body, from, until, new byte[until - from], 0, until - from) < 0) {
          return false;
        }
        from = until;
      }
      return true;
    }
  }

  /** Opens the block at the buffer's position and moves behind it; empty if it is not intact. */
  static <T> Optional<T> open(ByteBuffer in, int magic, Reader<T> reader) {
    return open(in, magic, reader, Check.CHECKSUM);
  }

  /** The same, told by another check whether it is intact. */
  static <T> Optional<T> open(ByteBuffer in, int magic, Reader<T> reader, Check check) {
    ByteBuffer view = in.slice();
    if (view.remaining() < PREFIX || view.getInt() != magic) {
      return Optional.empty();
    }
    int length = view.getInt();
    int checksum = view.getInt();
    if (length < 0 || length > view.remaining()) {
      return Optional.empty();
    }
    byte[] body = new byte[length];
    view.get(body);
    if (!check.passes(body, checksum, in.position() + PREFIX)) {
      return Optional.empty();
    }
    in.position(in.position() + PREFIX + length);
    try {
      return Optional.of(reader.read(new DataInputStream(new ByteArrayInputStream(body))));
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  static int checksum(byte[] bytes) {
    CRC32C crc = new CRC32C();
    crc.update(bytes);
    return (int) crc.getValue();
  }

  static void writeTime(DataOutputStream out, Instant time) throws IOException {
    out.writeLong(time.getEpochSecond());
    out.writeInt(time.getNano());
  }

  static Instant readTime(DataInputStream in) throws IOException {
    return Instant.ofEpochSecond(in.readLong(), in.readInt());
  }
}
