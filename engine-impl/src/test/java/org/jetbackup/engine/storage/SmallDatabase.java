package org.jetbackup.engine.storage;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.jetbackup.api.position.PageNumber;
import org.jetbackup.engine.format.FileNames;
import org.jetbackup.engine.format.LogTime;
import org.jetbackup.engine.format.PageSize;
import org.jetbackup.engine.format.Signature;
import org.jetbackup.engine.storage.DataFile.Mode;

/** A database of a few pages of 4 KiB, what is written to it, and what must be in it then. */
final class SmallDatabase {

  static final PageSize SIZE = PageSize.KIB_4;
  static final int FIRST_PAGES = 4;
  static final Signature SIGNATURE = Signature.of(4711, LogTime.UNSET);

  private static final int SECTOR = 512;

  private SmallDatabase() {}

  /**
   * A batch of pages.
   *
   * @param value what is in their bytes
   * @param sectors how many sectors of each page it changes
   * @param pages rising numbers
   */
  record Batch(int value, int sectors, List<Integer> pages) {

    static Batch of(int value, int sectors, Integer... pages) {
      return new Batch(value, sectors, List.of(pages));
    }

    /** The file after this batch. */
    byte[] over(byte[] file) {
      int last = pages.get(pages.size() - 1);
      byte[] after = Arrays.copyOf(file, Math.max(file.length, end(last)));
      for (int page : pages) {
        for (int sector = 0; sector < sectors; sector++) {
          int at = end(page - 1) + sector * SECTOR;
          Arrays.fill(after, at, at + SECTOR, (byte) (value + page));
        }
      }
      return after;
    }

    /** Stages the pages. */
    void stage(DoubleWrite target, byte[] before) {
      byte[] after = over(before);
      for (int page : pages) {
        target.add(
            new PageNumber(page), ByteBuffer.wrap(after, end(page - 1), 4096).slice());
      }
    }
  }

  private static int end(int page) {
    return (page + 2) * SIZE.bytes();
  }

  /** The file before all batches. */
  static byte[] initial() {
    byte[] file = new byte[end(FIRST_PAGES)];
    for (int at = 0; at < file.length; at++) {
      file[at] = (byte) (at * 7 + at / 256);
    }
    return file;
  }

  static Path path(Path root) {
    return root.resolve("a.edb");
  }

  static Path side(Path root) {
    return FileNames.doubleWriteOf(path(root));
  }

  static void create(Path root) {
    try {
      Files.write(path(root), initial());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static byte[] content(Path root) {
    try {
      return Files.readAllBytes(path(root));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static DataFile open(Path root) {
    return DataFile.open(path(root), Mode.WRITE);
  }

  static DoubleWrite openSide(Path root) {
    return DoubleWrite.open(side(root), SIZE, SIGNATURE);
  }

  static RestoreResult restore(Path root) {
    try (DataFile database = open(root)) {
      return DoubleWrite.restore(side(root), database, SIZE, SIGNATURE);
    }
  }
}
