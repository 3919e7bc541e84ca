package org.jetbackup.engine.verify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jetbackup.api.Environment;
import org.jetbackup.engine.buffer.LogForce;
import org.jetbackup.engine.buffer.PageCache;
import org.jetbackup.engine.catalog.Database;
import org.jetbackup.engine.catalog.DatabaseOptions;
import org.jetbackup.engine.catalog.DirectWriter;
import org.jetbackup.engine.format.PageChecksum;
import org.jetbackup.engine.format.PageSize;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file that this engine wrote, damaged. */
class OwnFileTest {

  private static final PageSize SIZE = PageSize.KIB_4;
  private static final int HEADERS = 2;

  @TempDir
  Path directory;

  @Test
  void everyDamagedByteOfEveryPageInUseIsFound() throws IOException {
    Image image = small();
    assertEquals(List.of(), image.verify().findings());
    VerifyOptions shallow = VerifyOptions.DEFAULT.withDepth(VerifyOptions.Depth.CHECKSUMS);
    byte[] bytes = image.bytes();
    int tried = 0;
    for (int block = 0; block < image.pages() + HEADERS; block++) {
      long page = block + 1L - HEADERS;
      if (page > 0 && PageChecksum.isBlank(image.page(page), SIZE)) {
        continue;
      }
      for (int at = block * SIZE.bytes(); at < (block + 1) * SIZE.bytes(); at++) {
        byte before = bytes[at];
        bytes[at] ^= (byte) (1 + at % 255); // any change but none
        boolean clean = DatabaseVerifier.verify(image, shallow).isClean();
        bytes[at] = before;
        assertFalse(clean, "byte " + at % SIZE.bytes() + " of page " + page);
        tried++;
      }
    }
    assertTrue(tried > 25 * SIZE.bytes(), tried + " bytes");
  }

  /** Rows, a separated value, two levels. */
  private Image small() throws IOException {
    Path path = directory.resolve("own.edb");
    try (Database database = Database.create(
        new PageCache(SIZE, 64L * SIZE.bytes(), LogForce.NONE),
        path,
        new DatabaseOptions(SIZE, DatabaseOptions.PAGES_MIN, 1),
        Environment.standard())) {
      DirectWriter writer = DirectWriter.of(database.catalog().create("kv"));
      for (int row = 0; row < 12; row++) {
        writer.insert(new byte[] {(byte) row}, new byte[row == 5 ? 4_500 : 500]);
      }
    }
    return new Image(Files.readAllBytes(path), SIZE);
  }
}
