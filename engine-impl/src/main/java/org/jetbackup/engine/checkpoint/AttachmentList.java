package org.jetbackup.engine.checkpoint;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.jetbackup.api.error.JetErr;
import org.jetbackup.api.error.JetException;
import org.jetbackup.api.error.Subject;

/**
 * The databases whose files may need the log, and the last number that a database got. It stands in
 * the header of every log file and in the checkpoint file. Immutable.
 *
 * @param lastDatabaseId the largest number that was ever given
 * @param attachments the databases in the order of their numbers
 */
public record AttachmentList(int lastDatabaseId, List<Attachment> attachments) {

  /** As many as the original allows; a header has room for them unless their paths are very long. */
  public static final int COUNT_MAX = 6;

  /** That of a new sequence. */
  public static final AttachmentList NONE = new AttachmentList(0, List.of());

  /**
   * Copies the list.
   *
   * @param lastDatabaseId the largest number that was ever given
   * @param attachments the databases
   */
  public AttachmentList {
    attachments = List.copyOf(attachments);
  }

  /** {@return the list as bytes} */
  public byte[] encode() {
    int bytes = 2 * Integer.BYTES;
    for (Attachment attachment : attachments) {
      bytes += attachment.bytes();
    }
    ByteBuffer target = ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    target.putInt(lastDatabaseId).putInt(attachments.size());
    attachments.forEach(attachment -> attachment.write(target));
    return target.array();
  }

  /**
   * Reads what {@link #encode} made.
   *
   * @param bytes the bytes
   * @return the list
   * @throws JetException {@link JetErr#LOG_FILE_CORRUPT} if the bytes are none
   */
  public static AttachmentList decode(byte[] bytes) {
    if (bytes.length == 0) {
      return NONE;
    }
    ByteBuffer source = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    try {
      int last = source.getInt();
      int count = source.getInt();
      if (last < 0 || count < 0 || count > COUNT_MAX) {
        throw JetException.of(
            JetErr.LOG_FILE_CORRUPT,
            Subject.value("attached databases", count, "up to " + COUNT_MAX));
      }
      List<Attachment> found = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        found.add(Attachment.read(source));
      }
      return new AttachmentList(last, found);
    } catch (BufferUnderflowException e) {
      throw JetException.of(
          JetErr.LOG_FILE_CORRUPT, e, Subject.value("bytes of the list", bytes.length));
    }
  }
}
