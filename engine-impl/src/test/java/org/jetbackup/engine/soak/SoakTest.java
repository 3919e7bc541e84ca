package org.jetbackup.engine.soak;

import static org.junit.jupiter.api.io.CleanupMode.ON_SUCCESS;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jetbackup.engine.foreign.ForeignComparison;
import org.jetbackup.engine.format.PageSize;
import org.jetbackup.engine.record.KeyValueRecord;
import org.jetbackup.engine.verify.DatabaseVerifier;
import org.jetbackup.engine.verify.VerifyOptions;
import org.jetbackup.engine.verify.VerifyReport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills a process that commits, and misses nothing that it acknowledged.
 *
 * <p>In the ordinary build it is killed three times. For longer:
 *
 * <pre>
 * ./mvnw -pl engine-impl -am test -Dtest=SoakTest -Dsurefire.failIfNoSpecifiedTests=false \
 *     -Djetbackup.soak.minutes=10 -Djetbackup.soak.kills=50
 * </pre>
 *
 * <p>Every round prints a line, the first line what the run is repeated with; {@link SoakOptions}
 * says what can be set. The files of a run that failed stay where the failure says.
 */
class SoakTest {

  @TempDir(cleanup = ON_SUCCESS)
  Path directory;

  @Test
  void whatWasAcknowledgedSurvivesEveryKillAndOthersReadIt() throws IOException {
    SoakOptions options = SoakOptions.fromProperties(System.nanoTime());
    Soak soak = new Soak(directory, options, SoakTest::damage, System.out);
    soak.run();
    compare(soak, options);
  }

  static void compare(Soak soak, SoakOptions options) {
    Map<String, NavigableMap<byte[], byte[]>> expected = new HashMap<>();
    soak.tables().forEach((name, rows) -> expected.put(name, bytes(rows)));
    PageSize size = PageSize.ofBytes(options.pageBytes());
    ForeignComparison.compareAll(
        soak.database(),
        expected,
        (key, value) -> value.length > KeyValueRecord.largestInlineValue(size, key.length));
  }

  static String damage(Path database) {
    VerifyReport report =
        DatabaseVerifier.verify(database, VerifyOptions.DEFAULT.withCleanRequired(true));
    return report.findings().isEmpty() ? "" : report.describe();
  }

  private static NavigableMap<byte[], byte[]> bytes(NavigableMap<Integer, Long> rows) {
    NavigableMap<byte[], byte[]> bytes = new TreeMap<>(Arrays::compareUnsigned);
    rows.forEach((key, stamp) -> bytes.put(Keys.bytes(key), Stamps.value(stamp)));
    return bytes;
  }
}
