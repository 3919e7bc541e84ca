package org.jetbackup.engine.catalog;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jetbackup.api.error.JetException;
import org.jetbackup.api.position.PageNumber;
import org.jetbackup.engine.buffer.PageCache;
import org.jetbackup.engine.format.PageChecksum;
import org.jetbackup.engine.format.PageSize;
import org.jetbackup.engine.format.Samples;
import org.jetbackup.engine.record.Bytes;
import org.jetbackup.engine.record.Column;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Databases with damaged pages whose checksums are right, so that the damage goes deep: all rows of
 * all tables end in values or in a JetException, with bounded work and bounded values.
 */
class RowMutationTest {

  /** Over all samples 20,000. */
  private static final int ROUNDS = 4_000;

  private static final long SEED = 20261126;
  private static final int LIMIT = 1 << 14;

  /** A tag and the smallest node. */
  private static final int NODE_BYTES_MIN = 6;

  /** The flags, and the neighbours before them, matter most in a page header. */
  private static final int FLAGS_AT = 36;

  private static final int NEIGHBOURS_AT = 16;

  @TempDir
  Path directory;

  private long refused;
  private long readWhole;

  @ParameterizedTest
  @ValueSource(strings = {"basic", "binary", "index", "multi", "synthetic-min-8192"})
  void damagedDatabasesEndInValuesOrFailures(String name) throws IOException {
    Samples.Sample sample = Samples.read(name);
    List<PageNumber> pages = new ArrayList<>();
    for (long number = 1; number <= sample.pages(); number++) {
      if (!PageChecksum.isBlank(sample.page(number), sample.size())) {
        pages.add(new PageNumber(number));
      }
    }
    Path path = SampleDatabases.copy(name, directory);
    PageCache cache = SampleDatabases.cache(sample.size());
    try (FileChannel file = FileChannel.open(path, StandardOpenOption.WRITE)) {
      for (int round = 0; round < ROUNDS; round++) {
        long seed = SEED + round;
        Random random = new Random(seed);
        PageNumber page = pages.get(random.nextInt(pages.size()));
        file.write(mutated(sample, page, random), sample.size().offsetOf(page));
        try {
          readAll(cache, path, (long) pages.size() * sample.size().bytes() / NODE_BYTES_MIN);
        } catch (RuntimeException | Error e) {
          throw new AssertionError("sample " + name + ", page " + page + ", seed " + seed, e);
        }
        file.write(sample.page(page.value()), sample.size().offsetOf(page));
      }
    }
    assertTrue(refused > ROUNDS / 20, "only " + refused + " failures");
    assertTrue(readWhole > ROUNDS / 20, "only " + readWhole + " tables were read to the end");
  }

  private static ByteBuffer mutated(Samples.Sample sample, PageNumber number, Random random) {
    PageSize size = sample.size();
    ByteBuffer page = sample.page(number.value());
    for (int changes = 1 + random.nextInt(3); changes > 0; changes--) {
      int at = place(page, size, random);
      switch (random.nextInt(6)) {
        case 0 -> page.put(at, (byte) (page.get(at) ^ 1 << random.nextInt(8)));
        case 1 -> page.putShort(at, (short) random.nextInt());
        case 2 -> page.putInt(at, random.nextBoolean() ? -1 : 0);
        case 3 -> page.put(at, (byte) random.nextInt(8));
        case 4 -> page.putInt(at, (int) number.value() + random.nextInt(3) - 1);
        default -> {
          int bytes = 1 + random.nextInt(64);
          int from = random.nextInt(size.bytes() - bytes);
          page.put(Math.min(at, size.bytes() - bytes), page.duplicate(), from, bytes);
        }
      }
    }
    PageChecksum.stamp(page, size, number);
    return page;
  }

  /** Most often where something is: the header, the tags at the end, and the nodes in front. */
  private static int place(ByteBuffer page, PageSize size, Random random) {
    int used = size.pageHeaderBytes() + 1500;
    return switch (random.nextInt(8)) {
      case 0 -> FLAGS_AT;
      case 1 -> NEIGHBOURS_AT + random.nextInt(2) * Integer.BYTES;
      case 2 -> random.nextInt(size.pageHeaderBytes());
      case 3 -> size.bytes() - Integer.BYTES - random.nextInt(160);
      case 4 -> random.nextInt(page.limit() - Integer.BYTES);
      default -> size.pageHeaderBytes() + random.nextInt(used);
    };
  }

  private void readAll(PageCache cache, Path path, long rowsMax) {
    try (Database database = Database.openReadOnly(cache, path)) {
      for (TableDefinition table : database.catalog().tables()) {
        try {
          readRows(RowReader.open(database, table, LIMIT), rowsMax);
        } catch (JetException e) {
          refused++;
        }
      }
      assertTrue(DatabaseSummary.of(database).lines().size() > 1);
    } catch (JetException e) {
      refused++;
    }
  }

  /** A damaged record is passed over, a damaged cell too; the end has to come all the same. */
  private void readRows(RowReader rows, long rowsMax) {
    long failures = 0;
    while (failures < 3) {
      try {
        if (!rows.next()) {
          break;
        }
      } catch (JetException e) {
        failures++;
        continue;
      }
      assertTrue(rows.rows() <= rowsMax, "more rows than nodes fit the file");
      for (Column column : rows.table().columns()) {
        try {
          requireBounded(rows.cell(column));
        } catch (JetException e) {
          refused++;
        }
      }
    }
    refused += failures;
    readWhole += failures == 0 ? 1 : 0;
  }

  private static void requireBounded(CellValue cell) {
    if (cell instanceof CellValue.Many many) {
      assertTrue(many.values().size() <= PageSize.KIB_8.bytes());
      many.values().forEach(RowMutationTest::requireBounded);
    } else if (cell instanceof CellValue.Single single) {
      assertTrue(length(single.value()) <= LIMIT);
    } else if (cell instanceof CellValue.Cut cut) {
      assertTrue(length(cut.beginning()) <= LIMIT && cut.length() > length(cut.beginning()));
    }
  }

  private static long length(Object value) {
    if (value instanceof Bytes bytes) {
      return bytes.length();
    }
    return value instanceof String text ? text.length() : 0;
  }
}
