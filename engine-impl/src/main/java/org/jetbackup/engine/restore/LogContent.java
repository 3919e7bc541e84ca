package org.jetbackup.engine.restore;

import org.jetbackup.engine.format.Signature;
import org.jetbackup.engine.log.LogEnd;
import org.jetbackup.engine.recovery.Analysis;

/**
 * What the first pass over the log has shown. Immutable, but for the analysis.
 *
 * @param logs what was read
 * @param live what lies in the log directory
 * @param analysis of all records
 * @param end where the log ends
 */
record LogContent(SourceLogs logs, LiveLogs live, Analysis analysis, LogEnd end) {

  Signature signature() {
    return logs.all().last().header().facts().signature();
  }
}
