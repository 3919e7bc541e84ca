package org.jetbackup.engine.restore;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.jetbackup.api.JetCursor;
import org.jetbackup.api.JetSession;
import org.jetbackup.api.KeyRange;
import org.jetbackup.api.backup.StatusCallback;
import org.jetbackup.api.error.JetErr;
import org.jetbackup.engine.log.LogAddress;
import org.jetbackup.engine.log.LogFiles;
import org.jetbackup.engine.log.LogReader;
import org.junit.jupiter.api.Test;

/** What has happened since the backup, and is in the live log, comes back with it. */
class RollForwardTest extends OneSite {

  private static final String C = "c.edb";

  private Site backedUp() {
    return site.start().create(A).create(B).work(A, 0, 30).work(B, 100, 10).backup();
  }

  private void requireAllBack() {
    site.restore();
    site.start().requireKnown().work(A, 400, 10).stop().start().requireKnown().stop();
  }

  @Test
  void livesOfTheInstanceThatFollowedEachOtherCount() {
    backedUp().work(A, 30, 10).stop();
    for (int i = 0; i < 3; i++) {
      site.start().attach(B).work(B, 200 + 10 * i, 10).attach(A).work(A, 50 + 10 * i, 10);
      site.detach(B).work(A, 80, 3).attach(B).work(B, 300, 5);
      if (i == 1) {
        site.die();
      } else {
        site.stop();
      }
    }
    site.loseData();
    requireAllBack();
  }

  @Test
  void aDatabaseThatWasCreatedSinceIsMadeAgain() {
    backedUp().create(C).work(C, 500, 20).stop();
    site.start().attach(C).work(C, 520, 20).die().loseData();
    requireAllBack();
  }

  @Test
  void aDatabaseThatWasCreatedAndDetachedSinceIsMadeAgainIfItIsLost() {
    backedUp().create(C).work(C, 500, 20).detach(C).work(A, 70, 3).stop().loseData();
    requireAllBack();
  }

  @Test
  void aDatabaseThatWasCreatedAndDetachedSinceIsLeftAloneIfItIsThere() throws IOException {
    backedUp().create(C).work(C, 500, 20).detach(C).work(A, 70, 3).stop();
    Files.write(site.file(C), new byte[] {1, 2, 3});
    site.restore();
    assertArrayEquals(new byte[] {1, 2, 3}, Files.readAllBytes(site.file(C)));
  }

  @Test
  void aDatabaseThatWasDroppedSinceDoesNotComeBack() {
    backedUp().drop(B).create(C).work(C, 500, 5).drop(C).work(A, 70, 5).die().loseData();
    site.restore();
    assertEquals(
        List.of(A),
        Site.names(site.data()).stream().filter(name -> name.endsWith(".edb")).toList());
    site.start().requireKnown().stop();
  }

  @Test
  void aDatabaseThatWasReplacedUnderItsNameComesBackAsTheNewOne() {
    backedUp().drop(B).create(B).work(B, 600, 20).stop().loseData();
    requireAllBack();
  }

  @Test
  void aCopyThatWasKeptOfADatabaseThatWasDroppedComesBack() throws IOException {
    backedUp().work(B, 120, 10).detach(B);
    Files.copy(site.file(B), site.file(C));
    site.attach(B);
    NavigableMap<String, NavigableMap<String, String>> all = site.known();
    site.drop(B);
    all.put(C, Objects.requireNonNull(all.remove(B)));
    site.know(all).attach(C).work(C, 500, 10);
    site.increment();
    site.work(C, 510, 3).stop().loseData();
    requireAllBack();
  }

  /** The one of the set was taken away, and is not missed where it lay. */
  @Test
  void aDatabaseThatWasDetachedAndWhosePathAnotherGotGivesWay() throws IOException {
    backedUp().detach(B);
    Files.delete(site.file(B));
    site.create(B).work(B, 600, 20).create(C).detach(C);
    Files.delete(site.file(C));
    site.create(C).work(C, 620, 20).detach(C).stop().loseData();
    requireAllBack();
  }

