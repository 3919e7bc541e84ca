package org.jetbackup.tck.suite;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.jetbackup.api.JetCursor;
import org.jetbackup.api.JetTable;
import org.jetbackup.api.KeyRange;
import org.jetbackup.api.error.JetErr;
import org.jetbackup.tck.Capability;
import org.jetbackup.tck.Clauses;
import org.jetbackup.tck.Requires;
import org.jetbackup.tck.fixture.Node;
import org.jetbackup.tck.fixture.TckTest;
import org.jetbackup.tck.fixture.World;
import org.jetbackup.tck.model.Answer;
import org.jetbackup.tck.model.Contents;
import org.junit.jupiter.api.Test;

/** Chapter {@code data}, but for its transactions. */
@TckTest
class DataSuite {

  private static final byte[] NOTHING = {};

  @Test
  @Clauses("DATA-1")
  void whatWasStoredLastIsRead(World world) {
    JetTable table = table(world.start());
    Random random = new Random(world.settings().seed());
    TreeMap<byte[], byte[]> model = new TreeMap<>(Arrays::compareUnsigned);
    world.record("main: 300 random inserts, puts and deletes");
    for (int i = 0; i < 300; i++) {
      byte[] key = {(byte) random.nextInt(24), (byte) 0xFF};
      byte[] value = new byte[1 + random.nextInt(300)];
      random.nextBytes(value);
      if (model.containsKey(key) && random.nextInt(3) == 0) {
        world.require("delete " + hex(key), () -> table.delete(key));
        model.remove(key);
      } else if (model.containsKey(key)) {
        world.require("put " + hex(key), () -> table.put(key, value));
        model.put(key, value);
      } else {
        world.require("insert " + hex(key), () -> table.insert(key, value));
        model.put(key, value);
      }
      expectValue(world, "DATA-1", table, key, Optional.ofNullable(model.get(key)));
    }
    model.forEach((key, value) -> expectValue(world, "DATA-1", table, key, Optional.of(value)));
  }

  @Test
  @Clauses("DATA-1")
  void everyByteIsKeptAsItIs(World world) {
    Node node = world.start();
    byte[] all = new byte[256];
    for (int i = 0; i < all.length; i++) {
      all[i] = (byte) i;
    }
    byte[] key = Arrays.copyOf(all, JetTable.KEY_LENGTH_MAX);
    JetTable table = table(node);
    world.require("main: insert", () -> table.insert(key, all));
    expectValue(world, "DATA-1", table, key, Optional.of(all));
    node.restart();
    expectValue(world, "DATA-1", table(node), key, Optional.of(all));
  }

  @Test
  @Clauses("DATA-1")
  void arraysBelongToTheirCaller(World world) {
    JetTable table = table(world.start());
    byte[] key = Contents.bytes("a");
    byte[] value = Contents.bytes("1");
    world.require("main: put a=1", () -> table.put(key, value));
    world.record("the arrays of key and value are overwritten");
    key[0] = 'b';
    value[0] = '2';
    byte[] a = Contents.bytes("a");
    expectValue(world, "DATA-1", table, a, Optional.of(Contents.bytes("1")));
    world.record("the array that was returned is overwritten");
    table.get(a).ifPresent(returned -> returned[0] = '3');
    expectValue(world, "DATA-1", table, a, Optional.of(Contents.bytes("1")));
  }

  @Test
  @Clauses("DATA-2")
  void insertDoesNotOverwrite(World world) {
    Node node = world.start().commit("a=1");
    JetTable table = table(node);
    Answer answer = insert(world, table, "a", "2");
    world.expect("DATA-2", answer).fails(JetErr.KEY_DUPLICATE);
    world.expectSame("DATA-2", node.acknowledged(), node.contents());
    world.require("main: begin transaction", () -> node.session().beginTransaction());
    world.expect("DATA-2", insert(world, table, "b", "1")).success();
    world.expect("DATA-2", insert(world, table, "b", "2")).fails(JetErr.KEY_DUPLICATE);
    world.require("main: commit", () -> node.session().commitTransaction());
    node.acknowledgeChanges(List.of("b=1"));
    world.expectSame("DATA-2", node.acknowledged(), node.contents());
    node.commit("-a");
    world.expect("DATA-2", insert(world, table, "a", "3")).success();
  }

