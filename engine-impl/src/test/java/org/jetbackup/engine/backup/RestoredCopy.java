package org.jetbackup.engine.backup;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.jetbackup.api.Environment;
import org.jetbackup.api.JetCursor;
import org.jetbackup.api.JetInstance;
import org.jetbackup.api.JetSession;
import org.jetbackup.api.JetTable;
import org.jetbackup.api.KeyRange;
import org.jetbackup.api.TermGrbit;
import org.jetbackup.api.backup.StatusCallback;
import org.jetbackup.api.param.Parameters;
import org.jetbackup.api.param.SystemParameter;
import org.jetbackup.api.position.LogGeneration;
import org.jetbackup.engine.foreign.ForeignComparison;
import org.jetbackup.engine.format.PageSize;
import org.jetbackup.engine.instance.ReferenceEngine;
import org.jetbackup.engine.record.KeyValueRecord;
import org.jetbackup.engine.soak.Stamps;
import org.jetbackup.engine.verify.DatabaseVerifier;
import org.jetbackup.engine.verify.VerifyOptions;
import org.jetbackup.engine.verify.VerifyReport;

/**
 * The databases of a {@link LoadedSite} as another instance has restored them into a directory of
 * their own, which holds nothing else.
 */
final class RestoredCopy {

  private final Path place;
  private final Parameters parameters;

  /** Parameters: those of the site, but for directories. */
  RestoredCopy(Path place, Parameters parameters) {
    this.place = place;
    this.parameters = parameters.with(SystemParameter.SYSTEM_PATH, place.resolve("log"));
    Site.makeDirectories(place.resolve("log"));
    Site.makeDirectories(data());
  }

  private Path data() {
    return place.resolve("data");
  }

  /** Restores, and verifies each database. */
  RestoredCopy restore(Path backup, Optional<LogGeneration> moment) {
    JetInstance instance = create();
    if (moment.isPresent()) {
      instance.restore(backup, data(), moment.get(), StatusCallback.NONE);
    } else {
      instance.restore(backup, data(), StatusCallback.NONE);
    }
    instance.terminate(TermGrbit.NONE);
    for (String name : LoadedSite.DATABASES) {
      VerifyReport report = DatabaseVerifier.verify(
          data().resolve(name), VerifyOptions.DEFAULT.withCleanRequired(true));
      assertEquals(0, report.findings().size(), report::describe);
    }
    return this;
  }

  private JetInstance create() {
    return new ReferenceEngine().createInstance("restored", parameters, Environment.standard());
  }

  /** Reads all rows through an instance; every value must be as it was written, to the last bit. */
  NavigableMap<StampedRow, Long> rows() {
    NavigableMap<StampedRow, Long> rows = new TreeMap<>();
    JetInstance instance = create();
    instance.init();
    try (JetSession session = instance.beginSession()) {
      for (String name : LoadedSite.DATABASES) {
        session.attachDatabase(data().resolve(name));
      }
      int number = 0;
      for (JetTable table : LoadedSite.tables(session, data())) {
        read(table, number, rows);
        number++;
      }
    }
    instance.terminate(TermGrbit.NONE);
    return rows;
  }

  private static void read(JetTable table, int number, Map<StampedRow, Long> rows) {
    try (JetCursor cursor = table.cursor(KeyRange.all())) {
      while (cursor.moveNext()) {
        String key = new String(cursor.key(), StandardCharsets.UTF_8);
        StampedRow row = new StampedRow(number, Integer.parseInt(key));
        OptionalLong stamp = Stamps.parse(cursor.value());
        rows.put(row, stamp.orElseThrow(() -> new AssertionError("a value of nobody in " + row)));
      }
    }
  }

  /** Compares what foreign readers see with rows that are known to be right, table by table. */
  void compareWithForeignReaders(NavigableMap<StampedRow, Long> rows) {
    PageSize size = PageSize.ofBytes(parameters.get(SystemParameter.DATABASE_PAGE_SIZE));
    for (String name : LoadedSite.DATABASES) {
      Map<String, NavigableMap<byte[], byte[]>> expected = new HashMap<>();
      LoadedSite.tablesOf(name)
          .forEach((table, number) -> expected.put(table, bytes(rows, number)));
      ForeignComparison.compareAll(
          data().resolve(name),
          expected,
          (key, value) -> value.length > KeyValueRecord.largestInlineValue(size, key.length));
    }
  }

  private static NavigableMap<byte[], byte[]> bytes(
      NavigableMap<StampedRow, Long> rows, int table) {
    NavigableMap<byte[], byte[]> bytes = new TreeMap<>(Arrays::compareUnsigned);
    rows.forEach((row, stamp) -> {
      if (row.table() == table) {
        bytes.put(row.key(), Stamps.value(stamp));
      }
    });
    return bytes;
  }
}
