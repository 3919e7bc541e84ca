package org.jetbackup.engine.soak;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What the working process says, in the order in which it happens:
 *
 * <pre>
 *   Begun -> Recovered -> Row* -> Dumped -> Ready -> (Intent -> (Done | Undone)?)* -> Ended?
 * </pre>
 *
 * <p>A message is on its way before the next call of the engine begins. Where the process dies in
 * the middle of one, the reader finds the end of its input and forgets the rest. {@link Problem} may
 * come at any time.
 */
sealed interface Message {

  /** Recovery comes next. */
  record Begun() implements Message {
    @Override
    public void writeTo(DataOutputStream out) throws IOException {
      out.writeByte('B');
    }
  }

  /** Recovery has ended. */
  record Recovered() implements Message {
    @Override
    public void writeTo(DataOutputStream out) throws IOException {
      out.writeByte('R');
    }
  }

  /**
   * A record that is there.
   *
   * @param cell its table and key
   * @param stamp its value
   */
  record Row(Cell cell, long stamp) implements Message {
    @Override
    public void writeTo(DataOutputStream out) throws IOException {
      out.writeByte('r');
      writeCell(cell, out);
      out.writeLong(stamp);
    }
  }

  /** All records have been told. */
  record Dumped() implements Message {
    @Override
    public void writeTo(DataOutputStream out) throws IOException {
      out.writeByte('d');
    }
  }

  /** Writers begin. */
  record Ready() implements Message {
    @Override
    public void writeTo(DataOutputStream out) throws IOException {
      out.writeByte('W');
    }
  }

  /**
   * A transaction has made its changes and commits now.
   *
   * @param writer whose it is
   * @param sequence its number
   * @param lazy whether the commit does not wait until it is durable
   * @param changes what it leaves in each cell that it changed: a stamp, or {@link Stamps#ABSENT}
   */
  record Intent(int writer, long sequence, boolean lazy, Map<Cell, Long> changes)
      implements Message {
    @Override
    public void writeTo(DataOutputStream out) throws IOException {
      out.writeByte('I');
      out.writeByte(writer);
      out.writeLong(sequence);
      out.writeBoolean(lazy);
      out.writeShort(changes.size());
      for (Map.Entry<Cell, Long> change : changes.entrySet()) {
        writeCell(change.getKey(), out);
        out.writeLong(change.getValue());
      }
    }

    private static Intent readFrom(DataInputStream in) throws IOException {
      int writer = in.readUnsignedByte();
      long sequence = in.readLong();
      boolean lazy = in.readBoolean();
      int count = in.readUnsignedShort();
      Map<Cell, Long> changes = new LinkedHashMap<>();
      for (int i = 0; i < count; i++) {
        changes.put(readCell(in), in.readLong());
      }
      return new Intent(writer, sequence, lazy, changes);
    }
  }

  /**
   * The commit has returned.
   *
   * @param writer whose it is
   * @param sequence its number
   */
  record Done(int writer, long sequence) implements Message {
    @Override
    public void writeTo(DataOutputStream out) throws IOException {
      out.writeByte('D');
      out.writeByte(writer);
      out.writeLong(sequence);
    }
  }

  /**
   * The commit was refused, and the transaction rolled back.
   *
   * @param writer whose it is
   * @param sequence its number
   */
  record Undone(int writer, long sequence) implements Message {
    @Override
    public void writeTo(DataOutputStream out) throws IOException {
      out.writeByte('U');
      out.writeByte(writer);
      out.writeLong(sequence);
    }
  }

  /** The instance was terminated in order. */
  record Ended() implements Message {
    @Override
    public void writeTo(DataOutputStream out) throws IOException {
      out.writeByte('E');
    }
  }

  /**
   * Something that must not be.
   *
   * @param text what
   */
  record Problem(String text) implements Message {
    @Override
    public void writeTo(DataOutputStream out) throws IOException {
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      out.writeByte('P');
      out.writeInt(bytes.length);
      out.write(bytes);
    }

    private static Problem readFrom(DataInputStream in) throws IOException {
      byte[] bytes = new byte[in.readInt()];
      in.readFully(bytes);
      return new Problem(new String(bytes, StandardCharsets.UTF_8));
    }
  }

  /**
   * Writes the message.
   *
   * @param out where to
   * @throws IOException if it cannot be written
   */
  void writeTo(DataOutputStream out) throws IOException;

  /**
   * Reads a message.
   *
   * @param in where from
   * @return the message
   * @throws IOException if the input ends, before a message or in it
   */
  static Message readFrom(DataInputStream in) throws IOException {
    int kind = in.readUnsignedByte();
    return switch (kind) {
      case 'B' -> new Begun();
      case 'R' -> new Recovered();
      case 'r' -> new Row(readCell(in), in.readLong());
      case 'd' -> new Dumped();
      case 'W' -> new Ready();
      case 'I' -> Intent.readFrom(in);
      case 'D' -> new Done(in.readUnsignedByte(), in.readLong());
      case 'U' -> new Undone(in.readUnsignedByte(), in.readLong());
      case 'E' -> new Ended();
      case 'P' -> Problem.readFrom(in);
      default -> throw new IllegalStateException("no message begins with byte " + kind);
    };
  }

  private static void writeCell(Cell cell, DataOutputStream out) throws IOException {
    out.writeByte(cell.table());
    out.writeInt(cell.key());
  }

  private static Cell readCell(DataInputStream in) throws IOException {
    return new Cell(in.readUnsignedByte(), in.readInt());
  }
}
