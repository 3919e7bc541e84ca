package org.jetbackup.engine.shapes;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.jetbackup.api.Environment;
import org.jetbackup.api.error.JetErr;
import org.jetbackup.api.error.JetException;
import org.jetbackup.engine.buffer.ChangeLog;
import org.jetbackup.engine.buffer.ChangeRecord;
import org.jetbackup.engine.buffer.Frame;
import org.jetbackup.engine.buffer.PageCache;
import org.jetbackup.engine.buffer.Redo;
import org.jetbackup.engine.catalog.Database;
import org.jetbackup.engine.format.PageSize;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A record whose checksum was right and whose content is not. */
class RedoMutationTest {

  private static final int FILE_PAGES = 12;
  private static final int FIRST_LENGTH = 20 + 12;
  private static final int[] VALUES = {0, 1, 2, 127, 128, 255};

  /** How many pages a mutated record may let the file grow by, for the sake of memory. */
  private static final long GROWTH_MAX = 100;

  @ParameterizedTest
  @CsvSource({"KIB_4, 1", "KIB_8, 2", "KIB_16, 3", "KIB_32, 4"})
  void aMutatedRecordIsRefusedOrLeavesSoundPages(PageSize size, long seed) throws IOException {
    try (Recorded recorded = new Recorded(size, seed, 4000).run(100)) {
      byte[] end = recorded.end();
      Path path = recorded.files.root().resolve("redone.edb");
      Files.write(path, recorded.start);
      PageCache cache = Recorded.cache(size, 4000);
      Random random = new Random(seed);
      int[] outcomes = new int[2];
      try (Database database = Database.recover(
          cache, path, 4, Environment.standard(), ChangeLog.NONE, Recorded.DATABASE_ID)) {
        Redo redo = new Redo(cache);
        int every = 1 + recorded.records.size() / 60;
        for (int i = 0; i < recorded.records.size(); i++) {
          if (i % every == 0) {
            database.flush();
            for (int round = 0; round < 150; round++) {
              byte[] mutant = mutate(recorded.records.get(i), random);
              String replay = "seed " + seed + ", record " + i + ", mutant " + round;
              outcomes[attempt(database, redo, mutant, replay) ? 1 : 0]++;
              cache.forget(database.pages());
            }
          }
          redo.apply(database.pages(), recorded.record(i), i + 1);
        }
        database.flush();
        RedoTest.assertSamePages(size, end, Files.readAllBytes(path), "seed " + seed);
      }
      System.out.println(size + ": mutants refused " + outcomes[0] + ", made " + outcomes[1]);
      assertTrue(outcomes[0] > 1_000 && outcomes[1] > 100, Arrays.toString(outcomes));
    }
  }

  private static boolean attempt(Database database, Redo redo, byte[] mutant, String replay) {
    ByteBuffer payload = ByteBuffer.wrap(mutant).order(ByteOrder.LITTLE_ENDIAN);
    if (mutant.length >= FILE_PAGES + Integer.BYTES) {
      long more =
          Integer.toUnsignedLong(payload.getInt(FILE_PAGES)) - database.pages().pagesThere();
      if (more > GROWTH_MAX && more <= (1L << 30) / database.pages().pageSize().bytes()) {
        payload.putInt(FILE_PAGES, 0);
      }
    }
    boolean made = false;
    try {
      redo.apply(database.pages(), payload, 1);
      made = true;
    } catch (JetException e) {
      assertTrue(String.valueOf(e.getMessage()).length() > 10, replay);
    }
    long[] pages;
    try {
      pages = ChangeRecord.pages(payload);
    } catch (JetException e) {
      assertEquals(JetErr.LOG_FILE_CORRUPT, e.error(), replay);
      return made;
    }
    for (long page : pages) {
      requireSound(database, page, replay);
    }
    return made;
  }

  private static void requireSound(Database database, long page, String replay) {
    Frame frame;
    try {
      frame = database.cache().share(database.pages(), page);
    } catch (JetException e) {
      return; // never written, or behind the end
    }
    try {
      frame.view().check();
    } catch (JetException e) {
      throw new AssertionError(replay + ": " + e.getMessage(), e);
    } finally {
      frame.release();
    }
  }

  private static byte[] mutate(byte[] record, Random random) {
    byte[] mutant = record.clone();
    int kind = random.nextInt(8);
    if (kind == 0) {
      return Arrays.copyOf(mutant, random.nextInt(mutant.length + 20));
    }
    for (int i = random.nextInt(3); i >= 0; i--) {
      int most = kind < 4 ? Math.min(mutant.length, 60) : mutant.length;
      int at = random.nextInt(most);
      switch (random.nextInt(3)) {
        case 0 -> mutant[at] ^= (byte) (1 << random.nextInt(8));
        case 1 -> mutant[at] = (byte) VALUES[random.nextInt(VALUES.length)];
        default -> mutant[at] = (byte) random.nextInt();
      }
    }
    return mutant;
  }

  @Test
  void aRecordThatDoesNotFitThePageIsRefusedByItsTime() throws IOException {
    try (Recorded recorded = new Recorded(PageSize.KIB_4, 1, 64).run(60)) {
      recorded.end();
      Path path = recorded.files.root().resolve("redone.edb");
      Files.write(path, recorded.start);
      PageCache cache = Recorded.cache(PageSize.KIB_4, 64);
      try (Database database = Database.recover(
          cache, path, 4, Environment.standard(), ChangeLog.NONE, Recorded.DATABASE_ID)) {
        Redo redo = new Redo(cache);
        int next = 0;
        while (!isEditOfOne(recorded.records.get(next))) {
          redo.apply(database.pages(), recorded.record(next), next + 1);
          next++;
        }
        ByteBuffer record = ByteBuffer.wrap(recorded.records.get(next).clone());
        record.order(ByteOrder.LITTLE_ENDIAN);
        long before = record.getLong(24);
        database.flush();
        byte[] file = Files.readAllBytes(path);
        record.putLong(24, before + 1).putLong(4, before + 2);
        assertEquals(JetErr.DB_TIME_TOO_OLD, refusal(redo, database, record));
        record.putLong(24, before - 1);
        assertEquals(JetErr.DB_TIME_TOO_NEW, refusal(redo, database, record));
        record.putInt(FILE_PAGES, Integer.MAX_VALUE);
        assertEquals(JetErr.LOG_FILE_CORRUPT, refusal(redo, database, record));
        database.flush();
        assertArrayEquals(file, Files.readAllBytes(path));
      }
    }
  }

  private static boolean isEditOfOne(byte[] bytes) {
    ByteBuffer record = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    return ChangeRecord.pages(record).length == 1 && record.getInt(FIRST_LENGTH) > 0;
  }

  private static JetErr refusal(Redo redo, Database database, ByteBuffer record) {
    return assertThrows(JetException.class, () -> redo.apply(database.pages(), record, 1))
        .error();
  }
}
