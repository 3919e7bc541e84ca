package org.jetbackup.engine.recovery;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jetbackup.api.error.JetErr;
import org.jetbackup.api.error.JetException;
import org.jetbackup.api.error.Subject;
import org.jetbackup.engine.catalog.DatabaseOptions;
import org.jetbackup.engine.checkpoint.Attachment;
import org.jetbackup.engine.format.PageSize;

/**
 * What the log says of a database that is made: enough to make the same file again. Immutable.
 *
 * @param attachment which one and where
 * @param options its sizes
 */
public record CreationRecord(Attachment attachment, DatabaseOptions options) {

  /** {@return the payload of the record} */
  public ByteBuffer encode() {
    ByteBuffer head = attachment.encode();
    int bytes = head.remaining() + 2 * Long.BYTES + Integer.BYTES;
    ByteBuffer payload =
        ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN).put(head);
    payload.putInt(options.pageSize().bytes()).putLong(options.initialPages());
    return payload.putLong(options.extensionPages()).flip();
  }

  /**
   * Reads what {@link #encode} made.
   *
   * @param payload the payload
   * @return the record
   * @throws JetException {@link JetErr#LOG_FILE_CORRUPT} if the bytes are none
   */
  public static CreationRecord decode(ByteBuffer payload) {
    ByteBuffer source = payload.duplicate().order(ByteOrder.LITTLE_ENDIAN);
    Attachment attachment = Attachment.read(source);
    try {
      PageSize size = PageSize.ofBytes(source.getInt());
      DatabaseOptions options = new DatabaseOptions(size, source.getLong(), source.getLong());
      return new CreationRecord(attachment, options);
    } catch (BufferUnderflowException | IllegalArgumentException e) {
      throw JetException.of(
          JetErr.LOG_FILE_CORRUPT, e, Subject.value("bytes of a creation", payload.remaining()));
    }
  }
}
