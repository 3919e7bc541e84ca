package org.jetbackup.engine.verify;

/** What can be wrong with a database file. */
public enum FindingKind {
  /** A copy of the header fails its checksum or says what is impossible. */
  HEADER_BROKEN("header"),
  /** Both copies of the header are good and say different things. */
  HEADERS_DIFFER("header"),
  /** The file was not closed in order, and needs the log. */
  NOT_CLEAN("header"),
  /** The file ends before the last page that the database owns. */
  FILE_TOO_SHORT("header"),
  /** A page was changed later than the header knows. */
  DBTIME_TOO_LOW("header"),
  /** An object has a higher id than the header knows. */
  LAST_OBJECT_ID_TOO_LOW("header"),

  /** One flipped bit explains the checksum of a page. */
  CHECKSUM_SINGLE_BIT("checksum"),
  /** The checksum of a page is wrong. */
  CHECKSUM_BROKEN("checksum"),

  /** A page of a tree was never written. */
  PAGE_NEVER_WRITTEN("page"),
  /** The header of a page contradicts its content. */
  PAGE_HEADER("page"),
  /** A tag lies outside the page, or two overlap. */
  PAGE_TAG("page"),
  /** A node does not fit its tag, or keys fall. */
  PAGE_NODE("page"),
  /** The page uses a part of the format that is not known here. */
  NOT_SUPPORTED("page"),

  /** A page of a tree has the object id of another. */
  OBJECT_ID("tree"),
  /** The flags of a page do not fit its place in the tree. */
  PAGE_FLAGS("tree"),
  /** A child lies outside the database. */
  CHILD_OUTSIDE("tree"),
  /** A tree has more levels than any real one. */
  TOO_DEEP("tree"),
  /** A leaf lies deeper than the others. */
  UNEVEN_DEPTH("tree"),
  /** A branch page has no children. */
  EMPTY_BRANCH("tree"),
  /** A leaf that is no root has no nodes. */
  EMPTY_LEAF("tree"),
  /** The links between pages do not follow the order of the tree. */
  LEAF_CHAIN("tree"),
  /** A key lies outside the bounds that the pages above set. */
  KEY_OUT_OF_BOUNDS("tree"),
  /** The last key of a branch page is not the bound that the page above sets. */
  LAST_SEPARATOR("tree"),
  /** Nodes are marked as deleted and still there. */
  DELETED_NODES("tree"),

  /** The space header of a root contradicts the tree. */
  SPACE_HEADER("space"),
  /** A node of a tree of extents is no extent of this database. */
  EXTENT("space"),
  /** Two extents of one tree overlap. */
  EXTENTS_OVERLAP("space"),
  /** A tree owns pages that the tree above it does not own. */
  NOT_OWNED_BY_PARENT("space"),
  /** Two trees own the same pages, and neither lies above the other. */
  OWNED_TWICE("space"),
  /** A tree uses a page that it does not own. */
  USED_NOT_OWNED("space"),
  /** A page is free in a tree that does not own it. */
  FREE_NOT_OWNED("space"),
  /** A page is used twice. */
  USED_TWICE("space"),
  /** A page is used and free. */
  USED_AND_FREE("space"),
  /** A page is free twice. */
  FREE_TWICE("space"),
  /** A page is owned and neither used nor free. */
  LEAKED("space"),

  /** A row of the catalog cannot be read, or says what is impossible. */
  CATALOG_ROW("catalog"),
  /** The key of a row of the catalog is not that of its columns. */
  CATALOG_KEY("catalog"),
  /** Rows of the catalog do not fit together. */
  CATALOG_STRUCTURE("catalog"),
  /** The shadow of the catalog differs from it. */
  SHADOW_CATALOG("catalog"),
  /** The index of names differs from the catalog. */
  NAME_INDEX("catalog"),
  /** The index of tables differs from the catalog. */
  ROOT_OBJECTS_INDEX("catalog"),
  /** The catalog names a root page that is none, or that of another tree. */
  NOT_A_ROOT("catalog"),
  /** Two objects have the same id. */
  DUPLICATE_OBJECT_ID("catalog"),
  /** The table of object ids differs from the catalog. */
  OBJECT_IDS("catalog"),

  /** A record cannot be read. */
  RECORD("table"),
  /** The key of a record is not that of its columns. */
  RECORD_KEY("table"),
  /** An entry of a secondary index leads to no record. */
  BOOKMARK("table"),
  /** The key of an entry of a secondary index is not that of its record. */
  INDEX_KEY("table"),
  /** A secondary index has more or fewer entries than it must have. */
  INDEX_COUNT("table"),

  /** A node of a tree of long values is neither a head nor a chunk, or has no head. */
  LONG_VALUE_NODE("long values"),
  /** The chunks of a long value leave gaps, or are longer than they can be. */
  LONG_VALUE_CHUNK("long values"),
  /** The chunks of a long value are not as long as its head says. */
  LONG_VALUE_SIZE("long values"),
  /** A long value counts more or fewer references than records refer to it. */
  LONG_VALUE_REFERENCES("long values"),
  /** A record refers to a long value that is not there. */
  DANGLING_LONG_VALUE("long values"),
  /** No record refers to a long value. */
  UNREFERENCED_LONG_VALUE("long values"),
  /** Something was not checked: it would need too much memory, or has a shape not known here. */
  NOT_CHECKED("table");

  private final String part;

  FindingKind(String part) {
    this.part = part;
  }

  /** {@return the part of the database that the finding is about, in words} */
  public String part() {
    return part;
  }
}
