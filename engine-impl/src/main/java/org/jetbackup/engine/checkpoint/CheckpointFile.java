package org.jetbackup.engine.checkpoint;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.zip.CRC32C;
import org.jetbackup.api.error.JetException;
import org.jetbackup.engine.format.LogTime;
import org.jetbackup.engine.format.Signature;
import org.jetbackup.engine.storage.DataFile;
import org.jetbackup.engine.storage.Directories;
import org.jspecify.annotations.Nullable;

/**
 * The checkpoint file: two places, written in turn, of which the one with the higher number counts.
 * A crash while one is written leaves the other, which is older: recovery then begins earlier, and
 * as logs are discarded only after the write was forced, what it needs is still there.
 *
 * <pre>{@code
 *   offset of a place: 0, 65,536; little-endian
 *    0  magic "JBCKPT01"         24  log address
 *    8  CRC32C of all behind it  32  signature of the log: random, time, name (length, bytes)
 *   12  length of all behind it  ..  list of attached databases (length, bytes)
 *   16  number
 * }</pre>
 *
 * <p>Not thread-safe: for whoever holds the lock for administration. No file at all, or none that
 * makes sense, is no error: recovery then begins with the oldest log.
 */
public final class CheckpointFile {

  private static final long MAGIC = 0x3130_5450_4B43_424AL;
  private static final int PLACE_BYTES = 1 << 16;
  private static final int CRC_AT = 8;
  private static final int LENGTH_AT = 12;
  private static final int NUMBER_AT = 16;
  private static final int HEAD_BYTES = 16;
  private static final int SECTOR_BYTES = 4_096;

  private final Path path;
  private final ByteBuffer place = ByteBuffer.allocate(PLACE_BYTES).order(ByteOrder.LITTLE_ENDIAN);
  private long number;
  private boolean isDamaged;

  /**
   * Names the file; nothing is read or written.
   *
   * @param path where it is or will be
   */
  public CheckpointFile(Path path) {
    this.path = path;
  }

  /**
   * Reads the newest checkpoint that is whole.
   *
   * @return the checkpoint; empty if there is none
   */
  public Optional<Checkpoint> read() {
    number = 0;
    isDamaged = false;
    if (!Directories.exists(path)) {
      return Optional.empty();
    }
    @Nullable Checkpoint newest = null;
    try (DataFile file = DataFile.open(path, DataFile.Mode.READ)) {
      for (int i = 0; i < 2; i++) {
        Checkpoint found = read(file, i);
        if (found != null) {
          newest = found;
        }
      }
    }
    return Optional.ofNullable(newest);
  }

  /**
   * {@return whether a place held something that is no checkpoint when the file was read: perhaps a
   * newer one than that which was found}
   */
  public boolean isDamaged() {
    return isDamaged;
  }

  private @Nullable Checkpoint read(DataFile file, int index) {
    file.read(place.clear(), (long) index * PLACE_BYTES);
    place.flip();
    Checkpoint found = decode();
    if (found == null) {
      isDamaged |= !isBlank();
      return null;
    }
    long its = place.getLong(NUMBER_AT);
    if (its <= number) {
      return null;
    }
    number = its;
    return found;
  }

  private boolean isBlank() {
    for (int i = 0; i < place.limit(); i++) {
      if (place.get(i) != 0) {
        return false;
      }
    }
    return true;
  }

  private @Nullable Checkpoint decode() {
    if (place.limit() < HEAD_BYTES + 2 * Long.BYTES || place.getLong(0) != MAGIC) {
      return null;
    }
    int length = place.getInt(LENGTH_AT);
    if (length < 2 * Long.BYTES
        || length > place.limit() - HEAD_BYTES
        || crc(length) != place.getInt(CRC_AT)
        || place.getLong(NUMBER_AT) <= 0) {
      return null;
    }
    try {
      place.limit(HEAD_BYTES + length).position(NUMBER_AT + Long.BYTES);
      long address = place.getLong();
      int random = place.getInt();
      LogTime created = new LogTime(place.getLong());
      byte[] computer = new byte[Math.min(place.getInt(), place.remaining())];
      place.get(computer);
      Signature log = new Signature(random, created, new String(computer, StandardCharsets.UTF_8));
      byte[] list = new byte[Math.min(place.getInt(), place.remaining())];
      place.get(list);
      return new Checkpoint(address, log, AttachmentList.decode(list));
    } catch (RuntimeException e) { // the sum is right and the content is not: as good as none
      return null;
    }
  }

  /**
   * Writes a checkpoint, durable when the call returns.
   *
   * @param checkpoint the checkpoint
   * @throws JetException if the file cannot be written; the checkpoint before it then still holds
   */
  public void write(Checkpoint checkpoint) {
    boolean isNew = !Directories.exists(path);
    DataFile file = DataFile.open(path, isNew ? DataFile.Mode.CREATE : DataFile.Mode.WRITE);
    try (file) {
      byte[] computer = checkpoint.log().computer().getBytes(StandardCharsets.UTF_8);
      byte[] list = checkpoint.databases().encode();
      place.clear();
      place.putLong(MAGIC).putInt(0).putInt(0).putLong(number + 1).putLong(checkpoint.address());
      place.putInt(checkpoint.log().random()).putLong(checkpoint.log().created().bits());
      place.putInt(computer.length).put(computer).putInt(list.length).put(list);
      int length = place.position() - HEAD_BYTES;
      place.putInt(LENGTH_AT, length).putInt(CRC_AT, crc(length));
      while (place.position() % SECTOR_BYTES != 0) {
        place.put((byte) 0);
      }
      long at = (number & 1) == 0 ? PLACE_BYTES : 0;
      file.write(place.flip(), at);
      file.force();
    }
    if (isNew) {
      Directories.force(Directories.parentOf(path));
    }
    number++;
  }

  private int crc(int length) {
    CRC32C crc = new CRC32C();
    crc.update(place.duplicate().clear().limit(HEAD_BYTES + length).position(NUMBER_AT));
    return (int) crc.getValue();
  }
}