  /** The set does not hold it: it was attached behind it. */
  private Site withStranger() {
    site.start().create(C).work(C, 700, 20).detach(C);
    site.create(A).create(B).work(A, 0, 30).backup();
    return site.attach(C).work(C, 720, 20).work(A, 30, 5);
  }

  @Test
  void aDatabaseThatWasAttachedSinceIsRecoveredWhereItLies() {
    withStranger().die();
    Site.deleteFiles(site.data(), "[ab]\\.edb.*");
    requireAllBack();
  }

  @Test
  void aDatabaseThatWasAttachedSinceAndEndedInOrderIsLeftAlone() throws IOException {
    withStranger().stop();
    byte[] before = Files.readAllBytes(site.file(C));
    Site.deleteFiles(site.data(), "[ab]\\.edb.*");
    site.restore();
    assertArrayEquals(before, Files.readAllBytes(site.file(C)));
    site.start().requireKnown().stop();
  }

  @Test
  void aDatabaseThatWasAttachedSinceAndIsMissingIsMissedBeforeAnythingIsChanged() {
    withStranger().die();
    Site.deleteFiles(site.data(), "c\\.edb.*");
    NavigableMap<String, byte[]> before = Site.tree(site.root());
    Site.refused(JetErr.ATTACHED_DATABASE_MISMATCH, site::restore);
    Site.requireSame(before, Site.tree(site.root()));
    assertEquals(List.of(204, 494, 454, 205), site.eventNumbers());
  }

  @Test
  void aDatabaseThatWasAttachedSinceIsNoPartOfARestoreElsewhere() {
    withStranger().die();
    Path to = site.root().resolve("to");
    Site.makeDirectory(to);
    site.restore(site.backups(), Optional.of(to), Optional.empty(), StatusCallback.NONE);
    assertEquals(List.of(A, B), Site.names(to));
    Site.requireSound(to.resolve(A));
  }

  @Test
  void aDatabaseThatWasChangedByOthersMeanwhileIsNotRolledForward() throws IOException {
    backedUp().detach(B);
    NavigableMap<String, NavigableMap<String, String>> moment = site.known();
    Site other = new Site(kit.root().resolve("other"), kit.root().resolve("other-logs"), 50);
    Files.copy(site.file(B), other.file(B));
    other.know(moment).start().attach(B).work(B, 900, 5).stop();
    Files.delete(site.file(B));
    Files.copy(other.file(B), site.file(B));
    site.attach(B).work(B, 950, 1).stop();
    NavigableMap<String, byte[]> before = Site.tree(site.root());
    Site.refused(JetErr.ATTACHED_DATABASE_MISMATCH, site::restore);
    Site.requireSame(before, Site.tree(site.root()));
  }

  /** Its changes from before the backup are in the copy, and some of them in no log of the set. */
  @Test
  void aDatabaseThatWasChangedByOthersBeforeTheBackupIsRestored() throws IOException {
    site.start().create(A).create(B).detach(B).attach(B).work(B, 0, 30).detach(B);
    Site other = new Site(kit.root().resolve("other"), kit.root().resolve("other-logs"), 50);
    Files.copy(site.file(B), other.file(B));
    other.know(site.known()).start().attach(B).work(B, 30, 40).stop();
    site.know(other.known());
    Files.delete(site.file(B));
    Files.copy(other.file(B), site.file(B));
    site.attach(B).work(A, 100, 5).backup(() -> site.work(B, 70, 2)).work(B, 72, 1);
    site.stop().loseData();
    requireAllBack();
  }

  @Test
  void aDatabaseThatWasMovedSinceComesBackWhereItWasLast() throws IOException {
    backedUp().detach(B);
    Files.move(site.file(B), site.file("moved.edb"));
    NavigableMap<String, NavigableMap<String, String>> all = site.known();
    all.put("moved.edb", all.remove(B));
    site.know(all).attach("moved.edb").work("moved.edb", 900, 5).stop().loseData();
    site.restore();
    assertTrue(site.eventNumbers().contains(216), site.eventNumbers()::toString);
    assertFalse(Files.exists(site.file(B)));
    site.start().requireKnown().stop();
  }

