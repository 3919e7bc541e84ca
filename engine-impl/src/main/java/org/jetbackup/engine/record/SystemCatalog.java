package org.jetbackup.engine.record;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/**
 * What every new database describes of itself: the rows about the four system tables, and the rows
 * in two of them. Thread-safe. Source: sections 7.3 and 8.1 to 8.3.
 */
public final class SystemCatalog {

  /** The object id of the catalog, MSysObjects. */
  public static final long CATALOG_ID = 2;

  /** The object id of its shadow. */
  public static final long SHADOW_ID = 3;

  /** The object id of the catalog's index Name. */
  public static final long NAME_INDEX_ID = 4;

  /** The object id of the catalog's index RootObjects. */
  public static final long ROOT_OBJECTS_INDEX_ID = 5;

  /** The object id of MSysObjids. */
  public static final long OBJECT_IDS_ID = 6;

  /** The object id of MSysLocales. */
  public static final long LOCALES_ID = 7;

  /** The first object id of a user's table. */
  public static final long FIRST_USER_ID = 8;

  /** The root page of the catalog. */
  public static final long CATALOG_ROOT = 4;

  /** The root page of the shadow. */
  public static final long SHADOW_ROOT = 24;

  /** The root page of the index Name. */
  public static final long NAME_INDEX_ROOT = 7;

  /** The root page of the index RootObjects. */
  public static final long ROOT_OBJECTS_INDEX_ROOT = 10;

  /** The root page of MSysObjids. */
  public static final long OBJECT_IDS_ROOT = 29;

  /** The root page of MSysLocales. */
  public static final long LOCALES_ROOT = 30;

  private static final int CATALOG_FLAGS = TableFlags.SYSTEM | TableFlags.FIXED_DEFINITION;
  private static final int CATALOG_PAGES = 20;
  private static final int SHADOW_PAGES = 5;
  private static final int FULL_DENSITY = 100;
  private static final int LOCALES_DENSITY = 92;

  /** In the rows about the catalog's fixed columns, whatever their true offset is. */
  private static final int CATALOG_OFFSET = 4;

  private static final int NUMBER = 1;
  private static final int STATE = 2;

  private SystemCatalog() {}

  /** {@return the 72 rows of the catalog in the order of their keys; the shadow has the same} */
  public static List<CatalogRow> rows() {
    List<CatalogRow> rows = new ArrayList<>();
    catalog(rows);
    shadow(rows);
    objectIds(rows);
    locales(rows);
    return rows;
  }

  private static void catalog(List<CatalogRow> rows) {
    rows.add(new CatalogRow.Table(
        CATALOG_ID,
        CATALOG_ROOT,
        CatalogRow.DEFAULT_DENSITY,
        CATALOG_FLAGS,
        CATALOG_PAGES,
        "MSysObjects"));
    catalogColumns(rows, CATALOG_ID);
    int density = CatalogRow.DEFAULT_DENSITY;
    rows.add(index(
        CATALOG_ID,
        CATALOG_ID,
        CATALOG_ROOT,
        density,
        IndexFlags.PRIMARY_NOT_NULL,
        "Id",
        CatalogTable.TABLE_ID,
        CatalogTable.TYPE,
        CatalogTable.ID));
    rows.add(index(
        CATALOG_ID,
        NAME_INDEX_ID,
        NAME_INDEX_ROOT,
        density,
        IndexFlags.EXTENDED_COLUMNS | IndexFlags.NO_NULLS | IndexFlags.UNIQUE,
        "Name",
        CatalogTable.TABLE_ID,
        CatalogTable.TYPE,
        CatalogTable.NAME));
    rows.add(index(
        CATALOG_ID,
        ROOT_OBJECTS_INDEX_ID,
        ROOT_OBJECTS_INDEX_ROOT,
        density,
        IndexFlags.EXTENDED_COLUMNS | IndexFlags.SOME_NULLS | IndexFlags.UNIQUE,
        "RootObjects",
        CatalogTable.ROOT_FLAG,
        CatalogTable.NAME));
  }

  private static void shadow(List<CatalogRow> rows) {
    rows.add(new CatalogRow.Table(
        SHADOW_ID,
        SHADOW_ROOT,
        CatalogRow.DEFAULT_DENSITY,
        CATALOG_FLAGS,
        SHADOW_PAGES,
        "MSysObjectsShadow"));
    catalogColumns(rows, SHADOW_ID);
    rows.add(index(
        SHADOW_ID,
        SHADOW_ID,
        SHADOW_ROOT,
        CatalogRow.DEFAULT_DENSITY,
        IndexFlags.PRIMARY_NOT_NULL,
        "Id",
        CatalogTable.TABLE_ID,
        CatalogTable.TYPE,
        CatalogTable.ID));
  }

