package org.jetbackup.engine.verify;

import static org.jetbackup.engine.verify.Damage.data;
import static org.jetbackup.engine.verify.Damage.key;
import static org.jetbackup.engine.verify.HandMadeDatabase.INDEX;

import java.util.Arrays;
import java.util.List;

/** Damage of records, of entries of indexes and of long values. */
final class RecordDamage {

  private RecordDamage() {}

  static List<Damage> records() {
    return List.of(
        Damage.of(
            "a record has another key",
            FindingKind.RECORD_KEY,
            50,
            d -> key(d, 1, "7f6b65793031000001 05".replace(" ", ""))),
        Damage.of(
            "a record is cut",
            FindingKind.RECORD,
            50,
            d ->
                d.nodes.set(1, d.nodes.get(1).withData((byte) 1, (byte) 0x80, (byte) 9, (byte) 0))),
        Damage.of(
            "a column is null that must not be", FindingKind.RECORD, 50, d -> data(d, 1, 8, 0xFF)),
        Damage.of("a record has an unknown column", FindingKind.RECORD, 50, d -> data(d, 1, 16, 1)),
        Damage.of("an entry leads nowhere", FindingKind.BOOKMARK, 44, d -> data(d, 2, 5, 'x')),
        Damage.of(
            "an entry has another key", FindingKind.INDEX_KEY, 44, d -> key(d, 10, "7f8000000b")),
        Damage.of("an entry is missing", FindingKind.INDEX_COUNT, 44, d -> d.nodes.remove(3))
            .at(INDEX),
        Damage.of(
            "a record of a system table is cut",
            FindingKind.RECORD,
            30,
            d -> d.nodes.set(
                2, d.nodes.get(2).withData((byte) 2, (byte) 0x80, (byte) 10, (byte) 0))));
  }

  static List<Damage> bounds() {
    byte[] tooLong =
        new Out().hex("02800a00 02 01000000 fc".replace(" ", "")).u16(300).toArray();
    return List.of(
        Damage.of(
            "a column that may be null is too long",
            FindingKind.RECORD,
            30,
            d -> d.nodes.set(
                2, d.nodes.get(2).withData(Arrays.copyOf(tooLong, tooLong.length + 300)))),
        Damage.of(
            "a chunk is short and only looks compressed", FindingKind.LONG_VALUE_CHUNK, 36, d -> {
              byte[] chunk = new byte[45];
              chunk[0] = 0x18; // XPRESS, of no bytes
              int last = d.nodes.size() - 1;
              d.nodes.set(last, d.nodes.get(last).withData(chunk));
            }));
  }

  static List<Damage> longValues() {
    return List.of(
        Damage.of(
            "the last chunk is missing",
            FindingKind.LONG_VALUE_SIZE,
            36,
            d -> d.nodes.remove(d.nodes.size() - 1)),
        Damage.of(
            "a value has a chunk too many",
            FindingKind.LONG_VALUE_CHUNK,
            36,
            d -> d.nodes.add(new Draft.Node(HandMadeDatabase.chunkKey(2, 8110), new byte[3]))),
        Damage.of(
            "a chunk stands elsewhere",
            FindingKind.LONG_VALUE_CHUNK,
            36,
            d -> key(d, d.nodes.size() - 1, "0000000200000001")),
        Damage.of(
            "a chunk is short and not compressed",
            FindingKind.LONG_VALUE_CHUNK,
            36,
            d -> d.nodes.set(
                d.nodes.size() - 1, d.nodes.get(d.nodes.size() - 1).withData(new byte[49]))),
        Damage.of(
            "a chunk has no head",
            FindingKind.LONG_VALUE_NODE,
            36,
            d -> d.nodes.add(new Draft.Node(HandMadeDatabase.chunkKey(3, 0), new byte[3]))),
        Damage.of(
            "a head is cut",
            FindingKind.LONG_VALUE_NODE,
            36,
            d -> d.nodes.add(new Draft.Node(HandMadeDatabase.id(3), new byte[3]))),
        Damage.of(
            "a key is neither of a head nor of a chunk",
            FindingKind.LONG_VALUE_NODE,
            36,
            d -> d.nodes.add(new Draft.Node(new byte[] {1, 2, 3}, new byte[3]))),
        Damage.of(
            "a value counts too many references",
            FindingKind.LONG_VALUE_REFERENCES,
            36,
            d -> data(d, d.nodes.size() - 2, 0, 3)),
        Damage.of(
            "a value is referred to by nobody",
            FindingKind.UNREFERENCED_LONG_VALUE,
            36,
            d -> d.nodes.add(
                new Draft.Node(HandMadeDatabase.id(3), new Out().u32(1).u32(0).toArray()))),
        Damage.of(
            "a record refers to no value",
            FindingKind.DANGLING_LONG_VALUE,
            50,
            d -> data(d, 3, d.nodes.get(3).data().length - 4, 99)));
  }
}
