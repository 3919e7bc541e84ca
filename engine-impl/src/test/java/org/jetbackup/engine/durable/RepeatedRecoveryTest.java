package org.jetbackup.engine.durable;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.jetbackup.api.JetDatabase;
import org.jetbackup.api.JetInstance;
import org.jetbackup.api.JetSession;
import org.jetbackup.api.JetTable;
import org.jetbackup.api.KeyRange;
import org.jetbackup.api.TermGrbit;
import org.jetbackup.api.error.JetException;
import org.jetbackup.engine.log.LogAddress;
import org.jetbackup.engine.log.LogFiles;
import org.jetbackup.engine.log.LogReader;
import org.jetbackup.engine.log.RecordKind;
import org.jetbackup.tck.storage.Fault;
import org.jetbackup.tck.storage.KitFileSystem;
import org.junit.jupiter.api.Test;

/**
 * An end or a recovery that breaks off anywhere, and the recovery after it. What the log says of
 * separated values in a block that recovery takes back must not count the next time, although the
 * block has an end then.
 */
class RepeatedRecoveryTest {

  private static final byte[] KEY = {1};
  private static final byte[] LATER = {2};
  private static final byte[] OLD = value(1, 9_000);

  @Test
  void aBlockThatWasTakenBackLeavesItsValuesToTheRecoveryAfterTheNext() throws IOException {
    Wreck wreck = wreck();
    boolean broken = true;
    int breaks = 0;
    for (int n = 1; broken; n++) {
      try (KitFileSystem files = wreck.open(copy -> {})) {
        Path root = files.root();
        files.inject(Fault.parse("any-mutation ** #" + n + " sticky before-effect"));
        broken = !recovers(root, 2);
        files.clearFaults();
        breaks += broken ? 1 : 0;
        assertAllIsThere(root, "broken off at operation " + n);
      }
    }
    assertTrue(breaks > 10, "breaks: " + breaks);
  }

  @Test
  void anEndThatBreaksOffLeavesTheChangeTimesInTheHeader() throws IOException {
    boolean broken = true;
    int breaks = 0;
    for (int n = 1; broken; n++) {
      try (KitFileSystem files = KitFileSystem.inMemory()) {
        Path root = files.root();
        Lab.makeDirectories(root);
        JetInstance instance = Lab.instance(Lab.engine(), Lab.parameters(root), 1);
        instance.init();
        try (JetSession session = instance.beginSession()) {
          session.createDatabase(Lab.database(root, "a.edb")).createTable("t").put(KEY, OLD);
        }
        files.inject(Fault.parse("any-mutation ** #" + n + " sticky before-effect"));
        broken = !ends(instance);
        files.clearFaults();
        breaks += broken ? 1 : 0;
        assertAllIsThere(root, "broken off at operation " + n);
      }
    }
    assertTrue(breaks > 5, "breaks: " + breaks);
  }

  private static boolean ends(JetInstance instance) {
    try {
      instance.terminate(TermGrbit.COMPLETE);
      return true;
    } catch (JetException e) {
      return false;
    }
  }

  private static Wreck wreck() throws IOException {
    try (KitFileSystem files = KitFileSystem.inMemory()) {
      Lab.makeDirectories(files.root());
      die(files.root());
      cutLastBlock(files.root());
      return new Wreck(Wreck.read(files.root()), List.of());
    }
  }

  private static void die(Path root) {
    JetInstance instance = Lab.instance(Lab.engine(), Lab.parameters(root), 1);
    instance.init();
    JetSession session = instance.beginSession();
    JetDatabase database = session.createDatabase(Lab.database(root, "a.edb"));
    JetTable table = database.createTable("t");
    table.put(KEY, OLD);
    JetSession reader = instance.beginSession(); // so that the value is not removed at once
    reader
        .openDatabase(Lab.database(root, "a.edb"))
        .openTable("t")
        .cursor(KeyRange.all())
        .moveFirst();
    session.beginTransaction();
    table.put(KEY, value(2, 9_000));
    table.put(LATER, value(3, 40_000)); // the end of the block is in a batch of its own
    session.commitTransaction();
    instance.terminate(TermGrbit.DIRTY);
  }

  /** Damages the batch in which the last block ends. */
  private static void cutLastBlock(Path root) throws IOException {
    long end = LogAddress.NONE;
    LogFiles log = LogFiles.scan(Lab.logs(root), "edb");
    try (LogReader reader = LogReader.open(log, LogAddress.NONE)) {
      while (reader.next()) {
        end = reader.kind() == RecordKind.END ? reader.address() : end;
      }
    }
    Path file = log.find(LogAddress.generation(end)).orElseThrow().path();
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.write(ByteBuffer.wrap(new byte[] {-1, -1, -1, -1}), LogAddress.offset(end));
    }
  }

  private static boolean recovers(Path root, int life) {
    JetInstance instance = Lab.instance(Lab.engine(), Lab.parameters(root), life);
    try {
      instance.init();
      instance.terminate(TermGrbit.DIRTY);
      return true;
    } catch (JetException e) {
      return false;
    }
  }

  private static void assertAllIsThere(Path root, String when) {
    JetInstance instance = Lab.instance(Lab.engine(), Lab.parameters(root), 3);
    instance.init();
    try (JetSession session = instance.beginSession()) {
      session.attachDatabase(Lab.database(root, "a.edb"));
      JetTable table = session.openDatabase(Lab.database(root, "a.edb")).openTable("t");
      assertArrayEquals(OLD, table.get(KEY).orElseThrow(), when);
      assertTrue(table.get(LATER).isEmpty(), when);
    }
    instance.terminate(TermGrbit.COMPLETE);
    Lab.requireTidy(root);
  }

  private static byte[] value(int number, int length) {
    byte[] bytes = new byte[length];
    for (int i = 0; i < length; i++) {
      bytes[i] = (byte) (number * 31 + i * 7 + i / 256);
    }
    return bytes;
  }
}
