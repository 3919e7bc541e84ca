package org.jetbackup.engine.verify;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.stream.LongStream;
import org.jetbackup.engine.format.DatabaseFileHeader;
import org.jetbackup.engine.format.DatabaseState;
import org.jetbackup.engine.format.HeaderField;
import org.jetbackup.engine.format.PageFlags;
import org.jetbackup.engine.format.PageSize;

/**
 * Writes small database files by hand, page by page, following section 12 and nothing of the
 * engine's writers but {@code PageWriter}.
 *
 * <p>{@link #minimal} is the file of the recipe: one table, three rows. {@link #rich} has every
 * shape that the checks know:
 *
 * <pre>
 *   table 8, pages 31 to 70, owned extents 32, free extents 33 (two pools, and a page kept back)
 *     rows in three levels on pages 50 to 60; free: 61 to 70
 *     long values 9, root 34, one extent 34 to 41      two values, of two chunks and of one
 *     index 10, root 42, one extent 42 to 49           keys repeat, two levels
 * </pre>
 */
final class HandMadeDatabase {

  static final long TABLE = 31;
  static final long TABLE_OWNED = 32;
  static final long TABLE_FREE = 33;
  static final long LONG_VALUES = 34;
  static final long INDEX = 42;
  static final long FIRST_TABLE_PAGE = 50;
  static final int ROWS = 30;

  private static final int MANY = 10_000;
  private static final int BASE = 0xA800;
  private static final int SPACE_ROOT = BASE | 0x23;

  private final PageSize size;
  private final Image image;
  private final HandMadeCatalog catalog;
  private final int pages;
  private long dbtime = 100;

  private HandMadeDatabase(PageSize size, int pages) {
    this.size = size;
    this.pages = pages;
    this.image = new Image(new byte[(pages + 2) * size.bytes()], size);
    this.catalog = new HandMadeCatalog(size.isLarge());
  }

  static Image minimal(PageSize size) {
    HandMadeDatabase file = new HandMadeDatabase(size, 34);
    file.systemRows();
    file.catalog.table(8, TABLE, 80, 0, 1, "kv");
    file.catalog.column(8, 128, 9, 255, 1, 0, -1, "Key");
    file.catalog.column(8, 256, 11, 0, 0, 0, -1, "Value");
    file.catalog.index(8, 8, TABLE, 0x10031, "KeyIndex", 128);
    List<Draft.Node> rows = new ArrayList<>();
    for (String key : List.of("alpha", "beta", "gamma-key-longer")) {
      byte[] bytes = key.getBytes(StandardCharsets.US_ASCII);
      byte[] value = file.tagged(1, ("value of " + key).getBytes(StandardCharsets.US_ASCII));
      Out row = new Out().hex("00800400").u16(bytes.length).add(bytes).add(value);
      rows.add(new Draft.Node(new Out().keyBinary(bytes).toArray(), row.toArray()));
    }
    file.tree(8, 0, List.<Long>of().iterator(), MANY).write(TABLE, space(1, 1, 0, 0), rows);
    file.space(3, 1, 0, extent(34, 3));
    return file.finish(8);
  }

  static Image rich(PageSize size) {
    HandMadeDatabase file = new HandMadeDatabase(size, 96);
    file.systemRows();
    file.catalog.table(8, TABLE, 80, 0, 40, "kv");
    file.catalog.column(8, 1, 4, 4, 1, 0, 4, "Number");
    file.catalog.column(8, 128, 9, 255, 1, 0, -1, "Key");
    file.catalog.column(8, 256, 11, 0, 0, 0, -1, "Value");
    file.catalog.index(8, 8, TABLE, 0x10031, "KeyIndex", 128);
    file.catalog.index(8, 10, INDEX, 0x1000e, "ByNumber", 1);
    file.catalog.longValues(8, 9, LONG_VALUES);
    file.table();
    file.longValues();
    file.index();
    file.space(TABLE_OWNED, 8, 0, extent(70, 40));
    file.space(TABLE_FREE, 8, 0, pooled(0x80, 65, 4), pooled(0x81, 70, 5));
    file.image.edit(
        TABLE_FREE, d -> d.header = new Out().u32(61).u32(1).u32(0).u32(0).toArray());
    file.space(3, 1, 0, extent(96, 26));
    return file.finish(10);
  }

  int room() {
    return size.bytes() - size.pageHeaderBytes();
  }

  long nextDbtime() {
    return ++dbtime;
  }

  void write(long page, Draft draft) {
    draft.write(image.page(page), size, page);
  }

  private HandMadeTree tree(long objectId, int flags, Iterator<Long> from, int perLeaf) {
    return new HandMadeTree(this, objectId, flags, from, perLeaf, perLeaf == MANY ? MANY : 3);
  }

  private static Iterator<Long> from(long first) {
    return LongStream.iterate(first, page -> page + 1).iterator();
  }

