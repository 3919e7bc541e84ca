package org.jetbackup.engine.format;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jetbackup.api.error.JetException;
import org.jetbackup.api.position.PageNumber;
import org.junit.jupiter.api.Test;

/** Damaged pages end in a JetException or a clean result, and in nothing else. */
class PageMutationTest {

  private static final int ROUNDS = 20_000;
  private static final int NODES = 60;
  private static final long SEED = 20261126;

  private record Base(ByteBuffer bytes, PageSize size, PageNumber number) {}

  @Test
  void synthesisedPagesSurviveTwentyThousandMutations() {
    List<Base> bases = new ArrayList<>();
    for (PageSize size : PageSize.values()) {
      for (ByteBuffer page : List.of(Pages.leaf(size), Pages.branch(size), Pages.root(size))) {
        bases.add(new Base(page, size, Pages.NUMBER));
      }
    }
    mutate(bases);
  }

  @Test
  void realPagesSurviveTwentyThousandMutations() {
    List<Base> bases = new ArrayList<>();
    for (String name : Samples.REAL) {
      Samples.Sample sample = Samples.read(name);
      for (long number = 1; number <= sample.pages(); number++) {
        ByteBuffer page = sample.page(number);
        if (!PageChecksum.isBlank(page, sample.size())) {
          bases.add(new Base(page, sample.size(), new PageNumber(number)));
        }
      }
    }
    mutate(bases);
  }

  private static void mutate(List<Base> bases) {
    int refused = 0;
    for (int round = 0; round < ROUNDS; round++) {
      long seed = SEED + round;
      Random random = new Random(seed);
      Base base = bases.get(random.nextInt(bases.size()));
      ByteBuffer page = base.size.newBuffer().put(0, base.bytes, 0, base.size.bytes());
      for (int changes = 1 + random.nextInt(3); changes > 0; changes--) {
        change(page, base.size, random);
      }
      try {
        refused += survives(page, base) ? 0 : 1;
      } catch (RuntimeException | Error e) {
        throw new AssertionError("seed " + seed + ", page " + base.number, e);
      }
    }
    assertTrue(refused > ROUNDS / 10, "only " + refused + " of " + ROUNDS + " were refused");
  }

  private static void change(ByteBuffer page, PageSize size, Random random) {
    int at = switch (random.nextInt(4)) {
      case 0 -> random.nextInt(size.pageHeaderBytes() - 4);
      case 1 -> size.bytes() - 4 - random.nextInt(120);
      case 2 -> size.pageHeaderBytes() + random.nextInt(120);
      default -> random.nextInt(size.bytes() - 4);
    };
    switch (random.nextInt(3)) {
      case 0 -> page.put(at, (byte) (page.get(at) ^ 1 << random.nextInt(8)));
      case 1 -> page.putShort(at, (short) random.nextInt());
      default -> page.putInt(at, random.nextBoolean() ? -1 : 0);
    }
  }

  private static boolean survives(ByteBuffer bytes, Base base) {
    PageVerdict verdict = PageChecksum.verify(bytes, base.size, base.number);
    if (bytes.equals(base.bytes)) {
      assertEquals(PageVerdict.GOOD, verdict);
    } else {
      assertNotEquals(PageVerdict.NEVER_WRITTEN, verdict);
    }
    PageView page = new PageView(bytes, base.size, base.number, Pages.FILE);
    boolean sound = answers(page::check);
    int step = 1 + page.tagCount() / NODES; // a broken count can name thousands
    for (int tag = 1; tag < page.tagCount(); tag += step) {
      int here = tag;
      boolean read = answers(() -> readNode(page, here));
      assertTrue(read || !sound, "a sound page has a node that cannot be read");
    }
    answers(() -> RootHeader.of(page));
    answers(() -> SplitBuffer.of(page));
    return sound;
  }

  private static void readNode(PageView page, int tag) {
    NodeView node = new NodeView().moveTo(page, tag);
    byte[] key = new byte[node.keyLength()];
    node.copyKey(key, 0);
    assertEquals(0, node.compareKey(ByteBuffer.wrap(key), 0, key.length));
    node.copyData(new byte[node.dataLength()], 0);
    if (!page.flags().isLeaf()) {
      node.child();
    }
  }

  private static boolean answers(Runnable call) {
    try {
      call.run();
      return true;
    } catch (JetException e) {
      assertTrue(e.toString().contains("page "), e.toString());
      return false;
    }
  }
}
