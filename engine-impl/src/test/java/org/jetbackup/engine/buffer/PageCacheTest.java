package org.jetbackup.engine.buffer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jetbackup.api.error.JetErr;
import org.jetbackup.api.error.JetException;
import org.jetbackup.api.position.PageNumber;
import org.jetbackup.engine.format.Allocation;
import org.jetbackup.engine.format.LogTime;
import org.jetbackup.engine.format.PageChecksum;
import org.jetbackup.engine.format.PageEditor;
import org.jetbackup.engine.format.PageFlags;
import org.jetbackup.engine.format.PageSize;
import org.jetbackup.engine.format.PageVerdict;
import org.jetbackup.engine.format.Signature;
import org.jetbackup.engine.storage.DataFile;
import org.jetbackup.engine.storage.DoubleWrite;
import org.jetbackup.tck.storage.Fault;
import org.jetbackup.tck.storage.KitFileSystem;
import org.jetbackup.tck.storage.OperationKind;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/**
 * What a small cache does when it is full, when the disk fails, and when a change is taken back.
 */
class PageCacheTest {

  private static final PageSize SIZE = PageSize.KIB_4;
  private static final int PAGES = 400;
  private static final int FRAMES = PageCache.PAGES_MIN;
  private static final PageFlags LEAF = new PageFlags(PageFlags.NEW_CHECKSUM | PageFlags.LEAF);

  private final KitFileSystem files = KitFileSystem.inMemory();
  private final List<Long> forced = new ArrayList<>();
  private final List<Long> writesBefore = new ArrayList<>();
  private DataFile file;
  private DoubleWrite side;
  private PagedFile paged;
  private PageCache cache;
  private Change change;

  @BeforeEach
  void open() {
    file = DataFile.open(files.root().resolve("a.edb"), DataFile.Mode.CREATE);
    file.extendTo(SIZE.offsetOf(new PageNumber(PAGES + 1)));
    ByteBuffer page = SIZE.newBuffer();
    for (int number = 1; number <= PAGES; number++) {
      new PageEditor(SIZE).on(page).begin(new PageNumber(number), number, LEAF, empty());
      store(number, page);
    }
    side = DoubleWrite.open(
        files.root().resolve("a.side"), SIZE, new Signature(7, LogTime.UNSET, ""), 16);
    paged = new PagedFile(file, side, SIZE, 1, 1000);
    cache = new PageCache(SIZE, (long) FRAMES * SIZE.bytes(), position -> {
      forced.add(position);
      writesBefore.add(files.count(OperationKind.WRITE));
    });
    change = new Change(cache, paged);
  }

  @AfterEach
  void close() throws IOException {
    side.close();
    file.close();
    files.close();
  }

  @Test
  void theBoundOfBytesHolds() {
    for (int number = 1; number <= PAGES; number++) {
      Frame frame = cache.share(paged, number);
      assertEquals(number, frame.view().objectId());
      frame.release();
    }
    assertEquals(FRAMES, cache.frameCount());
    assertEquals(PAGES, cache.reads());
    assertThrows(
        IllegalArgumentException.class,
        () -> new PageCache(SIZE, (long) FRAMES * SIZE.bytes() - 1, LogForce.NONE));
  }

  @Test
  void aLatchedPageStays() {
    Frame latched = cache.share(paged, 7);
    change.begin();
    Frame owned = change.own(8);
    for (int number = 100; number <= PAGES; number++) {
      cache.share(paged, number).release();
    }
    long reads = cache.reads();
    assertTrue(latched.holds(paged, 7) && latched.view().objectId() == 7);
    assertTrue(owned.holds(paged, 8) && owned.view().objectId() == 8);
    cache.share(paged, 7).release();
    assertEquals(reads, cache.reads());
    latched.release();
    change.rollback();
  }

  @Test
  void whereAllPagesAreLatchedThereIsNoRoomUntilOneIsGivenBack() {
    List<Frame> latched = new ArrayList<>();
    for (int number = 1; number <= FRAMES; number++) {
      latched.add(cache.share(paged, number));
    }
    expect(JetErr.OUT_OF_BUFFERS, () -> cache.share(paged, FRAMES + 1));
    latched.remove(0).release();
    cache.share(paged, FRAMES + 1).release();
    latched.forEach(Frame::release);
  }

  @Test
  void aChangeOfMorePagesThanTheCacheHasEndsAndIsTakenBack() {
    change.begin();
    expect(JetErr.OUT_OF_BUFFERS, () -> {
      for (int number = 1; number <= FRAMES + 1; number++) {
        change.edit(change.own(number)).setNext(99);
      }
    });
    change.rollback();
    for (int number = 1; number <= FRAMES + 1; number++) {
      Frame frame = cache.share(paged, number);
      assertEquals(0, frame.view().next());
      frame.release();
    }
  }