  static byte[] space(long count, long parent, long flags, long rest) {
    return new Out().u32(count).u32(parent).u32(flags).u32(rest).toArray();
  }

  static Draft.Node extent(long last, long count) {
    return new Draft.Node(
        new Out().bigEndian(last).toArray(), new Out().u32(count).toArray());
  }

  private static Draft.Node pooled(int pool, long last, long count) {
    return new Draft.Node(
        new Out().u8(pool).bigEndian(last).toArray(), new Out().u32(count).toArray());
  }

  private void space(long page, long objectId, int flags, Draft.Node... extents) {
    Draft draft = new Draft(objectId, SPACE_ROOT | flags, nextDbtime(), new byte[16]);
    draft.nodes.addAll(List.of(extents));
    write(page, draft);
  }

  /** The tagged column 256 with a header byte. */
  private byte[] tagged(int header, byte[] value) {
    return new Out()
        .u16(256)
        .u16(size.isLarge() ? 4 : 0x4004)
        .u8(header)
        .add(value)
        .toArray();
  }

  static byte[] keyOf(int row) {
    return "key%02d".formatted(row).getBytes(StandardCharsets.US_ASCII);
  }

  private void table() {
    List<Draft.Node> rows = new ArrayList<>();
    for (int row = 0; row < ROWS; row++) {
      byte[] key = keyOf(row);
      byte[] value = switch (row) {
        case 3 -> tagged(5, new Out().u32(1).toArray());
        case 5, 7 -> tagged(5, new Out().u32(2).toArray());
        default -> tagged(1, ("value " + row).getBytes(StandardCharsets.US_ASCII));
      };
      Out data =
          new Out().hex("01800900").u32(row / 2).hex("fe").u16(key.length).add(key);
      rows.add(
          new Draft.Node(new Out().keyBinary(key).toArray(), data.add(value).toArray()));
    }
    byte[] header = space(40, 1, 1, TABLE_OWNED);
    tree(8, 0, from(FIRST_TABLE_PAGE), 4).write(TABLE, header, rows);
  }

  private void longValues() {
    int chunk = (int) LongValueCheck.chunkBytes(size);
    byte[] first = new byte[chunk];
    Arrays.fill(first, (byte) 0xAB);
    List<Draft.Node> nodes = List.of(
        new Draft.Node(id(1), new Out().u32(1).u32(chunk + 100).toArray()),
        new Draft.Node(chunkKey(1, 0), first),
        new Draft.Node(chunkKey(1, chunk), new byte[100]),
        new Draft.Node(id(2), new Out().u32(2).u32(50).toArray()),
        new Draft.Node(chunkKey(2, 0), new byte[50]));
    // Two leaves in every page size.
    tree(9, PageFlags.LONG_VALUE, from(LONG_VALUES + 1), 3)
        .write(LONG_VALUES, space(8, 31, 0, 0x7F & ~0b11), nodes);
  }

  static byte[] id(long id) {
    return new Out().bigEndian(id).toArray();
  }

  static byte[] chunkKey(long id, long offset) {
    return new Out().bigEndian(id).bigEndian(offset).toArray();
  }

  private void index() {
    List<Draft.Node> entries = new ArrayList<>();
    for (int row = 0; row < ROWS; row++) {
      byte[] bookmark = new Out().keyBinary(keyOf(row)).toArray();
      entries.add(new Draft.Node(new Out().keyLong(row / 2).toArray(), bookmark));
    }
    int flags = PageFlags.INDEX | PageFlags.NON_UNIQUE_KEYS;
    // Eleven to a leaf, so that one number stands on two leaves and a separator has data in it.
    tree(10, flags, from(INDEX + 1), 11).write(INDEX, space(8, 31, 2, 0x7F & ~0b111), entries);
  }

  private void systemRows() {
    catalog.catalogTable(2, 4, 20, "MSysObjects");
    catalog.index(2, 4, 7, 0x10011, "Name", 1, 2, 128);
    catalog.index(2, 5, 10, 0x10009, "RootObjects", 8, 128);
    catalog.catalogTable(3, 24, 5, "MSysObjectsShadow");
    catalog.table(6, 29, 100, 0xC800_0000L, 0, "MSysObjids");
    catalog.column(6, 256, 4, 4, 0, 0, -1, "objid");
    catalog.column(6, 257, 4, 4, 0, 0, -1, "objidTable");
    catalog.column(6, 258, 3, 2, 0, 0, -1, "type");
    catalog.index(6, 6, 29, 0x1002f, "primary", 256);
    catalog.table(7, 30, 92, 0x8800_0000L, 0, "MSysLocales");
    catalog.column(7, 1, 2, 1, 1, 0, 4, "Type");
    catalog.column(7, 2, 4, 4, 0x30, 0, 5, "iValue");
    catalog.column(7, 128, 9, 255, 0, 0, -1, "Key");
    catalog.index(7, 7, 30, 0x1402f, "KeyPrimary", 128);
  }

