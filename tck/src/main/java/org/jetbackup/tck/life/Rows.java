package org.jetbackup.tck.life;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jetbackup.api.InstanceState;

/** Collects the rows of one state. */
final class Rows {

  private final InstanceState state;
  private final List<LifeRow> rows = new ArrayList<>();

  private Rows(InstanceState state) {
    this.state = state;
  }

  static Rows in(InstanceState state) {
    return new Rows(state);
  }

  /** These calls leave the state as it is. */
  Rows on(String source, Allowed allowed, LifeCall... calls) {
    return to(state, source, allowed, calls);
  }

  /** These calls lead to another state, if they succeed. */
  Rows to(InstanceState then, String source, Allowed allowed, LifeCall... calls) {
    for (LifeCall call : calls) {
      rows.add(new LifeRow(state, call, allowed, then, source));
    }
    return this;
  }

  /** The rows in the order of the calls. */
  List<LifeRow> inOrder() {
    return rows.stream().sorted(Comparator.comparing(LifeRow::call)).toList();
  }
}
