package org.jetbackup.api.param;

import static org.jetbackup.api.param.SystemParameter.ALTERNATE_DATABASE_RECOVERY_PATH;
import static org.jetbackup.api.param.SystemParameter.BASE_NAME;
import static org.jetbackup.api.param.SystemParameter.CHECKPOINT_DEPTH_MAX;
import static org.jetbackup.api.param.SystemParameter.CIRCULAR_LOG;
import static org.jetbackup.api.param.SystemParameter.DATABASE_PAGE_SIZE;
import static org.jetbackup.api.param.SystemParameter.LOG_FILE_PATH;
import static org.jetbackup.api.param.SystemParameter.LOG_FILE_SIZE;
import static org.jetbackup.api.param.SystemParameter.LOG_SECTOR_SIZE;
import static org.jetbackup.api.param.SystemParameter.RECOVERY;
import static org.jetbackup.api.param.SystemParameter.SYSTEM_PATH;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jetbackup.api.error.JetErr;
import org.jetbackup.api.error.JetException;
import org.jetbackup.api.error.Subject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Settings are checked when they are made and never change afterwards. */
class ParametersTest {

  private static final Path DIRECTORY = Path.of("instance");

  @Test
  void anUnsetParameterHasItsDefault() {
    assertFalse(Parameters.none().get(CIRCULAR_LOG));
    assertEquals(5_120, Parameters.none().get(LOG_FILE_SIZE));
    assertEquals(8_192, Parameters.none().get(DATABASE_PAGE_SIZE));
    assertEquals("edb", Parameters.none().get(BASE_NAME));
    assertFalse(Parameters.none().isSet(CIRCULAR_LOG));
  }

  @Test
  void theLogLivesBesideTheCheckpointUnlessItIsPutElsewhere() {
    Parameters parameters = Parameters.at(DIRECTORY);
    assertEquals(DIRECTORY, parameters.get(LOG_FILE_PATH));
    Path elsewhere = Path.of("log");
    assertEquals(elsewhere, parameters.with(LOG_FILE_PATH, elsewhere).get(LOG_FILE_PATH));
    assertEquals(DIRECTORY, parameters.with(LOG_FILE_PATH, elsewhere).get(SYSTEM_PATH));
  }

  @Test
  void aPathThatNobodySetIsAnInvalidParameterNamedInTheFailure() {
    JetException failure =
        assertThrows(JetException.class, () -> Parameters.none().get(LOG_FILE_PATH));
    assertEquals(JetErr.INVALID_PARAMETER, failure.error());
    assertEquals(
        List.of(Subject.value("LogFilePath", "not set", LOG_FILE_PATH.allowed())),
        failure.subjects());
    assertEquals(Optional.empty(), Parameters.none().find(ALTERNATE_DATABASE_RECOVERY_PATH));
  }

  @ParameterizedTest
  @ValueSource(ints = {64, 65, 5_120, 32_768})
  void aLogFileSizeInsideItsLimitsIsTaken(int size) {
    assertEquals(size, Parameters.none().with(LOG_FILE_SIZE, size).get(LOG_FILE_SIZE));
  }

  @ParameterizedTest
  @ValueSource(ints = {Integer.MIN_VALUE, -1, 0, 63, 32_769, Integer.MAX_VALUE})
  void aLogFileSizeOutsideItsLimitsIsRefusedWithNameValueAndLimits(int size) {
    assertRefused(LOG_FILE_SIZE, size, "64 to 32768");
  }

  @ParameterizedTest
  @ValueSource(ints = {Integer.MIN_VALUE, 0, 2_048, 4_095, 12_288, 65_536})
  void aPageSizeIsAPowerOfTwoInsideItsLimits(int size) {
    assertRefused(DATABASE_PAGE_SIZE, size, "a power of two, 4096 to 32768");
  }

  @ParameterizedTest
  @ValueSource(ints = {256, 768, 8_192})
  void aLogSectorIsAPowerOfTwoInsideItsLimits(int size) {
    assertRefused(LOG_SECTOR_SIZE, size, "a power of two, 512 to 4096");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "ed", "edbs", "e.b", "../", "e b", "\u00e9db"})
  void aBaseNameIsThreePlainCharacters(String name) {
    assertRefused(BASE_NAME, name, "three ASCII letters or digits");
  }

  @Test
  void aSizeInBytesHasALowerLimitOnly() {
    assertEquals(0L, Parameters.none().with(CHECKPOINT_DEPTH_MAX, 0L).get(CHECKPOINT_DEPTH_MAX));
    assertRefused(CHECKPOINT_DEPTH_MAX, -1L, "at least 0");
  }

  @Test
  void anEmptyPathIsRefused() {
    assertRefused(SYSTEM_PATH, Path.of(""), "a path that is not empty");
  }

  @Test
  void recoveryIsOnOrOffInEitherCase() {
    assertTrue(Parameters.none().isLogging());
    assertTrue(Parameters.none().with(RECOVERY, "On").isLogging());
    assertFalse(Parameters.none().with(RECOVERY, "OFF").isLogging());
    assertRefused(RECOVERY, "repair", "on or off");
  }

  @Test
  void settingsAreNotChangedByABuilderOrACopyMadeFromThem() {
    Parameters before = Parameters.at(DIRECTORY);
    Parameters.Builder builder = before.toBuilder();
    Parameters after = builder.set(CIRCULAR_LOG, true).build();
    builder.set(CIRCULAR_LOG, false);
    assertFalse(before.get(CIRCULAR_LOG));
    assertTrue(after.get(CIRCULAR_LOG));
    assertFalse(before.with(CIRCULAR_LOG, true).equals(before));
  }

  @Test
  void takingAValueAwayBringsBackTheDefault() {
    Parameters parameters = Parameters.builder().set(CIRCULAR_LOG, true).build();
    assertFalse(parameters.toBuilder().unset(CIRCULAR_LOG).build().get(CIRCULAR_LOG));
    assertEquals(Parameters.none(), parameters.toBuilder().unset(CIRCULAR_LOG).build());
  }

  @Test
  void settingsAreEqualIfTheSameValuesAreSet() {
    Parameters one =
        Parameters.builder().set(LOG_FILE_SIZE, 64).set(CIRCULAR_LOG, true).build();
    Parameters two =
        Parameters.builder().set(CIRCULAR_LOG, true).set(LOG_FILE_SIZE, 64).build();
    assertEquals(one, two);
    assertEquals(one.hashCode(), two.hashCode());
    assertNotEquals(Parameters.none(), Parameters.none().with(CIRCULAR_LOG, false));
    assertEquals("{LogFileSize (11)=64, CircularLog (17)=true}", one.toString());
  }

  private static <T> void assertRefused(Parameter<T> parameter, T value, String allowed) {
    JetException failure =
        assertThrows(JetException.class, () -> Parameters.none().with(parameter, value));
    assertEquals(JetErr.INVALID_PARAMETER, failure.error());
    assertEquals(List.of(Subject.value(parameter.name(), value, allowed)), failure.subjects());
  }
}
