package org.jetbackup.engine.btree;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.NavigableMap;
import java.util.Random;
import java.util.TreeMap;
import org.jetbackup.api.error.JetException;
import org.jetbackup.api.position.PageNumber;
import org.jetbackup.engine.buffer.Change;
import org.jetbackup.engine.buffer.LogForce;
import org.jetbackup.engine.buffer.PageCache;
import org.jetbackup.engine.buffer.PagedFile;
import org.jetbackup.engine.format.PageSize;
import org.jetbackup.engine.space.BareDatabase;
import org.jetbackup.engine.space.SpaceAudit;
import org.jetbackup.engine.storage.DataFile;
import org.jetbackup.engine.storage.DoubleWrite;
import org.jetbackup.tck.crash.CrashRecorder;
import org.jetbackup.tck.crash.CrashState;
import org.jetbackup.tck.crash.CrashStates;
import org.jetbackup.tck.crash.Profile;
import org.jetbackup.tck.crash.Recording;
import org.jetbackup.tck.storage.KitFileSystem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Whatever a crash leaves of a tree on a disk with sectors of 512 bytes: after a restore the pages
 * are those of the last flush that was acknowledged, or of the one in flight as a whole; the tree
 * is in order and holds what it held then.
 *
 * <p>Each flush fits one batch. The states are bounded by a cap of combinations for each point at
 * which the crash may happen; every point is tried.
 */
class TreeCrashTest {

  private static final PageSize SIZE = PageSize.KIB_4;
  private static final int FLUSHES = 4;
  private static final int COMBINATIONS = 12;
  private static final int CACHE_PAGES = 128;
  private static final long SEED = 20261126;

  /** What was flushed at one time. */
  private static final class Flushed {
    private final byte[] pages;
    private final NavigableMap<byte[], byte[]> records;

    Flushed(byte[] pages, NavigableMap<byte[], byte[]> records) {
      this.pages = pages;
      this.records = records;
    }
  }

  private final List<Flushed> flushed = new ArrayList<>();
  private long root;

