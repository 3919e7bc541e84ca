package org.jetbackup.engine.restore;

import org.jetbackup.engine.recovery.RecoveryPlaces;

/**
 * Where a restore finds and puts things. Immutable.
 *
 * @param recovery log, checkpoint file and databases of the instance
 * @param createsPaths whether directories that are missing are made
 * @param logging whether the instance has a log at all
 */
public record RestorePlaces(RecoveryPlaces recovery, boolean createsPaths, boolean logging) {}
