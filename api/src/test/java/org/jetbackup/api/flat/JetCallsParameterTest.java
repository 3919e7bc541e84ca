package org.jetbackup.api.flat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.FileSystems;
import java.nio.file.Path;
import org.jetbackup.api.Environment;
import org.jetbackup.api.param.Parameters;
import org.jetbackup.api.param.SystemParameter;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Parameters by number, of one instance and of all. */
class JetCallsParameterTest {

  private static final int SYSTEM_PATH = 0;
  private static final int LOG_FILE_PATH = 2;
  private static final int BASE_NAME = 3;
  private static final int LOG_FILE_SIZE = 11;
  private static final int LOG_BUFFERS = 12;
  private static final int CIRCULAR_LOG = 17;
  private static final int CHECKPOINT_DEPTH_MAX = 24;

  private final RecordingEngine engine = new RecordingEngine();
  private final JetCalls calls =
      new JetCalls(engine, FileSystems.getDefault(), Environment.standard());
  private final long[] instance = new long[1];

  @BeforeEach
  void create() {
    assertEquals(0, calls.JetCreateInstance(instance, "one"));
  }

  @ParameterizedTest
  @CsvSource({
    CIRCULAR_LOG + ", 0, 0",
    CIRCULAR_LOG + ", 1, 1",
    CIRCULAR_LOG + ", -5, 1",
    LOG_FILE_SIZE + ", 128, 128",
    CHECKPOINT_DEPTH_MAX + ", 5000000000, 5000000000"
  })
  void aNumberOrSwitchComesBackAsItWasSet(int paramid, long set, long got) {
    assertEquals(0, calls.JetSetSystemParameter(instance, 0, paramid, set, null));
    assertEquals(got, number(paramid));
  }

  @ParameterizedTest
  @CsvSource({BASE_NAME + ", abc", SYSTEM_PATH + ", some/where", LOG_FILE_PATH + ", logs"})
  void aTextOrPathComesBackAsItWasSet(int paramid, String text) {
    String given = paramid == BASE_NAME ? text : Path.of(text).toString();
    assertEquals(0, calls.JetSetSystemParameter(instance, 0, paramid, 0, given));
    assertEquals(given, text(paramid, 260));
  }

  @Test
  void whatWasNotSetHasItsDefault() {
    assertEquals(5_120, number(LOG_FILE_SIZE));
    assertEquals("edb", text(BASE_NAME, 260));
  }

