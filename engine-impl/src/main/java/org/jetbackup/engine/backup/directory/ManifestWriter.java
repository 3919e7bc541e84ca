package org.jetbackup.engine.backup.directory;

import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;
import org.jetbackup.engine.checkpoint.Attachment;
import org.jetbackup.engine.format.LogTime;
import org.jetbackup.engine.format.Signature;

/** Writes the text that {@link Manifest} describes. */
final class ManifestWriter {

  static final String HEAD = "jetbackup-manifest";
  static final int VERSION = 1;
  static final String ENGINE = "engine";
  static final String CREATED = "created";
  static final String BASE_NAME = "base-name";
  static final String PAGE_SIZE = "page-size";
  static final String LOG_FILE = "log-file";
  static final String LOG_SIGNATURE = "log-signature";
  static final String GENERATIONS = "generations";
  static final String DATABASE = "database";
  static final String LOG = "log";
  static final String CHECKSUM = "crc32c";

  /** Of the last line, the line break included. */
  static final int CHECKSUM_LINE_BYTES = CHECKSUM.length() + 1 + Integer.BYTES * 2 + 1;

  /** Of a time in a word. */
  static final int TIME_DIGITS = Long.BYTES * 2;

  private final StringBuilder text = new StringBuilder();

  private ManifestWriter() {}

  static byte[] write(Manifest manifest) {
    ManifestWriter writer = new ManifestWriter();
    writer.add(manifest);
    writer.line(CHECKSUM, ManifestWords.ofInt(checksum(writer.bytes())));
    byte[] bytes = writer.bytes();
    if (bytes.length > Manifest.BYTES_MAX) {
      throw new IllegalStateException("a manifest of " + bytes.length + " bytes");
    }
    return bytes;
  }

  static int checksum(byte[] bytes) {
    return checksum(bytes, bytes.length);
  }

  static int checksum(byte[] bytes, int length) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, 0, length);
    return (int) crc.getValue();
  }

  private void add(Manifest manifest) {
    line(HEAD, VERSION);
    line(ENGINE, ManifestWords.ofText(manifest.engine()));
    line(CREATED, manifest.created());
    line(BASE_NAME, ManifestWords.ofText(manifest.baseName()));
    line(PAGE_SIZE, manifest.pageSize().bytes());
    line(LOG_FILE, manifest.logFileBytes(), manifest.logSectorBytes());
    line(LOG_SIGNATURE, signature(manifest.log()));
    line(GENERATIONS, manifest.genLow(), manifest.genHigh());
    for (SetDatabase database : manifest.databases()) {
      SetFile file = database.file();
      Attachment origin = database.origin();
      line(
          DATABASE,
          ManifestWords.ofText(file.name()),
          file.bytes(),
          ManifestWords.ofInt(file.crc32c()),
          origin.databaseId(),
          origin.dbtime(),
          signature(origin.signature()),
          ManifestWords.ofText(origin.path()));
    }
    for (SetFile file : manifest.logs()) {
      line(LOG, ManifestWords.ofText(file.name()), ManifestWords.ofInt(file.crc32c()));
    }
  }

  /** Three words. */
  private static String signature(Signature signature) {
    LogTime created = signature.created();
    return ManifestWords.ofInt(signature.random())
        + " "
        + ManifestWords.ofNumber(created.bits(), TIME_DIGITS)
        + " "
        + ManifestWords.ofText(signature.computer());
  }

  private void line(String key, Object... words) {
    text.append(key);
    for (Object word : words) {
      text.append(' ').append(word);
    }
    text.append('\n');
  }

  private byte[] bytes() {
    return text.toString().getBytes(StandardCharsets.US_ASCII);
  }
}
