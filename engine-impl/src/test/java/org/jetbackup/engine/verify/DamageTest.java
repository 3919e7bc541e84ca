package org.jetbackup.engine.verify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jetbackup.engine.format.PageSize;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every kind of damage is found, named and placed. */
class DamageTest {

  /** Found by tests of their own, or only in files too large for a test. */
  private static final Set<FindingKind> ELSEWHERE = EnumSet.of(
      FindingKind.NOT_CLEAN,
      FindingKind.FILE_TOO_SHORT,
      FindingKind.CHECKSUM_SINGLE_BIT,
      FindingKind.CHECKSUM_BROKEN,
      FindingKind.EMPTY_LEAF,
      FindingKind.DELETED_NODES,
      FindingKind.NOT_CHECKED);

  @ParameterizedTest
  @MethodSource("org.jetbackup.engine.verify.Damage#all")
  void damageWithRightChecksumsIsFound(Damage damage) {
    Image image = HandMadeDatabase.rich(PageSize.KIB_4);
    damage.change().accept(image);
    VerifyReport report = image.verify();
    boolean found = report.findings().stream()
        .anyMatch(f -> f.isDamage()
            && f.kind() == damage.kind()
            && f.page().map(page -> page.value()).orElse(0L) == damage.page());
    assertTrue(found, () -> damage.kind() + " on page " + damage.page() + ": " + report);
    boolean checksums = report.findings().stream()
        .anyMatch(f ->
            f.kind() == FindingKind.CHECKSUM_BROKEN || f.kind() == FindingKind.CHECKSUM_SINGLE_BIT);
    assertFalse(checksums, report::describe);
  }

  @Test
  void everyKindOfFindingIsProvoked() {
    Set<FindingKind> missing = EnumSet.allOf(FindingKind.class);
    Damage.all().forEach(damage -> missing.remove(damage.kind()));
    assertEquals(ELSEWHERE, missing);
    List<Damage> all = Damage.all();
    assertEquals(all.size(), all.stream().map(Damage::name).distinct().count());
  }

  @ParameterizedTest
  @EnumSource(names = {"KIB_4", "KIB_8"})
  void everyByteOfEveryPageInUseCounts(PageSize size) {
    Image image = HandMadeDatabase.minimal(size);
    VerifyOptions shallow = VerifyOptions.DEFAULT.withDepth(VerifyOptions.Depth.CHECKSUMS);
    byte[] bytes = image.bytes();
    int step = size == PageSize.KIB_4 ? 1 : 31;
    int damaged = 0;
    int blank = 0;
    for (int at = 0; at < bytes.length; at += step) {
      long page = at / size.bytes() - 1L;
      if (page > 0 && image.view(page).tagCount() == 0) {
        blank++; // one byte of such a page is as good as another
        at += step * ((int) (size.bytes() * (page + 2) - 1 - at) / step);
      }
      bytes[at] ^= (byte) 0x5A;
      VerifyReport report = DatabaseVerifier.verify(image, shallow);
      bytes[at] ^= (byte) 0x5A;
      assertFalse(report.isClean(), "byte " + at + " of page " + page);
      damaged++;
    }
    assertTrue(blank > 0, "no page is free");
    assertTrue(damaged > bytes.length / step / 2, damaged + " bytes");
    assertEquals(List.of(), image.verify().findings());
  }

  @Test
  void aFlippedBitIsNamed() {
    Image image = HandMadeDatabase.minimal(PageSize.KIB_4);
    image.page(31).put(1000, (byte) (image.page(31).get(1000) ^ 0x10));
    assertEquals(
        "page 31: bit 4 of byte 1000 is flipped [CHECKSUM_SINGLE_BIT]",
        image.verify().findings().get(0).toString());
  }

  @Test
  void twoChangedBytesAreABrokenPage() {
    Image image = HandMadeDatabase.minimal(PageSize.KIB_4);
    image.page(31).putLong(1000, 0x5A5A_5A5A_1234_5678L);
    assertEquals(FindingKind.CHECKSUM_BROKEN, image.verify().findings().get(0).kind());
  }

  @Test
  void damageOfOnePageHidesNoDamageOfAnother() {
    Image image = HandMadeDatabase.rich(PageSize.KIB_4);
    image.edit(50, d -> d.objectId = 77);
    image.edit(53, d -> d.next = 57);
    image.edit(7, d -> d.nodes.remove(3));
    image.edit(36, d -> d.nodes.remove(0));
    Set<FindingKind> kinds = EnumSet.noneOf(FindingKind.class);
    image.verify().findings().forEach(f -> kinds.add(f.kind()));
    assertEquals(
        EnumSet.of(
            FindingKind.OBJECT_ID,
            FindingKind.LEAF_CHAIN,
            FindingKind.NAME_INDEX,
            FindingKind.LONG_VALUE_SIZE),
        kinds);
  }
}
