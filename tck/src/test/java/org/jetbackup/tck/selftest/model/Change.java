package org.jetbackup.tck.selftest.model;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;

/**
 * One logical operation, as transactions collect them and the log holds them. What a kind has no
 * use for is empty. A database is named as {@link Names} does.
 */
record Change(Kind kind, String database, String table, Bytes key, Bytes value) {

  /** What is done; the names are part of the log format. */
  enum Kind {
    CREATE_DATABASE,
    ATTACH_DATABASE,
    DROP_DATABASE,
    CREATE_TABLE,
    DROP_TABLE,
    PUT,
    DELETE
  }

  /** What two transactions can quarrel about: a record, or with an empty key a whole table. */
  record Place(String database, String table, Bytes key) {

    Place wholeTable() {
      return new Place(database, table, Bytes.EMPTY);
    }
  }

  static Change ofDatabase(Kind kind, String database) {
    return ofTable(kind, database, "");
  }

  static Change ofTable(Kind kind, String database, String table) {
    return new Change(kind, database, table, Bytes.EMPTY, Bytes.EMPTY);
  }

  static Change put(String database, String table, Bytes key, Bytes value) {
    return new Change(Kind.PUT, database, table, key, value);
  }

  static Change delete(String database, String table, Bytes key) {
    return new Change(Kind.DELETE, database, table, key, Bytes.EMPTY);
  }

  Place place() {
    return new Place(database, table, key);
  }

  void write(DataOutputStream out) throws IOException {
    out.writeUTF(kind.name());
    out.writeUTF(database);
    out.writeUTF(table);
    key.write(out);
    value.write(out);
  }

  static Change read(DataInputStream in) throws IOException {
    return new Change(
        Kind.valueOf(in.readUTF()), in.readUTF(), in.readUTF(), Bytes.read(in), Bytes.read(in));
  }
}
