package org.jetbackup.engine.backup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.function.IntFunction;
import org.jetbackup.api.backup.BackupGrbit;
import org.jetbackup.api.restore.BackupSet;
import org.jetbackup.api.restore.RestoreMoment;
import org.jetbackup.engine.instance.ReferenceEngine;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * Backups of a disk on which eight threads commit. Each set is restored by another instance, to
 * every one of its moments, while the threads go on; {@link CommitHistory} says what it has to hold.
 *
 * <p>In the ordinary build these are few. For more:
 *
 * <pre>
 * ./mvnw -pl engine-impl -am test -Dtest=BackupUnderLoadTest \
 *     -Dsurefire.failIfNoSpecifiedTests=false -Djetbackup.load.backups=20
 * </pre>
 *
 * <p>The first line that a run prints is what repeats its choices; which thread comes first is
 * chance. The files of a run that failed stay.
 */
class BackupUnderLoadTest {

  private static final int BACKUPS = Integer.getInteger("jetbackup.load.backups", 4);

  /** So many commits are acknowledged before a backup, at least. */
  private static final int COMMITS_BETWEEN_BACKUPS = 30;

  /** Behind each of its first steps a backup waits for commits, so that it has met some. */
  private static final int WAITING_STEPS = 6;

  private static final int COMMITS_BETWEEN_STEPS = 3;

  private final long seed = Long.getLong("jetbackup.load.seed", System.nanoTime());
  private final List<CommitHistory.Moment> chain = new ArrayList<>();
  private int restores;
  private int meanwhile;
  private int steps;

  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  Path directory;

  private void announce(int backups) {
    System.out.println("load: " + backups + " backups, -Djetbackup.load.backups=" + BACKUPS
        + " -Djetbackup.load.seed=" + seed);
  }

  @Test
  void everyMomentOfEverySetHoldsWhatWasCommittedWhenItWasMade() {
    announce(BACKUPS);
    try (LoadedSite site = new LoadedSite(directory, false, seed)) {
      for (int i = 0; i < BACKUPS; i++) {
        BackupGrbit grbit = kind(i);
        backup(site, grbit, target(i, BackupUnderLoadTest::kind));
        restoreAll(site, target(i, BackupUnderLoadTest::kind));
      }
      end(site);
    }
  }

  @Test
  void underCircularLoggingEverySetHoldsWhatWasCommittedWhenItWasMade() {
    int backups = Math.max(2, BACKUPS / 3);
    announce(backups);
    IntFunction<BackupGrbit> kinds = i -> i % 2 == 0 ? BackupGrbit.FULL : BackupGrbit.ATOMIC;
    try (LoadedSite site = new LoadedSite(directory, true, seed)) {
      for (int i = 0; i < backups; i++) {
        backup(site, kinds.apply(i), target(i, kinds));
        restoreAll(site, target(i, kinds));
      }
      end(site);
    }
  }

  @Test
  void foreignReadersSeeTheRowsOfARestoredChain() {
    announce(2);
    try (LoadedSite site = new LoadedSite(directory, false, seed)) {
      Path target = directory.resolve("backup");
      backup(site, BackupGrbit.FULL, target);
      backup(site, BackupGrbit.INCREMENTAL, target);
      site.close();
      RestoredCopy copy = copy(site).restore(target, Optional.empty());
      NavigableMap<StampedRow, Long> rows = copy.rows();
      requireRight(site, rows, chain.get(1));
      copy.compareWithForeignReaders(rows);
    }
  }

  /** A plain full backup and its increment, then an atomic one and two increments. */
  private static BackupGrbit kind(int number) {
    return switch (number % 5) {
      case 0 -> BackupGrbit.FULL;
      case 2 -> BackupGrbit.ATOMIC;
      default -> BackupGrbit.INCREMENTAL;
    };
  }

  /** Plain sets get directories of their own, atomic ones replace each other. */
  private Path target(int number, IntFunction<BackupGrbit> kinds) {
    BackupGrbit grbit = kinds.apply(number);
    if (grbit.isIncremental()) {
      return target(number - 1, kinds);
    }
    return directory.resolve(grbit.isAtomic() ? "atomic" : "plain" + number);
  }

  private void backup(LoadedSite site, BackupGrbit grbit, Path target) {
    if (!grbit.isIncremental()) {
      chain.clear();
    }
    Site.makeDirectories(target);
    site.history.awaitMore(COMMITS_BETWEEN_BACKUPS);
    steps = 0;
    long time = System.nanoTime();
    long commits = site.history.acknowledgements();
    long begin = site.history.event();
    site.instance.backup(target, grbit, (snp, snt, snprog) -> isAtStep(site.history));
    chain.add(new CommitHistory.Moment(begin, site.history.event()));
    time = System.nanoTime() - time;
    commits = site.history.acknowledgements() - commits;
    BackupSet set = new ReferenceEngine().verifyBackup(target);
    System.out.printf(
        Locale.ROOT,
        "load: %s to %s, %d ms, %d commits meanwhile; %d increments, %d KiB%n",
        grbit,
        target.getFileName(),
        time / 1_000_000,
        commits,
        set.incrementals(),
        set.bytesVerified() >> 10);
  }

  private void isAtStep(CommitHistory history) {
    steps++;
    if (steps <= WAITING_STEPS) {
      history.awaitMore(COMMITS_BETWEEN_STEPS);
    }
  }

  private void restoreAll(LoadedSite site, Path target) {
    List<RestoreMoment> moments = new ReferenceEngine().restoreMoments(target);
    assertEquals(chain.size(), moments.size());
    for (int i = 0; i < chain.size(); i++) {
      boolean isLast = i == chain.size() - 1;
      boolean isNamed = !isLast || restores % 2 == 0; // the last one need not be
      NavigableMap<StampedRow, Long> rows = copy(site)
          .restore(target, Optional.of(moments.get(i).genHigh()).filter(moment -> isNamed))
          .rows();
      requireRight(site, rows, chain.get(i));
      if (!isLast) {
        CommitHistory.Moment last = chain.get(chain.size() - 1);
        assertNotEquals(List.of(), site.history.check(rows, last).differences());
      }
    }
  }

  private RestoredCopy copy(LoadedSite site) {
    restores++;
    return new RestoredCopy(directory.resolve("copy" + restores), site.parameters);
  }

  private void requireRight(
      LoadedSite site, NavigableMap<StampedRow, Long> rows, CommitHistory.Moment moment) {
    CommitHistory.Findings findings = site.history.check(rows, moment);
    assertEquals(
        List.of(),
        findings.differences(),
        () -> moment + ", seed " + seed + ", restored to copy" + restores + " in " + directory);
    meanwhile += findings.meanwhile();
  }

  private void end(LoadedSite site) {
    site.close();
    site.history.requireNoFailure();
    System.out.printf(
        Locale.ROOT,
        "load: %d restores, %d commits, %d of them in sets whose backup had begun before%n",
        restores,
        site.history.acknowledgements(),
        meanwhile);
    assertTrue(meanwhile > 0, "no backup has met a commit");
  }
}
