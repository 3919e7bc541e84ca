package org.jetbackup.api.backup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Instant;
import java.util.Optional;
import org.jetbackup.api.position.LogGeneration;
import org.jetbackup.api.position.LogPosition;
import org.junit.jupiter.api.Test;

class BackupRecordsTest {

  private static final Optional<Bkinfo> FULL = Optional.of(info(1));
  private static final Optional<Bkinfo> INCREMENTAL = Optional.of(info(2));
  private static final Optional<Bkinfo> COPY = Optional.of(info(3));
  private static final Optional<Bkinfo> DIFFERENTIAL = Optional.of(info(4));
  private static final BackupRecords EVERY =
      new BackupRecords(FULL, INCREMENTAL, COPY, DIFFERENTIAL);

  @Test
  void withoutABackupThereIsNoRecord() {
    BackupRecords none = BackupRecords.NONE;
    assertEquals(Optional.empty(), none.fullPrevious());
    assertEquals(Optional.empty(), none.incrementalPrevious());
    assertEquals(Optional.empty(), none.copyPrevious());
    assertEquals(Optional.empty(), none.differentialPrevious());
  }

  @Test
  void aFullBackupClearsTheIncrementalAndTheDifferentialRecordAndKeepsTheCopy() {
    Bkinfo next = info(9);
    assertEquals(
        new BackupRecords(Optional.of(next), Optional.empty(), COPY, Optional.empty()),
        EVERY.afterFull(next));
  }

  @Test
  void anIncrementalBackupReplacesItsOwnRecordOnly() {
    Bkinfo next = info(9);
    assertEquals(
        new BackupRecords(FULL, Optional.of(next), COPY, DIFFERENTIAL),
        EVERY.afterIncremental(next));
  }

  @Test
  void aFullBackupAfterIncrementalOnesLeavesOnlyItself() {
    BackupRecords after = BackupRecords.NONE
        .afterFull(info(1))
        .afterIncremental(info(2))
        .afterIncremental(info(3))
        .afterFull(info(4));
    assertEquals(BackupRecords.NONE.afterFull(info(4)), after);
  }

  @Test
  void noRecordIsNull() {
    assertThrows(
        NullPointerException.class, () -> new BackupRecords(null, INCREMENTAL, COPY, DIFFERENTIAL));
    assertThrows(
        NullPointerException.class, () -> new BackupRecords(FULL, null, COPY, DIFFERENTIAL));
    assertThrows(
        NullPointerException.class, () -> new BackupRecords(FULL, INCREMENTAL, null, DIFFERENTIAL));
    assertThrows(
        NullPointerException.class, () -> new BackupRecords(FULL, INCREMENTAL, COPY, null));
  }

  private static Bkinfo info(long generation) {
    LogGeneration number = new LogGeneration(generation);
    return new Bkinfo(
        LogPosition.startOf(number), Instant.ofEpochSecond(generation), number, number);
  }
}