  @Test
  void whatIsEvictedWasWrittenTwiceBefore() {
    for (int number = 1; number <= PAGES; number++) {
      change.begin();
      change.edit(change.own(number)).setNext(number == 300 ? 301 : 300);
      change.commit();
    }
    assertTrue(side.capacity() < FRAMES && files.count(OperationKind.WRITE) > 2 * PAGES / 16);
    int written = 0;
    ByteBuffer page = SIZE.newBuffer();
    for (int number = 1; number <= PAGES; number++) {
      load(number, page);
      PageVerdict verdict = PageChecksum.verify(page, SIZE, new PageNumber(number));
      assertEquals(PageVerdict.Kind.GOOD, verdict.kind());
      written += page.getInt(20) != 0 ? 1 : 0;
    }
    assertTrue(written >= PAGES - FRAMES, "only " + written + " pages were written");
    files.inject(Fault.parse("write a.side #1 sticky before-effect"));
    JetException failed = assertThrows(JetException.class, () -> cache.flush(paged));
    assertEquals(JetErr.DISK_IO, failed.error());
    files.clearFaults();
    cache.flush(paged);
    for (int number = 1; number <= PAGES; number++) {
      load(number, page);
      assertEquals(number == 300 ? 301 : 300, page.getInt(20));
    }
  }

  @Test
  void theLogIsForcedAsFarAsABatchNeedsItBeforeItIsWritten() {
    for (int number = 1; number <= 40; number++) {
      Frame frame = cache.own(paged, number);
      frame.markDirty(1000 - 7L * number);
      frame.markDirty(5); // an earlier position takes nothing back
      frame.disown();
    }
    forced.clear();
    writesBefore.clear();
    long writes = files.count(OperationKind.WRITE);
    cache.flush(paged);
    assertEquals(List.of(993L, 1000L - 7 * 17, 1000L - 7 * 33), forced);
    assertEquals(writes, writesBefore.get(0), "a page was written before the log");
    forced.clear();
    cache.flush(paged);
    assertEquals(List.of(), forced, "a clean page is written again");
  }

  @Test
  void aPageThatIsBrokenIsBrokenForEverybodyAndIsNotKept() {
    ByteBuffer page = SIZE.newBuffer();
    load(5, page);
    page.put(900, (byte) 1).put(901, (byte) 3).put(1500, (byte) 77);
    write(5, page);
    for (int i = 0; i < 3; i++) {
      expect(JetErr.READ_VERIFY_FAILURE, () -> cache.share(paged, 5));
      change.begin();
      expect(JetErr.READ_VERIFY_FAILURE, () -> change.own(5));
      change.rollback();
    }
    assertEquals(6, cache.reads());
    new PageEditor(SIZE).on(page).begin(new PageNumber(5), 55, LEAF, empty());
    store(5, page);
    Frame sound = cache.share(paged, 5);
    assertEquals(55, sound.view().objectId());
    sound.release();
  }

  @Test
  void aPageBeyondTheEndIsAFailureThatLeavesNothingBehind() {
    for (int i = 0; i < 2 * FRAMES; i++) {
      expect(JetErr.FILE_IO_BEYOND_EOF, () -> cache.share(paged, PAGES + 1));
      expect(JetErr.FILE_IO_BEYOND_EOF, () -> cache.share(paged, PageNumber.MAX));
    }
    change.begin();
    expect(JetErr.FILE_IO_BEYOND_EOF, () -> change.create(PAGES + 1));
    expect(JetErr.FILE_IO_BEYOND_EOF, () -> change.create(0));
    change.rollback();
    theBoundOfBytesHoldsFor(FRAMES);
  }

  @Test
  void aNumberThatNoPageHasLeavesNothingBehind() {
    for (int i = 0; i < 2 * FRAMES; i++) {
      assertThrows(IllegalArgumentException.class, () -> cache.share(paged, 0));
    }
    theBoundOfBytesHoldsFor(FRAMES);
    cache.forget(paged);
  }

  @Test
  void aFileThatCannotBeWrittenKeepsNoOtherFromMakingRoom() {
    try (DataFile otherFile = DataFile.open(files.root().resolve("b.edb"), DataFile.Mode.CREATE);
        DoubleWrite otherSide = DoubleWrite.open(
            files.root().resolve("b.side"), SIZE, new Signature(8, LogTime.UNSET, ""), 16)) {
      otherFile.extendTo(SIZE.offsetOf(new PageNumber(PAGES + 1)));
      PagedFile other = new PagedFile(otherFile, otherSide, SIZE, 2, 1000);
      Change second = new Change(cache, other);
      for (int number = 1; number <= FRAMES / 2; number++) {
        change.begin();
        change.edit(change.own(number)).setNext(99);
        change.commit();
        second.begin();
        second.create(number).begin(new PageNumber(number), 8, LEAF, empty());
        second.commit();
      }
      files.inject(Fault.parse("write a.side #1 sticky disk-full-after 0"));
      for (int number = 1; number <= FRAMES / 2; number++) {
        second.begin();
        second.create(100 + number).begin(new PageNumber(100 + number), 8, LEAF, empty());
        second.commit();
      }
      expect(JetErr.DISK_FULL, () -> cache.flush(paged));
      files.clearFaults();
      cache.flush(paged);
      cache.flush(other);
    }
  }

