package org.jetbackup.tck.life;

import org.jetbackup.api.InstanceState;

/**
 * One row of the table.
 *
 * @param state the state in which the call is made
 * @param call the call
 * @param allowed the legal answers
 * @param then the state afterwards, if the call succeeds; if it is refused, that is as before
 * @param source where the answers come from: clauses, or a type of the api whose documentation says
 *     so
 */
public record LifeRow(
    InstanceState state, LifeCall call, Allowed allowed, InstanceState then, String source) {

  /** The source of a row of which nothing speaks. */
  public static final String NO_SOURCE = "none";

  /** Whether some source speaks of the call in this state; if none does, any answer will do. */
  public boolean hasSource() {
    return !source.equals(NO_SOURCE);
  }
}
