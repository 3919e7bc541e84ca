package org.jetbackup.engine.record;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.jetbackup.api.error.JetException;
import org.jetbackup.engine.format.PageSize;
import org.jetbackup.engine.format.Samples;
import org.junit.jupiter.api.Test;

/** Damaged records end in a JetException or a result, and in nothing else. */
class RecordMutationTest {

  private static final int ROUNDS = 50_000;
  private static final long SEED = 20261126;
  private static final int MARGIN = 3;
  private static final int WEIGHT = 20;

  @FunctionalInterface
  private interface Reader {
    void read(ByteBuffer bytes, int at, int length);
  }

  private record Base(Bytes bytes, Reader reader) {}

  @Test
  void recordsOfOursSurviveFiftyThousandMutations() {
    List<Base> bases = new ArrayList<>();
    for (PageSize size : PageSize.values()) {
      addCatalog(bases, size);
      addKeyValues(bases, size);
      addGeneral(bases, size);
    }
    addCompressed(bases);
    mutate(bases);
  }

  @Test
  void recordsOfTheOriginalSurviveFiftyThousandMutations() {
    List<Base> bases = new ArrayList<>();
    for (String name : Samples.REAL) {
      for (SampleEntries.Entry entry : SampleEntries.entries(name, SystemCatalog.CATALOG_ID)) {
        bases.add(new Base(entry.data(), catalog(PageSize.KIB_4)));
      }
      FixedLayout layout = switch (name) {
        case "binary" -> FixedLayout.ofWidths(4, 255, 255);
        case "multi" -> FixedLayout.ofWidths(4);
        default -> FixedLayout.ofWidths(4, 1, 1, 2, 4, 8, 4, 8, 8, 4, 8, 16, 2);
      };
      for (SampleEntries.Entry entry : SampleEntries.entries(name, SystemCatalog.FIRST_USER_ID)) {
        Base base = new Base(entry.data(), general(layout, PageSize.KIB_4));
        bases.addAll(Collections.nCopies(WEIGHT, base)); // few rows, and much in them
      }
    }
    mutate(bases);
  }

  private static void addCatalog(List<Base> bases, PageSize size) {
    for (CatalogRow row : KeyValueTable.rows(8, 31, 1, "kv")) {
      bases.add(new Base(Bytes.of(row.encode(size)), catalog(size)));
    }
    for (CatalogRow row : SystemCatalog.rows().subList(60, 72)) {
      bases.add(new Base(Bytes.of(row.encode(size)), catalog(size)));
    }
    for (ObjectIdRow row : SystemCatalog.objectIds()) {
      bases.add(new Base(
          Bytes.of(row.encode(size)),
          (bytes, at, length) -> ObjectIdRow.decode(bytes, at, length, size, Hex.PLACE)));
    }
    for (LocaleRow row : SystemCatalog.locales()) {
      bases.add(new Base(
          Bytes.of(row.encode(size)),
          (bytes, at, length) -> LocaleRow.decode(bytes, at, length, size, Hex.PLACE)));
    }
  }

  private static void addKeyValues(List<Base> bases, PageSize size) {
    byte[] key = Hex.ascii("a key");
    ByteBuffer target = size.newBuffer();
    int inline = KeyValueRecord.write(target, 0, size, key, 0, 5, key, 0, 5);
    bases.add(new Base(Bytes.of(target, 0, inline), keyValue(size)));
    int separated = KeyValueRecord.writeSeparated(target, 0, size, key, 0, 5, 77);
    bases.add(new Base(Bytes.of(target, 0, separated), keyValue(size)));
  }

  private static void addGeneral(List<Base> bases, PageSize size) {
    byte[] record = new RecordWriter(size)
        .fixed8(1)
        .fixedNull(4)
        .variable(Hex.ascii("abc"))
        .variableNull()
        .variable(Hex.ascii("d"))
        .tagged(256, TaggedHeader.LONG_VALUE | TaggedHeader.SEPARATED, Hex.bytes("01000000"))
        .taggedNull(257)
        .tagged(258, TaggedHeader.MULTI_VALUES | TaggedHeader.TWO_VALUES, Hex.bytes("01 61 6262"))
        .tagged(259, TaggedHeader.MULTI_VALUES, Hex.bytes("0600 0780 0b00 | 61 | 09000000 | 63"))
        .toBytes();
    for (int weight = 0; weight < 10; weight++) {
      bases.add(new Base(Bytes.of(record), general(FixedLayout.ofWidths(1, 4), size)));
    }
  }