  private Image finish(long lastObjectId) {
    List<HandMadeCatalog.Row> rows = catalog.rows();
    List<Draft.Node> nodes = rows.stream().map(HandMadeCatalog.Row::node).toList();
    boolean split = size == PageSize.KIB_4;
    tree(2, 0, from(13), MANY).write(4, space(20, 1, 1, 5), nodes);
    space(5, 2, 0, extent(23, 20));
    space(6, 2, 0, split ? extent(23, 9) : extent(23, 11));
    tree(3, 0, from(27), MANY).write(24, space(5, 1, 1, 25), nodes);
    space(25, 3, 0, extent(28, 5));
    if (split) {
      space(26, 3, 0);
    } else {
      space(26, 3, 0, extent(28, 2));
    }
    List<Draft.Node> names =
        new ArrayList<>(rows.stream().map(HandMadeCatalog.Row::nameEntry).toList());
    names.sort((a, b) -> Arrays.compareUnsigned(a.key(), b.key()));
    tree(4, PageFlags.INDEX, List.<Long>of().iterator(), MANY).write(7, space(3, 4, 1, 8), names);
    space(8, 4, PageFlags.INDEX, extent(9, 3));
    space(9, 4, PageFlags.INDEX);
    List<Draft.Node> roots = new ArrayList<>(rows.stream()
        .filter(HandMadeCatalog.Row::isRoot)
        .map(HandMadeCatalog.Row::rootEntry)
        .toList());
    roots.sort((a, b) -> Arrays.compareUnsigned(a.key(), b.key()));
    tree(5, PageFlags.INDEX, List.<Long>of().iterator(), MANY).write(10, space(3, 4, 1, 11), roots);
    space(11, 5, PageFlags.INDEX, extent(12, 3));
    space(12, 5, PageFlags.INDEX);
    objectIds(rows);
    locales();
    tree(1, 0, List.<Long>of().iterator(), MANY).write(1, space(pages, 0, 1, 2), List.of());
    space(2, 1, 0, extent(pages, pages));
    header(lastObjectId);
    return image;
  }

  private void objectIds(List<HandMadeCatalog.Row> rows) {
    List<Draft.Node> nodes = new ArrayList<>();
    for (HandMadeCatalog.Row row : rows) {
      boolean primary = row.type() == 3 && row.id() == row.table();
      if (row.type() != 2 && !primary) {
        Out data = new Out().hex("007f0400");
        data.hex(size.isLarge() ? "00010c00 01011100 02011600" : "00010c00 01011000 02011400");
        String header = size.isLarge() ? "00" : "";
        data.hex(header).u32(row.id()).hex(header).u32(row.table()).hex(header).u16(row.type());
        nodes.add(new Draft.Node(new Out().keyLong(row.id()).toArray(), data.toArray()));
      }
    }
    nodes.sort((a, b) -> Arrays.compareUnsigned(a.key(), b.key()));
    tree(6, 0, List.<Long>of().iterator(), MANY).write(29, space(1, 1, 0, 0), nodes);
  }

  private void locales() {
    List<Draft.Node> nodes = new ArrayList<>();
    for (String kind : List.of("External", "Internal")) {
      for (String part : List.of("Major", "Minor", "Update")) {
        String name = ".Schema\\" + kind + "\\" + part + "\0";
        nodes.add(locale(name, 1, part.equals("Major") ? 1 : 0));
      }
    }
    nodes.add(locale("MSysLocalesConsistent\0", 2, 1));
    nodes.sort((a, b) -> Arrays.compareUnsigned(a.key(), b.key()));
    tree(7, 0, List.<Long>of().iterator(), MANY).write(30, space(1, 1, 0, 0), nodes);
  }

  private static Draft.Node locale(String name, int type, int value) {
    byte[] key = name.getBytes(StandardCharsets.UTF_16LE);
    Out data =
        new Out().hex("02800a00").u8(type).u32(value).hex("fc").u16(key.length).add(key);
    return new Draft.Node(new Out().keyBinary(key).toArray(), data.toArray());
  }

  private void header(long lastObjectId) {
    byte[] page = DatabaseFileHeader.create(size)
        .set(HeaderField.STATE, DatabaseState.CLEAN)
        .set(HeaderField.DBTIME_DIRTIED, dbtime + 1)
        .set(HeaderField.DATABASE_ID, 1L)
        .set(HeaderField.LAST_OBJECT_ID, lastObjectId)
        .header()
        .encode()
        .array();
    System.arraycopy(page, 0, image.bytes(), 0, page.length);
    System.arraycopy(page, 0, image.bytes(), page.length, page.length);
  }
}
