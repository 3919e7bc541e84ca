package org.jetbackup.engine.event;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.jetbackup.api.error.JetErr;
import org.jetbackup.api.error.JetException;
import org.jetbackup.api.event.EventId;
import org.jetbackup.api.event.EventListener;
import org.jetbackup.api.event.JetEvent;
import org.jetbackup.api.param.Parameters;
import org.jetbackup.api.param.SystemParameter;
import org.jetbackup.api.position.LogGeneration;
import org.jetbackup.api.position.LogPosition;
import org.jetbackup.api.position.PageNumber;
import org.jetbackup.engine.format.PageSize;
import org.junit.jupiter.api.Test;

class EventLogTest {

  private static final Instant NOW = Instant.parse("2026-02-03T04:05:06Z");
  private static final Path LOG = Path.of("log", "edb00000005.log");
  private static final Path DATABASE = Path.of("data", "a.edb");
  private static final LogPosition POSITION = new LogPosition(new LogGeneration(5), 7, 9);

  private final List<JetEvent> heard = new ArrayList<>();

  @Test
  void whatHappensIsToldWithItsNumberItsStringsItsErrorAndTheTime() {
    EventLog log = listening(Parameters.none());
    tellEverything(log);
    assertEquals(
        List.of(
            "102 START_INSTANCE_ID: demo, 1, 20, 3, 0",
            "105 START_INSTANCE_DONE_ID: demo, 2",
            "300 START_REDO_ID",
            "301 STATUS_REDO_ID: " + LOG + ", 12 records",
            "328 RECOVERY_DB_ATTACH_ID: " + DATABASE + ", " + POSITION + ", 0",
            "329 RECOVERY_DB_DETACH_ID: " + DATABASE + ", " + POSITION + ", 0",
            "302 STOP_REDO_ID",
            "454 RESTORE_DATABASE_FAIL_ID: -501 [-501 JET_errLogFileCorrupt]",
            "100004 CHECKPOINT_FILE_UNUSABLE_ID: " + LOG + ", -533 [-533 JET_errCheckpointCorrupt]",
            "325 CREATE_DATABASE_DONE_ID: 1, " + DATABASE + ", 0",
            "326 ATTACH_DATABASE_DONE_ID: 2, " + DATABASE + ", 1",
            "327 DETACH_DATABASE_DONE_ID: 3, " + DATABASE + ", 61",
            "474 DATABASE_PAGE_CHECKSUM_MISMATCH_ID: " + DATABASE
                + ", 40960, 8192, -1018, , , 4 [-1018 JET_errReadVerifyFailure]",
            "476 DATABASE_PAGE_DATA_MISSING_ID: " + DATABASE
                + ", 40960, 8192, -1019, 4 [-1019 JET_errPageNotInitialized]",
            "465 LOG_CORRUPTION_DURING_SOFT_RECOVERY_ID: " + LOG + ", " + POSITION
                + ", 7 [-501 JET_errLogFileCorrupt]",
            "462 LOG_TORN_WRITE_DURING_SOFT_RECOVERY_ID: " + LOG + ", " + POSITION,
            "408 LOG_WRITE_ERROR_ID: " + LOG + ", -510 [-510 JET_errLogWriteFail]",
            "492 LOG_DOWN_ID: log [-510 JET_errLogWriteFail]",
            "413 NEW_LOG_ERROR_ID: -1808 [-1808 JET_errDiskFull]",
            "429 LOG_DISK_FULL [-529 JET_errLogDiskFull]",
            "428 LOW_LOG_DISK_SPACE [-529 JET_errLogDiskFull]",
            "100003 LOG_DISK_HAS_ROOM_AGAIN_ID: log",
            "623 VERSION_STORE_REACHED_MAXIMUM_ID: demo, 8, "
                + " [-1069 JET_errVersionStoreOutOfMemory]",
            "103 STOP_INSTANCE_ID: demo"),
        heard.stream().map(JetEvent::toString).toList());
    assertTrue(heard.stream().allMatch(event -> event.time().equals(NOW)));
  }

