package org.jetbackup.engine.format;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jetbackup.api.error.JetErr;
import org.jetbackup.api.error.JetException;
import org.jetbackup.api.position.LogGeneration;
import org.jetbackup.api.position.LogPosition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class DatabaseFileHeaderTest {

  private static final Path FILE = Path.of("a.edb");

  @ParameterizedTest
  @ValueSource(strings = {"basic", "binary", "index", "multi", "synthetic-min-8192"})
  void aSampleWrittenFieldByFieldHasTheSameBytes(String name) {
    Samples.Sample sample = Samples.read(name);
    HeaderCopies copies = HeaderCopies.read(sample.start(), sample.file());
    assertTrue(copies.primaryGood() && copies.shadowGood());
    DatabaseFileHeader.Change fresh = DatabaseFileHeader.create(sample.size());
    HeaderField.all().forEach(field -> copy(field, copies.header(), fresh));
    ByteBuffer primary = sample.bytes().slice(0, sample.size().bytes());
    assertEquals(primary, fresh.header().encode());
    assertEquals(primary, copies.header().encode());
    assertEquals(DatabaseState.CLEAN, copies.header().state());
  }

  @Test
  void aRealHeaderIsRead() {
    Samples.Sample sample = Samples.read("basic");
    DatabaseFileHeader header = DatabaseFileHeader.decode(sample.start(), sample.file());
    assertEquals(0x98a810d4, HeaderChecksum.stored(header.encode()));
    assertEquals(0x193, header.get(HeaderField.DBTIME_DIRTIED));
    assertEquals(
        Optional.of(new LogPosition(LogGeneration.FIRST, 0x16, 0)),
        header.get(HeaderField.CONSISTENT_POSITION));
    assertEquals(
        header.get(HeaderField.CONSISTENT_POSITION), header.get(HeaderField.DETACH_POSITION));
    assertEquals(8, header.get(HeaderField.LAST_OBJECT_ID));
    assertEquals(20, header.get(HeaderField.FORMAT_UPDATE));
    assertEquals(Optional.empty(), header.get(HeaderField.MIN_REQUIRED));
    assertEquals(BackupInfo.NONE, header.get(HeaderField.FULL_BACKUP));
    Signature signature = header.get(HeaderField.DATABASE_SIGNATURE);
    assertEquals(0x87c3f09e, signature.random());
    assertEquals("2022-08-19T11:46:32.636Z", signature.created().toString());
  }

  @Test
  void noTwoFieldsShareAByteAndOnlyReservedBytesHaveNone() {
    StringBuilder gaps = new StringBuilder();
    int end = 16; // checksum, magic, version and attribute
    for (HeaderField<?> field : HeaderField.all()) {
      assertTrue(field.offset() >= end, field + " begins before byte " + end);
      if (field.offset() > end) {
        gaps.append(end).append('-').append(field.offset()).append(' ');
      }
      end = field.end();
    }
    assertEquals("252-280 304-316 ", gaps.toString());
    assertEquals(664, end); // the file type, and what came after update 110, follow
  }

  @ParameterizedTest
  @EnumSource
  void everyFieldComesBackWithTheValueThatWasSet(PageSize size) {
    BackupInfo backup = new BackupInfo(
        Optional.of(new LogPosition(new LogGeneration(7), 65535, 3)),
        LogTime.of(Instant.parse("2026-11-26T04:00:00.123Z")),
        Optional.of(new LogGeneration(5)),
        Optional.of(new LogGeneration(LogGeneration.MAX)));
    Signature signature = new Signature(-5, backup.time(), "computer \u00e9");
    DatabaseFileHeader header = DatabaseFileHeader.create(size)
        .set(HeaderField.STATE, DatabaseState.DIRTY)
        .set(HeaderField.DATABASE_SIGNATURE, signature)
        .set(HeaderField.CURRENT_FULL_BACKUP, backup)
        .set(HeaderField.MIN_REQUIRED, backup.first())
        .set(HeaderField.MAX_REQUIRED, backup.last())
        .set(HeaderField.BAD_CHECKSUMS, new EventCounter(0xFFFFFFFFL, backup.time(), 2))
        .set(HeaderField.DBTIME_DIRTIED, Long.MAX_VALUE)
        .header();
    DatabaseFileHeader read = DatabaseFileHeader.decode(header.encode(), FILE);
    assertEquals(size, read.pageSize());
    HeaderField.all().forEach(field -> assertEquals(header.get(field), read.get(field)));
    assertEquals(backup, read.get(HeaderField.CURRENT_FULL_BACKUP));
    assertEquals(signature, read.get(HeaderField.DATABASE_SIGNATURE));
    assertEquals(DatabaseState.DIRTY, read.state());
  }

  @Test
  void aChangeLeavesTheOldHeaderAsItWas() {
    DatabaseFileHeader clean = header(PageSize.KIB_8);
    DatabaseFileHeader.Change change = clean.change().set(HeaderField.DATABASE_ID, 1L);
    DatabaseFileHeader first = change.header();
    change.set(HeaderField.DATABASE_ID, 2L);
    assertEquals(0, clean.get(HeaderField.DATABASE_ID));
    assertEquals(1, first.get(HeaderField.DATABASE_ID));
    assertEquals(2, change.header().get(HeaderField.DATABASE_ID));
  }

  @Test
  void bytesThatNoFieldCoversAreKept() {
    ByteBuffer page = header(PageSize.KIB_4).encode().putInt(700, 0x12345678).putInt(4000, 99);
    HeaderChecksum.stamp(page, 4096);
    DatabaseFileHeader read = DatabaseFileHeader.decode(page, FILE);
    ByteBuffer again = read.change().set(HeaderField.DATABASE_ID, 0L).header().encode();
    assertEquals(page, again);
  }

  @Test
  void aValueThatDoesNotFitIsAMistakeOfTheCaller() {
    DatabaseFileHeader.Change change = DatabaseFileHeader.create(PageSize.KIB_4);
    assertThrows(
        IllegalArgumentException.class, () -> change.set(HeaderField.DATABASE_ID, 1L << 32));
    assertThrows(IllegalArgumentException.class, () -> change.set(HeaderField.DATABASE_ID, -1L));
    assertThrows(
        IllegalArgumentException.class, () -> new Signature(0, LogTime.UNSET, "a name of 17 char"));
  }

  @Test
  void aHeaderThatNobodyCouldReadIsNotMade() {
    DatabaseFileHeader.Change change = DatabaseFileHeader.create(PageSize.KIB_4)
        .set(HeaderField.MIN_REQUIRED, Optional.of(new LogGeneration(2)));
    assertThrows(IllegalArgumentException.class, change::header);
    change.set(HeaderField.MAX_REQUIRED, Optional.of(LogGeneration.FIRST));
    assertThrows(IllegalArgumentException.class, change::header);
    change.set(HeaderField.MAX_REQUIRED, Optional.of(new LogGeneration(2)));
    assertEquals(PageSize.KIB_4, change.header().pageSize());
  }

  static Stream<Arguments> damages() {
    return Stream.of(
        damage(JetErr.DATABASE_CORRUPTED, "magic", page -> page.putInt(4, 0)),
        damage(JetErr.INVALID_DATABASE_VERSION, "format version", page -> page.putInt(8, 0x623)),
        damage(JetErr.DATABASE_CORRUPTED, "file attribute", page -> page.putInt(12, 1)),
        damage(JetErr.DATABASE_CORRUPTED, "state (byte 52)", page -> page.putInt(52, 9)),
        damage(JetErr.DATABASE_CORRUPTED, "attach time (byte 72)", page -> page.putLong(72, 1)),
        damage(JetErr.DATABASE_CORRUPTED, "attach position", page -> page.putInt(84, -1)),
        damage(JetErr.DATABASE_CORRUPTED, "attach position", page -> page.putInt(80, 1)),
        damage(JetErr.DATABASE_CORRUPTED, "page size (byte 236)", page -> page.putInt(236, 0)),
        damage(JetErr.DATABASE_CORRUPTED, "at least 32768", page -> page.putInt(236, 32768)),
        damage(JetErr.DATABASE_CORRUPTED, "page size", page -> page.putInt(236, -1)),
        damage(JetErr.DATABASE_CORRUPTED, "min required", page -> page.putInt(296, 1)),
        damage(
            JetErr.DATABASE_CORRUPTED,
            "min required",
            page -> page.putInt(296, 2).putInt(300, 1)),
        damage(JetErr.DATABASE_CORRUPTED, "file type", page -> page.put(667, (byte) 3)));
  }

  private static Arguments damage(JetErr error, String text, Consumer<ByteBuffer> change) {
    return Arguments.of(error, text, change);
  }

  @ParameterizedTest
  @MethodSource("damages")
  void anImpossibleValueIsNamed(JetErr error, String text, Consumer<ByteBuffer> change) {
    ByteBuffer page = header(PageSize.KIB_4).encode();
    change.accept(page);
    HeaderChecksum.stamp(page, 4096);
    JetException e = assertThrows(JetException.class, () -> DatabaseFileHeader.decode(page, FILE));
    assertEquals(error, e.error());
    assertTrue(e.toString().contains("a.edb"), e.toString());
    assertTrue(e.toString().contains(text), e.toString());
  }

  @Test
  void everyFlippedBitOfAHeaderIsFound() {
    ByteBuffer page = header(PageSize.KIB_4).encode();
    for (int bit = 0; bit < 4096 * 8; bit++) {
      byte before = page.get(bit / 8);
      page.put(bit / 8, (byte) (before ^ 1 << bit % 8));
      assertThrows(JetException.class, () -> DatabaseFileHeader.decode(page, FILE));
      page.put(bit / 8, before);
    }
  }

  @ParameterizedTest
  @EnumSource
  void theShadowIsFoundWithoutThePrimaryWhateverThePageSize(PageSize size) {
    ByteBuffer start = copies(size);
    start.putInt(236, 0).put(100, (byte) 1);
    HeaderCopies copies = HeaderCopies.read(start, FILE);
    assertFalse(copies.primaryGood());
    assertTrue(copies.shadowGood());
    assertEquals(size, copies.header().pageSize());
  }

  @ParameterizedTest
  @EnumSource
  void thePrimaryWinsAndABadShadowIsReported(PageSize size) {
    ByteBuffer start = copies(size);
    start.put(size.bytes() + 100, (byte) 1);
    HeaderCopies copies = HeaderCopies.read(start, FILE);
    assertTrue(copies.primaryGood());
    assertFalse(copies.shadowGood());
  }

  @Test
  void twentyThousandDamagedHeadersWithAGoodSumAreReadOrRefused() {
    ByteBuffer good = header(PageSize.KIB_4).encode();
    int refused = 0;
    for (long seed = 20261126; seed < 20261126 + 20_000; seed++) {
      Random random = new Random(seed);
      ByteBuffer page = PageSize.KIB_4.newBuffer().put(0, good, 0, 4096);
      int at = random.nextInt(DatabaseFileHeader.USED_BYTES - 4);
      page.putInt(at, random.nextBoolean() ? random.nextInt() : random.nextInt(10));
      HeaderChecksum.stamp(page, 4096);
      try {
        DatabaseFileHeader read = DatabaseFileHeader.decode(page, FILE);
        HeaderField.all().forEach(read::get);
        assertEquals(page, read.encode());
      } catch (JetException e) {
        refused++;
      } catch (RuntimeException | Error e) {
        throw new AssertionError("seed " + seed, e);
      }
    }
    assertTrue(refused > 5000, "only " + refused + " were refused");
  }

  @Test
  void aFileOfAnyLengthAndContentIsReadOrRefused() {
    Random random = new Random(20261126);
    for (int length : new int[] {0, 1, 4095, 4096, 8191, 8192, 65536}) {
      byte[] bytes = new byte[length];
      random.nextBytes(bytes);
      JetException e =
          assertThrows(JetException.class, () -> HeaderCopies.read(ByteBuffer.wrap(bytes), FILE));
      assertEquals(JetErr.DATABASE_CORRUPTED, e.error());
    }
  }

  private static DatabaseFileHeader header(PageSize size) {
    return DatabaseFileHeader.create(size).header();
  }

  private static ByteBuffer copies(PageSize size) {
    ByteBuffer page = header(size).encode();
    return ByteBuffer.allocate(HeaderCopies.BYTES)
        .order(ByteOrder.LITTLE_ENDIAN)
        .put(0, page, 0, size.bytes())
        .put(size.bytes(), page, 0, size.bytes());
  }

  private static <T> void copy(
      HeaderField<T> field, DatabaseFileHeader from, DatabaseFileHeader.Change to) {
    to.set(field, from.get(field));
  }
}
