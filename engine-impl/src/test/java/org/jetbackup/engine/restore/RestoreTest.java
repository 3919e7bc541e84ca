package org.jetbackup.engine.restore;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import org.jetbackup.api.backup.StatusCallback;
import org.junit.jupiter.api.Test;

/** What a restore of a whole set brings back. */
class RestoreTest extends OneSite {

  private Site worked() {
    return site.start().create(A).create(B).work(A, 0, 40).work(B, 100, 20);
  }

  @Test
  void aSetBringsAllDatabasesBackWhereThereIsNothingLeft() {
    worked().backup(() -> site.work(A, 40, 40).work(B, 120, 30));
    NavigableMap<String, NavigableMap<String, String>> moment = site.known();
    site.work(A, 80, 10).stop().loseData().loseLogs();
    NavigableMap<String, byte[]> set = Site.tree(site.backups());
    site.restore();
    Site.requireSame(set, Site.tree(site.backups()));
    site.know(moment).start().requireKnown();
    site.work(A, 200, 20).stop().start().requireKnown().stop();
    assertEquals(204, site.eventNumbers().get(0));
    assertEquals(205, site.eventNumbers().get(site.eventNumbers().size() - 1));
  }

  @Test
  void aSetGoesToADestinationAndLeavesEverythingElseAsItWas() throws IOException {
    worked().backup(() -> site.work(A, 40, 40));
    NavigableMap<String, NavigableMap<String, String>> moment = site.known();
    site.stop();
    Site other = new Site(kit.root().resolve("other"));
    NavigableMap<String, byte[]> before = Site.tree(site.root());
    other.restore(site.backups(), Optional.of(other.data()), Optional.empty(), StatusCallback.NONE);
    assertTrue(other.eventNumbers().contains(216), other.eventNumbers()::toString);
    Path moved = other.root();
    before.keySet().removeIf(name -> name.startsWith("other"));
    NavigableMap<String, byte[]> after = Site.tree(site.root());
    after.keySet().removeIf(name -> name.startsWith("other"));
    Site.requireSame(before, after);
    assertEquals(List.of(A, B), Site.names(other.data()));
    assertTrue(Files.exists(moved));
    other.know(moment).start().requireKnown().stop();
    site.start().requireKnown().stop();
  }

  @Test
  void withTheLiveLogNothingIsLost() {
    worked().backup(() -> site.work(A, 40, 40));
    site.work(A, 80, 40).work(B, 300, 20).stop().loseData();
    site.restore();
    site.start().requireKnown().work(A, 400, 20).stop().start().requireKnown().stop();
  }

  @Test
  void theLiveLogOfAnInstanceThatDiedIsReplayedToItsEnd() {
    worked().backup(() -> site.work(A, 40, 40));
    site.work(A, 80, 40).work(B, 300, 20).die().loseData();
    site.restore();
    site.start().requireKnown().work(A, 400, 20).stop().start().requireKnown().stop();
  }
}
