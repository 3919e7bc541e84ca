package org.jetbackup.engine.restore;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import org.jetbackup.api.backup.Snp;
import org.jetbackup.api.backup.Snprog;
import org.jetbackup.api.backup.Snt;
import org.jetbackup.api.backup.StatusCallback;
import org.jetbackup.api.error.JetErr;
import org.jetbackup.api.error.JetException;
import org.jetbackup.api.event.JetEvent;
import org.jetbackup.api.param.Parameters;
import org.jetbackup.api.param.SystemParameter;
import org.jetbackup.api.position.LogGeneration;
import org.jetbackup.engine.instance.ColdSets;
import org.junit.jupiter.api.Test;

/** What a restore refuses, before it has changed anything; and what it does not refuse. */
class RefusedRestoreTest extends OneSite {

  private Site backedUp() {
    return site.start().create(A).create(B).work(A, 0, 30).backup();
  }

  /** Generations behind the set: at least three closed ones. */
  private Site workedOn() {
    return backedUp().work(A, 30, 90).stop();
  }

  private JetException refused(JetErr expected) {
    NavigableMap<String, byte[]> before = Site.tree(site.root());
    JetException failure = Site.refused(expected, site::restore);
    Site.requireSame(before, Site.tree(site.root()));
    List<Integer> events = site.eventNumbers();
    assertEquals(
        List.of(204, 454, 205),
        List.of(events.get(0), events.get(events.size() - 2), events.get(events.size() - 1)));
    return failure;
  }

  private String closedLog(int fromEnd) {
    List<String> closed = Site.names(site.logs()).stream()
        .filter(name -> name.matches("edb[0-9A-F]{5}\\.log"))
        .toList();
    assertTrue(closed.size() > fromEnd, closed::toString);
    return closed.get(closed.size() - 1 - fromEnd);
  }

