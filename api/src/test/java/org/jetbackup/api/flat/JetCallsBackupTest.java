package org.jetbackup.api.flat;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jetbackup.api.Environment;
import org.jetbackup.api.backup.Snprog;
import org.jetbackup.api.error.JetErr;
import org.jetbackup.api.error.JetException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullAndEmptySource;

/** Backup, restore and the two stops reach the engine with what they were given. */
class JetCallsBackupTest {

  private final RecordingEngine engine = new RecordingEngine();
  private final JetCalls calls =
      new JetCalls(engine, FileSystems.getDefault(), Environment.standard());
  private final long[] instance = new long[1];
  private final List<String> heard = new ArrayList<>();

  @BeforeEach
  void init() {
    assertEquals(0, calls.JetInit(instance));
    engine.calls.clear();
  }

  @Test
  void aBackupGetsItsDirectoryAndItsBits() {
    assertEquals(0, calls.JetBackupInstance(instance[0], "a/b", 0x5, null));
    assertEquals(List.of("backup " + Path.of("a/b") + " atomic+incremental"), engine.calls);
  }

  @ParameterizedTest
  @NullAndEmptySource
  void aBackupWithoutADirectoryPassesNull(String directory) {
    assertEquals(0, calls.JetBackupInstance(instance[0], directory, 0, null));
    assertEquals(List.of("backup null full"), engine.calls);
  }

  @Test
  void bitsThatNobodyDefinedReachTheEngine() {
    assertEquals(0, calls.JetBackupInstance(instance[0], "a", 0x80, null));
    assertEquals(List.of("backup a 0x80"), engine.calls);
  }

  @Test
  void aCallbackHearsTheOriginalsNumbers() {
    assertEquals(0, calls.JetBackupInstance(instance[0], "a", 0, this::hear));
    assertEquals(List.of("-1 9 5 0/7", "-1 9 6 7/7"), heard);
    heard.clear();
    assertEquals(0, calls.JetRestoreInstance(instance[0], "a", null, this::hear));
    assertEquals(List.of("-1 8 6 1/1"), heard);
  }

  @Test
  void aTextThatIsNoPathIsAnInvalidPathAndTheEngineIsNotAsked() {
    assertEquals(-1023, calls.JetBackupInstance(instance[0], "a\0b", 0, null));
    assertEquals(-1023, calls.JetRestoreInstance(instance[0], "a\0b", null, null));
    assertEquals(-1023, calls.JetRestoreInstance(instance[0], "a", "a\0b", null));
    assertEquals(List.of(), engine.calls);
  }

  @Test
  void aRestoreGoesToTheOriginalPlacesUnlessADestinationIsGiven() {
    assertEquals(0, calls.JetRestoreInstance(instance[0], "a", null, null));
    assertEquals(0, calls.JetRestoreInstance(instance[0], "a", "b", null));
    assertEquals(List.of("restore a", "restore a to b"), engine.calls);
  }

  @Test
  void aRestoreNeedsADirectory() {
    assertEquals(-1003, calls.JetRestoreInstance(instance[0], null, "b", null));
    assertEquals(List.of(), engine.calls);
  }

  @Test
  void bothStopsReachTheInstance() {
    assertEquals(0, calls.JetStopBackupInstance(instance[0]));
    assertEquals(0, calls.JetStopServiceInstance(instance[0]));
    assertEquals(List.of("stopBackup", "stopService"), engine.calls);
  }

  @Test
  void theLegacyRestoreIsRefusedWhileThereAreInstances() {
    assertEquals(-1081, calls.JetRestore("a", null));
    assertEquals(-1081, calls.JetRestore2("a", "b", null));
    assertEquals(List.of(), engine.calls);
  }

  @Test
  void theLegacyRestoreMakesAnInstanceAndEndsIt() {
    assertEquals(0, calls.JetTerm(instance[0]));
    assertEquals(0, calls.JetSetSystemParameter(null, 0, 17, 1, null));
    engine.calls.clear();
    assertEquals(0, calls.JetRestore("a", this::hear));
    assertEquals(List.of("create 'Restore'", "restore a", "terminate 0x0"), engine.calls);
    assertEquals(List.of("-1 8 6 1/1"), heard);
    assertEquals("{CircularLog (17)=true}", engine.created.get(1).toString());
    engine.calls.clear();
    assertEquals(0, calls.JetRestore2("a", "b", null));
    assertEquals(List.of("create 'Restore'", "restore a to b", "terminate 0x0"), engine.calls);
  }

  @Test
  void theLegacyRestoreEndsItsInstanceAfterAFailureToo() {
    assertEquals(0, calls.JetTerm(instance[0]));
    engine.calls.clear();
    engine.failAt("restore", () -> {
      throw JetException.of(JetErr.FILE_NOT_FOUND);
    });
    assertEquals(-1811, calls.JetRestore("a", null));
    assertEquals(List.of("create 'Restore'", "restore a", "terminate 0x0"), engine.calls);
  }

  private int hear(long sesid, int snp, int snt, Snprog progress) {
    heard.add(
        sesid + " " + snp + " " + snt + " " + progress.cunitDone() + "/" + progress.cunitTotal());
    return 0;
  }
}
