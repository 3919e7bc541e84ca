package org.jetbackup.engine.btree;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Random;
import java.util.TreeMap;
import org.jetbackup.engine.format.PageSize;
import org.jetbackup.engine.page.NodeList;
import org.jetbackup.engine.space.BareDatabase;
import org.jetbackup.engine.space.SpaceAudit;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A tree does what a sorted map does, and what lies on the disk is in order after it. */
class TreeModelTest {

  @TempDir
  Path directory;

  @ParameterizedTest
  @CsvSource({
    "KIB_4, 20, 200, 1, 20000",
    "KIB_4, 40, 30, 2, 20000",
    "KIB_4, 255, 1500, 3, 6000",
    "KIB_8, 16, 4000, 4, 6000",
    "KIB_8, 250, 7000, 5, 4000",
    "KIB_16, 30, 3000, 6, 4000",
    "KIB_32, 60, 9000, 7, 3000"
  })
  void randomChangesLeaveWhatASortedMapHolds(
      PageSize size, int keyMax, int dataMax, long seed, int steps) {
    String replay = "seed " + seed + " with " + size;
    try (BareDatabase database =
        BareDatabase.create(directory.resolve("bare.edb"), size, 34, 8, 64)) {
      BareDatabase.Made made = database.createTree(database.space().root(), 8, 0);
      TreeWriter writer = made.tree().writer();
      TreeCursor cursor = made.tree().cursor();
      NavigableMap<byte[], byte[]> model = new TreeMap<>(Arrays::compareUnsigned);
      Random random = new Random(seed);
      for (int step = 0; step < steps; step++) {
        step(writer, cursor, model, random, keyMax, dataMax, size, step * 3 > steps * 2);
        if (step % (steps / 5) == 0) {
          assertSame(model, cursor, replay);
          SpaceAudit.check(database, List.of(new SpaceAudit.Root(made.tree().root(), List.of())));
        }
      }
      assertSame(model, cursor, replay);
      for (byte[] key : List.copyOf(model.keySet())) {
        assertTrue(writer.delete(buffer(key)), replay);
        model.remove(key);
        if (model.size() % 500 == 0) {
          assertSame(model, cursor, replay);
          SpaceAudit.check(database, List.of(new SpaceAudit.Root(made.tree().root(), List.of())));
        }
      }
      database.dissolve(made);
      SpaceAudit.check(database, List.of());
    }
  }

  private static void step(
      TreeWriter writer,
      TreeCursor cursor,
      NavigableMap<byte[], byte[]> model,
      Random random,
      int keyMax,
      int dataMax,
      PageSize size,
      boolean shrinking) {
    byte[] key = bytes(random, 1 + random.nextInt(keyMax));
    int most = NodeList.room(size) - 6 - key.length;
    byte[] data = bytes(random, 1 + random.nextInt(Math.min(dataMax, most)));
    byte[] near = model.ceilingKey(key);
    switch (random.nextInt(shrinking ? 10 : 6)) {
      case 0, 1 -> {
        writer.put(buffer(key), buffer(data));
        model.put(key, data);
      }
      case 2 -> {
        if (!model.containsKey(key)) {
          writer.insert(buffer(key), buffer(data));
          model.put(key, data);
        }
      }
      case 3 -> {
        if (near != null) {
          byte[] other =
              Arrays.copyOf(data, Math.min(data.length, NodeList.room(size) - 6 - near.length));
          assertTrue(writer.replace(buffer(near), buffer(other)));
          model.put(near, other);
        }
      }
      case 4 -> {
        assertEquals(near != null, cursor.seek(buffer(key)));
        if (near != null) {
          assertArrayEquals(near, array(cursor.key()));
        }
      }
      case 5 -> {
        byte[] before = model.lowerKey(key);
        assertEquals(before != null, cursor.seekBefore(buffer(key)));
        if (before != null) {
          assertArrayEquals(before, array(cursor.key()));
        }
      }
      default -> {
        if (near != null) {
          assertTrue(writer.delete(buffer(near)));
          assertFalse(writer.delete(buffer(near)));
          model.remove(near);
        }
      }
    }
  }

  private static void assertSame(
      NavigableMap<byte[], byte[]> model, TreeCursor cursor, String replay) {
    boolean there = cursor.first();
    for (Map.Entry<byte[], byte[]> entry : model.entrySet()) {
      assertTrue(there, replay);
      assertArrayEquals(entry.getKey(), array(cursor.key()), replay);
      assertArrayEquals(entry.getValue(), array(cursor.data()), replay);
      there = cursor.next();
    }
    assertFalse(there, replay);
    there = cursor.last();
    for (byte[] key : model.descendingKeySet()) {
      assertTrue(there, replay);
      assertArrayEquals(key, array(cursor.key()), replay);
      there = cursor.previous();
    }
    assertFalse(there, replay);
  }

  /** Keys from few letters, so that many begin alike. */
  private static byte[] bytes(Random random, int length) {
    byte[] bytes = new byte[length];
    int letters = random.nextInt(4) == 0 ? 256 : 3;
    for (int i = 0; i < length; i++) {
      bytes[i] = (byte) random.nextInt(letters);
    }
    return bytes;
  }

  private static ByteBuffer buffer(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static byte[] array(ByteBuffer buffer) {
    byte[] bytes = new byte[buffer.limit()];
    buffer.get(0, bytes);
    return bytes;
  }
}
