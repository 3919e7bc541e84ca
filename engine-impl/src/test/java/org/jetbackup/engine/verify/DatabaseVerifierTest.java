package org.jetbackup.engine.verify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jetbackup.api.error.JetErr;
import org.jetbackup.api.error.JetException;
import org.jetbackup.api.position.LogGeneration;
import org.jetbackup.api.position.PageNumber;
import org.jetbackup.engine.format.DatabaseState;
import org.jetbackup.engine.format.HeaderField;
import org.jetbackup.engine.format.NodeView;
import org.jetbackup.engine.format.PageSize;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Sound files are sound, and the report says what is in them. */
class DatabaseVerifierTest {

  @ParameterizedTest
  @CsvSource({
    "basic, 23, 231, 8, 190, 0, 1",
    "binary, 25, 229, 9, 190, 1, 1",
    "index, 47, 207, 27, 259, 2, 1",
    "multi, 34, 220, 9, 211, 18, 2",
    "synthetic-min-8192, 18, 236, 8, 169, 0, 0"
  })
  void filesOfOthersAreSound(
      String name, long used, long free, long trees, long rows, long longValues, long notes) {
    VerifyReport report = VerifySamples.read(name).verify();
    assertTrue(report.isClean(), report::describe);
    assertEquals(
        new VerifyReport.Counts(254, used, free, 0, free, trees, 5, rows, longValues),
        report.counts());
    assertEquals(notes, report.notes(), report::describe);
  }

  @ParameterizedTest
  @EnumSource(PageSize.class)
  void theFileOfTheRecipeIsSound(PageSize size) {
    VerifyReport report = HandMadeDatabase.minimal(size).verify();
    assertEquals(List.of(), report.findings());
    assertTrue(report.isClean());
    long used = size == PageSize.KIB_4 ? 22 : 18; // the catalog and its shadow have two levels
    assertEquals(
        new VerifyReport.Counts(34, used, 34 - used, 0, 34 - used, 8, 5, 169, 0), report.counts());
  }

  @ParameterizedTest
  @EnumSource(PageSize.class)
  void aFileWithEveryShapeIsSound(PageSize size) {
    VerifyReport report = HandMadeDatabase.rich(size).verify();
    assertEquals(List.of(), report.findings());
    long used = size == PageSize.KIB_4 ? 42 : 38;
    assertEquals(
        new VerifyReport.Counts(96, used, 96 - used, 0, 96 - used, 10, 5, 204, 2), report.counts());
  }

  @Test
  void aFileOnDiskIsCheckedAndMissingOnesAreAnError(@TempDir Path dir) throws IOException {
    Path file = dir.resolve("a.edb");
    Files.write(file, HandMadeDatabase.rich(PageSize.KIB_8).bytes());
    assertTrue(DatabaseVerifier.verify(file, VerifyOptions.DEFAULT).isClean());
    JetException missing = assertThrows(
        JetException.class,
        () -> DatabaseVerifier.verify(dir.resolve("b.edb"), VerifyOptions.DEFAULT));
    assertEquals(JetErr.FILE_NOT_FOUND, missing.error());
  }

  @Test
  void whatLiesBehindTheLastOwnedPageIsNobodys() {
    Image image = HandMadeDatabase.minimal(PageSize.KIB_4);
    byte[] longer = Arrays.copyOf(image.bytes(), image.bytes().length + 3 * 4096 + 100);
    Arrays.fill(longer, image.bytes().length, longer.length, (byte) 0x55);
    VerifyReport report = new Image(longer, PageSize.KIB_4).verify();
    assertEquals(List.of(), report.findings());
    assertEquals(34, report.counts().pages());
  }

  @Test
  void aDirtyFileIsNotedUnlessACleanOneIsDemanded() {
    Image image = HandMadeDatabase.minimal(PageSize.KIB_4)
        .header(header -> header
            .set(HeaderField.STATE, DatabaseState.DIRTY)
            .set(HeaderField.DBTIME_DIRTIED, 1L)
            .set(HeaderField.MIN_REQUIRED, Optional.of(new LogGeneration(1)))
            .set(HeaderField.MAX_REQUIRED, Optional.of(new LogGeneration(1))));
    VerifyReport report = image.verify();
    assertTrue(report.isClean(), report::describe);
    assertEquals(1, report.notes());
    VerifyReport strict =
        DatabaseVerifier.verify(image, VerifyOptions.DEFAULT.withCleanRequired(true));
    assertEquals(1, strict.damage());
    assertEquals(FindingKind.NOT_CLEAN, strict.findings().get(0).kind());
  }

