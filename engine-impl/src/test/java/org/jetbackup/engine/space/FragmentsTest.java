package org.jetbackup.engine.space;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jetbackup.engine.btree.TreeCursor;
import org.jetbackup.engine.btree.TreeWriter;
import org.jetbackup.engine.format.PageSize;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Space in so many pieces that the trees of extents are more than a page each. */
class FragmentsTest {

  private static final int TREES = 2500;

  @TempDir
  Path directory;

  @ParameterizedTest
  @ValueSource(longs = {1, 2})
  void everyPageKeepsOneUseWhenTreesComeAndGo(long seed) {
    Random random = new Random(seed);
    try (BareDatabase database = create()) {
      List<BareDatabase.Made> trees = new ArrayList<>();
      for (int round = 0; round < 2; round++) {
        while (trees.size() < TREES) {
          BareDatabase.Made made =
              database.createTree(database.space().root(), 10 + trees.size(), 0);
          trees.add(made);
          fill(made, random.nextInt(9) == 0 ? random.nextInt(60) : 0);
        }
        for (int i = 0; i < TREES * 2 / 3; i++) {
          database.dissolve(trees.remove(random.nextInt(trees.size())));
        }
        SpaceAudit.check(database, roots(trees));
      }
      for (BareDatabase.Made made : trees) {
        database.dissolve(made);
      }
      SpaceAudit.check(database, List.of());
    }
  }

  @Test
  void aPageThatIsLaidOutAnewInAChangeTakenBackIsWhatItWas() {
    try (BareDatabase database = create()) {
      BareDatabase.Made made = database.createTree(database.space().root(), 8, 0);
      made.tree().writer().insert(number(1), number(7)); // never written to the disk
      database.change().begin();
      database.change().create(made.tree().root());
      database.change().rollback();
      TreeCursor cursor = made.tree().cursor();
      assertTrue(cursor.next());
      assertEquals(number(7), cursor.data());
    }
  }

  private static void fill(BareDatabase.Made made, int records) {
    TreeWriter writer = made.tree().writer();
    ByteBuffer data = ByteBuffer.allocate(900).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < records; i++) {
      writer.insert(number(i), data);
    }
  }

  private static List<SpaceAudit.Root> roots(List<BareDatabase.Made> trees) {
    return trees.stream()
        .map(made -> new SpaceAudit.Root(made.tree().root(), List.of()))
        .toList();
  }

  private static ByteBuffer number(int number) {
    return ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(0, number);
  }

  private BareDatabase create() {
    return BareDatabase.create(directory.resolve("bare.edb"), PageSize.KIB_4, 34, 8, 200);
  }
}