  @Test
  @Clauses("DATA-3")
  void whatIsNotThereIsReported(World world) {
    Node node = world.start();
    JetTable table = table(node);
    expectAbsent(world, table);
    node.commit("a=1", "b=2").commit("-a");
    expectAbsent(world, table);
    node.restart();
    expectAbsent(world, table(node));
    world.expectSame("DATA-3", node.acknowledged(), node.contents());
  }

  @Test
  @Clauses("DATA-4")
  void keysOfEveryLegalLengthAreAccepted(World world) {
    Node node = world.start();
    JetTable table = table(node);
    for (int length = JetTable.KEY_LENGTH_MIN; length <= JetTable.KEY_LENGTH_MAX; length++) {
      byte[] key = filled(length, 'k');
      byte[] value = Contents.bytes("v" + length);
      Answer answer = world.attempt("main: put a key of " + length, () -> table.put(key, value));
      world.expect("DATA-4", answer).success();
      expectValue(world, "DATA-4", table, key, Optional.of(value));
    }
  }

  @Test
  @Clauses("DATA-4")
  void keysOfNoLegalLengthAreRefused(World world) {
    Node node = world.start().commit("a=1");
    JetTable table = table(node);
    for (int length : List.of(256, 257, 289, 2_000, 70_000)) {
      byte[] key = filled(length, 'k');
      String name = " a key of " + length;
      world
          .expect("DATA-4", world.attempt("main: put" + name, () -> table.put(key, NOTHING)))
          .fails(JetErr.KEY_TOO_BIG);
      world
          .expect("DATA-4", world.attempt("main: insert" + name, () -> table.insert(key, NOTHING)))
          .fails(JetErr.KEY_TOO_BIG);
    }
    world
        .expect("DATA-4", insert(world, table, "", "1"))
        .fails(JetErr.NULL_KEY_DISALLOWED, JetErr.INVALID_PARAMETER);
    world.expectSame("DATA-4", node.acknowledged(), node.contents());
  }

  @Test
  @Clauses("DATA-5")
  void keysThatDifferAtAllNameDifferentRecords(World world) {
    Node node = world.start();
    JetTable table = table(node);
    TreeMap<byte[], byte[]> model = new TreeMap<>(Arrays::compareUnsigned);
    for (byte[] key : keys()) {
      byte[] value = Contents.bytes("v" + model.size());
      world.require("main: put " + hex(key), () -> table.put(key, value));
      model.put(key, value);
    }
    model.forEach((key, value) -> expectValue(world, "DATA-5", table, key, Optional.of(value)));
    node.restart();
    JetTable again = table(node);
    model.forEach((key, value) -> expectValue(world, "DATA-5", again, key, Optional.of(value)));
    int count = world.obtain("main: count the records", () -> count(again));
    world.expectThat("DATA-5", count == model.size(), model.size() + " records", count);
  }

  @Test
  @Clauses("DATA-6")
  void valuesOfEverySizeAreAccepted(World world) {
    Node node = world.start();
    JetTable table = table(node);
    Map<byte[], byte[]> model = new TreeMap<>(Arrays::compareUnsigned);
    for (int size : sizes()) {
      byte[] key = Contents.bytes("k" + size);
      byte[] value = filled(size, 'v');
      Answer answer = world.attempt("main: put " + size + " bytes", () -> table.put(key, value));
      world.expect("DATA-6", answer).success();
      model.put(key, value);
    }
    model.forEach((key, value) -> expectValue(world, "DATA-6", table, key, Optional.of(value)));
    node.restart();
    JetTable again = table(node);
    model.forEach((key, value) -> expectValue(world, "DATA-6", again, key, Optional.of(value)));
  }

