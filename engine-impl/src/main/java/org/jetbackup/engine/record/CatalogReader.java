package org.jetbackup.engine.record;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jetbackup.api.error.JetErr;
import org.jetbackup.api.error.JetException;
import org.jetbackup.api.position.PageNumber;
import org.jetbackup.engine.format.PageSize;

/**
 * Decodes rows of the catalog, those of the original included. For one thread. Source: sections 8.1
 * to 8.3.
 */
public final class CatalogReader {

  /** The type of a column that was deleted and whose row is still there. */
  private static final int DELETED_COLUMN = 0;

  private final RecordPlace place;
  private final RecordView view;
  private ByteBuffer bytes = ByteBuffer.allocate(0);

  /**
   * Makes a reader.
   *
   * @param size the page size of the database
   * @param place asked for the place when a row is broken
   */
  public CatalogReader(PageSize size, RecordPlace place) {
    this.place = place;
    this.view = new RecordView(CatalogTable.LAYOUT, size, place);
  }

  /**
   * Decodes a row. An index whose key columns or locale have a form that is not supported is an
   * {@link CatalogRow.Other}, so that it does not hide the rest of the catalog.
   *
   * @param buffer a little-endian buffer, for example the page
   * @param at the first byte of the record
   * @param length the length of the record
   * @return the row
   * @throws JetException {@link JetErr#NODE_CORRUPTED} if it is no record, {@link
   *     JetErr#CATALOG_CORRUPTED} if its values are impossible
   */
  public CatalogRow read(ByteBuffer buffer, int at, int length) {
    view.moveTo(buffer, at, length);
    bytes = buffer;
    for (int id = CatalogTable.TABLE_ID; id <= CatalogTable.LAST_ALWAYS_PRESENT; id++) {
      if (!has(id)) {
        throw corrupted("null column", id, "1 to 7 have a value");
      }
    }
    int type = u16(CatalogTable.TYPE);
    return switch (type) {
      case CatalogTable.TYPE_TABLE -> table();
      case CatalogTable.TYPE_COLUMN ->
        u32(CatalogTable.TYPE_OR_ROOT) == DELETED_COLUMN ? other(type, at, length) : column();
      case CatalogTable.TYPE_INDEX -> hasKnownForm() ? index() : other(type, at, length);
      case CatalogTable.TYPE_LONG_VALUES -> longValues();
      default -> other(type, at, length);
    };
  }

  private CatalogRow table() {
    long id = u32(CatalogTable.ID);
    if (id != u32(CatalogTable.TABLE_ID)) {
      throw corrupted("id of a table", id, "" + u32(CatalogTable.TABLE_ID));
    }
    return new CatalogRow.Table(
        id,
        rootPage(),
        bounded(CatalogTable.SPACE),
        (int) u32(CatalogTable.FLAGS),
        u32(CatalogTable.PAGES_OR_LOCALE),
        name());
  }

  private CatalogRow column() {
    long id = u32(CatalogTable.ID);
    if (id < RecordLayout.FIRST_FIXED || id > RecordLayout.LAST_TAGGED) {
      throw corrupted("column id", id, "1 to 65535");
    }
    long number = u32(CatalogTable.TYPE_OR_ROOT);
    ColumnType type = ColumnType.ofNumber(number)
        .orElseThrow(() -> corrupted("column type", number, "1 to 18, not 13"));
    Column column = new Column(
        (int) id,
        name(),
        type,
        bounded(CatalogTable.SPACE),
        (int) u32(CatalogTable.FLAGS),
        bounded(CatalogTable.PAGES_OR_LOCALE),
        variable(CatalogTable.DEFAULT_VALUE));
    boolean fixed = column.kind() == ColumnKind.FIXED;
    if (fixed && !has(CatalogTable.RECORD_OFFSET)) {
      throw corrupted("offset of fixed column", id, "not null");
    }
    return new CatalogRow.TableColumn(
        u32(CatalogTable.TABLE_ID),
        column,
        fixed ? OptionalInt.of(u16(CatalogTable.RECORD_OFFSET)) : OptionalInt.empty());
  }

  /** Whether key columns and locale of an index can be read. */
  private boolean hasKnownForm() {
    if ((u32(CatalogTable.FLAGS) & IndexFlags.EXTENDED_COLUMNS) == 0) {
      return false; // a short list of columns
    }
    TaggedView tagged = view.tagged();
    int i = tagged.find(CatalogTable.LOCALE_NAME);
    return i == TaggedView.NOT_FOUND
        || tagged.isNull(i)
        || tagged.header(i) == TaggedHeader.LONG_VALUE; // neither compressed nor separated
  }

