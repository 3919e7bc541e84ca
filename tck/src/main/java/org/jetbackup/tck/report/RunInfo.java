package org.jetbackup.tck.report;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jetbackup.tck.Capability;
import org.jetbackup.tck.Storage;

/**
 * Who was judged, and how.
 *
 * @param engine the name of the engine
 * @param engineVersion its version
 * @param plugin the class that plugs it in
 * @param kit the version of the kit
 * @param seed from which every random choice followed
 * @param tries how many random histories each property tried
 * @param storages where the engine's files lay, one pass of the kit for each
 * @param capabilities what the engine declares, with what that implies
 * @param asked the chapters and clauses that were asked for, and what else limits the run; empty for
 *     all of it
 * @param started when the run began
 * @param taken how long it took
 */
public record RunInfo(
    String engine,
    String engineVersion,
    String plugin,
    String kit,
    long seed,
    int tries,
    List<Storage> storages,
    List<Capability> capabilities,
    List<String> asked,
    Instant started,
    Duration taken) {

  /** Copies and sorts. */
  public RunInfo {
    storages = storages.stream().sorted().toList();
    capabilities = capabilities.stream().sorted().toList();
    asked = List.copyOf(asked);
  }

  /** Engine and version. */
  public String subject() {
    return engineVersion.isBlank() ? engine : engine + " " + engineVersion;
  }

  /** The storages in words, such as {@code in memory and on disk}. */
  public String places() {
    return String.join(
        " and ",
        storages.stream()
            .map(storage -> storage == Storage.MEMORY ? "in memory" : "on disk")
            .toList());
  }
}
