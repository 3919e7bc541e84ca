package org.jetbackup.engine.transaction;

import java.util.List;
import org.jetbackup.api.error.JetErr;
import org.jetbackup.api.error.JetErrorCategory;
import org.jetbackup.api.error.JetException;
import org.jetbackup.engine.event.Counters;
import org.jetbackup.engine.log.Journal;
import org.jetbackup.engine.log.RecordKind;
import org.jetbackup.engine.version.VersionStore;
import org.jspecify.annotations.Nullable;

/**
 * Removes separated values when their time has come: chunk by chunk, each a block of its own, then
 * the root in one block with the REMOVED record. A removal that breaks off goes on where it was,
 * because the root, which says how long the value is, goes last. Takes the turn for one value after
 * the other. Nothing is forced: what a crash takes back, recovery does again.
 */
final class RemovalRunner {

  private final Journal journal;
  private final VersionStore store;
  private final Removals removals;
  private final Counters counters;

  RemovalRunner(Journal journal, VersionStore store, Removals removals, Counters counters) {
    this.journal = journal;
    this.store = store;
    this.removals = removals;
    this.counters = counters;
  }

  /** After a commit, which has succeeded whatever happens here. */
  void tryDue() {
    try {
      runDue();
    } catch (JetException e) {
      // It stays pending, and the next commit or the checkpoint tries again.
    }
  }

  void runDue() {
    while (next() != null) {
      journal.enter();
      try {
        Removal removal = next(); // another thread may have been faster
        if (removal != null) {
          run(removal);
        }
      } finally {
        journal.leave();
      }
    }
  }

  void run(List<Removal> chosen) {
    for (Removal removal : chosen) {
      journal.enter();
      try {
        run(removal);
      } finally {
        journal.leave();
      }
    }
  }

  private @Nullable Removal next() {
    return removals.size() == 0 ? null : removals.nextDue(store.horizon());
  }

  /** A value that is damaged stays where it is; it would stop all others, and every checkpoint. */
  private void run(Removal removal) {
    try {
      remove(removal);
      removals.drop(removal);
    } catch (JetException e) {
      boolean gone = e.error() == JetErr.OBJECT_NOT_FOUND;
      if (!gone && e.error().category() != JetErrorCategory.CORRUPTION) {
        throw e;
      }
      removals.drop(removal);
      counters.removalGivenUp();
    }
  }

  private void remove(Removal removal) {
    boolean[] announced = new boolean[1];
    boolean done = false;
    try {
      boolean found = removal.state().writer().removeLongValue(removal.longValueId(), () -> {
        journal.beginBlock();
        announced[0] = true;
        journal.append(RecordKind.REMOVED, removal.payload());
        journal.endWithNext();
      });
      if (!found) {
        journal.append(RecordKind.REMOVED, removal.payload());
      }
      done = true;
    } finally {
      if (announced[0] && !done) {
        journal.append(RecordKind.REMOVAL, removal.payload()); // it is pending again
      }
      if (announced[0]) {
        journal.endBlock();
      }
    }
  }
}
