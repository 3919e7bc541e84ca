package org.jetbackup.engine.verify;

import static org.jetbackup.engine.verify.HandMadeDatabase.INDEX;
import static org.jetbackup.engine.verify.HandMadeDatabase.LONG_VALUES;
import static org.jetbackup.engine.verify.HandMadeDatabase.TABLE;
import static org.jetbackup.engine.verify.HandMadeDatabase.TABLE_FREE;
import static org.jetbackup.engine.verify.HandMadeDatabase.TABLE_OWNED;
import static org.jetbackup.engine.verify.HandMadeDatabase.extent;
import static org.jetbackup.engine.verify.HandMadeDatabase.space;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jetbackup.api.position.LogGeneration;
import org.jetbackup.engine.format.HeaderField;
import org.jetbackup.engine.format.PageFlags;

/**
 * Damage that no checksum tells of: every change leaves all checksums right.
 *
 * <p>The rich file: root 31 over 58, 59, 60 over the leaves 50 to 57; index root 42 over 43, 44,
 * 45; long values root 34 over 35, 36; catalog 4, name index 7, index of tables 10, object ids 29.
 *
 * @param name what is done
 * @param kind what must be found
 * @param page where it must be found; 0 = the file as a whole
 * @param change does it
 */
record Damage(String name, FindingKind kind, long page, Consumer<Image> change) {

  private static final int UNKNOWN_FLAG = 0x100;

  @Override
  public String toString() {
    return name;
  }

  static List<Damage> all() {
    return Stream.of(
            tree(),
            shape(),
            pages(),
            whole(),
            extents(),
            extentNodes(),
            children(),
            catalog(),
            descriptions(),
            RecordDamage.records(),
            RecordDamage.bounds(),
            RecordDamage.longValues())
        .flatMap(List::stream)
        .toList();
  }

  static Damage of(String name, FindingKind kind, long page, Consumer<Draft> change) {
    return new Damage(name, kind, page, image -> image.edit(page, change));
  }

  private static void child(Draft draft, int index, long page) {
    draft.nodes.set(index, draft.nodes.get(index).withData(new Out().u32(page).toArray()));
  }

  static void key(Draft draft, int index, String key) {
    draft.nodes.set(index, draft.nodes.get(index).withKey(new Out().hex(key).toArray()));
  }

  static void data(Draft draft, int index, int at, int value) {
    byte[] data = draft.nodes.get(index).data().clone();
    data[at] = (byte) value;
    draft.nodes.set(index, draft.nodes.get(index).withData(data));
  }

  private static List<Damage> tree() {
    return List.of(
        of("children are swapped", FindingKind.KEY_OUT_OF_BOUNDS, 58, d -> {
              child(d, 0, 51);
              child(d, 1, 50);
            })
            .at(50),
        of("children are swapped, the chain", FindingKind.LEAF_CHAIN, 58, d -> {
              child(d, 0, 51);
              child(d, 1, 50);
            })
            .at(51),
        of("a leaf skips the next", FindingKind.LEAF_CHAIN, 51, d -> d.next = 53),
        of("a leaf ends the chain early", FindingKind.LEAF_CHAIN, 51, d -> d.next = 0),
        of("a leaf knows another leaf before", FindingKind.LEAF_CHAIN, 53, d -> d.previous = 50),
        of("the first leaf has one before", FindingKind.LEAF_CHAIN, 50, d -> d.previous = 57),
        of("the last leaf goes on", FindingKind.LEAF_CHAIN, 57, d -> d.next = 50),
        of("a leaf is its own neighbour", FindingKind.LEAF_CHAIN, 52, d -> d.next = 52),
        of("a branch page has a neighbour", FindingKind.LEAF_CHAIN, 59, d -> d.next = 60),
        of(
                "a separator is too high",
                FindingKind.KEY_OUT_OF_BOUNDS,
                58,
                d -> key(d, 0, "7f6b65793035ff"))
            .at(51),
        of("a separator is too low", FindingKind.KEY_OUT_OF_BOUNDS, 58, d -> key(d, 0, "7f01"))
            .at(50),
        of(
                "a separator of a branch lies above it",
                FindingKind.KEY_OUT_OF_BOUNDS,
                31,
                d -> key(d, 0, "7f6b65793033"))
            .at(58));
  }

