package org.jetbackup.engine.backup.directory;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.jetbackup.api.error.JetErr;
import org.jetbackup.api.error.JetException;
import org.jetbackup.api.position.LogGeneration;
import org.jetbackup.engine.checkpoint.Attachment;
import org.jetbackup.engine.format.FileNames;
import org.jetbackup.engine.format.LogTime;
import org.jetbackup.engine.format.PageSize;
import org.jetbackup.engine.format.Signature;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ManifestTest {

  private static final LogTime TIME = LogTime.of(Instant.parse("2026-03-04T05:06:07.891Z"));
  private static final int ROUNDS = 60_000;

  private final FileSystem files = Jimfs.newFileSystem(Configuration.unix());
  private final Path file = files.getPath(Manifest.FILE_NAME);

  @AfterEach
  void close() throws IOException {
    files.close();
  }

  private static Manifest manifest(String... paths) {
    List<SetDatabase> databases = new ArrayList<>();
    for (String path : paths) {
      int number = databases.size() + 1;
      Signature signature = new Signature(-number, TIME, "host é");
      databases.add(new SetDatabase(
          new SetFile(number + ".a.edb", 36 * 4096, 0x89ABCDEF),
          new Attachment(number, path, signature, Long.MAX_VALUE)));
    }
    return manifest(databases, logs(3));
  }

  private static Manifest manifest(List<SetDatabase> databases, List<SetFile> logs) {
    return new Manifest(
        "jetbackup 1.0 (100 % ours)",
        Instant.parse("2026-03-04T05:06:07.891234567Z"),
        "edb",
        PageSize.KIB_4,
        64 << 10,
        512,
        Signature.of(4711, TIME),
        new LogGeneration(0xFFFFE),
        new LogGeneration(0xFFFFE + logs.size() - 1),
        databases,
        logs);
  }

  private static List<SetFile> logs(int count) {
    List<SetFile> logs = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      String name = FileNames.closedLog("edb", new LogGeneration(0xFFFFE + i));
      logs.add(new SetFile(name, 64 << 10, i * 0x01234567));
    }
    return logs;
  }

  private Manifest read(byte[] content) {
    TinyBackup.write(file, content);
    return Manifest.read(file);
  }

  /** With the right checksum below. */
  private static byte[] sealed(String text) {
    byte[] body = text.getBytes(StandardCharsets.ISO_8859_1);
    String last = "crc32c " + ManifestWords.ofInt(ManifestWriter.checksum(body)) + "\n";
    return (text + last).getBytes(StandardCharsets.ISO_8859_1);
  }

  /** Without the last line. */
  private static String body(Manifest manifest) {
    String text = new String(manifest.encode(), StandardCharsets.ISO_8859_1);
    return text.substring(0, text.length() - ManifestWriter.CHECKSUM_LINE_BYTES);
  }

  @Test
  void whatWasWrittenIsRead() {
    Manifest manifest = manifest("data/a.edb", "\\b\\c.edb");
    assertEquals(manifest, read(manifest.encode()));
    assertEquals(manifest(), read(manifest().encode()));
  }

  @Test
  void peopleCanReadIt() {
    String text = body(manifest("data/a.edb"));
    assertTrue(text.startsWith("jetbackup-manifest 1\nengine jetbackup%00201.0%0020"), text);
    assertTrue(text.contains("\ndatabase 1.a.edb 147456 89abcdef 1 9223372036854775807 "), text);
    assertTrue(
        text.endsWith(" host%0020%00e9 data/a.edb\nlog edb000FFFFE.log 00000000\n"
                .replace("edb000FFFFE", "edbFFFFE")
            + "log edbFFFFF.log 01234567\n"
            + "log edb00100000.log 02468ace\n"),
        text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "line\nbreak",
        "\r",
        " ",
        "%",
        "%0020",
        "\0",
        "ä€😀",
        "\uD800 half",
        "a b",
        "\u2028"
      })
  void aPathMayConsistOfAnything(String path) {
    Manifest manifest = manifest(path, path + "/other");
    assertEquals(manifest, read(manifest.encode()));
  }

  @Test
  void everyFlippedBitIsNoticed() {
    byte[] content = manifest("data/a.edb").encode();
    for (int bit = 0; bit < content.length * Byte.SIZE; bit++) {
      byte[] other = content.clone();
      other[bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);
      Failures.expect(JetErr.DATABASE_CORRUPTED, file, () -> read(other));
    }
    for (int length = 0; length < content.length; length++) {
      byte[] shorter = Arrays.copyOf(content, length);
      Failures.expect(JetErr.DATABASE_CORRUPTED, file, () -> read(shorter));
    }
  }

  @Test
  void anotherVersionIsToldFromDamage() {
    String newer = body(manifest()).replace("jetbackup-manifest 1\n", "jetbackup-manifest 2\n");
    Failures.expect(JetErr.INVALID_DATABASE_VERSION, file, () -> read(sealed(newer)));
    Failures.expect(
        JetErr.INVALID_DATABASE_VERSION, file, () -> read(sealed("jetbackup-manifest 7\n?\n")));
    Failures.expect(
        JetErr.DATABASE_CORRUPTED, file, () -> read(newer.getBytes(StandardCharsets.US_ASCII)));
    Failures.expect(JetErr.DATABASE_CORRUPTED, file, () -> read(sealed("something else 1\n")));
  }

  @Test
  void whatIsTooLongIsNotRead() {
    byte[] content = new byte[Manifest.BYTES_MAX + 1];
    Failures.expect(JetErr.DATABASE_CORRUPTED, file, () -> read(content));
  }

  @Test
  void halfAMillionLogsFit() {
    Manifest manifest = manifest(List.of(), logs(0x7FFFF));
    byte[] content = manifest.encode();
    assertTrue(content.length <= Manifest.BYTES_MAX, "length: " + content.length);
    assertEquals(0x7FFFF, read(content).logs().size());
  }

  @Test
  void hostileValuesUnderARightChecksumAreRefused() {
    String text = body(manifest("data/a.edb"));
    String[][] changes = {
      {"log-file 65536 512", "log-file 65536 511"},
      {"log-file 65536 512", "log-file 4295032832 512"},
      {"log-file 65536 512", "log-file 99999999999999999999 512"},
      {"log-file 65536 512", "log-file -1 512"},
      {"generations 1048574 1048576", "generations 0 1048576"},
      {"generations 1048574 1048576", "generations 1048574 2147481600"},
      {"generations 1048574 1048576", "generations 1048576 1048574"},
      {"generations 1048574 1048576", "generations 1 2 3"},
      {"page-size 4096", "page-size 4097"},
      {"page-size 4096", "page-size 04096"},
      {"base-name edb", "base-name ../x"},
      {"1.a.edb", "../1.a.edb"},
      {"1.a.edb", ".."},
      {"1.a.edb", "edbFFFFE.log"},
      {"1.a.edb", "manifest.jetbackup"},
      {"1.a.edb", "1.a%002fedb"},
      {"147456", "147457"},
      {"147456", "8192"},
      {"147456", "9223372036854771712"},
      {"edbFFFFF.log", "edb0000A.log"},
      {"edbFFFFF.log", "%002e%002e"},
      {"created 2026", "created +2026"},
      {"created 2026-03-04T", "created 2026-03-44T"},
      {"data/a.edb", "%"},
      {"data/a.edb", "data/a%0061b"},
      {"data/a.edb", "data/a.edb x"},
      {"data/a.edb", "data/\u00e9"},
      {"data/a.edb", "x".repeat(40_000)},
      {"engine ", "engine  "},
      {"engine ", "engine " + "x".repeat(Manifest.ENGINE_LENGTH_MAX)},
      {"log edbFFFFF", "gol edbFFFFF"},
      {"log edbFFFFF", "\nlog edbFFFFF"},
      {"89abcdef", "89ABCDEF"},
      {"89abcdef", "89abcde"},
      {" 1 9223372036854775807", " 0 9223372036854775807"},
      {" 1 9223372036854775807", " 4294967297 1"},
      {"1 9223372036854775807", "1 9223372036854775808"},
    };
    for (String[] change : changes) {
      assertTrue(text.contains(change[0]), change[0]);
      byte[] content = sealed(text.replace(change[0], change[1]));
      Failures.expect(JetErr.DATABASE_CORRUPTED, file, () -> read(content));
    }
    String line = text.substring(text.indexOf("database"), text.indexOf("log edbFFFFE"));
    Failures.expect(
        JetErr.DATABASE_CORRUPTED, file, () -> read(sealed(text.replace(line, line + line))));
    Failures.expect(
        JetErr.DATABASE_CORRUPTED, file, () -> read(sealed(text.replace(line, line.repeat(9)))));
  }

  /** To replay a failure, put its seed in. */
  @Test
  void mutatedTextUnderARightChecksumIsRefusedOrMeansItself() {
    long seed = Long.getLong("seed", 20261126L);
    Random random = new Random(seed);
    int[] accepted = {0};
    String text = body(manifest("data/a.edb", "b\n.edb"));
    for (int round = 0; round < ROUNDS; round++) {
      byte[] content = sealed(mutated(text, random));
      String replay = "seed " + seed + ", round " + round;
      try {
        assertArrayEquals(content, read(content).encode(), replay);
        accepted[0]++;
      } catch (JetException e) {
        assertTrue(
            e.error() == JetErr.DATABASE_CORRUPTED || e.error() == JetErr.INVALID_DATABASE_VERSION,
            () -> replay + ": " + e);
      }
    }
    assertTrue(accepted[0] > ROUNDS / 100, "accepted: " + accepted[0]);
    assertTrue(accepted[0] < ROUNDS, "accepted: " + accepted[0]);
  }

  private static String mutated(String text, Random random) {
    StringBuilder mutated = new StringBuilder(text);
    for (int changes = 1 + random.nextInt(3); changes > 0; changes--) {
      int at = random.nextInt(mutated.length());
      switch (random.nextInt(5)) {
        case 0 -> mutated.setCharAt(at, (char) random.nextInt(256));
        case 1 -> mutated.setCharAt(at, (char) ('0' + random.nextInt(10)));
        case 2 -> mutated.deleteCharAt(at);
        case 3 -> mutated.insert(at, text.charAt(random.nextInt(text.length())));
        default -> {
          int from = random.nextInt(text.length());
          int to = Math.min(text.length(), from + random.nextInt(40));
          mutated.insert(at, text, from, to);
        }
      }
    }
    return mutated.toString();
  }

  @Test
  void partsThatDoNotFitMakeNoManifest() {
    SetDatabase one = manifest("a").databases().get(0);
    assertThrows(IllegalArgumentException.class, () -> manifest(List.of(one, one), logs(1)));
    assertThrows(IllegalArgumentException.class, () -> manifest(List.of(one), List.of()));
    List<SetFile> gap = new ArrayList<>(logs(3));
    gap.remove(1);
    assertThrows(IllegalArgumentException.class, () -> manifest(List.of(one), gap));
  }

  @Test
  void namesOfCopiesAreGoodEverywhere() {
    assertEquals("1.sales.edb", SetDatabase.nameOfCopy(1, files.getPath("/data/sales.edb")));
    String odd = SetDatabase.nameOfCopy(2, files.getPath("/a\\b:c é.edb"));
    assertEquals("2.a_b_c__.edb", odd);
    assertTrue(OwnNames.isDatabase(odd));
    String longName = SetDatabase.nameOfCopy(3, files.getPath("x".repeat(250) + ".edb"));
    assertTrue(longName.endsWith("x.edb") && longName.length() < 110, longName);
    for (String name : List.of("", ".", "..", "a/b", "a\\b", "C:x", "a\nb", "x".repeat(256))) {
      assertFalse(SetFile.isPlain(name), name);
    }
  }
}