  @Test
  void anOlderCopyThatWasAttachedMeanwhileIsNotRolledForward() throws IOException {
    backedUp().detach(B);
    byte[] old = Files.readAllBytes(site.file(B));
    site.attach(B).work(B, 900, 5).detach(B);
    Files.write(site.file(B), old);
    site.attach(B).work(B, 950, 1).stop();
    Site.refused(JetErr.ATTACHED_DATABASE_MISMATCH, site::restore);
  }

  /** A commit of many records, the last batch of which is damaged. */
  private void dieInACommit() throws IOException {
    NavigableMap<String, NavigableMap<String, String>> before = site.known();
    NavigableMap<String, String> entries = new TreeMap<>();
    for (int i = 0; i < 12; i++) {
      entries.put("key" + i, Site.text(i, 6_000));
    }
    JetSession reader = site.instance().beginSession(); // keeps what was before from being removed
    assertTrue(reader
        .openDatabase(site.file(A))
        .openTable(Site.TABLE)
        .cursor(KeyRange.all())
        .moveFirst());
    site.putAll(A, entries).die();
    site.know(before);
    long end = LogAddress.NONE;
    LogFiles log = LogFiles.scan(site.logs(), "edb");
    try (LogReader records = LogReader.open(log, 0)) {
      while (records.next()) {
        end = records.endsBlock() ? records.address() : end;
      }
    }
    Path file = log.last().path();
    assertEquals(log.last().generation().value(), LogAddress.generation(end));
    byte[] bytes = Files.readAllBytes(file);
    int at = LogAddress.offset(end) / 512 * 512;
    for (int i = at; i < bytes.length; i++) {
      bytes[i] = 0;
    }
    Files.write(file, bytes);
  }

  @Test
  void aCommitThatWasNotFinishedIsTakenBack() throws IOException {
    backedUp().work(A, 30, 10);
    dieInACommit();
    assertTrue(hasOpenBlock(), "the log ends within a block");
    site.loseData();
    requireAllBack();
  }

  @Test
  void aCommitThatWasNotFinishedIsTakenBackElsewhereToo() throws IOException {
    backedUp().work(A, 30, 10);
    dieInACommit();
    Path to = site.root().resolve("to");
    Site.makeDirectory(to);
    NavigableMap<String, byte[]> logs = Site.tree(site.logs());
    site.restore(site.backups(), Optional.of(to), Optional.empty(), StatusCallback.NONE);
    Site.requireSame(logs, Site.tree(site.logs()));
    Site other = new Site(kit.root().resolve("other"));
    for (String name : List.of(A, B)) {
      Files.copy(to.resolve(name), other.file(name));
    }
    other.know(site.known()).start().requireKnown().stop();
  }

  private boolean hasOpenBlock() {
    return LogReader.findEnd(LogFiles.scan(site.logs(), "edb"), 0).openBlock() != LogAddress.NONE;
  }

  @Test
  void whatARestoreFinishesIsPartOfTheLogThatGoesOn() {
    site.start().create(A).create(B).put(A, "large", Site.text(1, 9_000));
    try (JetSession reader = site.instance().beginSession();
        JetCursor cursor =
            reader.openDatabase(site.file(A)).openTable(Site.TABLE).cursor(KeyRange.all())) {
      assertTrue(cursor.moveFirst());
      site.put(A, "large", Site.text(2, 9_000)).backup(); // the old value waits for the reader
    }
    NavigableMap<String, NavigableMap<String, String>> moment = site.known();
    site.die().loseData().loseLogs();
    site.restore();
    site.know(moment).start().requireKnown().work(A, 0, 30).put(A, "large", Site.text(3, 9_000));
    site.stop().loseData();
    requireAllBack();
  }

  @Test
  void aSetIsRestoredAsOftenAsOneLikes() {
    backedUp().work(A, 30, 10).stop();
    for (int i = 0; i < 3; i++) {
      site.restore();
    }
    requireAllBack();
    assertFalse(Restore.isInterrupted(site.logs(), "edb"));
  }
}