  private static List<Damage> shape() {
    return List.of(
        of(
                "a separator with data is too low",
                FindingKind.KEY_OUT_OF_BOUNDS,
                INDEX,
                d -> key(d, 0, "7f800000057f6b65"))
            .at(43),
        of(
            "the last key of a branch is another",
            FindingKind.LAST_SEPARATOR,
            58,
            d -> key(d, 2, "7f6b65793131")),
        of(
            "the last key of a root is set",
            FindingKind.LAST_SEPARATOR,
            TABLE,
            d -> key(d, 2, "7fff")),
        of("a leaf lies too high", FindingKind.UNEVEN_DEPTH, TABLE, d -> child(d, 2, 56))
            .at(56),
        of("a branch page hangs where leaves do", FindingKind.PAGE_FLAGS, 58, d -> child(d, 1, 60)),
        of("a page hangs twice", FindingKind.USED_TWICE, TABLE, d -> child(d, 2, 58))
            .at(58),
        of("the root is its own grandchild", FindingKind.USED_TWICE, 59, d -> child(d, 1, 31))
            .at(31),
        of("a page of another tree hangs here", FindingKind.OBJECT_ID, 60, d -> child(d, 1, 43))
            .at(43),
        of("a child lies outside", FindingKind.CHILD_OUTSIDE, 60, d -> child(d, 1, 4000)),
        of("a branch page is empty", FindingKind.EMPTY_BRANCH, 60, d -> d.nodes.clear()),
        new Damage("a tree has nine levels", FindingKind.TOO_DEEP, 77, Damage::nineLevels));
  }

  private static void nineLevels(Image image) {
    int branch = image.view(59).flags().bits() & ~PageFlags.PARENT_OF_LEAVES;
    for (long page = 71; page < 80; page++) {
      Draft draft = new Draft(8, branch, 100, new byte[0]);
      draft.nodes.add(new Draft.Node(new byte[0], new Out().u32(page + 1).toArray()));
      draft.write(image.page(page), image.pageSize(), page);
    }
    image.edit(TABLE, d -> child(d, 2, 71));
  }

  private static List<Damage> pages() {
    return List.of(
        of("a leaf has another object id", FindingKind.OBJECT_ID, 52, d -> d.objectId = 77),
        of("a leaf says root", FindingKind.PAGE_FLAGS, 52, d -> {
          d.flags |= PageFlags.ROOT;
          d.header = space(1, 1, 0, 0);
        }),
        of("a leaf says index", FindingKind.PAGE_FLAGS, 52, d -> d.flags |= PageFlags.INDEX),
        of("a leaf has an unknown flag", FindingKind.PAGE_FLAGS, 52, d -> d.flags |= UNKNOWN_FLAG),
        of("a leaf says empty", FindingKind.PAGE_FLAGS, 52, d -> d.flags |= PageFlags.EMPTY),
        of(
            "a leaf has old records",
            FindingKind.PAGE_FLAGS,
            52,
            d -> d.flags &= ~PageFlags.NEW_RECORD_FORMAT),
        of("a leaf was never changed", FindingKind.PAGE_HEADER, 52, d -> d.dbtime = 0),
        of(
            "a branch page denies its leaves",
            FindingKind.PAGE_FLAGS,
            59,
            d -> d.flags &= ~PageFlags.PARENT_OF_LEAVES),
        of("an index says unique", FindingKind.PAGE_FLAGS, INDEX, d -> {
          d.flags &= ~PageFlags.NON_UNIQUE_KEYS;
          d.header = space(8, 31, 0, 0x7C);
        }),
        of("keys fall in a leaf", FindingKind.PAGE_NODE, 52, d -> Collections.swap(d.nodes, 0, 1)),
        new Damage(
            "a leaf is zero",
            FindingKind.PAGE_NEVER_WRITTEN,
            52,
            image -> Arrays.fill(
                image.bytes(),
                53 * image.pageSize().bytes(),
                54 * image.pageSize().bytes(),
                (byte) 0)),
        new Damage(
            "free bytes are miscounted",
            FindingKind.PAGE_HEADER,
            52,
            image -> image.patch(52, page -> page.putShort(28, (short) 1))));
  }

  private static List<Damage> whole() {
    return List.of(
        new Damage(
            "a tag lies outside",
            FindingKind.PAGE_TAG,
            52,
            image -> image.patch(
                52, page -> page.putShort(image.pageSize().bytes() - 8, (short) 0x1fff))),
        new Damage(
            "a page has reserved tags",
            FindingKind.NOT_SUPPORTED,
            52,
            image ->
                image.patch(52, page -> page.putShort(34, (short) (page.getShort(34) | 0x2000)))),
        new Damage(
            "a change is later than the header",
            FindingKind.DBTIME_TOO_LOW,
            0,
            image -> image.header(header -> header.set(HeaderField.DBTIME_DIRTIED, 101L))),
        new Damage(
            "the last object id is too low",
            FindingKind.LAST_OBJECT_ID_TOO_LOW,
            0,
            image -> image.header(header -> header.set(HeaderField.LAST_OBJECT_ID, 9L))),
        new Damage(
            "a clean file needs logs",
            FindingKind.HEADER_BROKEN,
            0,
            image -> image.header(header -> header
                .set(HeaderField.MIN_REQUIRED, Optional.of(new LogGeneration(3)))
                .set(HeaderField.MAX_REQUIRED, Optional.of(new LogGeneration(4))))),
        new Damage(
            "the headers differ",
            FindingKind.HEADERS_DIFFER,
            0,
            image -> image.shadowHeader(header -> header.putInt(24, 1))),
        new Damage(
            "the shadow header is of another size",
            FindingKind.HEADER_BROKEN,
            0,
            image -> image.shadowHeader(header -> header.putInt(236, 32 * 1024))));
  }

