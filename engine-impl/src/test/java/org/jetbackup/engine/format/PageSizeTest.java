package org.jetbackup.engine.format;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.jetbackup.api.position.PageNumber;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PageSizeTest {

  @ParameterizedTest
  @EnumSource
  void pageOneFollowsHeaderAndShadow(PageSize size) {
    assertEquals(2L * size.bytes(), size.offsetOf(PageNumber.FIRST));
    assertEquals(size.bytes(), size.shadowHeaderOffset());
    assertEquals(PageNumber.FIRST, size.pageAt(2L * size.bytes()));
  }

  @ParameterizedTest
  @EnumSource
  void theLastPossiblePageComesBackFromItsOffset(PageSize size) {
    PageNumber last = new PageNumber(PageNumber.MAX);
    assertEquals(last, size.pageAt(size.offsetOf(last)));
  }

  @ParameterizedTest
  @EnumSource
  void headersAndPiecesAreNotCountedAsPages(PageSize size) {
    assertEquals(0, size.pagesIn(0));
    assertEquals(0, size.pagesIn(size.bytes()));
    assertEquals(0, size.pagesIn(3L * size.bytes() - 1));
    assertEquals(1, size.pagesIn(3L * size.bytes()));
  }

  @Test
  void noPageBeginsInsideAnotherOrInTheHeaders() {
    assertThrows(IllegalArgumentException.class, () -> PageSize.KIB_8.pageAt(8192));
    assertThrows(IllegalArgumentException.class, () -> PageSize.KIB_8.pageAt(3 * 8192 + 1));
  }

  @Test
  void otherSizesAreRefused() {
    for (long bytes : new long[] {0, -4096, 2048, 4095, 65536, 1L << 32}) {
      assertThrows(IllegalArgumentException.class, () -> PageSize.ofBytes(bytes));
    }
  }

  @Test
  void onlyThePagesFrom16KiBOnAreLarge() {
    assertEquals(40, PageSize.KIB_8.pageHeaderBytes());
    assertEquals(80, PageSize.KIB_16.pageHeaderBytes());
  }
}
