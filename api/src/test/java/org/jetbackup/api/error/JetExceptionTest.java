package org.jetbackup.api.error;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.file.Path;
import java.util.List;
import org.jetbackup.api.position.LogGeneration;
import org.jetbackup.api.position.LogPosition;
import org.jetbackup.api.position.PageNumber;
import org.junit.jupiter.api.Test;

/** An exception says what failed, what it is about and what to do next. */
class JetExceptionTest {

  @Test
  void theMessageHasCodeMeaningSubjectsAndRemedyInThisOrder() {
    JetErr code = JetErr.INVALID_BACKUP;
    JetException exception = JetException.of(code, Subject.value("CircularLog", true));
    assertEquals(
        "-526 JET_errInvalidBackup: "
            + code.meaning()
            + "; CircularLog = true; "
            + code.remedy().orElseThrow(),
        exception.getMessage());
  }

  @Test
  void theMessageEndsWithTheSubjectsWhereThereIsNoGeneralRemedy() {
    JetErr code = JetErr.INVALID_PARAMETER;
    assertEquals(
        "-1003 JET_errInvalidParameter: "
            + code.meaning()
            + "; LogFileSize = 32, allowed: 64 to 32768",
        JetException.of(code, Subject.value("LogFileSize", 32, "64 to 32768")).getMessage());
  }

  @Test
  void everyKindOfSubjectIsNamedInWords() {
    Path file = Path.of("data", "a.edb");
    assertEquals("path " + file, Subject.path(file).text());
    assertEquals("page 17 of " + file, Subject.page(file, new PageNumber(17)).text());
    LogGeneration generation = new LogGeneration(26);
    assertEquals("log generation 26 (0x0001A)", Subject.generation(generation).text());
    assertEquals(
        "log position 0000001A:0002:0003",
        Subject.position(new LogPosition(generation, 2, 3)).text());
    assertEquals("keys = 3", Subject.value("keys", 3).text());
  }

  @Test
  void subjectsKeepTheirOrderAndCannotBeChanged() {
    Subject first = Subject.generation(LogGeneration.FIRST);
    Subject second = Subject.path(Path.of("edb.log"));
    Subject[] given = {first, second};
    JetException exception = JetException.of(JetErr.LOG_FILE_CORRUPT, given);
    given[0] = second;
    assertEquals(List.of(first, second), exception.subjects());
    assertThrows(UnsupportedOperationException.class, () -> exception.subjects().remove(first));
  }

  @Test
  void theCauseIsKeptAndCannotBeAddedLater() {
    IOException cause = new IOException("no");
    assertSame(cause, JetException.of(JetErr.DISK_IO, cause).getCause());
    JetException without = JetException.of(JetErr.DISK_IO);
    assertNull(without.getCause());
    assertThrows(IllegalStateException.class, () -> without.initCause(cause));
  }

  @Test
  void onlyErrorsAreThrown() {
    for (JetErr code : JetErr.values()) {
      if (code.isError()) {
        JetException exception = JetException.of(code);
        assertSame(code, exception.error());
        assertEquals(Blame.of(code), exception.blame());
      } else {
        assertThrows(IllegalArgumentException.class, () -> JetException.of(code));
      }
    }
  }

  @Test
  void aMissingFeatureIsNamed() {
    JetException exception = JetException.notAvailable("incremental backup");
    assertEquals(JetErr.FEATURE_NOT_AVAILABLE, exception.error());
    assertEquals(
        List.of(new Subject.OfValue("feature", "incremental backup", "")), exception.subjects());
  }

  @Test
  void aSerialisedCopyKeepsCodeAndMessage() throws IOException, ClassNotFoundException {
    JetException exception = JetException.of(JetErr.INVALID_PATH, Subject.path(Path.of("nowhere")));
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(exception);
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      JetException copy = (JetException) in.readObject();
      assertSame(exception.error(), copy.error());
      assertEquals(exception.getMessage(), copy.getMessage());
      assertEquals(List.of(), copy.subjects());
    }
  }
}