  @Test
  void everyEventHasAsManyStringsAsItsIdNames() {
    tellEverything(listening(Parameters.none()));
    for (JetEvent event : heard) {
      EventId id = event.known().orElseThrow();
      assertEquals(id.stringNames().size(), event.strings().size(), id.toString());
      assertEquals(id.severity(), event.severity());
      assertEquals(id.category(), event.category());
    }
  }

  @Test
  void thePageForPeopleListsEveryEvent() throws Exception {
    tellEverything(listening(Parameters.none()));
    String page = Files.readString(Path.of("..", "docs", "statistics-and-events.md"));
    for (JetEvent event : heard) {
      EventId id = event.known().orElseThrow();
      assertTrue(
          page.contains("| " + id.number() + " | `" + id.symbol() + "` | "
              + id.severity().name().toLowerCase(Locale.ROOT) + " |"),
          () -> "no line for " + id);
    }
  }

  @Test
  void informationIsDroppedOnRequestAndWarningsAndErrorsAreNot() {
    tellEverything(listening(Parameters.none().with(SystemParameter.NO_INFORMATION_EVENT, true)));
    assertEquals(
        List.of(454, 100_004, 474, 476, 465, 462, 408, 492, 413, 429, 428, 623),
        heard.stream().map(JetEvent::id).toList());
  }

  @Test
  void atLevelNoughtNothingIsTold() {
    tellEverything(listening(Parameters.none().with(SystemParameter.EVENT_LOGGING_LEVEL, 0)));
    assertEquals(List.of(), heard);
  }

  @Test
  void atLevelOneEverythingIsTold() {
    tellEverything(listening(Parameters.none().with(SystemParameter.EVENT_LOGGING_LEVEL, 1)));
    assertEquals(24, heard.size());
  }

  @Test
  void whatAListenerThrowsReachesNobodyAndTheNextListenerHears() {
    EventLog log = new EventLog("demo", Parameters.none(), fixed());
    log.add(event -> {
      throw new IllegalStateException("a bad listener");
    });
    log.add(event -> {
      throw new AssertionError("a worse one");
    });
    log.add(heard::add);
    log.recoveryBegins();
    log.recoveryHasEnded();
    assertEquals(List.of(300, 302), heard.stream().map(JetEvent::id).toList());
  }

  @Test
  void aListenerThatIsAddedDuringACallHearsOfTheNextEvent() {
    EventLog log = new EventLog("demo", Parameters.none(), fixed());
    AtomicInteger calls = new AtomicInteger();
    log.add(event -> {
      if (calls.incrementAndGet() == 1) {
        log.add(heard::add);
      }
    });
    log.recoveryBegins();
    assertEquals(List.of(), heard);
    log.recoveryHasEnded();
    assertEquals(List.of(302), heard.stream().map(JetEvent::id).toList());
  }

  @Test
  void aListenerMayCallBack() {
    EventLog log = listening(Parameters.none());
    log.add(event -> {
      if (event.id() == EventId.START_REDO_ID.number()) {
        log.recoveryHasEnded();
      }
    });
    log.recoveryBegins();
    assertEquals(List.of(300, 302), heard.stream().map(JetEvent::id).toList());
  }