  private CatalogRow index() {
    return new CatalogRow.Index(
        u32(CatalogTable.TABLE_ID),
        u32(CatalogTable.ID),
        rootPage(),
        bounded(CatalogTable.SPACE),
        (int) u32(CatalogTable.FLAGS),
        u32(CatalogTable.PAGES_OR_LOCALE),
        has(CatalogTable.MAPPING_FLAGS) ? (int) u32(CatalogTable.MAPPING_FLAGS) : 0,
        keyMost(),
        name(),
        keyColumns(),
        locale());
  }

  private CatalogRow longValues() {
    return new CatalogRow.LongValueTree(
        u32(CatalogTable.TABLE_ID),
        u32(CatalogTable.ID),
        rootPage(),
        bounded(CatalogTable.SPACE),
        u32(CatalogTable.PAGES_OR_LOCALE));
  }

  private CatalogRow other(int type, int at, int length) {
    String name = variable(CatalogTable.NAME).map(CatalogReader::text).orElse("");
    return new CatalogRow.Other(
        u32(CatalogTable.TABLE_ID), type, u32(CatalogTable.ID), name, Bytes.of(bytes, at, length));
  }

  private List<KeyColumn> keyColumns() {
    byte[] list = variable(CatalogTable.KEY_COLUMNS).orElse(Bytes.EMPTY).toArray();
    if (list.length == 0 || list.length % KeyColumn.BYTES != 0) {
      throw corrupted("bytes of the key columns", list.length, "4, 8, 12 ...");
    }
    List<KeyColumn> columns = new ArrayList<>();
    for (int at = 0; at < list.length; at += KeyColumn.BYTES) {
      int id = Byte.toUnsignedInt(list[at + 2]) | Byte.toUnsignedInt(list[at + 3]) << Byte.SIZE;
      if (id == 0) {
        throw corrupted("column id of a key", id, "1 to 65535");
      }
      columns.add(new KeyColumn(id, Byte.toUnsignedInt(list[at])));
    }
    return columns;
  }

  private Optional<String> locale() {
    TaggedView tagged = view.tagged();
    int i = tagged.find(CatalogTable.LOCALE_NAME);
    if (i == TaggedView.NOT_FOUND || tagged.isNull(i)) {
      return Optional.empty();
    }
    Bytes name = Bytes.of(bytes, tagged.valueOffset(i, 0), tagged.valueLength(i, 0));
    return Optional.of(new String(name.toArray(), StandardCharsets.UTF_16LE));
  }

  private String name() {
    Bytes name = variable(CatalogTable.NAME).orElse(Bytes.EMPTY);
    if (name.length() == 0) {
      throw corrupted("name", "", "a text");
    }
    return text(name);
  }

  private static String text(Bytes name) {
    return new String(name.toArray(), StandardCharsets.ISO_8859_1);
  }

  private int keyMost() {
    int keyMost =
        has(CatalogTable.KEY_MOST) ? u16(CatalogTable.KEY_MOST) : KeyBuilder.DEFAULT_KEY_MOST;
    if (keyMost < 1) {
      throw corrupted("key length of an index", keyMost, "from 1 on");
    }
    return keyMost;
  }

  private long rootPage() {
    long page = u32(CatalogTable.TYPE_OR_ROOT);
    if (page < PageNumber.MIN) {
      throw corrupted("root page", page, "from 1 on");
    }
    return page;
  }

  private int bounded(int id) {
    long value = u32(id);
    if (value > Integer.MAX_VALUE) {
      throw corrupted("value of column " + id, value, "up to " + Integer.MAX_VALUE);
    }
    return (int) value;
  }

  private boolean has(int id) {
    return view.isFixedPresent(id) && !view.isFixedNull(id);
  }

  private Optional<Bytes> variable(int id) {
    return view.isVariablePresent(id) && !view.isVariableNull(id)
        ? Optional.of(Bytes.of(bytes, view.variableOffset(id), view.variableLength(id)))
        : Optional.empty();
  }

  private int u16(int id) {
    return RecordLayout.u16(bytes, view.fixedOffset(id));
  }

  private long u32(int id) {
    return RecordLayout.u32(bytes, view.fixedOffset(id));
  }

  private JetException corrupted(String name, Object value, String limit) {
    return place.failure(JetErr.CATALOG_CORRUPTED, name, value, limit);
  }
}
