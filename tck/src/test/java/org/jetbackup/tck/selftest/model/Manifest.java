package org.jetbackup.tck.selftest.model;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jetbackup.api.error.JetErr;
import org.jetbackup.api.error.JetException;
import org.jetbackup.api.error.Subject;

/**
 * What a full backup consists of: every file with size and checksum, every database with the place
 * that it came from.
 *
 * @param created when the log was rolled: the moment of the set
 * @param logs the generations from the first one on, without a gap
 */
record Manifest(
    Instant created,
    String baseName,
    long firstGeneration,
    List<Database> databases,
    List<Item> logs) {

  /** The name of the file. */
  static final String FILE_NAME = "manifest";

  private static final int MAGIC = 0x4A424D46;
  private static final int VERSION = 1;

  /** A file of the set. */
  record Item(String name, long size, int checksum) {

    static Item of(String name, byte[] content) {
      return new Item(name, content.length, Frame.checksum(content));
    }

    boolean describes(byte[] content) {
      return size == content.length && checksum == Frame.checksum(content);
    }

    private void write(DataOutputStream out) throws IOException {
      out.writeUTF(name);
      out.writeLong(size);
      out.writeInt(checksum);
    }

    private static Item read(DataInputStream in) throws IOException {
      return new Item(in.readUTF(), in.readLong(), in.readInt());
    }
  }

  /**
   * A database of the set.
   *
   * @param name its name in the log
   * @param origin the path from which it came, as text
   */
  record Database(String name, String origin, Item file) {}

  long lastGeneration() {
    return firstGeneration + logs.size() - 1;
  }

  byte[] encode() {
    return Frame.seal(MAGIC, out -> {
      out.writeInt(VERSION);
      Frame.writeTime(out, created);
      out.writeUTF(baseName);
      out.writeLong(firstGeneration);
      out.writeInt(databases.size());
      for (Database database : databases) {
        out.writeUTF(database.name());
        out.writeUTF(database.origin());
        database.file().write(out);
      }
      out.writeInt(logs.size());
      for (Item log : logs) {
        log.write(out);
      }
    });
  }

  static Manifest parse(Path file, byte[] bytes) {
    ByteBuffer in = ByteBuffer.wrap(bytes);
    return Frame.open(in, MAGIC, Manifest::read)
        .filter(manifest -> !in.hasRemaining())
        .orElseThrow(() -> JetException.of(JetErr.DATABASE_CORRUPTED, Subject.path(file)));
  }

  private static Manifest read(DataInputStream in) throws IOException {
    if (in.readInt() != VERSION) {
      throw JetException.of(JetErr.INVALID_DATABASE_VERSION);
    }
    Instant created = Frame.readTime(in);
    String baseName = in.readUTF();
    long firstGeneration = in.readLong();
    List<Database> databases = new ArrayList<>();
    for (int count = in.readInt(); count > 0; count--) {
      databases.add(new Database(in.readUTF(), in.readUTF(), Item.read(in)));
    }
    List<Item> logs = new ArrayList<>();
    for (int count = in.readInt(); count > 0; count--) {
      logs.add(Item.read(in));
    }
    return new Manifest(created, baseName, firstGeneration, databases, logs);
  }
}