  @Test
  void manyThreadsTellAndListenAtOnce() throws InterruptedException {
    EventLog log = new EventLog("demo", Parameters.none(), fixed());
    AtomicInteger count = new AtomicInteger();
    EventListener counting = event -> count.incrementAndGet();
    log.add(counting);
    CountDownLatch begin = new CountDownLatch(1);
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      threads.add(new Thread(() -> {
        await(begin);
        for (int n = 0; n < 1_000; n++) {
          log.recoveryBegins();
          if (n % 100 == 0) {
            log.add(EventListener.none());
          }
        }
      }));
    }
    threads.forEach(Thread::start);
    begin.countDown();
    for (Thread thread : threads) {
      thread.join();
    }
    assertEquals(4_000, count.get());
  }

  @Test
  void theClockIsNotReadWhileNobodyListens() {
    AtomicInteger reads = new AtomicInteger();
    EventLog log = new EventLog("demo", Parameters.none(), counting(reads));
    tellEverything(log);
    assertEquals(0, reads.get());
    log.add(heard::add);
    log.recoveryBegins();
    assertEquals(1, reads.get());
    assertFalse(heard.isEmpty());
  }

  @Test
  void aVersionThatIsNoNumberGivesNoughts() {
    EventLog log = listening(Parameters.none());
    log.instanceIsStarting("0.1.0-SNAPSHOT");
    log.instanceIsStarting("next");
    log.instanceIsStarting("1.2.3.4.5");
    assertEquals(
        List.of(
            List.of("demo", "0", "1", "0", "0"),
            List.of("demo", "0", "0", "0", "0"),
            List.of("demo", "1", "2", "3", "4")),
        heard.stream().map(JetEvent::strings).toList());
    assertEquals(Optional.empty(), heard.get(0).error());
  }

  @Test
  void whatAThreadKeepsItTellsItselfInItsOrder() throws InterruptedException {
    EventLog log = listening(Parameters.none());
    log.later(kept -> kept.recoveryHasReplayed(LOG, 1));
    log.later(kept -> {
      kept.recoveryHasReplayed(LOG, 2);
      kept.tellKept(); // as a listener may bring about
    });
    log.later(kept -> kept.recoveryHasReplayed(LOG, 3));
    Thread other = new Thread(log::tellKept);
    other.start();
    other.join();
    assertEquals(List.of(), heard);
    log.tellKept();
    log.tellKept();
    assertEquals(
        List.of("1 records", "2 records", "3 records"),
        heard.stream().map(event -> event.strings().get(1)).toList());
  }

  @Test
  void whatHappensWhileNobodyListensIsNotKept() {
    EventLog log = new EventLog("demo", Parameters.none(), fixed());
    log.later(EventLog::recoveryBegins);
    log.add(heard::add);
    log.tellKept();
    assertEquals(List.of(), heard);
  }

  private EventLog listening(Parameters parameters) {
    EventLog log = new EventLog("demo", parameters, fixed());
    log.add(heard::add);
    return log;
  }

  private static void tellEverything(EventLog log) {
    JetException corrupt = JetException.of(JetErr.LOG_FILE_CORRUPT);
    JetException unwritten = JetException.of(JetErr.LOG_WRITE_FAIL);
    PageNumber page = new PageNumber(4);
    log.instanceIsStarting("1.20.3");
    log.instanceHasStarted(Duration.ofMillis(2_900));
    log.recoveryBegins();
    log.recoveryHasReplayed(LOG, 12);
    log.recoveryAttaches(DATABASE, POSITION);
    log.recoveryDetaches(DATABASE, POSITION);
    log.recoveryHasEnded();
    log.recoveryHasFailed(corrupt);
    log.checkpointFileIsUnusable(LOG, JetException.of(JetErr.CHECKPOINT_CORRUPT));
    log.databaseWasCreated(1, DATABASE, Duration.ZERO);
    log.databaseWasAttached(2, DATABASE, Duration.ofSeconds(1));
    log.databaseWasDetached(3, DATABASE, Duration.ofSeconds(61));
    log.pageIsCorrupt(
        DATABASE, page, PageSize.ofBytes(8_192), JetException.of(JetErr.READ_VERIFY_FAILURE));
    log.pageIsCorrupt(
        DATABASE, page, PageSize.ofBytes(8_192), JetException.of(JetErr.PAGE_NOT_INITIALIZED));
    log.logIsCorrupt(LOG, POSITION, corrupt);
    log.logEndWasTorn(LOG, POSITION);
    log.logCannotBeWritten(LOG, unwritten);
    log.nextLogCannotBeCreated(Path.of("log"), JetException.of(JetErr.DISK_FULL));
    log.logDiskHasNoRoom();
    log.logDiskHasRoomAgain(Path.of("log"));
    log.longReaderWasCutOff(8L << 20);
    log.instanceHasStopped();
  }

  private static Clock fixed() {
    return Clock.fixed(NOW, ZoneOffset.UTC);
  }

  private static Clock counting(AtomicInteger reads) {
    return new Clock() {
      @Override
      public Instant instant() {
        reads.incrementAndGet();
        return NOW;
      }

      @Override
      public ZoneId getZone() {
        return ZoneOffset.UTC;
      }

      @Override
      public Clock withZone(ZoneId zone) {
        return this;
      }
    };
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