  private static List<Damage> extents() {
    return List.of(
        of("a page is leaked", FindingKind.LEAKED, TABLE_FREE, d -> d.nodes.remove(0))
            .at(62),
        of(
                "a page is used and free",
                FindingKind.USED_AND_FREE,
                TABLE_FREE,
                d -> d.nodes.add(0, extent(60, 1)))
            .at(60),
        of(
            "a root of extents is free",
            FindingKind.USED_AND_FREE,
            TABLE_FREE,
            d -> d.nodes.add(0, extent(33, 2))),
        of("a page kept for splits is free", FindingKind.FREE_TWICE, TABLE_FREE, d -> {
          Draft.Node node = d.nodes.get(0);
          d.nodes.set(0, node.withData(new Out().u32(5).toArray()));
        }),
        of(
                "a page kept for splits is used",
                FindingKind.USED_AND_FREE,
                TABLE_FREE,
                d -> d.header = new Out().u32(61).u32(2).u32(0).u32(0).toArray())
            .at(60),
        of(
            "a page kept for splits lies outside",
            FindingKind.EXTENT,
            TABLE_FREE,
            d -> d.header = new Out().u32(5000).u32(2).u32(0).u32(0).toArray()),
        of(
            "a free page belongs to the database",
            FindingKind.FREE_TWICE,
            TABLE_FREE,
            d -> d.nodes.add(0, extent(71, 1))),
        of(
            "owned extents overlap",
            FindingKind.EXTENTS_OVERLAP,
            TABLE_OWNED,
            d -> d.nodes.add(0, extent(65, 10))),
        of(
            "an extent ends outside",
            FindingKind.EXTENT,
            TABLE_OWNED,
            d -> d.nodes.set(0, extent(97, 67))),
        of(
            "an extent begins before page 1",
            FindingKind.EXTENT,
            TABLE_OWNED,
            d -> d.nodes.set(0, extent(70, 71))));
  }

  private static List<Damage> extentNodes() {
    return List.of(
        of(
            "an extent is empty",
            FindingKind.EXTENT,
            TABLE_OWNED,
            d -> d.nodes.add(0, extent(30, 0))),
        of(
            "an extent has a short key",
            FindingKind.EXTENT,
            TABLE_OWNED,
            d -> d.nodes.set(0, d.nodes.get(0).withKey((byte) 0, (byte) 70))),
        of(
            "a pool byte lacks its mark",
            FindingKind.EXTENT,
            TABLE_FREE,
            d -> key(d, 0, "0000000041")),
        of(
            "an extent belongs to a system table",
            FindingKind.OWNED_TWICE,
            TABLE_OWNED,
            d -> d.nodes.add(0, extent(28, 1))),
        of(
                "a page of the database has no owner",
                FindingKind.EXTENT,
                2,
                d -> d.nodes.set(0, extent(96, 95)))
            .at(1),
        of(
            "the root of the database has a node",
            FindingKind.SPACE_HEADER,
            1,
            d -> d.nodes.add(extent(5, 1))),
        of(
            "the parent of a table is another",
            FindingKind.SPACE_HEADER,
            TABLE,
            d -> d.header = space(40, 4, 1, TABLE_OWNED)),
        of(
            "a space header has unknown flags",
            FindingKind.SPACE_HEADER,
            TABLE,
            d -> d.header = space(40, 1, 9, TABLE_OWNED)),
        of(
            "a first extent is empty",
            FindingKind.SPACE_HEADER,
            TABLE,
            d -> d.header = space(0, 1, 1, TABLE_OWNED)),
        of(
            "a first extent is too long",
            FindingKind.SPACE_HEADER,
            TABLE,
            d -> d.header = space(41, 1, 1, TABLE_OWNED)));
  }