  @Test
  void deletedNodesAndEmptyLeavesAreNoted() {
    Image image = HandMadeDatabase.rich(PageSize.KIB_4)
        .edit(50, d -> {
          Draft.Node node = d.nodes.get(0);
          d.nodes.set(0, new Draft.Node(NodeView.DELETED, node.key(), node.data()));
        })
        .edit(
            36,
            d -> d.nodes.replaceAll(
                node -> new Draft.Node(NodeView.DELETED, node.key(), node.data())));
    List<Finding> notes =
        image.verify().findings().stream().filter(f -> !f.isDamage()).toList();
    assertEquals(
        "[page 36: note: 3 nodes marked as deleted (object 9, root page 34) [DELETED_NODES],"
            + " page 50: note: 1 nodes marked as deleted (object 8, root page 31)"
            + " [DELETED_NODES]]",
        notes.toString());
    Image empty = HandMadeDatabase.rich(PageSize.KIB_4).edit(57, d -> d.nodes.clear());
    assertTrue(empty.verify().findings().stream()
        .anyMatch(f -> f.kind() == FindingKind.EMPTY_LEAF && !f.isDamage()));
  }

  @Test
  void anIndexWithAShortListOfColumnsIsNotedAndItsTreeChecked() {
    Image image = HandMadeDatabase.rich(PageSize.KIB_4);
    for (long page : new long[] {14, 28}) { // the catalog, and its shadow
      image.edit(page, d -> Damage.data(d, Damage.last(d, 1), 24, 0));
    }
    VerifyReport report = image.verify();
    assertTrue(report.isClean(), report::describe);
    assertEquals(FindingKind.NOT_CHECKED, report.findings().get(0).kind());
    image.edit(43, d -> d.next = 45);
    assertFalse(image.verify().isClean());
  }

  @Test
  void anIndexThatRefusesNullsHasAnEntryForEveryRow() {
    Image image = HandMadeDatabase.rich(PageSize.KIB_4);
    for (long page : new long[] {14, 28}) { // the catalog, and its shadow
      image.edit(page, d -> Damage.data(d, Damage.last(d, 1), 22, 0x10));
    }
    assertEquals(List.of(), image.verify().findings());
    image.edit(44, d -> d.nodes.remove(3));
    assertEquals(FindingKind.INDEX_COUNT, image.verify().findings().get(0).kind());
  }

  @Test
  void aDeletedColumnKeepsItsPlaceInTheRecords() {
    Image image = HandMadeDatabase.rich(PageSize.KIB_4)
        .edit(14, d -> d.nodes.removeIf(DatabaseVerifierTest::isIndexByNumber))
        .edit(28, d -> d.nodes.removeIf(DatabaseVerifierTest::isIndexByNumber));
    for (long page : new long[] {14, 28}) {
      image.edit(page, d -> Damage.data(d, Damage.last(d, 4), 14, 0)); // the column Number
    }
    List<FindingKind> kinds =
        image.verify().findings().stream().map(Finding::kind).distinct().toList();
    assertFalse(kinds.contains(FindingKind.CATALOG_STRUCTURE), kinds::toString);
    assertFalse(kinds.contains(FindingKind.RECORD), kinds::toString);
    image.edit(50, d -> d.nodes.set(1, d.nodes.get(1).withData((byte) 1, (byte) 127)));
    assertTrue(image.verify().findings().stream().anyMatch(f -> f.kind() == FindingKind.RECORD));
  }

  private static boolean isIndexByNumber(Draft.Node node) {
    byte[] key = node.key();
    return key[4] == 8 && key[7] == 3 && key[12] == 10;
  }

  @Test
  void leaksAreNotedIfAllowed() {
    Image image = HandMadeDatabase.rich(PageSize.KIB_4)
        .edit(HandMadeDatabase.TABLE_FREE, d -> d.nodes.remove(0));
    assertFalse(image.verify().isClean());
    VerifyReport report =
        DatabaseVerifier.verify(image, VerifyOptions.DEFAULT.withLeaksAllowed(true));
    assertTrue(report.isClean(), report::describe);
    assertEquals(4, report.counts().leaked());
  }

  @Test
  void checksumsAloneSayNothingOfTrees() {
    Image image = HandMadeDatabase.rich(PageSize.KIB_4).edit(50, d -> d.next = 53);
    VerifyOptions shallow = VerifyOptions.DEFAULT.withDepth(VerifyOptions.Depth.CHECKSUMS);
    assertEquals(List.of(), DatabaseVerifier.verify(image, shallow).findings());
    image.page(50).put(100, (byte) ~image.page(50).get(100));
    assertEquals(1, DatabaseVerifier.verify(image, shallow).damage());
  }

  @Test
  void treesAloneSayNothingOfRecords() {
    Image image = HandMadeDatabase.rich(PageSize.KIB_4)
        .edit(50, d -> d.nodes.set(1, d.nodes.get(1).withData((byte) 1)))
        .edit(51, d -> d.next = 53);
    VerifyOptions trees = VerifyOptions.DEFAULT.withDepth(VerifyOptions.Depth.TREES);
    List<Finding> findings = DatabaseVerifier.verify(image, trees).findings();
    assertTrue(
        findings.stream().allMatch(f -> f.kind() == FindingKind.LEAF_CHAIN), findings::toString);
    assertFalse(findings.isEmpty());
  }

