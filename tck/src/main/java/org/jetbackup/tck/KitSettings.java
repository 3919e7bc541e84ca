package org.jetbackup.tck;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * How the kit runs. Immutable.
 *
 * @param plugin whom to judge
 * @param capabilities what the engine offers, implied ones included; asked once
 * @param storage where the engine's files lie
 * @param seed every random choice follows from it
 * @param tries how many random histories each property tries
 * @param limit how long one test may give no sign of life before its verdict is <i>hung</i>
 * @param command how the kit was started, for the replay lines of failures
 * @param history a history to run instead of random and enumerated ones, if any
 * @param crashes how far the kit goes when it lets the engine crash
 */
public record KitSettings(
    EnginePlugin plugin,
    Set<Capability> capabilities,
    Storage storage,
    long seed,
    int tries,
    Duration limit,
    String command,
    Optional<String> history,
    CrashSettings crashes) {

  /** The seed unless another one is asked for. */
  public static final long SEED_DEFAULT = 1;

  /** The number of random histories unless another one is asked for. */
  public static final int TRIES_DEFAULT = 200;

  /** The limit of one test unless another one is asked for. */
  public static final Duration LIMIT_DEFAULT = Duration.ofMinutes(15);

  /**
   * Settings for a run with everything as usual: in memory, or on disk if the engine cannot be kept
   * to the file system that it is given.
   */
  public static KitSettings of(EnginePlugin plugin) {
    Set<Capability> declared = Capability.closure(plugin.capabilities());
    return new KitSettings(
        plugin,
        declared,
        declared.contains(Capability.READS_GIVEN_FILE_SYSTEM) ? Storage.MEMORY : Storage.DISK,
        SEED_DEFAULT,
        TRIES_DEFAULT,
        LIMIT_DEFAULT,
        "java org.jetbackup.tck.launcher.Main --engine " + plugin.getClass().getName(),
        Optional.empty(),
        CrashSettings.QUICK);
  }

  /** The same with other storage. */
  public KitSettings on(Storage other) {
    return new KitSettings(
        plugin, capabilities, other, seed, tries, limit, command, history, crashes);
  }

  /** The same with another seed. */
  public KitSettings withSeed(long other) {
    return new KitSettings(
        plugin, capabilities, storage, other, tries, limit, command, history, crashes);
  }

  /** The same with another number of random histories. */
  public KitSettings withTries(int other) {
    return new KitSettings(
        plugin, capabilities, storage, seed, other, limit, command, history, crashes);
  }

  /** The same with another limit for one test. */
  public KitSettings withLimit(Duration other) {
    return new KitSettings(
        plugin, capabilities, storage, seed, tries, other, command, history, crashes);
  }

  /** The same, started by another command. */
  public KitSettings startedBy(String other) {
    return new KitSettings(
        plugin, capabilities, storage, seed, tries, limit, other, history, crashes);
  }

  /** The same, but running one given history. */
  public KitSettings replaying(String other) {
    return new KitSettings(
        plugin, capabilities, storage, seed, tries, limit, command, Optional.of(other), crashes);
  }

  /** The same, going another way about crashes. */
  public KitSettings crashing(CrashSettings other) {
    return new KitSettings(
        plugin, capabilities, storage, seed, tries, limit, command, history, other);
  }
}