  @ParameterizedTest
  @CsvSource({"0, ''", "-1, ''", "2, ed", "3, edb", "4, edb"})
  void noMoreOfATextIsGivenThanThereIsRoomFor(int room, String got) {
    assertEquals(got, text(BASE_NAME, room));
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 1, 99_999})
  void anUnknownParameterIsABadOne(int paramid) {
    assertEquals(-1003, calls.JetSetSystemParameter(instance, 0, paramid, 1, "x"));
    assertEquals(-1003, calls.JetSetSystemParameter(null, 0, paramid, 1, "x"));
    assertEquals(
        -1003,
        calls.JetGetSystemParameter(
            instance[0], 0, paramid, new long[1], new StringBuilder(), 260));
  }

  @ParameterizedTest
  @ValueSource(longs = {63, 32_769, -1, (1L << 32) + 128, Long.MAX_VALUE, Long.MIN_VALUE})
  void aNumberBeyondItsLimitsIsRefusedAndNeverWraps(long value) {
    assertEquals(-1003, calls.JetSetSystemParameter(instance, 0, LOG_FILE_SIZE, value, null));
    assertEquals(5_120, number(LOG_FILE_SIZE));
  }

  @ParameterizedTest
  @ValueSource(longs = {1L << 40, Integer.MAX_VALUE + 1L, Integer.MIN_VALUE - 1L})
  void aNumberBeyondTheIntegersIsRefusedAndNamed(long value) {
    assertEquals(-1003, calls.JetSetSystemParameter(instance, 0, LOG_BUFFERS, value, null));
    String told = calls.lastFailure().orElseThrow().getMessage();
    assertTrue(told.contains("LogBuffers"), told);
    assertTrue(told.contains(Long.toString(value)), told);
    assertEquals(126, number(LOG_BUFFERS));
  }

  @Test
  void theGreatestIntegerIsTaken() {
    assertEquals(0, calls.JetSetSystemParameter(instance, 0, LOG_BUFFERS, Integer.MAX_VALUE, null));
    assertEquals(Integer.MAX_VALUE, number(LOG_BUFFERS));
  }

  @Test
  void aTextThatIsMissingOrNotAllowedIsRefused() {
    assertEquals(-1003, calls.JetSetSystemParameter(instance, 0, BASE_NAME, 0, null));
    assertEquals(-1003, calls.JetSetSystemParameter(instance, 0, BASE_NAME, 0, "four"));
    assertEquals(-1003, calls.JetSetSystemParameter(instance, 0, SYSTEM_PATH, 0, null));
    assertEquals(-1003, calls.JetSetSystemParameter(instance, 0, SYSTEM_PATH, 0, ""));
  }

  @Test
  void aTextThatIsNoPathIsAnInvalidPath() {
    assertEquals(-1023, calls.JetSetSystemParameter(instance, 0, SYSTEM_PATH, 0, "a\0b"));
  }

  @Test
  void aValueThatIsNowhereIsABadParameter() {
    StringBuilder text = new StringBuilder("untouched");
    assertEquals(-1003, calls.JetGetSystemParameter(instance[0], 0, SYSTEM_PATH, null, text, 260));
    assertEquals("untouched", text.toString());
  }

  @Test
  void aValueNeedsAPlaceOfItsKind() {
    StringBuilder text = new StringBuilder();
    assertEquals(
        -1003, calls.JetGetSystemParameter(instance[0], 0, LOG_FILE_SIZE, null, text, 260));
    assertEquals(
        -1003, calls.JetGetSystemParameter(instance[0], 0, CIRCULAR_LOG, new long[0], text, 260));
    assertEquals(
        -1003, calls.JetGetSystemParameter(instance[0], 0, BASE_NAME, new long[1], null, 260));
  }

  @Test
  void afterInitNothingCanBeSet() {
    assertEquals(0, calls.JetInit(instance));
    assertEquals(-1030, calls.JetSetSystemParameter(instance, 0, CIRCULAR_LOG, 1, null));
    assertEquals(0, number(CIRCULAR_LOG));
  }

  @Test
  void theEngineGetsWhatWasSet() {
    assertEquals(0, calls.JetSetSystemParameter(instance, 0, CIRCULAR_LOG, 1, null));
    assertEquals(0, calls.JetInit(instance));
    Parameters given = engine.created.get(0);
    assertTrue(given.get(SystemParameter.CIRCULAR_LOG));
    assertFalse(given.isSet(SystemParameter.LOG_FILE_SIZE));
  }

  @Test
  void whatIsSetForAllHoldsForThoseCreatedAfterwards() {
    assertEquals(0, calls.JetSetSystemParameter(null, 0, LOG_FILE_SIZE, 64, null));
    assertEquals(0, calls.JetSetSystemParameter(new long[1], 0, CIRCULAR_LOG, 1, null));
    assertEquals(0, calls.JetSetSystemParameter(new long[0], 0, BASE_NAME, 0, "abc"));
    assertEquals(5_120, number(LOG_FILE_SIZE));
    assertEquals(0, calls.JetCreateInstance(instance, "two"));
    assertEquals(64, number(LOG_FILE_SIZE));
    assertEquals(1, number(CIRCULAR_LOG));
    assertEquals("abc", text(BASE_NAME, 260));
  }

  private long number(int paramid) {
    long[] place = {Long.MIN_VALUE};
    assertEquals(0, calls.JetGetSystemParameter(instance[0], 0, paramid, place, null, 0));
    return place[0];
  }

  private String text(int paramid, int room) {
    StringBuilder place = new StringBuilder("what was there before");
    assertEquals(0, calls.JetGetSystemParameter(instance[0], 0, paramid, null, place, room));
    return place.toString();
  }
}
