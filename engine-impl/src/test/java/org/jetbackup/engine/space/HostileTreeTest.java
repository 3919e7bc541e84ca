package org.jetbackup.engine.space;

import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jetbackup.api.error.JetErr;
import org.jetbackup.api.error.JetException;
import org.jetbackup.api.position.PageNumber;
import org.jetbackup.engine.btree.Tree;
import org.jetbackup.engine.btree.TreeCursor;
import org.jetbackup.engine.btree.TreeWriter;
import org.jetbackup.engine.buffer.Change;
import org.jetbackup.engine.buffer.Frame;
import org.jetbackup.engine.buffer.PageCache;
import org.jetbackup.engine.format.Failures;
import org.jetbackup.engine.format.NodeView;
import org.jetbackup.engine.format.PageDamage;
import org.jetbackup.engine.format.PageSize;
import org.jetbackup.engine.format.PageView;
import org.jetbackup.tck.storage.KitFileSystem;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Trees whose pages were damaged in 1 to 20 places. The damage is done in the cache, which holds
 * the whole file; what a page's own checks refuse would not have come there, so it is taken back
 * and counted. Whoever goes through the trees or changes them gets an answer or a JetException.
 *
 * <p>{@code -Djetbackup.hostile=N} makes it N percent of the rounds.
 */
class HostileTreeTest {

  private static final PageSize SIZE = PageSize.KIB_4;
  private static final int READ_ROUNDS = 1_500 * Failures.PERCENT;
  private static final int WRITE_ROUNDS = 90 * Failures.PERCENT;
  private static final long SEED = 20261126;
  private static final int STEPS_MAX = 20_000;
  private static final int CACHE_PAGES = 512;
  private static final long FILE_BYTES_MAX = 64L << 20;
  private static final int ROWS = 260;

  private final KitFileSystem files = KitFileSystem.inMemory();
  private final List<byte[]> sound = new ArrayList<>();
  private BareDatabase database;
  private long table;
  private long child;
  private long other;
  private final Set<Long> damagedPages = new TreeSet<>();
  private int refused;
  private int steps;

  @BeforeEach
  void create() {
    files.captureStacks(false);
    database = BareDatabase.create(files.root().resolve("a.edb"), SIZE, 34, 4, CACHE_PAGES);
    BareDatabase.Made first = database.createTree(database.space().root(), 8, 0);
    BareDatabase.Made second = database.createTree(first.space(), 9, 0);
    BareDatabase.Made third = database.createTree(database.space().root(), 10, 0);
    table = first.tree().root();
    child = second.tree().root();
    other = third.tree().root();
    TreeWriter writer = first.tree().writer();
    TreeWriter below = second.tree().writer();
    TreeWriter beside = third.tree().writer();
    for (int i = 0; i < ROWS; i++) {
      writer.insert(Numbers.key(i * 7), Numbers.value(200 + i % 90));
      below.insert(Numbers.key(i * 7), Numbers.value(100));
      beside.insert(Numbers.key(i * 7), Numbers.value(i % 40 == 0 ? 3000 : 60));
    }
    for (int i = 0; i < ROWS; i += 4) {
      writer.delete(Numbers.key(i * 7));
      below.delete(Numbers.key(i * 7));
    }
    for (long page = 1; page <= database.file().file().size() / SIZE.bytes() - 2; page++) {
      byte[] bytes = new byte[SIZE.bytes()];
      if (isUsed(page)) {
        Frame frame = database.cache().share(database.file(), page);
        frame.bytes().get(0, bytes);
        frame.release();
      }
      sound.add(bytes);
    }
  }

  @AfterEach
  void close() throws IOException {
    database.close();
    files.close();
  }

  private boolean isUsed(long page) {
    try {
      database.cache().share(database.file(), page).release();
      return true;
    } catch (JetException e) {
      return false; // never written
    }
  }

  @Test
  void whoReadsDamagedTreesGetsAnAnswerOrAJetException() {
    run(READ_ROUNDS, SEED, this::putBack, random -> {
      DatabaseSpace space = new DatabaseSpace(database.cache(), database.file(), 4);
      Tree tree = random.nextInt(3) == 0 ? tree(space, other, 10) : tree(space, table, 8);
      TreeCursor cursor = tree.cursor();
      attempt(() -> scan(cursor, true));
      attempt(() -> scan(cursor, false));
      ByteBuffer key = Numbers.key(random.nextInt(ROWS * 7));
      attempt(() -> cursor.find(key));
      attempt(() -> cursor.seek(key));
      attempt(() -> cursor.seekBefore(key));
    });
    assertTrue(steps > READ_ROUNDS, "only " + steps + " records were read");
  }

  @Test
  void whoWritesDamagedTreesGetsAnAnswerOrAJetException() {
    run(WRITE_ROUNDS, SEED + 1_000_000_000L, this::repair, this::write);
  }

  /** Page 4 says that it has a single extent, and its child gives pages back. */
  @Test
  void aParentThatLostItsExtentsIsAJetException() {
    run(1, 1_020_292_642, this::repair, this::write);
  }