  private Recording record() {
    try (KitFileSystem files = KitFileSystem.inMemory()) {
      CrashRecorder recorder = CrashRecorder.on(files, CrashRecorder.SECTOR_TORN);
      return record(files, recorder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Recording record(KitFileSystem files, CrashRecorder recorder) {
    try (BareDatabase database =
        BareDatabase.create(files.root().resolve("a.edb"), SIZE, 34, 4, CACHE_PAGES)) {
      BareDatabase.Made made = database.createTree(database.space().root(), 8, 0);
      root = made.tree().root();
      NavigableMap<byte[], byte[]> model = new TreeMap<>(Arrays::compareUnsigned);
      database.flush();
      flushed.add(snapshot(files.root(), model));
      recorder.begin();
      TreeWriter writer = made.tree().writer();
      Random random = new Random(SEED);
      for (int flush = 1; flush <= FLUSHES; flush++) {
        change(writer, model, random, flush);
        database.flush();
        recorder.mark(mark(flush));
        flushed.add(snapshot(files.root(), model));
      }
      return recorder.end();
    }
  }

  /** Grows first, so that the file grows too, and shrinks in the end, so that pages merge. */
  private static void change(
      TreeWriter writer, NavigableMap<byte[], byte[]> model, Random random, int flush) {
    for (int i = 0; i < 60; i++) {
      byte[] key = new byte[1 + random.nextInt(9)];
      random.nextBytes(key);
      if (flush == FLUSHES && !model.isEmpty()) {
        writer.delete(buffer(model.pollFirstEntry().getKey()));
      } else {
        byte[] data = new byte[1 + random.nextInt(800)];
        random.nextBytes(data);
        writer.put(buffer(key), buffer(data));
        model.put(key, data);
      }
    }
  }

  private static String mark(int flushes) {
    return flushes + " flushes";
  }

  private static Flushed snapshot(Path directory, NavigableMap<byte[], byte[]> model) {
    NavigableMap<byte[], byte[]> copy = new TreeMap<>(Arrays::compareUnsigned);
    copy.putAll(model);
    return new Flushed(pages(directory), copy);
  }

  /** All bytes of the file. */
  private static byte[] pages(Path directory) {
    try (DataFile file = DataFile.open(directory.resolve("a.edb"), DataFile.Mode.READ)) {
      ByteBuffer bytes = ByteBuffer.allocate((int) file.size());
      file.readFully(bytes, 0);
      return bytes.array();
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Profile.class,
      names = {"KILL", "DROP_UNSYNCED", "META_ORDERED", "WEAK", "GARBAGE"})
  void everyCrashLeavesATreeAsItWasAtAFlush(Profile profile) {
    Recording recording = record();
    int[] inFlight = {0};
    CrashStates.Extent extent = CrashStates.of(recording, profile)
        .cappedAt(COMBINATIONS)
        .forEach(state -> inFlight[0] += judge(state, true) ? 1 : 0);
    assertTrue(extent.points() > 4 * FLUSHES, extent::toString);
    assertTrue(inFlight[0] > 0, "no state holds the flush that was in flight");
  }

  @Test
  void withoutARestoreATornTreeIsCaught() {
    Recording recording = record();
    int[] torn = {0};
    CrashStates.of(recording, Profile.WEAK).cappedAt(COMBINATIONS).forEach(state -> {
      try {
        judge(state, false);
      } catch (AssertionError | JetException e) {
        torn[0]++;
      }
    });
    assertTrue(torn[0] > 0, "a torn tree was taken for whole");
  }

  /** Answers whether the state holds the flush in flight. */
  private boolean judge(CrashState state, boolean restores) {
    int acknowledged = 0;
    while (acknowledged < FLUSHES && state.passed(mark(acknowledged + 1))) {
      acknowledged++;
    }
    try (KitFileSystem left = state.image().open()) {
      Path path = left.root().resolve("a.edb");
      if (restores) {
        try (DataFile file = DataFile.open(path, DataFile.Mode.WRITE)) {
          DoubleWrite.restore(
              left.root().resolve("a.edb.side"), file, SIZE, BareDatabase.SIGNATURE);
        }
      }
      byte[] found = pages(left.root());
      int at = acknowledged;
      if (!same(found, flushed.get(at).pages) && at < FLUSHES) {
        at++;
      }
      assertTrue(same(found, flushed.get(at).pages), () -> "pages of no flush: " + state);
      SpaceAudit.check(path, SIZE, List.of(new SpaceAudit.Root(root, List.of())));
      assertRecords(path, flushed.get(at).records, state);
      return at > acknowledged;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The end of a file that only grew, and holds no page yet, may be missing or be there. */
  private static boolean same(byte[] found, byte[] wanted) {
    int common = Math.min(found.length, wanted.length);
    if (!Arrays.equals(found, 0, common, wanted, 0, common)) {
      return false;
    }
    byte[] longer = found.length > wanted.length ? found : wanted;
    for (int i = common; i < longer.length; i++) {
      if (longer[i] != 0) {
        return longer == found; // what lies behind the end belongs to nobody
      }
    }
    return true;
  }

  private void assertRecords(Path path, NavigableMap<byte[], byte[]> records, CrashState state) {
    try (DataFile file = DataFile.open(path, DataFile.Mode.READ)) {
      PagedFile paged = new PagedFile(file, null, SIZE, 1, 0);
      PageCache cache =
          new PageCache(SIZE, (long) PageCache.PAGES_MIN * SIZE.bytes(), LogForce.NONE);
      TreeCursor cursor = new Tree(cache, paged, root, 8, new NoAllocator()).cursor();
      for (var entry : records.entrySet()) {
        assertTrue(cursor.next(), state::toString);
        assertEquals(buffer(entry.getKey()), cursor.key(), state::toString);
        assertEquals(buffer(entry.getValue()), cursor.data(), state::toString);
      }
      assertTrue(!cursor.next(), state::toString);
    }
  }

  /** For a tree that is only read. */
  private static final class NoAllocator implements PageAllocator {
    @Override
    public void prepare(Change change) {
      throw new UnsupportedOperationException();
    }

    @Override
    public long allocate(Change change) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void free(Change change, long page) {
      throw new UnsupportedOperationException("page " + new PageNumber(page));
    }
  }

  private static ByteBuffer buffer(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }
}
