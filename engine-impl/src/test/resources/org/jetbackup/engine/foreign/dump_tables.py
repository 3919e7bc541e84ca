"""Writes tables of a database file to text files in the current directory.

Arguments: the file, then the names of tables; none means all of them.
Prints the name of each table on a line; the file 0.tsv holds the first, 1.tsv the second.
A file has a line of column names, then a line for each row. Cells are separated by tabs.
Bytes are in hexadecimal, numbers in decimal; nothing is an empty cell.
"""

import sys

from impacket.ese import ESENT_DB

TABLE, COLUMN = 1, 2  # types of catalog entries
GUID, GUID_BYTES = 16, 16  # type and size of a column
ESCAPES = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})


def rows(database, table):
    cursor = database.openTable(table)
    if cursor is None:
        sys.exit("no such table: " + table)
    while (row := database.getNextRow(cursor)) is not None:
        yield row


def columns(database, table):
    """Names and types; the catalog says them even if there is no row."""
    number = None
    for entry in rows(database, "MSysObjects"):
        if entry[b"Type"] == TABLE and entry[b"Name"] == table:
            number = entry[b"ObjidTable"]
        elif entry[b"Type"] == COLUMN and entry[b"ObjidTable"] == number:
            yield entry[b"Name"], entry[b"ColtypOrPgnoFDP"]


def text(value, kind=None):
    if value is None:
        return ""
    if kind == GUID and len(value) == GUID_BYTES:
        return value.hex()
    if isinstance(value, bytes):
        return value.decode("ascii")  # the library has made hexadecimal of all others
    return str(value).translate(ESCAPES)


def dump(database, table, path):
    known = list(columns(database, table))
    with open(path, "w", encoding="utf-8", newline="\n") as target:
        print(*(text(name) for name, _ in known), sep="\t", file=target)
        keys = [(name.encode(), kind) for name, kind in known]
        for row in rows(database, table):
            print(*(text(row[key], kind) for key, kind in keys), sep="\t", file=target)


def main(path, *tables):
    database = ESENT_DB(path)
    if not tables:
        catalog = rows(database, "MSysObjects")
        tables = [entry[b"Name"] for entry in catalog if entry[b"Type"] == TABLE]
    for number, table in enumerate(tables):
        dump(database, table, f"{number}.tsv")
        print(table)


main(*sys.argv[1:])
