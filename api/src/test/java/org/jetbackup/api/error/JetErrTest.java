package org.jetbackup.api.error;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The table of codes is consistent in itself. */
class JetErrTest {

  @Test
  void numbersAreUnique() {
    Set<Integer> numbers =
        Arrays.stream(JetErr.values()).map(JetErr::number).collect(Collectors.toSet());
    assertEquals(JetErr.values().length, numbers.size());
  }

  @Test
  void symbolsAreUnique() {
    Set<String> symbols =
        Arrays.stream(JetErr.values()).map(JetErr::symbol).collect(Collectors.toSet());
    assertEquals(JetErr.values().length, symbols.size());
  }

  @Test
  void aCodeIsFoundByItsNumber() {
    for (JetErr code : JetErr.values()) {
      assertEquals(Optional.of(code), JetErr.ofNumber(code.number()));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 1, -99999, Integer.MIN_VALUE, Integer.MAX_VALUE})
  void aNumberThatIsNotListedIsNoCode(int number) {
    assertEquals(Optional.empty(), JetErr.ofNumber(number));
  }

  @Test
  void errorsAreNegativeAndWarningsPositive() {
    for (JetErr code : JetErr.values()) {
      assertEquals(code.number() < 0, code.isError(), code.toString());
      assertEquals(code.number() > 0, code.isWarning(), code.toString());
      assertEquals(code.isWarning(), code.symbol().startsWith("JET_wrn"), code.toString());
    }
  }

  @Test
  void aSymbolHasItsPrefixAndTheNameOfTheConstant() {
    for (JetErr code : JetErr.values()) {
      if (code == JetErr.BACKUP_ABORT_BY_CALLER) {
        continue;
      }
      assertTrue(code.symbol().matches("JET_(err|wrn)[A-Z][A-Za-z0-9]*"), code.symbol());
      String rest = code.symbol().substring("JET_err".length()).toUpperCase(Locale.ROOT);
      String prefix = code.isWarning() ? "WRN" : "";
      assertEquals(prefix + rest, code.name().replace("_", ""));
    }
  }

  @Test
  void theCodeThatThePublicPagesSpellWithoutPrefixIsSpelledSo() {
    assertEquals("errBackupAbortByCaller", JetErr.BACKUP_ABORT_BY_CALLER.symbol());
  }

  @Test
  void textsAreOneLineWithoutFullStop() {
    for (JetErr code : JetErr.values()) {
      assertLine(code.meaning());
      code.remedy().ifPresent(JetErrTest::assertLine);
    }
  }

  @Test
  void theTableIsOrderedByNumber() {
    int above = 0;
    for (JetErr code : JetErr.values()) {
      assertTrue(Math.abs(code.number()) >= above, code + " comes behind " + above);
      above = Math.abs(code.number());
    }
  }

  @Test
  void theCodesOfBackupHaveTheirNumbers() {
    assertEquals(0, JetErr.SUCCESS.number());
    assertEquals(-504, JetErr.BACKUP_DIRECTORY_NOT_EMPTY.number());
    assertEquals(-505, JetErr.BACKUP_IN_PROGRESS.number());
    assertEquals(-526, JetErr.INVALID_BACKUP.number());
    assertEquals(-560, JetErr.MISSING_FULL_BACKUP.number());
    assertEquals(-569, JetErr.MISSING_FILE_TO_BACKUP.number());
    assertEquals(-1001, JetErr.FEATURE_NOT_AVAILABLE.number());
    assertEquals(-1090, JetErr.INSTANCE_UNAVAILABLE.number());
  }

  private static void assertLine(String text) {
    assertFalse(text.isBlank());
    assertFalse(text.endsWith("."), text);
    assertEquals(1, text.lines().count(), text);
    assertEquals(text.strip(), text);
  }
}