  @Test
  @Clauses("DATA-6")
  void anEmptyValueIsARecord(World world) {
    Node node = world.start().commit("a=1", "b=").commit("a=");
    JetTable table = table(node);
    expectValue(world, "DATA-6", table, Contents.bytes("a"), Optional.of(NOTHING));
    expectValue(world, "DATA-6", table, Contents.bytes("b"), Optional.of(NOTHING));
    world.expectSame("DATA-6", node.acknowledged(), node.contents());
    world.expectSame("DATA-6", node.acknowledged(), node.restart().contents());
  }

  @Test
  @Clauses("DATA-7")
  void cursorsWalkTheirRangeInTheOrderOfUnsignedBytes(World world) {
    Node node = world.start();
    JetTable table = table(node);
    TreeMap<byte[], byte[]> model = new TreeMap<>(Arrays::compareUnsigned);
    List<byte[]> keys = new ArrayList<>(keys());
    keys.removeIf(key -> key.length > 100);
    Collections.shuffle(keys, new Random(world.settings().seed()));
    for (byte[] key : keys) {
      byte[] value = Contents.bytes("v" + model.size());
      world.require("main: put " + hex(key), () -> table.put(key, value));
      model.put(key, value);
    }
    expectRange(world, "DATA-7", table, KeyRange.all(), model);
    for (byte[] from : keys()) {
      expectRange(world, "DATA-7", table, KeyRange.from(from), model);
      expectRange(world, "DATA-7", table, KeyRange.until(from), model);
      byte[] until = {(byte) 0x7F, 0};
      expectRange(world, "DATA-7", table, KeyRange.between(from, until), model);
      expectRange(world, "DATA-7", table, KeyRange.between(from, from), model);
    }
  }

  @Test
  @Clauses("DATA-11")
  @Requires(Capability.SEVERAL_DATABASES)
  void databasesDoNotMixTheirTablesAndRecords(World world) {
    Node node = world.start().createDatabase("other").createDatabase("third");
    node.commit("a=1", "other.a=one", "third.a=eins").commit("b=2", "other.c=three");
    world.expectSame("DATA-11", node.acknowledged(), node.contents());
    node.commit("-a", "other.c=drei").commit("-other.a", "third.b=zwei");
    world.expectSame("DATA-11", node.acknowledged(), node.contents());
    world.expectSame("DATA-11", node.acknowledged(), node.restart().contents());
  }

  private static JetTable table(Node node) {
    return node.session().openDatabase(node.file("main")).openTable(Node.TABLE);
  }

  private static Answer insert(World world, JetTable table, String key, String value) {
    return world.attempt(
        "main: insert '" + key + "'=" + value,
        () -> table.insert(Contents.bytes(key), Contents.bytes(value)));
  }

  private static void expectAbsent(World world, JetTable table) {
    byte[] key = Contents.bytes("a");
    List<Optional<byte[]>> values = new ArrayList<>();
    Answer get = world.attempt("main: get a", () -> values.add(table.get(key)));
    world.expect("DATA-3", get).success();
    world.expectThat("DATA-3", values.stream().allMatch(Optional::isEmpty), "no value", "a value");
    Answer delete = world.attempt("main: delete a", () -> table.delete(key));
    world.expect("DATA-3", delete).fails(JetErr.RECORD_NOT_FOUND);
  }

  private static void expectValue(
      World world, String clause, JetTable table, byte[] key, Optional<byte[]> allowed) {
    Optional<byte[]> seen = world.obtain("main: get " + hex(key), () -> table.get(key));
    world.expectThat(
        clause,
        allowed.isPresent() == seen.isPresent()
            && Arrays.equals(allowed.orElse(NOTHING), seen.orElse(NOTHING)),
        describe(allowed),
        describe(seen) + " under the key " + hex(key));
  }

