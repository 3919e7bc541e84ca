package org.jetbackup.engine.durable;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jetbackup.api.error.JetErr;
import org.jetbackup.api.error.JetException;
import org.jetbackup.api.param.Parameters;
import org.jetbackup.api.param.SystemParameter;

/** What an instance is doing when it crashes. */
enum Workload {
  /** Transactions in two tables; leaves split and merge, values are separated and replaced. */
  COMMITS(p -> p, Workload::commits),
  /** So much log that the checkpoint moves and files of the log are used again. */
  CIRCULAR(
      p -> p.with(SystemParameter.CIRCULAR_LOG, true)
          .with(SystemParameter.CHECKPOINT_DEPTH_MAX, (long) Lab.LOG_BYTES),
      Workload::circular,
      "move .*logs/edb[0-9A-F]*\\.log|create logs/edb[0-9A-F]*\\.log",
      "logs/edb\\.chk"),
  /** The log rolls in the middle of large transactions. */
  ROLLS(p -> p, Workload::rolls, "move .*logs/edb[0-9A-F]*\\.log"),
  /** Databases and tables come and go; transactions span two databases. */
  DATABASES(p -> p, Workload::databases, "create data/b\\.edb", "delete data/b\\.edb"),
  /** Rollbacks and conflicts between durable commits and lazy ones. */
  LAZY(p -> p, Workload::lazy),
  /** A commit fails half way because its database cannot grow; others follow. */
  FULL_DISK(p -> p, Workload::fullDisk),
  /** Old values are kept for a reader, past checkpoints, and go when it has ended. */
  SNAPSHOT(
      p -> p.with(SystemParameter.CHECKPOINT_DEPTH_MAX, 16L << 10),
      Workload::snapshot,
      "logs/edb\\.chk"),
  /** Ends in order, begins again, works on. */
  REOPEN(p -> p, Workload::reopen, "write data/a\\.edb 0\\+");

  private static final String A = "a.edb";
  private static final String B = "b.edb";
  private static final String T = "t";
  private static final String U = "u";

  private final UnaryOperator<Parameters> settings;
  private final Consumer<Player> script;
  private final List<String> proofs;

  /**
   * One of them.
   *
   * @param proofs what operations must have been made, or it was not what it is called
   */
  Workload(UnaryOperator<Parameters> settings, Consumer<Player> script, String... proofs) {
    this.settings = settings;
    this.script = script;
    this.proofs = List.of(proofs);
  }

  String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  Parameters parameters(Path root, Disk disk) {
    return settings.apply(Lab.parameters(root, disk));
  }

  void play(Player player) {
    script.accept(player);
  }

  List<String> proofs() {
    return proofs;
  }

  static String key(int number) {
    return String.format(Locale.ROOT, "key-%04d", number);
  }

  /** Bytes that cannot be compressed, the same for the same seed. */
  static String value(int seed, int length) {
    byte[] bytes = new byte[length];
    new SplittableRandom(seed).nextBytes(bytes);
    return Picture.text(bytes);
  }

  /** One database, two tables, a few entries. */
  private static Player.Actor prepared(Player player) {
    player.start();
    player.createDatabase(A);
    player.createTable(A, T);
    player.createTable(A, U);
    Player.Actor actor = player.actor();
    actor.begin();
    for (int i = 0; i < 10; i++) {
      actor.insert(A, T, key(10 * i), value(i, 100));
    }
    actor.insert(A, U, "long", value(10, 6_000));
    actor.commit();
    return actor;
  }

  private static void commits(Player player) {
    Player.Actor actor = prepared(player);
    player.beginRecording();
    actor.begin();
    for (int i = 0; i < 24; i++) {
      actor.insert(A, T, key(4 * i + 1), value(20 + i, 220)); // more than a leaf holds
    }
    actor.put(A, U, "new", value(50, 12_000));
    actor.commit();
    actor.begin();
    actor.put(A, T, key(20), "short");
    actor.put(A, T, key(30), value(51, 400));
    actor.delete(A, T, key(40));
    actor.put(A, U, "long", value(52, 7_000));
    actor.commit();
    actor.begin();
    for (int i = 0; i < 23; i++) {
      actor.delete(A, T, key(4 * i + 1)); // what is left fits one leaf
    }
    actor.delete(A, U, "new");
    actor.commit();
    actor.begin();
    actor.put(A, U, "one", "of one record");
    actor.commit();
  }

  private static void circular(Player player) {
    Player.Actor actor = prepared(player);
    for (int i = 0; i < 12; i++) {
      big(actor, i);
    }
    player.beginRecording();
    for (int i = 12; i < 60; i++) {
      big(actor, i);
    }
  }

  private static void big(Player.Actor actor, int number) {
    actor.begin();
    actor.put(A, T, key(number % 7), value(number, 1_500));
    actor.put(A, U, key(number % 3), value(100 + number, 3_500));
    actor.commit();
  }

