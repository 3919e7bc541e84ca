package org.jetbackup.tck.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class NearestTest {

  @Test
  void theDistanceCountsCharactersAddedRemovedOrChanged() {
    assertEquals(0, Nearest.distance("INC-1", "INC-1"));
    assertEquals(1, Nearest.distance("INC-1", "INC-12"));
    assertEquals(2, Nearest.distance("atomik", "tomic"));
    assertEquals(3, Nearest.distance("", "abc"));
  }

  @Test
  void theNearestNamesAreOfferedInTheirOrder() {
    assertEquals(
        "no chapter is called atomik; did you mean atomic?",
        Nearest.complaint("chapter", "atomik", List.of("full", "atomic", "incremental")));
  }

  @Test
  void aShortListIsShownWhenNothingComesNear() {
    assertEquals(
        "no chapter is called zzz; there are full, atomic",
        Nearest.complaint("chapter", "zzz", List.of("full", "atomic")));
  }

  @Test
  void aLongListIsOnlyPointedTo() {
    assertEquals(
        "no clause is called NONSENSE; --list shows all",
        Nearest.complaint("clause", "NONSENSE", Collections.nCopies(31, "INC-1")));
  }
}