  /** Walks a range in both directions and compares it with the part of a model that lies in it. */
  private static void expectRange(
      World world, String clause, JetTable table, KeyRange range, Map<byte[], byte[]> model) {
    List<String> allowed = model.entrySet().stream()
        .filter(entry -> range.contains(entry.getKey()))
        .map(entry -> record(entry.getKey(), entry.getValue()))
        .toList();
    List<String> forwards = new ArrayList<>();
    List<String> backwards = new ArrayList<>();
    world.require("main: walk along " + range, () -> {
      try (JetCursor cursor = table.cursor(range)) {
        for (boolean more = cursor.moveFirst(); more; more = cursor.moveNext()) {
          forwards.add(record(cursor.key(), cursor.value()));
        }
        for (boolean more = cursor.moveLast(); more; more = cursor.movePrevious()) {
          backwards.add(record(cursor.key(), cursor.value()));
        }
      }
    });
    expectSequence(world, clause, allowed, forwards, "from the first record on");
    List<String> reverse = new ArrayList<>(allowed);
    Collections.reverse(reverse);
    expectSequence(world, clause, reverse, backwards, "from the last record back");
  }

  private static void expectSequence(
      World world, String clause, List<String> allowed, List<String> seen, String way) {
    int same = 0;
    while (same < Math.min(allowed.size(), seen.size())
        && allowed.get(same).equals(seen.get(same))) {
      same++;
    }
    world.expectThat(clause, allowed.equals(seen), at(allowed, same, way), at(seen, same, way));
  }

  private static String at(List<String> records, int index, String way) {
    String what = index < records.size() ? shorten(records.get(index)) : "the end";
    return what + " after " + index + " records, " + way;
  }

  private static String record(byte[] key, byte[] value) {
    return HexFormat.of().formatHex(key) + "=" + Contents.text(value);
  }

  private static int count(JetTable table) {
    int count = 0;
    try (JetCursor cursor = table.cursor(KeyRange.all())) {
      while (cursor.moveNext()) {
        count++;
      }
    }
    return count;
  }

  /** Keys that an engine may be tempted to mix up, in no order. */
  private static List<byte[]> keys() {
    List<byte[]> keys = new ArrayList<>();
    for (String text : List.of(
        "a", "A", "a\0", "a\0\0", "a ", " a", "aa", "ae", "\u00E4", "\u00C4", "\0", "\0\0")) {
      keys.add(Contents.bytes(text));
    }
    for (int value : List.of(0x01, 0x7E, 0x7F, 0x80, 0x81, 0xFE, 0xFF)) {
      keys.add(new byte[] {(byte) value});
      keys.add(new byte[] {(byte) value, 0});
      keys.add(new byte[] {(byte) value, (byte) 0xFF});
      byte[] longest = filled(JetTable.KEY_LENGTH_MAX, 'l');
      longest[JetTable.KEY_LENGTH_MAX - 1] = (byte) value;
      keys.add(longest);
    }
    keys.add(filled(JetTable.KEY_LENGTH_MAX - 1, 'l'));
    return keys;
  }

  private static List<Integer> sizes() {
    List<Integer> sizes = new ArrayList<>(List.of(0, 1, 2, 100, 1_000));
    for (int page = 512; page <= JetTable.VALUE_LENGTH_ALWAYS; page *= 2) {
      sizes.addAll(List.of(page - 1, page));
      if (page < JetTable.VALUE_LENGTH_ALWAYS) {
        sizes.add(page + 1);
      }
    }
    return sizes;
  }

  /** Bytes that begin with a letter and go on differently everywhere. */
  private static byte[] filled(int length, char first) {
    byte[] bytes = new byte[length];
    for (int i = 0; i < length; i++) {
      bytes[i] = (byte) (i == 0 ? first : i * 31 + (i >> 8));
    }
    return bytes;
  }

  private static String describe(Optional<byte[]> value) {
    return value.map(bytes -> bytes.length + " bytes " + hex(bytes)).orElse("no value");
  }

  private static String hex(byte[] bytes) {
    return shorten(HexFormat.of().formatHex(bytes));
  }

  private static String shorten(String text) {
    return text.length() <= 40 ? text : text.substring(0, 40) + "...";
  }
}