  private void theBoundOfBytesHoldsFor(int pages) {
    List<Frame> latched = new ArrayList<>();
    for (int number = 1; number <= pages; number++) {
      latched.add(cache.share(paged, number));
    }
    latched.forEach(Frame::release);
  }

  @Test
  void readingAPageThatIsThereAllocatesNothing() {
    int rounds = 20_000;
    long bytes = Long.MAX_VALUE;
    cache.share(paged, 3).release();
    for (int pass = 0; pass < 4; pass++) { // some load classes
      long before = Allocation.ofThisThread();
      for (int i = 0; i < rounds; i++) {
        cache.share(paged, 3).release();
      }
      bytes = Math.min(bytes, Allocation.ofThisThread() - before);
    }
    assertTrue(bytes < rounds, bytes + " bytes in " + rounds + " rounds");
    assertEquals(1, cache.reads());
  }

  @Test
  void aCommitGivesEveryEditedPageTheSameNewDbtime() {
    change.begin();
    change.edit(change.own(1)).setNext(2);
    change.edit(change.own(2)).setPrevious(1);
    change.own(3);
    change.commit();
    assertEquals(1001, paged.dbtime());
    assertEquals(List.of(1001L, 1001L, 0L), List.of(dbtime(1), dbtime(2), dbtime(3)));
    change.begin();
    change.own(1);
    change.commit();
    assertEquals(1001, paged.dbtime(), "a change of nothing takes a number");
  }

  @Test
  void aRollbackBringsBackEveryByte() {
    byte[] one = bytes(1);
    byte[] two = bytes(2);
    byte[] fresh = bytes(3);
    change.begin();
    change.edit(change.own(1)).setNext(2);
    assertSame(change.own(1), change.own(1));
    change.edit(change.own(1)).begin(new PageNumber(1), 77, LEAF, empty());
    change.edit(change.own(2)).setPrevious(1);
    change.create(3).begin(new PageNumber(3), 77, LEAF, empty());
    change.rollback();
    assertArrayEquals(one, bytes(1));
    assertArrayEquals(two, bytes(2));
    assertArrayEquals(fresh, bytes(3));
    assertFalse(change.isOpen());
    change.begin();
    change.commit();
  }

  @Test
  void aRollbackBringsBackWhatWasNotOnTheDiskYetUnderAPageMadeAnew() {
    change.begin();
    change.edit(change.own(4)).setNext(9);
    change.commit();
    change.begin();
    change.create(4).begin(new PageNumber(4), 77, LEAF, empty());
    change.rollback();
    Frame frame = cache.share(paged, 4);
    assertEquals(9, frame.view().next(), "a change that was committed is gone");
    frame.release();
  }

  @Test
  void aPageInUseIsNotMadeAnewBeforeItIsAbandoned() {
    change.begin();
    change.own(4);
    expect(JetErr.DATABASE_CORRUPTED, () -> change.create(4));
    change.abandon(3, 5);
    change.create(4).begin(new PageNumber(4), 77, LEAF, empty());
    expect(JetErr.DATABASE_CORRUPTED, () -> change.create(4));
    change.rollback();
  }

  @Test
  void locksAreHeldToTheEndOfTheChange() {
    ReentrantLock lock = new ReentrantLock();
    for (int i = 0; i < 2; i++) {
      change.begin();
      change.hold(lock);
      change.hold(lock);
      assertEquals(1, lock.getHoldCount());
      if (i == 0) {
        change.commit();
      } else {
        change.rollback();
      }
      assertFalse(lock.isLocked());
    }
  }

  @Test
  void aChangeWithoutCopiesThatBreaksOffStopsAllUseOfTheFile() {
    change.beginSimple();
    change.edit(change.own(1)).setNext(2);
    change.rollback();
    expect(JetErr.INTERNAL_ERROR, change::begin);
    assertThrows(IllegalStateException.class, change::commit);
  }

  private static void expect(JetErr error, Executable call) {
    assertEquals(error, assertThrows(JetException.class, call).error());
  }

  private long dbtime(long number) {
    Frame frame = cache.share(paged, number);
    long dbtime = frame.view().dbtime();
    frame.release();
    return dbtime;
  }

  private byte[] bytes(long number) {
    byte[] bytes = new byte[SIZE.bytes()];
    Frame frame = cache.share(paged, number);
    frame.bytes().get(0, bytes);
    frame.release();
    return bytes;
  }

  private void store(long number, ByteBuffer page) {
    PageChecksum.stamp(page, SIZE, new PageNumber(number));
    write(number, page);
  }

  private void write(long number, ByteBuffer page) {
    file.write(page.clear(), SIZE.offsetOf(new PageNumber(number)));
    page.clear();
  }

  private void load(long number, ByteBuffer page) {
    file.readFully(page.clear(), SIZE.offsetOf(new PageNumber(number)));
    page.clear();
  }

  private static ByteBuffer empty() {
    return SIZE.newBuffer().limit(0);
  }
}
