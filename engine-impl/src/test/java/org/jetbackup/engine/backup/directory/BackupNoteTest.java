package org.jetbackup.engine.backup.directory;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Optional;
import org.jetbackup.api.restore.RestoreMoment.Kind;
import org.junit.jupiter.api.Test;

class BackupNoteTest {

  @Test
  void aNoteComesBackAsItWas() {
    for (Instant time : new Instant[] {
      Instant.parse("2026-03-04T05:06:07.123456789Z"), Instant.MIN, Instant.MAX, Instant.EPOCH
    }) {
      for (Kind kind : Kind.values()) {
        BackupNote note = new BackupNote(kind, time);
        ByteBuffer payload = note.encode();
        assertEquals(Optional.of(note), BackupNote.decode(payload));
        assertEquals(0, payload.position());
      }
    }
  }

  @Test
  void otherBytesAreNoNote() {
    ByteBuffer payload = new BackupNote(Kind.FULL, Instant.MAX).encode();
    for (int length = 0; length < payload.capacity(); length++) {
      assertEquals(Optional.empty(), BackupNote.decode(payload.duplicate().limit(length)));
    }
    assertEquals(Optional.empty(), BackupNote.decode(other(payload, 0)));
    assertEquals(Optional.empty(), BackupNote.decode(other(payload, 4)));
    assertEquals(Optional.empty(), BackupNote.decode(other(payload, 15)), "the year");
    assertEquals(Optional.empty(), BackupNote.decode(other(payload, 19)), "nanoseconds");
  }

  /** With another byte at a place. */
  private static ByteBuffer other(ByteBuffer payload, int at) {
    ByteBuffer other =
        ByteBuffer.allocate(payload.capacity()).put(payload.duplicate()).flip();
    return other.put(at, (byte) (payload.get(at) ^ 0x44));
  }
}