  private static void addCompressed(List<Base> bases) {
    Reader expand = (bytes, at, length) -> Decompression.expand(bytes, at, length, Hex.PLACE);
    for (String hex : List.of(
        "0c 61 f1 18",
        "14 61 f1 18",
        "18 4f04 00000000 536f6d652076657279206c6f6e6720636f6d7072657373656420415343494920"
            + "08040000 7465787420746861742068617320 6d756c7469706c 8801 616c7565732c c800"
            + "697320 ffffffc3 1000 7a00 20 31 20 61 0700 0f ff fc03")) {
      for (int weight = 0; weight < 10; weight++) {
        bases.add(new Base(Bytes.of(Hex.bytes(hex)), expand));
      }
    }
  }

  private static Reader catalog(PageSize size) {
    CatalogReader reader = new CatalogReader(size, Hex.PLACE);
    return (bytes, at, length) -> {
      CatalogRow row = reader.read(bytes, at, length);
      row.primaryKey();
      row.nameKey();
    };
  }

  private static Reader keyValue(PageSize size) {
    KeyValueView view = new KeyValueView(size, Hex.PLACE);
    return (bytes, at, length) -> {
      view.moveTo(bytes, at, length);
      inside(at, length, view.keyOffset(), view.keyLength());
      if (!view.isValueNull()) {
        inside(at, length, view.valueOffset(), view.valueLength());
      }
      if (view.isSeparated()) {
        view.longValueId();
      }
    };
  }

  private static Reader general(FixedLayout layout, PageSize size) {
    RecordView view = new RecordView(layout, size, Hex.PLACE);
    return (bytes, at, length) -> {
      view.moveTo(bytes, at, length);
      for (int id = 1; id <= view.fixedLast(); id++) {
        view.isFixedNull(id);
        inside(at, length, view.fixedOffset(id), view.fixedLength(id));
      }
      for (int id = 128; id <= view.variableLast(); id++) {
        view.isVariableNull(id);
        inside(at, length, view.variableOffset(id), view.variableLength(id));
      }
      readTagged(view.tagged(), bytes, at, length);
    };
  }

  private static void readTagged(TaggedView tagged, ByteBuffer bytes, int at, int length) {
    for (int i = 0; i < tagged.count(); i++) {
      for (int n = 0; n < tagged.values(i); n++) {
        int from = tagged.valueOffset(i, n);
        inside(at, length, from, tagged.valueLength(i, n));
        if (tagged.isSeparated(i, n)) {
          tagged.longValueId(i, n);
        } else if (tagged.isCompressed(i, n)) {
          expandIfPossible(bytes, from, tagged.valueLength(i, n));
        }
      }
    }
  }

  private static void expandIfPossible(ByteBuffer bytes, int at, int length) {
    try {
      Decompression.expand(bytes, at, length, Hex.PLACE);
    } catch (JetException e) {
      assertTrue(e.error().isError()); // the record is sound, the value is not
    }
  }

  private static void inside(int at, int length, int from, int count) {
    if (from < at || count < 0 || from + count > at + length) {
      throw new AssertionError(
          count + " bytes at " + from + " of a record of " + length + " at " + at);
    }
  }

  private static void mutate(List<Base> bases) {
    int refused = 0;
    for (int round = 0; round < ROUNDS; round++) {
      long seed = SEED + round;
      Random random = new Random(seed);
      Base base = bases.get(random.nextInt(bases.size()));
      byte[] bytes = change(base.bytes.toArray(), random);
      // Nothing behind the record, so that reading past it fails.
      ByteBuffer buffer = ByteBuffer.allocate(MARGIN + bytes.length)
          .order(ByteOrder.LITTLE_ENDIAN)
          .put(MARGIN, bytes);
      try {
        base.reader.read(buffer, MARGIN, bytes.length);
      } catch (JetException e) {
        refused++;
      } catch (RuntimeException | Error e) {
        throw new AssertionError("seed " + seed + ", record " + Hex.of(bytes), e);
      }
    }
    assertTrue(refused > ROUNDS / 10, "only " + refused + " of " + ROUNDS + " were refused");
    assertTrue(refused < ROUNDS - ROUNDS / 10, "only " + (ROUNDS - refused) + " were read");
  }

  private static byte[] change(byte[] base, Random random) {
    byte[] bytes = switch (random.nextInt(6)) {
      case 0 -> Arrays.copyOf(base, random.nextInt(base.length + 1));
      case 1 -> Arrays.copyOf(base, base.length + random.nextInt(20));
      default -> base;
    };
    for (int changes = random.nextInt(4); changes > 0 && bytes.length > 0; changes--) {
      // Offsets and lengths stand at the start, so most changes go there.
      int at = random.nextInt(random.nextBoolean() ? bytes.length : Math.min(60, bytes.length));
      switch (random.nextInt(3)) {
        case 0 -> bytes[at] = (byte) (bytes[at] ^ (1 << random.nextInt(8)));
        case 1 -> bytes[at] = (byte) random.nextInt();
        default -> bytes[at] = (byte) (random.nextBoolean() ? -1 : 0);
      }
    }
    return bytes;
  }
}
