package org.jetbackup.engine.backup.directory;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The words of which the lines of a manifest consist, with one space between two.
 *
 * <p>In a text, every character that is no visible ASCII character, and the percent sign, is
 * written as a percent sign and four hexadecimal digits of its UTF-16 unit; an empty text is a
 * percent sign alone. So whatever a path is made of, line breaks and halves of characters
 * included, it is one word, and comes back as it was.
 *
 * <p>There is one way to write each value, and reading takes no other: reading and writing again
 * gives the same bytes. All failures are IllegalArgumentExceptions.
 */
final class ManifestWords {

  private static final char ESCAPE = '%';
  private static final int DIGITS = 4;
  private static final int HEXADECIMAL = 16;
  private static final Pattern DECIMAL = Pattern.compile("0|[1-9][0-9]{0,18}");
  private static final Pattern HEX = Pattern.compile("[0-9a-f]*");

  private ManifestWords() {}

  static String ofText(String text) {
    if (text.isEmpty()) {
      return String.valueOf(ESCAPE);
    }
    StringBuilder word = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char unit = text.charAt(i);
      if (isPlain(unit)) {
        word.append(unit);
      } else {
        word.append(ESCAPE).append(ofNumber(unit, DIGITS));
      }
    }
    return word.toString();
  }

  static String text(String word) {
    if (word.equals(String.valueOf(ESCAPE))) {
      return "";
    }
    StringBuilder text = new StringBuilder(word.length());
    int at = 0;
    while (at < word.length()) {
      char c = word.charAt(at++);
      if (c == ESCAPE) {
        int end = Math.min(at + DIGITS, word.length());
        c = (char) number(word.substring(at, end), DIGITS);
        at = end;
        require(!isPlain(c), word);
      } else {
        require(isPlain(c), word);
      }
      text.append(c);
    }
    require(!word.isEmpty(), word);
    return text.toString();
  }

  private static boolean isPlain(char unit) {
    return unit > ' ' && unit < 0x7F && unit != ESCAPE;
  }

  /** In hexadecimal with so many digits. */
  static String ofNumber(long bits, int digits) {
    String hex = Long.toHexString(bits);
    return "0".repeat(digits - hex.length()) + hex;
  }

  /** What {@link #ofNumber} made. */
  static long number(String word, int digits) {
    require(word.length() == digits && HEX.matcher(word).matches(), word);
    return Long.parseUnsignedLong(word, HEXADECIMAL);
  }

  /** A checksum, or the number of a signature. */
  static String ofInt(int bits) {
    return ofNumber(Integer.toUnsignedLong(bits), Integer.BYTES * 2);
  }

  static int intOf(String word) {
    return (int) number(word, Integer.BYTES * 2);
  }

  static long decimal(String word) {
    require(DECIMAL.matcher(word).matches(), word);
    return Long.parseLong(word);
  }

  private static void require(boolean holds, String word) {
    if (!holds) {
      throw new IllegalArgumentException(
          String.format(Locale.ROOT, "word of a manifest: %.100s", word));
    }
  }
}
