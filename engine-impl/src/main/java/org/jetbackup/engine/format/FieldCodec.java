package org.jetbackup.engine.format;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jetbackup.api.position.LogGeneration;
import org.jetbackup.api.position.LogPosition;

/**
 * How a type of value lies in a header: the one place where it is read and written.
 *
 * <p>{@link #read} throws IllegalArgumentException for bytes that are no such value.
 */
interface FieldCodec<T> {

  int bytes();

  T read(ByteBuffer header, int at);

  void write(ByteBuffer header, int at, T value);

  /** An unsigned number of 32 bits, of any value. */
  FieldCodec<Long> UNSIGNED = of(
      Integer.BYTES,
      (header, at) -> Integer.toUnsignedLong(header.getInt(at)),
      (header, at, value) -> header.putInt(at, unsigned(value)));

  /** A number of 64 bits. */
  FieldCodec<Long> LONG = of(Long.BYTES, ByteBuffer::getLong, ByteBuffer::putLong);

  FieldCodec<PageSize> PAGE_SIZE = of(
      Integer.BYTES,
      (header, at) -> PageSize.ofBytes(UNSIGNED.read(header, at)),
      (header, at, value) -> header.putInt(at, value.bytes()));

  FieldCodec<DatabaseState> STATE = of(
      Integer.BYTES,
      (header, at) -> DatabaseState.ofCode(header.getInt(at)),
      (header, at, value) -> header.putInt(at, value.code()));

  FieldCodec<LogTime> TIME = of(
      LogTime.BYTES,
      (header, at) -> new LogTime(header.getLong(at)),
      (header, at, value) -> header.putLong(at, value.bits()));

  /** A log generation; zero is none. */
  FieldCodec<Optional<LogGeneration>> GENERATION = of(
      Integer.BYTES,
      (header, at) -> header.getInt(at) == 0
          ? Optional.empty()
          : Optional.of(new LogGeneration(UNSIGNED.read(header, at))),
      (header, at, value) ->
          header.putInt(at, value.map(generation -> (int) generation.value()).orElse(0)));

  /** A place in the log: byte, sector, generation; all zero is none. */
  FieldCodec<Optional<LogPosition>> POSITION = new FieldCodec<>() {
    private static final int SECTOR = 2;
    private static final int GENERATION_AT = 4;
    private static final int BYTES = 8;

    @Override
    public int bytes() {
      return BYTES;
    }

    @Override
    public Optional<LogPosition> read(ByteBuffer header, int at) {
      if (header.getLong(at) == 0) {
        return Optional.empty();
      }
      return Optional.of(new LogPosition(
          new LogGeneration(UNSIGNED.read(header, at + GENERATION_AT)),
          Short.toUnsignedInt(header.getShort(at + SECTOR)),
          Short.toUnsignedInt(header.getShort(at))));
    }

    @Override
    public void write(ByteBuffer header, int at, Optional<LogPosition> value) {
      header.putShort(at, (short) (int) value.map(LogPosition::offset).orElse(0));
      header.putShort(at + SECTOR, (short) (int) value.map(LogPosition::sector).orElse(0));
      GENERATION.write(header, at + GENERATION_AT, value.map(LogPosition::generation));
    }
  };

  FieldCodec<Signature> SIGNATURE = new FieldCodec<>() {
    private static final int CREATED = 4;
    private static final int COMPUTER = 12;

    @Override
    public int bytes() {
      return COMPUTER + Signature.COMPUTER_BYTES;
    }

    @Override
    public Signature read(ByteBuffer header, int at) {
      byte[] name = new byte[Signature.COMPUTER_BYTES];
      header.get(at + COMPUTER, name);
      int length = name.length;
      while (length > 0 && name[length - 1] == 0) {
        length--;
      }
      return new Signature(
          header.getInt(at),
          TIME.read(header, at + CREATED),
          new String(name, 0, length, StandardCharsets.ISO_8859_1));
    }

    @Override
    public void write(ByteBuffer header, int at, Signature value) {
      byte[] name = new byte[Signature.COMPUTER_BYTES];
      byte[] used = value.computer().getBytes(StandardCharsets.ISO_8859_1);
      System.arraycopy(used, 0, name, 0, used.length);
      header.putInt(at, value.random());
      TIME.write(header, at + CREATED, value.created());
      header.put(at + COMPUTER, name);
    }
  };

  FieldCodec<BackupInfo> BACKUP = new FieldCodec<>() {
    private static final int TIME_AT = 8;
    private static final int FIRST = 16;
    private static final int LAST = 20;
    private static final int BYTES = 24;

    @Override
    public int bytes() {
      return BYTES;
    }

    @Override
    public BackupInfo read(ByteBuffer header, int at) {
      return new BackupInfo(
          POSITION.read(header, at),
          TIME.read(header, at + TIME_AT),
          GENERATION.read(header, at + FIRST),
          GENERATION.read(header, at + LAST));
    }

    @Override
    public void write(ByteBuffer header, int at, BackupInfo value) {
      POSITION.write(header, at, value.mark());
      TIME.write(header, at + TIME_AT, value.time());
      GENERATION.write(header, at + FIRST, value.first());
      GENERATION.write(header, at + LAST, value.last());
    }
  };

  FieldCodec<EventCounter> COUNTER = new FieldCodec<>() {
    private static final int LAST = 4;
    private static final int BEFORE = 12;
    private static final int BYTES = 16;

    @Override
    public int bytes() {
      return BYTES;
    }

    @Override
    public EventCounter read(ByteBuffer header, int at) {
      return new EventCounter(
          UNSIGNED.read(header, at),
          TIME.read(header, at + LAST),
          UNSIGNED.read(header, at + BEFORE));
    }

    @Override
    public void write(ByteBuffer header, int at, EventCounter value) {
      UNSIGNED.write(header, at, value.count());
      TIME.write(header, at + LAST, value.last());
      UNSIGNED.write(header, at + BEFORE, value.before());
    }
  };

  private static int unsigned(long value) {
    if (value >>> Integer.SIZE != 0) {
      throw new IllegalArgumentException("value = " + value + ", allowed: 32 bits without a sign");
    }
    return (int) value;
  }

  private static <T> FieldCodec<T> of(int bytes, Reader<T> reader, Writer<T> writer) {
    return new FieldCodec<>() {
      @Override
      public int bytes() {
        return bytes;
      }

      @Override
      public T read(ByteBuffer header, int at) {
        return reader.read(header, at);
      }

      @Override
      public void write(ByteBuffer header, int at, T value) {
        writer.write(header, at, value);
      }
    };
  }

  /** Reads a value. */
  @FunctionalInterface
  interface Reader<T> {
    T read(ByteBuffer header, int at);
  }

  /** Writes a value. */
  @FunctionalInterface
  interface Writer<T> {
    void write(ByteBuffer header, int at, T value);
  }
}