  private static List<Damage> children() {
    return List.of(
        of(
            "long values own a page of the index",
            FindingKind.OWNED_TWICE,
            LONG_VALUES,
            d -> d.header = space(9, 31, 0, 0x7C)),
        of(
            "an index owns more than its table",
            FindingKind.NOT_OWNED_BY_PARENT,
            INDEX,
            d -> d.header = space(33, 31, 2, 0x7C)),
        of(
                "long values use a page of their table",
                FindingKind.USED_NOT_OWNED,
                LONG_VALUES,
                d -> d.header = space(2, 31, 0, 0))
            .at(36),
        new Damage(
            "a table gives away its child's page",
            FindingKind.FREE_NOT_OWNED,
            41,
            image -> image
                .edit(LONG_VALUES, d -> d.header = space(8, 31, 0, 0x3C))
                .edit(TABLE_FREE, d -> d.nodes.add(0, extent(41, 1)))),
        of(
            "a bit stands for no page",
            FindingKind.SPACE_HEADER,
            LONG_VALUES,
            d -> d.header = space(8, 31, 0, 0xFC)),
        of(
            "a single extent is too long",
            FindingKind.SPACE_HEADER,
            LONG_VALUES,
            d -> d.header = space(34, 31, 0, 0x7C)),
        of(
                "a bit is missing",
                FindingKind.LEAKED,
                LONG_VALUES,
                d -> d.header = space(8, 31, 0, 0x3C))
            .at(41),
        of(
            "a space header denies that keys repeat",
            FindingKind.SPACE_HEADER,
            INDEX,
            d -> d.header = space(8, 31, 0, 0x7C)));
  }

  private static List<Damage> catalog() {
    return List.of(
        of("a row of the shadow is missing", FindingKind.SHADOW_CATALOG, 27, d -> d.nodes.remove(5))
            .at(24),
        of("a row of the shadow differs", FindingKind.SHADOW_CATALOG, 27, d -> data(d, 5, 20, 99)),
        of("a name leads to another row", FindingKind.NAME_INDEX, 7, d -> data(d, 3, 12, 99)),
        of("a name is missing", FindingKind.NAME_INDEX, 7, d -> d.nodes.remove(3)),
        of(
            "a table is missing in its index",
            FindingKind.ROOT_OBJECTS_INDEX,
            10,
            d -> d.nodes.remove(1)),
        of("an object id is missing", FindingKind.OBJECT_IDS, 29, d -> d.nodes.remove(4)),
        of(
            "an object id has another type",
            FindingKind.OBJECT_IDS,
            29,
            d -> data(d, 4, d.nodes.get(4).data().length - 2, 4)),
        of(
            "a row has another key",
            FindingKind.CATALOG_KEY,
            14,
            d -> key(d, last(d, 0), "7f800000087f80047f8000000f")),
        of(
            "a row is cut",
            FindingKind.CATALOG_ROW,
            14,
            d -> d.nodes.set(
                last(d, 0),
                d.nodes.get(last(d, 0)).withData((byte) 7, (byte) 0x80, (byte) 31, (byte) 0))),
        of("a row has another root", FindingKind.NOT_A_ROOT, 14, d -> data(d, last(d, 1), 14, 43))
            .at(43),
        of("a row has a root outside", FindingKind.NOT_A_ROOT, 14, d -> data(d, last(d, 1), 16, 9))
            .at(0x9002A));
  }

  private static List<Damage> descriptions() {
    return List.of(
        of("a row has the object id of another", FindingKind.DUPLICATE_OBJECT_ID, 14, d -> {
          data(d, last(d, 0), 10, 10);
          key(d, last(d, 0), "7f800000087f80047f8000000a");
        }),
        of(
            "a table lacks the flag of one",
            FindingKind.CATALOG_STRUCTURE,
            14,
            d -> data(d, last(d, 6), 31, 0x80)),
        of("a row describes nothing known", FindingKind.CATALOG_STRUCTURE, 14, d -> {
          data(d, last(d, 0), 8, 6);
          key(d, last(d, 0), "7f800000087f80067f80000009");
        }),
        of("a row belongs to no table", FindingKind.CATALOG_STRUCTURE, 14, d -> {
          data(d, last(d, 0), 4, 9);
          key(d, last(d, 0), "7f800000097f80047f80000009");
        }),
        of(
                "a table of the system is missing",
                FindingKind.CATALOG_STRUCTURE,
                14,
                d -> d.nodes.removeIf(node -> node.key()[4] == 7))
            .at(4),
        of(
            "a column has no type",
            FindingKind.CATALOG_STRUCTURE,
            14,
            d -> data(d, last(d, 3), 14, 13)),
        of(
            "a fixed column has another place",
            FindingKind.CATALOG_STRUCTURE,
            14,
            d -> data(d, last(d, 5), 31, 5)),
        of("an index has a column that is not there", FindingKind.CATALOG_STRUCTURE, 14, d -> {
          byte[] data = d.nodes.get(last(d, 2)).data();
          data(d, last(d, 2), data.length - 17, 0x90);
        }));
  }

  /** The place of the last node, or of one before. */
  static int last(Draft draft, int before) {
    return draft.nodes.size() - 1 - before;
  }

  /** The same, found on another page. */
  Damage at(long other) {
    return new Damage(name, kind, other, change);
  }
}
