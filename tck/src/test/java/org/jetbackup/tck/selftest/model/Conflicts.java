package org.jetbackup.tck.selftest.model;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Which transaction has changed which record, and which records were changed after which begin.
 * Guarded by the {@link Store}.
 *
 * <p>The first transaction to change a record has it until its end; nobody may change what was
 * committed after he began.
 */
final class Conflicts {

  private final Map<Change.Place, Transaction> writers = new HashMap<>();
  private final Map<Change.Place, Long> lastCommit = new HashMap<>();
  private long commits;

  /** The number of commits so far. */
  long commits() {
    return commits;
  }

  boolean concern(Transaction transaction, Change.Place place) {
    Transaction writer = writers.getOrDefault(place, transaction);
    return writer != transaction
        || lastCommit.getOrDefault(place, 0L) > transaction.start()
        || lastCommit.getOrDefault(place.wholeTable(), 0L) > transaction.start();
  }

  void changed(Transaction transaction, Change.Place place) {
    writers.put(place, transaction);
  }

  void committed(List<Change> changes) {
    commits++;
    changes.forEach(change -> lastCommit.put(change.place(), commits));
  }

  void ended(Transaction transaction) {
    writers.values().removeIf(transaction::equals);
  }

  /** The transactions that have changed something and not ended. */
  List<Transaction> open() {
    return new ArrayList<>(writers.values().stream().distinct().toList());
  }
}