  private void write(Random random) {
    DatabaseSpace space = new DatabaseSpace(database.cache(), database.file(), 4);
    TreeSpace own = space.open(space.root(), table, 8);
    Tree tree = new Tree(database.cache(), database.file(), table, 8, own);
    TreeWriter writer = tree.writer();
    TreeWriter below =
        new Tree(database.cache(), database.file(), child, 9, space.open(own, child, 9)).writer();
    int most = random.nextInt(6) == 0 ? 3500 : 900;
    int writes = random.nextInt(30);
    for (int i = 0; i < writes; i++) {
      ByteBuffer key = Numbers.key(random.nextInt(ROWS * 7));
      ByteBuffer data = Numbers.value(1 + random.nextInt(most));
      attempt(() -> writer.put(key, data));
      attempt(() -> below.put(key, data));
    }
    int from = random.nextInt(ROWS);
    int to = from + random.nextInt(80);
    for (int i = from; i < to; i++) {
      ByteBuffer key = Numbers.key(i * 7);
      attempt(() -> writer.delete(key));
      attempt(() -> below.delete(key));
    }
    int made = random.nextInt(4);
    for (int i = 0; i < made; i++) {
      long objectId = 20L + i;
      attempt(() -> within(change -> {
        TreeSpace parent = objectId % 2 == 0 ? space.root() : own;
        space.create(change, parent, objectId, 0);
      }));
    }
    attempt(() -> scan(tree.cursor(), random.nextBoolean()));
    attempt(() -> within(change -> space.dissolve(change, space.open(space.root(), other, 10))));
    attempt(() -> within(change -> space.dissolve(change, own)));
    attempt(() -> within(change -> space.create(change, space.root(), 30, 0)));
    assertTrue(database.file().file().size() < FILE_BYTES_MAX, "the file grew without a bound");
  }

  private void within(Consumer<Change> action) {
    database.within(action);
  }

  private Tree tree(DatabaseSpace space, long root, long objectId) {
    TreeSpace own = space.open(space.root(), root, objectId);
    return new Tree(database.cache(), database.file(), root, objectId, own);
  }

  private void scan(TreeCursor cursor, boolean forward) {
    for (int step = 0; forward ? cursor.next() : cursor.previous(); step++) {
      assertTrue(step < STEPS_MAX, "a scan does not end");
      steps++;
    }
  }

  private void run(int rounds, long firstSeed, Runnable repair, Consumer<Random> use) {
    Failures failures = new Failures();
    int damaged = 0;
    for (int round = 0; round < rounds && failures.count() < 8; round++) {
      long seed = firstSeed + round;
      Random random = new Random(seed);
      int before = refused;
      try {
        damage(random);
        use.accept(random);
      } catch (RuntimeException | Error e) {
        failures.add(seed, e);
      }
      repair.run();
      damaged += refused > before ? 1 : 0;
    }
    failures.assertNone();
    assertTrue(damaged > rounds / 4, "only " + damaged + " of " + rounds + " were refused");
  }

  private void damage(Random random) {
    PageDamage damage = new PageDamage(SIZE, random, sound.size());
    int places = 1 + random.nextInt(random.nextInt(4) == 0 ? 20 : 4);
    database.change().begin();
    for (int i = 0; i < places; i++) {
      long page = pick(random);
      Frame frame = database.change().own(page);
      byte[] before = new byte[SIZE.bytes()];
      frame.bytes().get(0, before);
      database.change().edit(frame);
      damagedPages.add(page);
      if (random.nextInt(15) == 0) {
        frame.bytes().put(0, sound.get((int) pick(random) - 1));
      } else {
        damage.change(frame.bytes(), new PageNumber(page));
      }
      try {
        check(frame.view());
      } catch (JetException e) {
        frame.bytes().put(0, before);
        refused++;
      }
    }
    database.change().commit();
  }

  /** A page that passes has nodes that can be read. */
  private static void check(PageView page) {
    page.check();
    NodeView node = new NodeView();
    for (int tag = 1; tag < page.tagCount(); tag++) {
      node.moveTo(page, tag);
      assertTrue(node.dataLength() > 0);
    }
  }

  /** One that is in use; the roots of trees and of their extents every other time. */
  private long pick(Random random) {
    long page;
    do {
      long[] roots = {1, 2, 3, table, table + 1, child, other};
      page = random.nextBoolean()
          ? roots[random.nextInt(roots.length)]
          : 1 + random.nextInt(sound.size());
    } while (sound.get((int) page - 1)[36] == 0 && sound.get((int) page - 1)[37] == 0);
    return page;
  }

  /** The pages that were damaged are as they were, and nobody has changed others. */
  private void putBack() {
    database.change().begin();
    for (long page : damagedPages) {
      Frame frame = database.change().own(page);
      database.change().edit(frame);
      frame.bytes().put(0, sound.get((int) page - 1));
    }
    database.change().commit();
    damagedPages.clear();
  }

  /** All pages are as they were; those that were added mean nothing then. */
  private void repair() {
    PageCache cache = database.cache();
    cache.forget(database.file());
    database.file().file().setSize(SIZE.offsetOf(new PageNumber(sound.size() + 1L)));
    database.change().begin();
    for (int i = 0; i < sound.size(); i++) {
      if (sound.get(i)[36] != 0 || sound.get(i)[37] != 0) {
        database.change().create(i + 1);
        ByteBuffer bytes = database.change().own(i + 1).bytes();
        bytes.put(0, sound.get(i));
      }
    }
    database.change().commit();
    damagedPages.clear();
  }

  private void attempt(Runnable call) {
    try {
      call.run();
    } catch (JetException e) {
      assertNotEquals(JetErr.INTERNAL_ERROR, e.error(), "a change broke off half way");
      refused++;
    }
  }
}
