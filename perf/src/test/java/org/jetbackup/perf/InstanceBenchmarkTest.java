package org.jetbackup.perf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jetbackup.api.JetSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A benchmark that does not do what it says measures nothing. */
class InstanceBenchmarkTest {

  private static final int THREADS = 4;

  private final ByteArrayOutputStream text = new ByteArrayOutputStream();
  private final PrintStream out = new PrintStream(text, true, StandardCharsets.UTF_8);

  @TempDir
  Path directory;

  @Test
  void commitsAreMeasuredNextToTheirControls() throws Exception {
    CommitBenchmark benchmark = new CommitBenchmark(out, 1, 0.02, directory);
    assertTrue(benchmark.measure(THREADS, 100).median() > 0);
    for (String line : List.of("engine", "group commit", "append", "overwrite", "bytes a commit")) {
      assertTrue(printed().contains(line), printed());
    }
    assertEquals(List.of(), leftOver());
  }

  @Test
  void everyCommitIsThereAndItsLogIsCounted() throws Exception {
    try (EngineCommits engine = new EngineCommits(directory, THREADS)) {
      long before = engine.instance().logBytes();
      Committers committers = new Committers(engine, THREADS, Records.VALUE_BYTES);
      committers.perSecond(0.02);
      assertTrue(committers.commits() >= THREADS);
      assertTrue(
          engine.instance().logBytes() - before >= committers.commits() * Records.VALUE_BYTES);
      try (JetSession session = engine.instance().session()) {
        ByteBuffer target = ByteBuffer.allocate(Records.VALUE_BYTES);
        assertEquals(
            committers.commits() * Records.VALUE_BYTES,
            Reads.scan(engine.instance().table(session), target));
      }
    }
  }

  @Test
  void controlsWriteEveryByteTheyCommit() throws Exception {
    int commits = 300;
    Path grouped = directory.resolve("grouped");
    byte[] ones = new byte[100];
    Arrays.fill(ones, (byte) 1);
    try (GroupCommit group = new GroupCommit(grouped)) {
      for (int i = 0; i < commits; i++) {
        group.commit(0, ones, ones);
      }
    }
    byte[] batches = begins(grouped, commits * PlainCommits.SECTOR);
    for (int i = 0; i < commits; i++) {
      assertEquals(1, batches[i * PlainCommits.SECTOR + 199]);
      assertEquals(0, batches[i * PlainCommits.SECTOR + 200]);
    }
    Map<String, PlainCommits> controls = Map.of(
        "appended", PlainCommits.appending(directory.resolve("appended")),
        "overwritten", PlainCommits.overwriting(directory.resolve("overwritten")));
    for (Map.Entry<String, PlainCommits> control : controls.entrySet()) {
      try (PlainCommits one = control.getValue()) {
        for (int i = 0; i < commits; i++) {
          one.commit(0, new byte[] {(byte) i, 1}, new byte[600]);
        }
      }
      byte[] bytes = begins(directory.resolve(control.getKey()), commits * 1024);
      for (int i = 0; i < commits; i++) {
        assertEquals((byte) i, bytes[i * 1024], control.getKey());
        assertEquals(1, bytes[i * 1024 + 1], control.getKey());
      }
    }
  }

  @Test
  void whatAHaltedProcessCommittedIsRecoveredInEveryRound() throws Exception {
    assertEquals(200, new RecoveryBenchmark(out, directory).measure(1, 200));
    for (String line : List.of("recovery", "read log, CRC32C", "write database")) {
      assertTrue(printed().contains(line), printed());
    }
    assertEquals(List.of(), leftOver());
  }

  @Test
  void readsOfEveryKindFindTheirRecords() throws Exception {
    try (SnapshotReadBenchmark benchmark = new SnapshotReadBenchmark(out, 300, directory)) {
      assertTrue(benchmark.points(1, 200).median() > 0);
      assertTrue(benchmark.scans(1).median() > 0);
      benchmark.allocation(50);
    }
    for (String line : List.of("in the old one", "in the old transaction", "new array")) {
      assertTrue(printed().contains(line), printed());
    }
  }

  @Test
  void allocationIsCounted() throws Exception {
    byte[][] kept = new byte[1][];
    double bytes = Allocation.perCall(100, () -> kept[0] = new byte[1000]);
    assertTrue(bytes >= 1000 && bytes < 1200, () -> "bytes = " + bytes);
  }

  private static byte[] begins(Path file, int bytes) throws IOException {
    return Arrays.copyOf(Files.readAllBytes(file), bytes);
  }

  private List<Path> leftOver() throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.toList();
    }
  }

  private String printed() {
    return text.toString(StandardCharsets.UTF_8);
  }
}
