package org.jetbackup.tck.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SentenceTest {

  @ParameterizedTest
  @CsvSource({
    "aFullBackupKeepsTheOldSet, A full backup keeps the old set",
    "x, X",
    "theJETInstanceHas2Files, The JET instance has 2 files",
    "afterACrash_everyCommitIsThere, After a crash every commit is there",
    "_, _"
  })
  void theNameOfAMethodBecomesASentence(String method, String sentence) {
    assertEquals(sentence, Sentence.of(method));
  }
}
