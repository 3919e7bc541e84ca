package org.jetbackup.engine.verify;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jetbackup.api.position.PageNumber;
import org.jetbackup.engine.format.PageChecksum;
import org.jetbackup.engine.format.PageSize;
import org.jetbackup.engine.record.Bytes;
import org.junit.jupiter.api.Test;

/** Damage of any kind ends in a report, and in nothing else. */
class MutationTest {

  private static final int ROUNDS = 20_000;
  private static final long SEED = 20261126;
  private static final long READ_MOST = 4;

  @Test
  void handMadeFilesSurviveTwentyThousandMutations() {
    List<Image> files = new ArrayList<>();
    for (PageSize size : List.of(PageSize.KIB_4, PageSize.KIB_8)) {
      files.add(HandMadeDatabase.minimal(size));
      files.add(HandMadeDatabase.rich(size));
    }
    files.add(HandMadeDatabase.minimal(PageSize.KIB_16));
    mutate(files, ROUNDS);
  }

  @Test
  void filesOfOthersSurviveMutations() {
    mutate(VerifySamples.ALL.stream().map(VerifySamples::read).toList(), ROUNDS / 8);
  }

  private static void mutate(List<Image> files, int rounds) {
    List<List<Long>> written = files.stream().map(MutationTest::written).toList();
    int damaged = 0;
    for (int round = 0; round < rounds; round++) {
      long seed = SEED + round;
      Random random = new Random(seed);
      int which = random.nextInt(files.size());
      Image image = files.get(which);
      List<Undo> undo = new ArrayList<>();
      for (int changes = 1 + random.nextInt(3); changes > 0; changes--) {
        List<Long> pages = written.get(which);
        undo.add(change(image, pages.get(random.nextInt(pages.size())), random));
      }
      try {
        // Work is counted, not timed: a pass over all pages, one over trees, and look-ups.
        damaged += image.verify().isClean() ? 0 : 1;
        assertTrue(image.bytesRead() < READ_MOST * image.size(), image.bytesRead() + " read");
      } catch (RuntimeException | Error e) {
        throw new AssertionError("seed " + seed + ", file " + which, e);
      }
      for (int i = undo.size() - 1; i >= 0; i--) {
        undo.get(i).run();
      }
    }
    assertTrue(damaged > rounds / 2, "only " + damaged + " of " + rounds + " were noticed");
  }

  /** The page as it was. */
  private record Undo(Image image, long page, Bytes before) {
    void run() {
      image.page(page).put(0, before.toArray());
    }
  }

  private static List<Long> written(Image image) {
    List<Long> pages = new ArrayList<>();
    for (long page = 1; page <= image.pages(); page++) {
      if (!PageChecksum.isBlank(image.page(page), image.pageSize())) {
        pages.add(page);
      }
    }
    return pages;
  }

  private static Undo change(Image image, long number, Random random) {
    ByteBuffer page = image.page(number);
    byte[] before = new byte[image.pageSize().bytes()];
    page.get(0, before);
    int size = before.length;
    int header = image.pageSize().pageHeaderBytes();
    // An earlier change may have hit these very numbers.
    int used = Math.min(Math.max(8, image.view(number).firstFree()), size - header);
    int tags = Math.max(2, 4 * image.view(number).tagCount());
    int at = switch (random.nextInt(5)) {
      case 0 -> 8 + random.nextInt(28);
      case 1 -> size - 1 - random.nextInt(Math.min(tags, size - header - 1));
      default -> header + random.nextInt(Math.min(used, size - header));
    };
    switch (random.nextInt(6)) {
      case 0 -> page.put(at, (byte) (page.get(at) ^ 1 << random.nextInt(8)));
      case 1 -> page.put(at, (byte) random.nextInt(256));
      case 2 -> page.putShort(Math.min(at, size - 2), (short) random.nextInt());
      case 3 -> page.putInt(Math.min(at, size - 4), random.nextInt(120));
      case 4 -> page.putInt(Math.min(at, size - 4), random.nextBoolean() ? -1 : 0);
      default -> {
        int length = Math.min(random.nextInt(40), size - Math.max(at, header));
        int from = header + random.nextInt(Math.max(1, used - length));
        byte[] piece = new byte[Math.max(0, Math.min(length, size - from))];
        page.get(from, piece);
        page.put(Math.max(at, header), piece, 0, piece.length);
      }
    }
    PageChecksum.stamp(page, image.pageSize(), new PageNumber(number));
    return new Undo(image, number, Bytes.of(before));
  }
}
