package org.jetbackup.tck;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/**
 * What an engine may offer and need not. What it declares is tested; what it does not declare it must
 * refuse with {@code JET_errFeatureNotAvailable} (-1001) and without a side effect, which is tested
 * too.
 *
 * <p>A capability may imply others; {@link EnginePlugin#capabilities} need not list those.
 */
public enum Capability {
  /** A full backup that replaces the set in its directory in one step. */
  ATOMIC,
  /** A backup of the log written since the last backup. */
  INCREMENTAL,
  /** Circular logging can be switched on by parameter. */
  CIRCULAR_LOGGING,
  /** Logging can be switched off by parameter. */
  LOGGING_OFF,
  /** A backup without a directory truncates the log. */
  NULL_PATH,
  /** A restore into a directory of the caller's choice. */
  RESTORE_ELSEWHERE,
  /** A restore goes on with the log that lies in the log directory. */
  ROLL_FORWARD,
  /** Missing directories are made when the parameter says so. */
  CREATE_PATH,
  /** Event listeners are told about the steps of a backup and a restore. */
  EVENT_LOG,
  /** The status callback hears more than Begin and Complete of a full backup. */
  PROGRESS,
  /** A running backup can be stopped. */
  STOP_BACKUP,
  /** The service of an instance can be stopped. */
  STOP_SERVICE,
  /** The headers of databases can be read, with their backup records. */
  HEADER_INFORMATION,
  /** An instance can have more than one database. */
  SEVERAL_DATABASES,
  /** A backup can be verified without restoring it. */
  VERIFY_SET,
  /** The moments to which a backup can be restored can be listed. */
  LIST_MOMENTS,
  /** The plug-in answers {@link EnginePlugin#kindOf}. */
  FILE_KINDS,
  /** The engine touches only the file system of the paths that it is given. */
  READS_GIVEN_FILE_SYSTEM,
  /** Several sessions of one instance may be in transactions at a time. */
  CONCURRENT_SESSIONS;

  /** The word for it in the specification, such as {@code circular-logging}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The capability with that word. */
  public static Capability ofWord(String word) {
    return Arrays.stream(values())
        .filter(capability -> capability.word().equals(word))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no capability is called " + word));
  }

  /** What an engine with this capability has as well. */
  public Set<Capability> implied() {
    return switch (this) {
      case LIST_MOMENTS -> EnumSet.of(VERIFY_SET);
      default -> EnumSet.noneOf(Capability.class);
    };
  }

  /** The given capabilities and all that they imply. */
  static Set<Capability> closure(Set<Capability> declared) {
    EnumSet<Capability> closure = EnumSet.noneOf(Capability.class);
    declared.forEach(capability -> add(capability, closure));
    return Set.copyOf(closure);
  }

  private static void add(Capability capability, Set<Capability> closure) {
    if (closure.add(capability)) {
      capability.implied().forEach(implied -> add(implied, closure));
    }
  }
}
