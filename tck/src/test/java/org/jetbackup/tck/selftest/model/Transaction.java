package org.jetbackup.tck.selftest.model;

import java.util.ArrayList;
import java.util.List;

/**
 * A transaction: the state that was committed when it began, and its own changes on top. Guarded by
 * the session that runs it; the {@link Store} knows which records it has changed.
 */
final class Transaction {

  private final long start;
  private final List<Change> changes = new ArrayList<>();
  private State view;

  /**
   * Begins.
   *
   * @param start the number of commits before it
   */
  Transaction(long start, State view) {
    this.start = start;
    this.view = view;
  }

  long start() {
    return start;
  }

  State view() {
    return view;
  }

  List<Change> changes() {
    return changes;
  }

  void add(Change change) {
    changes.add(change);
    view = view.with(List.of(change));
  }
}
