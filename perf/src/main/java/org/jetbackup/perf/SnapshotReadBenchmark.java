package org.jetbackup.perf;

import java.io.Closeable;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;
import org.jetbackup.api.JetCursor;
import org.jetbackup.api.JetSession;
import org.jetbackup.api.JetTable;
import org.jetbackup.api.KeyRange;

/**
 * Reads through the api: what a session, a transaction and old versions cost on top of the trees.
 *
 * <p>16-byte keys, 1,000-byte values, everything in the cache, one thread. The control is the tree
 * itself, read past sessions and transactions. The same reads stand there without any open
 * snapshot, beside one that keeps the old versions of a tenth of all records, and in that snapshot.
 * Then the bytes of heap that a read and a commit allocate.
 *
 * <pre>
 * ./mvnw -q -pl perf -am package -DskipTests
 * java -cp perf/target/benchmarks.jar org.jetbackup.perf.SnapshotReadBenchmark [rounds [records [directory]]]
 * </pre>
 *
 * <p>Seven rounds with 50,000 records unless said otherwise.
 */
public final class SnapshotReadBenchmark implements Closeable {

  private static final String TREE = "tree";
  private static final int UPDATED_ONE_IN = 10;
  private static final int BATCH = 100;

  private final PrintStream out;
  private final Records records;
  private final EngineInstance instance;
  private final KeyValueStore tree;
  private final JetSession session;
  private final JetTable table;
  private final JetCursor cursor;
  private final SplittableRandom random = new SplittableRandom(1);
  private final ByteBuffer target = ByteBuffer.allocate(Records.VALUE_BYTES);

  SnapshotReadBenchmark(PrintStream out, int count, Path directory) throws IOException {
    this.out = out;
    this.records = new Records(count);
    this.tree = StoreSubject.ENGINE.opener(256L << 20).apply(directory);
    this.instance = EngineInstance.create(directory);
    this.session = instance.session();
    this.table = instance.table(session);
    fill();
    this.cursor = table.cursor(KeyRange.all());
  }

  /**
   * Measures and prints.
   *
   * @param arguments the number of rounds, the number of records, and where to work
   * @throws Exception if the disk or the engine fails
   */
  public static void main(String[] arguments) throws Exception {
    int rounds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 7;
    int count = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 50_000;
    Path directory = arguments.length > 2
        ? Files.createTempDirectory(Path.of(arguments[2]), "reads")
        : Files.createTempDirectory("reads");
    PrintStream out = System.out;
    try (SnapshotReadBenchmark benchmark = new SnapshotReadBenchmark(out, count, directory)) {
      benchmark.points(rounds, count);
      benchmark.scans(rounds);
      benchmark.allocation(count / 5);
    }
    Scratch.delete(directory);
  }

  private void fill() {
    for (int i = 0; i < records.count(); i++) {
      if (i % BATCH == 0) {
        session.beginTransaction();
      }
      table.insert(records.key(i), records.value());
      tree.insert(records.key(i), records.value());
      if (i % BATCH == BATCH - 1 || i == records.count() - 1) {
        session.commitTransactionLazily();
      }
    }
    tree.flush();
  }

  /** A transaction that began before a tenth of the records was changed. */
  private final class OldSnapshot implements Closeable {
    private final JetSession old = instance.session();
    private final JetTable oldTable = instance.table(old);
    private final JetCursor oldCursor;

    OldSnapshot() {
      old.beginTransaction();
      oldTable.get(records.key(0)); // now it has its snapshot, even if begin only promised one
      oldCursor = oldTable.cursor(KeyRange.all());
      for (int i = 0; i < records.count(); i += UPDATED_ONE_IN) {
        table.put(records.key(i), records.value());
      }
    }

    @Override
    public void close() {
      oldCursor.close();
      old.rollbackTransaction();
      old.close();
    }
  }

