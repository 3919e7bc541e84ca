package org.jetbackup.engine.catalog;

import java.nio.ByteBuffer;
import org.jetbackup.engine.format.DatabaseFileHeader;
import org.jetbackup.engine.format.HeaderCopies;
import org.jetbackup.engine.storage.DataFile;

/**
 * Reads and writes the header of an open database file.
 *
 * <p>It is written one copy after the other, each forced, so that one of them is good at any time;
 * and never but as a whole.
 */
final class HeaderFile {

  private HeaderFile() {}

  static HeaderCopies read(DataFile file) {
    ByteBuffer start = ByteBuffer.allocate(HeaderCopies.BYTES);
    file.read(start, 0);
    return HeaderCopies.read(start.flip(), file.path());
  }

  /**
   * Writes the second copy alone if it is not good: {@link #write} begins with the first one, which
   * must not be the only good one then.
   */
  static void mend(DataFile file, HeaderCopies copies) {
    if (!copies.shadowGood()) {
      writeShadow(file, copies.header());
    }
  }

  static void write(DataFile file, DatabaseFileHeader header) {
    file.write(header.encode(), 0);
    file.force();
    writeShadow(file, header);
  }

  private static void writeShadow(DataFile file, DatabaseFileHeader header) {
    file.write(header.encode(), header.pageSize().shadowHeaderOffset());
    file.force();
  }
}
