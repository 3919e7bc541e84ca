package org.jetbackup.engine.catalog;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jetbackup.api.error.Subject;
import org.jetbackup.engine.record.Bytes;
import org.jetbackup.engine.record.Column;
import org.jetbackup.engine.record.ColumnType;
import org.jetbackup.engine.record.ColumnValue;

/**
 * Prints our cells as a foreign reader prints its own, where the way of printing loses or changes
 * something. Where a reader is plainly wrong, the test lists the cell instead.
 */
enum ForeignPrint {

  /** Bits as words, DateTime as two halves of its bits, Single always as zero; many texts only. */
  ESEDBEXPORT {
    @Override
    String one(Column column, Object value) {
      return switch (column.type()) {
        case IEEE_SINGLE -> "0.000000";
        case IEEE_DOUBLE -> String.format(Locale.ROOT, "%.6f", (Double) value);
        case DATE_TIME -> {
          long bits = dateBits(value);
          yield String.format("(0x%08x 0x%08x)", bits >>> Integer.SIZE, (int) bits);
        }
        case TEXT, LONG_TEXT -> value.toString().replace(FOX, PEN);
        default -> plain(column, value);
      };
    }

    @Override
    String many(Column column, List<Object> values) {
      return column.type().isText()
          ? values.stream().map(value -> one(column, value)).collect(Collectors.joining("; "))
          : "";
    }
  },

  /** Bits as their byte; 64 bits without sign, DateTime too; many values as the record has them. */
  IMPACKET {
    @Override
    String one(Column column, Object value) {
      return switch (column.type()) {
        case BIT -> value.equals(true) ? "255" : "0";
        case IEEE_DOUBLE -> new BigDecimal(value.toString()).toPlainString();
        case LONG_LONG -> Long.toUnsignedString((Long) value);
        case DATE_TIME -> Long.toUnsignedString(dateBits(value));
        default -> plain(column, value);
      };
    }

    @Override
    String many(Column column, List<Object> values) {
      List<byte[]> stored = values.stream().map(value -> stored(column, value)).toList();
      ByteBuffer record = ByteBuffer.allocate(
              stored.stream().mapToInt(bytes -> bytes.length + Short.BYTES).sum())
          .order(ByteOrder.LITTLE_ENDIAN);
      boolean pair = column.type().width() != 0 && values.size() == 2;
      if (pair) {
        record.put((byte) stored.get(0).length);
      } else {
        int at = Short.BYTES * stored.size();
        for (byte[] bytes : stored) {
          record.putShort((short) at);
          at += bytes.length;
        }
      }
      stored.forEach(record::put);
      return HexFormat.of().formatHex(record.array(), 0, record.position());
    }
  };

  /** The only character of the samples beyond 16 bits, and what the older libesedb makes of it. */
  private static final String FOX = "\ud83e\udd8a";

  private static final String PEN = "\ud83d\udd8b";

  private static final byte FILLER = 0x2a;
  private static final LocalDateTime EPOCH = LocalDateTime.of(1899, 12, 30, 0, 0);
  private static final double MILLIS_PER_DAY = Duration.ofDays(1).toMillis();

  abstract String one(Column column, Object value);

  abstract String many(Column column, List<Object> values);

  String cell(Column column, CellValue cell) {
    if (cell instanceof CellValue.Single single) {
      return one(column, single.value());
    }
    if (cell instanceof CellValue.Many many) {
      List<Object> values = new ArrayList<>();
      many.values().forEach(value -> values.add(((CellValue.Single) value).value()));
      return many(column, values);
    }
    return "";
  }

  /**
   * Both ignore that a column of fixed width is null if later ones are not, and show what is there.
   */
  String nullWithin(Column column) {
    int width = column.type().width() == 0 ? column.maxLength() : column.type().width();
    byte[] filler = new byte[width];
    Arrays.fill(filler, FILLER);
    ByteBuffer bytes = ByteBuffer.wrap(filler).order(ByteOrder.LITTLE_ENDIAN);
    if (column.type() == ColumnType.BIT) {
      return this == IMPACKET ? Integer.toString(FILLER) : "true";
    }
    return one(column, ColumnValue.decode(column, bytes, 0, width, () -> Subject.value("x", "y")));
  }

  private static String plain(Column column, Object value) {
    return switch (column.type()) {
      case CURRENCY ->
        Long.toUnsignedString(((BigDecimal) value).unscaledValue().longValueExact());
      case GUID -> HexFormat.of().formatHex(guid((UUID) value));
      default -> value.toString();
    };
  }

  /** Before the epoch the time of day still counts forwards. */
  private static long dateBits(Object value) {
    if (value instanceof Double days) {
      return Double.doubleToRawLongBits(days);
    }
    LocalDateTime time = (LocalDateTime) value;
    double day = Duration.between(EPOCH, time.toLocalDate().atStartOfDay()).toDays();
    double part = time.toLocalTime().toNanoOfDay() / 1e6 / MILLIS_PER_DAY;
    return Double.doubleToRawLongBits(day < 0 ? day - part : day + part);
  }

  private static byte[] guid(UUID value) {
    long high = value.getMostSignificantBits();
    return ByteBuffer.allocate(16)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putInt((int) (high >>> Integer.SIZE))
        .putShort((short) (high >>> Short.SIZE))
        .putShort((short) high)
        .putLong(Long.reverseBytes(value.getLeastSignificantBits()))
        .array();
  }

  private static byte[] stored(Column column, Object value) {
    ByteBuffer bytes = ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN);
    return switch (column.type()) {
      case BIT -> new byte[] {(byte) (value.equals(true) ? -1 : 0)};
      case IEEE_SINGLE -> upTo(bytes.putFloat((Float) value));
      case IEEE_DOUBLE -> upTo(bytes.putDouble((Double) value));
      case DATE_TIME -> upTo(bytes.putLong(dateBits(value)));
      case CURRENCY -> upTo(bytes.putLong(((BigDecimal) value).unscaledValue().longValueExact()));
      case UNSIGNED_LONG_LONG -> upTo(bytes.putLong(((BigInteger) value).longValue()));
      case GUID -> guid((UUID) value);
      case TEXT, LONG_TEXT -> ((String) value).getBytes(charset(column));
      case BINARY, LONG_BINARY -> ((Bytes) value).toArray();
      default ->
        Arrays.copyOf(bytes.putLong((Long) value).array(), column.type().width());
    };
  }

  private static Charset charset(Column column) {
    return column.codePage() == Column.UNICODE
        ? StandardCharsets.UTF_16LE
        : StandardCharsets.ISO_8859_1;
  }

  private static byte[] upTo(ByteBuffer bytes) {
    return Bytes.of(bytes, 0, bytes.position()).toArray();
  }
}
