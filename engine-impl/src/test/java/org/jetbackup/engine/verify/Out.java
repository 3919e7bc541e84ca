package org.jetbackup.engine.verify;

import java.io.ByteArrayOutputStream;
import java.util.HexFormat;

/** Puts bytes together for files made by hand; numbers are little endian unless said. */
final class Out {

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  Out u8(int value) {
    bytes.write(value);
    return this;
  }

  Out u16(int value) {
    return u8(value).u8(value >> 8);
  }

  Out u32(long value) {
    return u16((int) value).u16((int) (value >> 16));
  }

  Out bigEndian(long value) {
    for (int shift = 24; shift >= 0; shift -= 8) {
      u8((int) (value >> shift));
    }
    return this;
  }

  Out add(byte... more) {
    bytes.writeBytes(more);
    return this;
  }

  Out hex(String digits) {
    return add(HexFormat.of().parseHex(digits.replace(" ", "")));
  }

  /** The key of a Long: 7f, big endian, sign turned. */
  Out keyLong(long value) {
    return u8(0x7f).bigEndian(value ^ 0x8000_0000L);
  }

  Out keyShort(int value) {
    return u8(0x7f).u8(value >> 8 ^ 0x80).u8(value);
  }

  Out keyText(String text) {
    u8(0x7f);
    for (int i = 0; i < text.length(); i++) {
      u8(Character.toUpperCase(text.charAt(i)));
    }
    return u8(0);
  }

  /** Pieces of eight, each with its length, or nine if more follow. */
  Out keyBinary(byte... value) {
    u8(0x7f);
    for (int from = 0; from < value.length; from += 8) {
      for (int i = from; i < from + 8; i++) {
        u8(i < value.length ? value[i] : 0);
      }
      u8(value.length - from > 8 ? 9 : value.length - from);
    }
    return this;
  }

  byte[] toArray() {
    return bytes.toByteArray();
  }
}