  private static void objectIds(List<CatalogRow> rows) {
    rows.add(new CatalogRow.Table(
        OBJECT_IDS_ID,
        OBJECT_IDS_ROOT,
        FULL_DENSITY,
        CATALOG_FLAGS | TableFlags.DYNAMIC_SYSTEM,
        0,
        "MSysObjids"));
    for (Column column : List.of(ObjectIdRow.OBJECT_ID, ObjectIdRow.TABLE_ID, ObjectIdRow.TYPE)) {
      rows.add(new CatalogRow.TableColumn(OBJECT_IDS_ID, column, OptionalInt.empty()));
    }
    rows.add(index(
        OBJECT_IDS_ID,
        OBJECT_IDS_ID,
        OBJECT_IDS_ROOT,
        FULL_DENSITY,
        IndexFlags.PRIMARY_WITH_NULLS,
        "primary",
        ObjectIdRow.OBJECT_ID.id()));
  }

  private static void locales(List<CatalogRow> rows) {
    rows.add(new CatalogRow.Table(
        LOCALES_ID,
        LOCALES_ROOT,
        LOCALES_DENSITY,
        TableFlags.SYSTEM | TableFlags.DYNAMIC_SYSTEM,
        0,
        "MSysLocales"));
    for (Column column : List.of(LocaleRow.TYPE, LocaleRow.VALUE)) {
      rows.add(new CatalogRow.TableColumn(
          LOCALES_ID, column, OptionalInt.of(LocaleRow.LAYOUT.offset(column.id()))));
    }
    rows.add(new CatalogRow.TableColumn(LOCALES_ID, LocaleRow.KEY, OptionalInt.empty()));
    rows.add(index(
        LOCALES_ID,
        LOCALES_ID,
        LOCALES_ROOT,
        LOCALES_DENSITY,
        IndexFlags.PRIMARY_WITH_NULLS | IndexFlags.NO_TRUNCATION,
        "KeyPrimary",
        LocaleRow.KEY.id()));
  }

  private static void catalogColumns(List<CatalogRow> rows, long tableId) {
    for (Column column : CatalogTable.COLUMNS) {
      rows.add(new CatalogRow.TableColumn(
          tableId,
          column,
          column.kind() == ColumnKind.FIXED
              ? OptionalInt.of(CATALOG_OFFSET)
              : OptionalInt.empty()));
    }
  }

  static CatalogRow.Index index(
      long tableId, long id, long root, int density, int flags, String name, int... columns) {
    return new CatalogRow.Index(
        tableId,
        id,
        root,
        density,
        flags,
        0,
        CatalogRow.Index.DEFAULT_MAPPING,
        KeyBuilder.DEFAULT_KEY_MOST,
        name,
        IntStream.of(columns).mapToObj(KeyColumn::ascending).toList(),
        Optional.of(CatalogRow.Index.DEFAULT_LOCALE));
  }

  /** {@return the rows of MSysObjids, in the order of their keys} */
  public static List<ObjectIdRow> objectIds() {
    return List.of(
        new ObjectIdRow(CATALOG_ID, CATALOG_ID, ObjectIdRow.TABLE),
        new ObjectIdRow(SHADOW_ID, SHADOW_ID, ObjectIdRow.TABLE),
        new ObjectIdRow(NAME_INDEX_ID, CATALOG_ID, ObjectIdRow.INDEX),
        new ObjectIdRow(ROOT_OBJECTS_INDEX_ID, CATALOG_ID, ObjectIdRow.INDEX),
        new ObjectIdRow(OBJECT_IDS_ID, OBJECT_IDS_ID, ObjectIdRow.TABLE),
        new ObjectIdRow(LOCALES_ID, LOCALES_ID, ObjectIdRow.TABLE));
  }

  /** {@return the rows of MSysLocales, in the order of their keys} */
  public static List<LocaleRow> locales() {
    return List.of(
        new LocaleRow(".Schema\\External\\Major", NUMBER, 1),
        new LocaleRow(".Schema\\External\\Minor", NUMBER, 0),
        new LocaleRow(".Schema\\External\\Update", NUMBER, 0),
        new LocaleRow(".Schema\\Internal\\Major", NUMBER, 1),
        new LocaleRow(".Schema\\Internal\\Minor", NUMBER, 0),
        new LocaleRow(".Schema\\Internal\\Update", NUMBER, 0),
        new LocaleRow("MSysLocalesConsistent", STATE, 1));
  }
}
