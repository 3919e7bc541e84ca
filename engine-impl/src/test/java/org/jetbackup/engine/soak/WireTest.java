package org.jetbackup.engine.soak;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** What goes through the wire arrives, and what is cut off anywhere is not taken for whole. */
class WireTest {

  private static final List<Message> ALL = List.of(
      new Message.Begun(),
      new Message.Recovered(),
      new Message.Row(new Cell(1, Keys.of(3, 4)), Stamps.of(3, Stamps.sequence(2, 1), 7)),
      new Message.Dumped(),
      new Message.Ready(),
      new Message.Intent(
          3, Stamps.sequence(2, 2), true, Map.of(Cell.witness(3), 5L, new Cell(1, 9), 0L)),
      new Message.Done(3, Stamps.sequence(2, 2)),
      new Message.Undone(3, Stamps.sequence(2, 3)),
      new Message.Problem("nothing works \u2026"),
      new Message.Ended());

  @Test
  void everyMessageArrives() throws IOException {
    DataInputStream in = input(bytes(ALL));
    for (Message message : ALL) {
      assertEquals(message, Message.readFrom(in));
    }
    assertThrows(EOFException.class, () -> Message.readFrom(in));
  }

  @Test
  void aMessageThatIsCutOffIsTheEnd() {
    for (Message message : ALL) {
      byte[] bytes = bytes(List.of(message));
      for (int length = 0; length < bytes.length; length++) {
        DataInputStream in = input(Arrays.copyOf(bytes, length));
        assertThrows(EOFException.class, () -> Message.readFrom(in), message::toString);
      }
    }
  }

  @Test
  void keysAndValuesAreKnownAgainAndNothingElseIs() {
    for (int number = 0; number < 500; number++) {
      int key = Keys.of(7, number);
      assertEquals(OptionalInt.of(key), Keys.parse(Keys.bytes(key)));
      long stamp = Stamps.of(7, Stamps.sequence(1, number + 1), number);
      byte[] value = Stamps.value(stamp);
      assertEquals(OptionalLong.of(stamp), Stamps.parse(value));
      value[number % value.length] ^= 1;
      assertEquals(OptionalLong.empty(), Stamps.parse(value));
    }
    assertEquals(OptionalInt.empty(), Keys.parse(new byte[] {1, 2, 3}));
    assertEquals(OptionalInt.empty(), Keys.parse(new byte[] {1, 2, 3, 4, 5}));
  }

  private static byte[] bytes(List<Message> messages) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Wire wire = new Wire(out);
    messages.forEach(wire::send);
    return out.toByteArray();
  }

  private static DataInputStream input(byte[] bytes) {
    return new DataInputStream(new ByteArrayInputStream(bytes));
  }
}