  @Test
  void aFileThatIsTooShortIsCheckedAsFarAsItGoes() {
    Image whole = HandMadeDatabase.rich(PageSize.KIB_4);
    for (int bytes : new int[] {0, 3, 4096, 8192, 8193, 12288, 40 * 4096, 97 * 4096 + 5}) {
      Image cut = new Image(Arrays.copyOf(whole.bytes(), bytes), PageSize.KIB_4);
      VerifyReport report = cut.verify();
      assertFalse(report.isClean(), bytes + " bytes");
    }
    Image cut = new Image(Arrays.copyOf(whole.bytes(), 97 * 4096), PageSize.KIB_4);
    Finding first = cut.verify().findings().get(0);
    assertEquals("file: the file has 95 pages, expected: 96 [FILE_TOO_SHORT]", first.toString());
  }

  @ParameterizedTest
  @EnumSource(PageSize.class)
  void withoutAnyHeaderThePagesAreStillChecked(PageSize size) {
    Image image = HandMadeDatabase.rich(size);
    Arrays.fill(image.bytes(), 0, 2 * size.bytes(), (byte) 0);
    VerifyReport report = image.verify();
    assertEquals(2, report.damage(), report::describe);
    assertEquals(204, report.counts().rows());
    Image partly = HandMadeDatabase.rich(size);
    partly.bytes()[500] ^= 1;
    partly.bytes()[size.bytes() + 500] ^= 1;
    assertEquals(204, partly.verify().counts().rows());
  }

  @Test
  void theShadowHeaderServesIfTheHeaderIsBroken() {
    Image image = HandMadeDatabase.rich(PageSize.KIB_8);
    Arrays.fill(image.bytes(), 0, PageSize.KIB_8.bytes(), (byte) 0);
    VerifyReport report = image.verify();
    assertEquals(1, report.damage(), report::describe);
    assertEquals(FindingKind.HEADER_BROKEN, report.findings().get(0).kind());
  }

  @Test
  void findingsBeyondTheBoundAreCounted() {
    Image image = HandMadeDatabase.rich(PageSize.KIB_4);
    for (int page = 1; page <= 96; page++) {
      image.page(page).put(200, (byte) ~image.page(page).get(200));
    }
    VerifyOptions few =
        VerifyOptions.DEFAULT.withDepth(VerifyOptions.Depth.CHECKSUMS).withMaxFindings(5);
    VerifyReport report = DatabaseVerifier.verify(image, few);
    assertEquals(5, report.findings().size());
    assertEquals(96, report.damage());
    assertTrue(report.describe().endsWith("and 91 more\n"), report::describe);
    assertThrows(IllegalArgumentException.class, () -> VerifyOptions.DEFAULT.withMaxFindings(0));
  }

  @Test
  void progressIsTold() {
    List<String> told = new ArrayList<>();
    Image image = HandMadeDatabase.rich(PageSize.KIB_32); // three mebibytes
    DatabaseVerifier.verify(
        image, VerifyOptions.DEFAULT.withProgress((done, total) -> told.add(done + "/" + total)));
    assertEquals(List.of("32/96", "64/96", "96/96"), told);
  }

  @Test
  void aReportReadsWell() {
    Image image = HandMadeDatabase.rich(PageSize.KIB_4).edit(50, d -> d.next = 53);
    assertEquals("""
        a.edb: damaged
        pages                      96
          used                     42
          free                     54
          leaked                    0
          never written            54
        trees                      10
        tables                      5
        rows                      204
        long values                 2
        damage                      1
        notes                       0
        page 50: the next leaf is 53, expected: 51 (object 8, root page 31) [LEAF_CHAIN]
        """, image.verify().toString());
  }

  @Test
  void aFindingKnowsItsPlace() {
    Finding finding = new Finding(
        FindingKind.RECORD,
        Finding.Severity.DAMAGE,
        Image.FILE,
        Optional.of(new PageNumber(31)),
        OptionalInt.of(4),
        Optional.empty(),
        "too short");
    assertEquals("page 31, node 4: too short [RECORD]", finding.toString());
    assertEquals("table", finding.kind().part());
  }

  @Test
  void aFileThatCannotBeReadIsAnError() {
    Image image = HandMadeDatabase.minimal(PageSize.KIB_4);
    ByteSource failing = new ByteSource() {
      @Override
      public Path path() {
        return Image.FILE;
      }

      @Override
      public long size() {
        return image.size();
      }

      @Override
      public void read(ByteBuffer target, long position) {
        if (position > 70_000) {
          throw JetException.of(JetErr.DISK_IO);
        }
        image.read(target, position);
      }
    };
    JetException failure = assertThrows(
        JetException.class, () -> DatabaseVerifier.verify(failing, VerifyOptions.DEFAULT));
    assertEquals(JetErr.DISK_IO, failure.error());
  }
}