  /** Point reads; answers what the trees reached. */
  Samples points(int rounds, int reads) throws Exception {
    byte[] array = target.array();
    Comparison quiet = new Comparison("point reads/s, no open snapshot", TREE)
        .add(TREE, () -> perSecond(reads, i -> tree.get(key(), array)))
        .add("cursor outside transactions", () -> perSecond(reads, i -> find(cursor)))
        .add("new array outside transactions", () -> perSecond(reads, i -> get(table)))
        .add(
            "new array in a transaction",
            () -> inTransaction(() -> perSecond(reads, i -> get(table))))
        .run(rounds);
    quiet.print(out);
    try (OldSnapshot snapshot = new OldSnapshot()) {
      new Comparison("point reads/s, beside old versions", TREE)
          .add(TREE, () -> perSecond(reads, i -> tree.get(key(), array)))
          .add(
              "new array in a new transaction",
              () -> inTransaction(() -> perSecond(reads, i -> get(table))))
          .add("new array in the old one", () -> perSecond(reads, i -> get(snapshot.oldTable)))
          .add("cursor in the old one", () -> perSecond(reads, i -> find(snapshot.oldCursor)))
          .run(rounds)
          .print(out);
    }
    return quiet.of(TREE);
  }

  /** Scans, in MB of values a second. */
  Samples scans(int rounds) throws Exception {
    Comparison quiet = new Comparison("scan, MB/s, no open snapshot", TREE)
        .add(TREE, () -> megabytesPerSecond(() -> tree.scan(target.array())))
        .add("outside transactions", () -> megabytesPerSecond(() -> Reads.scan(table, target)))
        .run(rounds);
    quiet.print(out);
    try (OldSnapshot snapshot = new OldSnapshot()) {
      new Comparison("scan, MB/s, beside old versions", TREE)
          .add(TREE, () -> megabytesPerSecond(() -> tree.scan(target.array())))
          .add("outside transactions", () -> megabytesPerSecond(() -> Reads.scan(table, target)))
          .add(
              "in the old transaction",
              () -> megabytesPerSecond(() -> Reads.scan(snapshot.oldTable, target)))
          .run(rounds)
          .print(out);
    }
    return quiet.of(TREE);
  }

  /** Prints what is allocated. */
  void allocation(int calls) throws Exception {
    byte[] fresh = new byte[Records.KEY_BYTES];
    out.println("  bytes of heap allocated by the calling thread, one thread");
    print("point read, cursor", Allocation.perCall(calls, () -> find(cursor)));
    print("point read, new array", Allocation.perCall(calls, () -> get(table)));
    print("commit of one insert, 1,000 bytes", Allocation.perCall(calls, () -> {
      random.nextBytes(fresh);
      session.beginTransaction();
      table.insert(fresh, records.value());
      session.commitTransactionLazily();
    }));
    print("transaction without a change", Allocation.perCall(calls, () -> {
      session.beginTransaction();
      session.commitTransaction();
    }));
  }

  private void print(String what, double bytes) {
    out.printf(Locale.ROOT, "  %-34s %,.0f%n", what, bytes);
  }

  /** A read; answers something, so that it is not left out. */
  @FunctionalInterface
  private interface Read {
    int run(int i);
  }

  private static double perSecond(int reads, Read read) {
    long bytes = 0;
    long began = System.nanoTime();
    for (int i = 0; i < reads; i++) {
      bytes += read.run(i);
    }
    long nanos = System.nanoTime() - began;
    if (bytes != (long) reads * Records.VALUE_BYTES) {
      throw new IllegalStateException(bytes + " bytes were read");
    }
    return reads / (nanos / 1e9);
  }

  private double megabytesPerSecond(LongSupplier scan) {
    long began = System.nanoTime();
    long bytes = scan.getAsLong();
    double seconds = (System.nanoTime() - began) / 1e9;
    if (bytes != (long) records.count() * Records.VALUE_BYTES) {
      throw new IllegalStateException(bytes + " bytes were read");
    }
    return bytes / 1e6 / seconds;
  }

  private double inTransaction(DoubleSupplier measurement) {
    session.beginTransaction();
    double value = measurement.getAsDouble();
    session.rollbackTransaction();
    return value;
  }

  private byte[] key() {
    return records.key(random.nextInt(records.count()));
  }

  private int find(JetCursor one) {
    return Reads.find(one, key(), target);
  }

  private int get(JetTable one) {
    return one.get(key()).orElseThrow().length;
  }

  @Override
  public void close() {
    cursor.close();
    session.close();
    instance.close();
    tree.close();
  }
}
