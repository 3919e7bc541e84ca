package org.jetbackup.engine.record;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HexFormat;
import org.jetbackup.api.position.PageNumber;

/** Bytes as the fact sheet writes them. */
final class Hex {

  static final RecordPlace PLACE = RecordPlace.of(Path.of("a.edb"), new PageNumber(31));

  private Hex() {}

  /** Reads hex digits; spaces and bars are for the eye. */
  static byte[] bytes(String hex) {
    return HexFormat.of().parseHex(hex.replaceAll("[ |]", ""));
  }

  static ByteBuffer buffer(String hex) {
    return ByteBuffer.wrap(bytes(hex)).order(ByteOrder.LITTLE_ENDIAN);
  }

  static String of(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }

  static String of(ByteBuffer bytes, int from, int length) {
    byte[] copy = new byte[length];
    bytes.get(from, copy);
    return of(copy);
  }

  static String plain(String hex) {
    return of(bytes(hex));
  }

  static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