  private static void flip(Path file, int at) {
    try {
      byte[] bytes = Files.readAllBytes(file);
      bytes[at] ^= 1;
      Files.write(file, bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Path set() {
    return site.backups().resolve("set-000001");
  }

  @Test
  void aGapInTheLiveLog() throws IOException {
    workedOn();
    Files.delete(site.logs().resolve(closedLog(1)));
    refused(JetErr.MISSING_CURRENT_LOG_FILES);
    assertTrue(site.eventNumbers().contains(450), site.eventNumbers()::toString);
  }

  @Test
  void aLiveLogWithoutTheCurrentFile() throws IOException {
    workedOn();
    Files.delete(site.logs().resolve("edb.log"));
    Files.deleteIfExists(site.logs().resolve("edbtmp.log"));
    refused(JetErr.MISSING_CURRENT_LOG_FILES);
  }

  @Test
  void aLiveLogOfAnotherSequence() {
    workedOn().loseLogs();
    Site other = new Site(kit.root().resolve("other"), kit.root().resolve("x"), 90);
    other.start().create(A).work(A, 0, 60).stop();
    Site.write(site.logs(), Site.tree(other.logs()));
    refused(JetErr.EXISTING_LOG_FILE_HAS_BAD_SIGNATURE);
    assertTrue(site.eventNumbers().contains(457), site.eventNumbers()::toString);
  }

  @Test
  void aLiveLogOfAnotherFuture() {
    backedUp();
    NavigableMap<String, NavigableMap<String, String>> moment = site.known();
    site.work(A, 30, 60).stop();
    NavigableMap<String, byte[]> logs = Site.tree(site.logs());
    site.loseLogs().restore();
    site.know(moment).start().attach(A).attach(B).work(B, 0, 10);
    Site.deleteFiles(set(), ".*");
    site.backup().stop().loseLogs();
    Site.write(site.logs(), logs);
    refused(JetErr.EXISTING_LOG_FILE_IS_NOT_CONTIGUOUS);
    assertTrue(site.eventNumbers().contains(458), site.eventNumbers()::toString);
  }

  @Test
  void aDamagedLiveLog() {
    workedOn();
    flip(site.logs().resolve(closedLog(0)), 30_000);
    JetException failure = refused(JetErr.LOG_CORRUPT_DURING_HARD_RECOVERY);
    JetEvent told =
        site.events().stream().filter(event -> event.id() == 464).findFirst().orElseThrow();
    assertTrue(told.strings().get(0).endsWith(closedLog(0)), failure::toString);
  }

  @Test
  void aDamagedLogOfTheSet() {
    workedOn();
    flip(set().resolve("edb00001.log"), 30_000);
    refused(JetErr.LOG_CORRUPT_DURING_HARD_RESTORE);
    assertTrue(site.eventNumbers().contains(463), site.eventNumbers()::toString);
  }

  @Test
  void aLogOfTheSetThatIsMissing() throws IOException {
    workedOn();
    Files.delete(set().resolve("edb00001.log"));
    refused(JetErr.MISSING_RESTORE_LOG_FILES);
    assertTrue(site.eventNumbers().contains(435), site.eventNumbers()::toString);
  }

  @Test
  void aDamagedPageOfTheSet() {
    workedOn();
    flip(set().resolve("1.a.edb"), 20_000);
    refused(JetErr.READ_VERIFY_FAILURE);
  }

  @Test
  void aDatabaseOfTheSetThatIsMissing() throws IOException {
    workedOn();
    Files.delete(set().resolve("2.b.edb"));
    refused(JetErr.FILE_NOT_FOUND);
  }

  @Test
  void argumentsThatDoNotFit() {
    workedOn();
    NavigableMap<String, byte[]> before = Site.tree(site.root());
    Path missing = site.root().resolve("missing");
    Site.refused(JetErr.INVALID_PATH, () -> restore(missing, Optional.empty()));
    Site.refused(JetErr.FILE_NOT_FOUND, () -> restore(site.data(), Optional.empty()));
    Site.refused(JetErr.INVALID_PATH, () -> restore(site.backups(), Optional.of(missing)));
    Site.refused(JetErr.INVALID_PATH, () -> restore(site.backups(), Optional.of(set())));
    Site.refused(
        JetErr.INVALID_PARAMETER,
        () -> site.restore(
            site.backups(),
            Optional.empty(),
            Optional.of(new LogGeneration(77)),
            StatusCallback.NONE));
    Parameters pages = site.parameters().with(SystemParameter.DATABASE_PAGE_SIZE, 8192);
    Site.refused(JetErr.PAGE_SIZE_MISMATCH, () -> restore(pages));
    Parameters logs = site.parameters().with(SystemParameter.LOG_FILE_SIZE, 128);
    Site.refused(JetErr.LOG_FILE_SIZE_MISMATCH, () -> restore(logs));
    Site.requireSame(before, Site.tree(site.root()));
  }

  private void restore(Path from, Optional<Path> to) {
    site.restore(from, to, Optional.empty(), StatusCallback.NONE);
  }

  private void restore(Parameters with) {
    site.restore(with, site.backups(), Optional.empty(), Optional.empty(), StatusCallback.NONE);
  }

  @Test
  void aDirectoryThatIsMissingIsMadeWhereThatIsAsked() throws IOException {
    workedOn().loseData();
    Files.delete(site.data());
    refused(JetErr.INVALID_PATH);
    restore(site.parameters().with(SystemParameter.CREATE_PATH_IF_NOT_EXIST, true));
    site.start().requireKnown().stop();
  }

  @Test
  void directoriesThatWereMadeGoAgainWhenTheRestoreFails() throws IOException {
    workedOn();
    flip(set().resolve("2.b.edb"), 20_000);
    NavigableMap<String, byte[]> before = Site.tree(site.root());
    Path deep = site.root().resolve("deep");
    Site.refused(
        JetErr.READ_VERIFY_FAILURE,
        () -> site.restore(
            site.parameters().with(SystemParameter.CREATE_PATH_IF_NOT_EXIST, true),
            site.backups(),
            Optional.of(deep.resolve("er")),
            Optional.empty(),
            StatusCallback.NONE));
    assertTrue(Files.notExists(deep));
    Site.requireSame(before, Site.tree(site.root()));
  }

  @Test
  void twoDatabasesOfOneNameForOneDestination() {
    Site.makeDirectory(site.data().resolve("sub"));
    backedUp().create("sub/a.edb").stop().start().attach(A).attach("sub/a.edb");
    Site.makeDirectory(site.backups().resolve("two"));
    ColdSets.full(site.instance(), site.backups().resolve("two"), () -> {});
    site.stop();
    Path to = site.root().resolve("to");
    Site.makeDirectory(to);
    Site.refused(
        JetErr.FILE_ALREADY_EXISTS, () -> restore(site.backups().resolve("two"), Optional.of(to)));
    assertEquals(List.of(), Site.names(to));
  }

  @Test
  void whateverLiesInTheRangeOfTheSetIsNoHindrance() throws IOException {
    workedOn();
    Files.write(site.logs().resolve("edb00001.log"), new byte[] {1, 2, 3});
    site.loseData().restore();
    site.start().requireKnown().stop();
  }

  @Test
  void theCurrentLogOfAPastThatTheSetHoldsGivesWay() throws IOException {
    backedUp();
    NavigableMap<String, NavigableMap<String, String>> moment = site.known();
    site.stop().loseLogs();
    Files.copy(set().resolve("edb00001.log"), site.logs().resolve("edb.log"));
    site.restore();
    site.know(moment).start().requireKnown().work(A, 60, 10).stop();
    site.start().requireKnown().stop();
  }

  @Test
  void momentsOfAChainAreRestoredInPlaceAgainAndAgain() {
    backedUp();
    site.work(A, 30, 40);
    LogGeneration middle = site.increment();
    NavigableMap<String, NavigableMap<String, String>> second = site.known();
    site.work(A, 70, 40);
    LogGeneration last = site.increment();
    NavigableMap<String, NavigableMap<String, String>> third = site.known();
    site.work(A, 110, 5).stop();
    Site.refused(JetErr.EXISTING_LOG_FILE_IS_NOT_CONTIGUOUS, () -> restoreTo(last));
    for (int i = 0; i < 2; i++) {
      site.loseLogs();
      restoreTo(middle);
      restoreTo(middle);
      site.know(second).start().requireKnown().stop().loseLogs();
      restoreTo(last);
      site.know(third).start().requireKnown().stop().loseLogs();
    }
    Path to = site.root().resolve("to");
    Site.makeDirectory(to);
    site.restore(site.backups(), Optional.of(to), Optional.of(middle), StatusCallback.NONE);
    assertEquals(List.of(A, B), Site.names(to));
  }

  private void restoreTo(LogGeneration moment) {
    site.restore(site.backups(), Optional.empty(), Optional.of(moment), StatusCallback.NONE);
  }

  @Test
  void theCallbackHearsOfOneRestoreThatNeverGoesBack() {
    workedOn();
    List<Snt> kinds = new ArrayList<>();
    long[] done = {0};
    site.restore(site.backups(), Optional.empty(), Optional.empty(), (snp, snt, progress) -> {
      assertEquals(Snp.RESTORE, snp);
      assertTrue(progress.cunitDone() >= done[0], () -> done[0] + " then " + progress);
      done[0] = progress.cunitDone();
      kinds.add(snt);
      if (snt == Snt.COMPLETE) {
        assertEquals(progress.cunitTotal(), progress.cunitDone());
        throw new IllegalStateException("too late to stop anything");
      }
    });
    assertEquals(Snt.BEGIN, kinds.get(0));
    assertEquals(Snt.COMPLETE, kinds.get(kinds.size() - 1));
    assertTrue(kinds.stream().filter(Snt.PROGRESS::equals).count() > 6, kinds::toString);
  }

  @Test
  void aCallbackThatThrowsStopsTheRestoreBeforeAnythingIsChanged() {
    backedUp().work(A, 30, 10).stop();
    NavigableMap<String, byte[]> before = Site.tree(site.root());
    int n = 0;
    boolean stopped = true;
    while (stopped) {
      int which = n++;
      int[] calls = {0};
      RuntimeException thrown = new IllegalStateException("stop");
      List<Snt> kinds = new ArrayList<>();
      StatusCallback callback = (snp, snt, progress) -> {
        kinds.add(snt);
        if (snt != Snt.COMPLETE && calls[0]++ == which) {
          throw thrown;
        }
      };
      stopped = false;
      try {
        site.restore(site.backups(), Optional.empty(), Optional.empty(), callback);
      } catch (JetException e) {
        stopped = true;
        assertEquals(JetErr.CALLBACK_FAILED, e.error());
        assertSame(thrown, e.getCause());
        assertEquals(Snt.FAIL, kinds.get(kinds.size() - 1));
        Site.requireSame(before, Site.tree(site.root()));
      }
    }
    assertTrue(n > 8, "calls: " + n);
    site.start().requireKnown().stop();
  }

  @Test
  void aRawCopyIsNeitherAttachedNorRecovered() throws IOException {
    backedUp();
    List<JetEvent> events = new ArrayList<>();
    site.instance().addEventListener(events::add);
    Files.copy(set().resolve("1.a.edb"), site.file("raw.edb"));
    Site.refused(JetErr.SOFT_RECOVERY_ON_BACKUP_DATABASE, () -> site.attach("raw.edb"));
    assertTrue(events.stream().anyMatch(event -> event.id() == 619), events::toString);
    site.detach(A).attach(A).die();
    Files.delete(site.file(B));
    Files.copy(set().resolve("2.b.edb"), site.file(B));
    Site.refused(JetErr.SOFT_RECOVERY_ON_BACKUP_DATABASE, site::start);
    site.restore();
    site.start().requireKnown().stop();
  }

  @Test
  void aRawCopyInThePlaceOfADatabaseThatHasEndedIsNotCalledClean() throws IOException {
    backedUp().work(B, 0, 3).stop();
    byte[] raw = Files.readAllBytes(set().resolve("2.b.edb"));
    Files.write(site.file(B), raw);
    Files.delete(site.logs().resolve("edb.chk")); // so that recovery sees the end of the database
    site.start();
    Site.refused(JetErr.SOFT_RECOVERY_ON_BACKUP_DATABASE, () -> site.attach(B));
    site.stop();
    assertEquals(raw.length, Files.readAllBytes(site.file(B)).length);
  }

  @Test
  void progressIsAShareOfTheWhole() {
    List<Snprog> heard = new ArrayList<>();
    RestoreProgress progress = new RestoreProgress((snp, snt, counts) -> heard.add(counts));
    progress.begin();
    progress.beginPart(10, 0);
    progress.add(5);
    progress.beginPart(50, 3);
    progress.add(1);
    progress.add(9);
    progress.complete();
    assertEquals(
        List.of(0L, 1_000L, 2_333L, 5_000L, 10_000L),
        heard.stream().map(Snprog::cunitDone).toList());
  }
}
