package org.jetbackup.api.error;

import static org.jetbackup.api.error.JetErrorCategory.API;
import static org.jetbackup.api.error.JetErrorCategory.DISK;
import static org.jetbackup.api.error.JetErrorCategory.ERROR;
import static org.jetbackup.api.error.JetErrorCategory.OPERATION;
import static org.jetbackup.api.error.JetErrorCategory.RESOURCE;
import static org.jetbackup.api.error.JetErrorCategory.UNKNOWN;
import static org.jetbackup.api.error.JetErrorCategory.USAGE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The categories form one tree with the original's numbers. */
class JetErrorCategoryTest {

  @Test
  void numbersCountUpFromZero() {
    assertEquals(
        IntStream.rangeClosed(0, 16).boxed().toList(),
        Arrays.stream(JetErrorCategory.values()).map(JetErrorCategory::number).toList());
  }

  @Test
  void everyCategoryHangsBelowTheRoot() {
    for (JetErrorCategory category : JetErrorCategory.values()) {
      if (category == JetErrorCategory.UNKNOWN || category == JetErrorCategory.ERROR) {
        continue;
      }
      assertEquals(ERROR, category.path().get(0));
      assertEquals(category, category.path().get(category.path().size() - 1));
      assertTrue(category.isWithin(ERROR));
    }
  }

  @Test
  void theRootAndTheUnknownHaveNothingAbove() {
    assertEquals(Optional.empty(), ERROR.parent());
    assertEquals(Optional.empty(), UNKNOWN.parent());
    assertEquals(List.of(UNKNOWN), UNKNOWN.path());
  }

  @Test
  void aFullDiskIsAResourceAndAnOperationAndNoUsage() {
    assertEquals(List.of(ERROR, OPERATION, RESOURCE, DISK), DISK.path());
    assertTrue(DISK.isWithin(RESOURCE));
    assertFalse(DISK.isWithin(USAGE));
    assertEquals(Optional.of(API), USAGE.parent());
  }

  @Test
  void codesAreFiledUnderLeavesOrUnderTheirGroupButNeverUnderTheRoot() {
    for (JetErr code : JetErr.values()) {
      assertFalse(code.category() == ERROR, code.toString());
    }
  }
}
