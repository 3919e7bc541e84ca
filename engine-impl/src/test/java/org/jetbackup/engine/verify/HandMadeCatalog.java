package org.jetbackup.engine.verify;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jetbackup.engine.record.Bytes;

/** Rows of the catalog, put together byte by byte. Source: sections 8.1 to 8.6. */
final class HandMadeCatalog {

  private static final int ABSENT = -1;
  private static final long SYSTEM = 0xC000_0000L;

  private static final String FIXED = "ObjidTable:4:4:1 Type:3:2:1 Id:4:4:1 ColtypOrPgnoFDP:4:4:1"
      + " SpaceUsage:4:4:1 Flags:4:4:1 PagesOrLocale:4:4:1 RootFlag:1:1:0 RecordOffset:3:2:0"
      + " LCMapFlags:4:4:0 KeyMost:17:2:0 LVChunkMax:4:4:0";
  private static final String VARIABLE = "Name:10:255:1 Stats:9:255:0 TemplateTable:10:255:0"
      + " DefaultValue:9:255:0 KeyFldIDs:9:255:0 VarSegMac:9:255:0 ConditionalColumns:9:255:0"
      + " TupleLimits:9:255:0 Version:9:255:0 SortID:9:255:0";
  private static final String TAGGED = "CallbackData:11:0:0 CallbackDependencies:11:0:0"
      + " SeparateLV:11:0:0 SpaceHints:11:0:0 SpaceDeferredLVHints:11:0:0 LocaleName:11:0:0";

  private final boolean largePages;

  /** A row with what the indexes of the catalog need of it. */
  record Row(long table, int type, long id, String name, boolean isRoot, Bytes data) {

    byte[] key() {
      return new Out().keyLong(table).keyShort(type).keyLong(id).toArray();
    }

    Draft.Node node() {
      return new Draft.Node(key(), data.toArray());
    }

    Draft.Node nameEntry() {
      return new Draft.Node(
          new Out().keyLong(table).keyShort(type).keyText(name).toArray(), key());
    }

    Draft.Node rootEntry() {
      return new Draft.Node(new Out().hex("7fff").keyText(name).toArray(), key());
    }
  }

  private final List<Row> rows = new ArrayList<>();

  HandMadeCatalog(boolean largePages) {
    this.largePages = largePages;
  }

  /** All rows, in the order of their keys. */
  List<Row> rows() {
    rows.sort((a, b) -> Arrays.compareUnsigned(a.key(), b.key()));
    return rows;
  }

  void table(long id, long root, long density, long flags, long pages, String name) {
    byte[] fixed = fixed(id, 1, id, root, density, flags, pages).u8(0xff).toArray();
    add(id, 1, id, name, 8, fixed, "00", new byte[0], new byte[0]);
  }

  void column(long table, int id, int type, int space, int flags, int page, int at, String name) {
    byte[] defaults = (flags & 0x10) != 0 || name.equals("iValue") ? new byte[4] : new byte[0];
    if (at == ABSENT) {
      byte[] fixed = fixed(table, 2, id, type, space, flags, page).toArray();
      add(table, 2, id, name, 7, fixed, "80", defaults, new byte[0]);
    } else {
      byte[] fixed =
          fixed(table, 2, id, type, space, flags, page).u8(0x2a).u16(at).toArray();
      add(table, 2, id, name, 9, fixed, "80fe", defaults, new byte[0]);
    }
  }

  void index(long table, long id, long root, long flags, String name, int... columns) {
    byte[] fixed = fixed(table, 3, id, root, 80, flags, 0).hex("2a2a2a01040300").toArray();
    Out keys = new Out();
    for (int column : columns) {
      keys.u16(0).u16(column);
    }
    add(table, 3, id, name, 10, fixed, "80fd", new byte[0], keys.toArray());
  }

  void longValues(long table, long id, long root) {
    byte[] fixed = fixed(table, 4, id, root, 100, 0, 1).toArray();
    add(table, 4, id, "LV", 7, fixed, "80", new byte[0], new byte[0]);
  }

  /** A table with the columns of the catalog itself. */
  void catalogTable(long id, long root, long pages, String name) {
    table(id, root, 80, SYSTEM, pages, name);
    int column = 1;
    for (String text : FIXED.split(" ", -1)) {
      column(id, column++, text, 4);
    }
    column = 128;
    for (String text : VARIABLE.split(" ", -1)) {
      column(id, column++, text, ABSENT);
    }
    column = 256;
    for (String text : TAGGED.split(" ", -1)) {
      column(id, column++, text, ABSENT);
    }
    index(id, id, root, 0x10031, "Id", 1, 2, 3);
  }

  private void column(long table, int id, String text, int at) {
    String[] parts = text.split(":", -1);
    int space = Integer.parseInt(parts[2]);
    int flags = Integer.parseInt(parts[3]);
    column(table, id, Integer.parseInt(parts[1]), space, flags, 1252, at, parts[0]);
  }

  private static Out fixed(
      long table, int type, long id, long root, long space, long flags, long pages) {
    return new Out()
        .u32(table)
        .u16(type)
        .u32(id)
        .u32(root)
        .u32(space)
        .u32(flags)
        .u32(pages);
  }

  private void add(
      long table,
      int type,
      long id,
      String name,
      int fixedLast,
      byte[] fixed,
      String bitmap,
      byte[] defaults,
      byte[] keys) {
    byte[] text = name.getBytes(StandardCharsets.US_ASCII);
    int variableLast = keys.length > 0 ? 132 : defaults.length > 0 ? 131 : 128;
    Out row = new Out()
        .u8(fixedLast)
        .u8(variableLast)
        .u16(4 + fixed.length + bitmap.length() / 2)
        .add(fixed)
        .hex(bitmap)
        .u16(text.length);
    for (int column = 129; column <= variableLast; column++) {
      if (column == 131 && defaults.length > 0) {
        row.u16(text.length + defaults.length);
      } else if (column == 132) {
        row.u16(text.length + defaults.length + keys.length);
      } else {
        row.u16(0x8000 | text.length);
      }
    }
    row.add(text).add(defaults).add(keys);
    if (keys.length > 0) {
      row.u16(261).u16(largePages ? 4 : 0x4004).u8(1).hex("65006e002d0055005300");
    }
    rows.add(new Row(table, type, id, name, type == 1, Bytes.of(row.toArray())));
  }
}
