package org.jetbackup.tck.life;

import org.jetbackup.api.InstanceState;

/**
 * One row of the table.
 *
 * @param state the state in which the call is made
 * @param call the call
 * @param allowed the legal answers
 * @param then the state afterwards, if the call succeeds; after a failure it is as before
 * @param source where the answers come from: clauses, or a type of the api whose documentation says
 *     so
 */
public record LifeRow(
    InstanceState state, LifeCall call, Allowed allowed, InstanceState then, String source) {}