  private static void rolls(Player player) {
    Player.Actor actor = prepared(player);
    player.beginRecording();
    for (int i = 0; i < 4; i++) {
      actor.begin();
      actor.put(A, U, "large", value(i, 40_000));
      actor.put(A, T, key(i), value(10 + i, 500));
      actor.commit();
    }
    actor.begin();
    actor.put(A, T, "last", "of a few bytes");
    actor.commit();
  }

  private static void databases(Player player) {
    player.start();
    player.beginRecording();
    player.createDatabase(A);
    player.createTable(A, T);
    player.createDatabase(B);
    player.createTable(B, T);
    try (Player.Actor actor = player.actor()) {
      actor.begin();
      actor.insert(A, T, key(1), value(1, 300));
      actor.insert(B, T, key(1), value(2, 300));
      actor.commit();
      player.createTable(A, U);
      actor.begin();
      actor.put(B, T, key(2), value(3, 5_000));
      actor.put(A, U, key(2), value(4, 5_000));
      actor.delete(A, T, key(1));
      actor.commit();
      player.dropTable(A, T);
      player.createTable(A, T);
      actor.begin();
      actor.put(A, T, key(3), value(5, 30));
      actor.commit();
    }
    player.detachDatabase(A);
    player.dropDatabase(B);
    player.attachDatabase(A);
    player.createDatabase(B);
    try (Player.Actor actor = player.actor()) {
      actor.begin();
      actor.put(A, T, key(4), value(6, 30));
      actor.commit();
    }
  }

  private static void lazy(Player player) {
    Player.Actor actor = prepared(player);
    Player.Actor other = player.actor();
    player.beginRecording();
    actor.begin();
    actor.put(A, T, key(0), "mine");
    other.begin();
    JetException conflict = conflicting(other);
    assertEquals(JetErr.WRITE_CONFLICT, conflict.error());
    other.rollback();
    actor.commit();
    for (int i = 1; i <= 3; i++) {
      actor.begin();
      actor.put(A, T, key(0), "lazy " + i);
      actor.put(A, T, key(200 + i), value(i, 300));
      actor.commitLazily();
    }
    other.begin();
    other.put(A, U, "never", value(60, 5_000));
    other.delete(A, T, key(10));
    other.rollback();
    other.begin();
    other.put(A, T, key(300), value(61, 50));
    other.commit();
    actor.begin();
    actor.put(A, T, key(301), value(62, 50));
    actor.commitLazily();
    actor.begin();
    actor.put(A, U, "long", value(63, 5_000));
    actor.commitLazily();
    player.end();
  }

  /** The other one has changed the key: this one hears of it at the change or at its commit. */
  private static JetException conflicting(Player.Actor other) {
    try {
      other.put(A, T, key(0), "other");
      return other.failToCommit();
    } catch (JetException failure) {
      return failure;
    }
  }

  private static void fullDisk(Player player) {
    Player.Actor actor = prepared(player);
    player.beginRecording();
    player.letDatabasesGrow(false);
    actor.begin();
    actor.put(A, T, key(0), "before what does not fit");
    actor.delete(A, T, key(10));
    actor.put(A, U, "long", value(1, 3_000));
    for (int i = 0; i < 8; i++) {
      actor.put(A, U, key(i), value(2 + i, 60_000));
    }
    actor.put(A, T, key(1), "behind it");
    actor.failToCommit();
    actor.begin();
    actor.put(A, T, key(2), "fits");
    actor.commit();
    player.letDatabasesGrow(true);
    actor.begin();
    actor.put(A, U, key(0), value(3, 20_000));
    actor.put(A, T, key(0), "at last");
    actor.commit();
  }

  private static void snapshot(Player player) {
    Player.Actor actor = prepared(player);
    Player.Actor reader = player.actor();
    reader.begin();
    player.beginRecording();
    for (int i = 0; i < 6; i++) {
      actor.begin();
      actor.put(A, U, "long", value(i, 5_000));
      actor.put(A, T, key(i), value(20 + i, 200));
      actor.commit();
    }
    reader.rollback();
    for (int i = 6; i < 9; i++) {
      actor.begin();
      actor.put(A, U, "long", value(i, 5_000));
      actor.commit();
    }
  }

  private static void reopen(Player player) {
    Player.Actor actor = prepared(player);
    player.beginRecording();
    actor.begin();
    actor.put(A, T, key(1), value(1, 300));
    actor.put(A, U, "long", value(2, 5_000));
    actor.commit();
    actor.close();
    player.end();
    player.start();
    try (Player.Actor next = player.actor()) {
      next.begin();
      next.put(A, T, key(2), value(3, 300));
      next.delete(A, U, "long");
      next.commit();
      next.begin();
      next.put(A, T, key(3), value(4, 300));
      next.commitLazily();
    }
    player.end();
    player.start();
  }
}
