package org.jetbackup.api.param;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The catalogue of parameters.
 *
 * <p>Numbers, names, units and limits are the original's where it has the parameter. Those numbered
 * from {@value Parameter#FIRST_OWN_NUMBER} are ours; each says why it is needed. Parameters that
 * steer what this api does not have (temporary tables, read-ahead of backups, shadow copies) are
 * left out.
 *
 * <p>Immutable and thread-safe. Source: the public page
 * <i>extensible-storage-engine-system-parameters</i> and the pages named at the constants.
 */
public final class SystemParameter {

  /**
   * Directory of the checkpoint file. No default: an instance always says where it lives. Page
   * <i>transaction-log-parameters</i>.
   */
  public static final Parameter<Path> SYSTEM_PATH = Parameter.path(0, "SystemPath");

  /**
   * Directory of the log files, and of the live logs that a restore rolls forward with. As {@link
   * #SYSTEM_PATH} unless set. Page <i>transaction-log-parameters</i>.
   */
  public static final Parameter<Path> LOG_FILE_PATH =
      Parameter.pathLike(2, "LogFilePath", SYSTEM_PATH);

  /**
   * The prefix of all file names of the instance, three letters or digits of ASCII. Page
   * <i>transaction-log-parameters</i>.
   */
  public static final Parameter<String> BASE_NAME = Parameter.text(
      3, "BaseName", "edb", "three ASCII letters or digits", v -> v.matches("[A-Za-z0-9]{3}"));

  /** The name of the source in events, at most 259 characters. Page <i>event-log-parameters</i>. */
  public static final Parameter<String> EVENT_SOURCE =
      Parameter.text(4, "EventSource", "", "at most 259 characters", v -> v.length() <= 259);

  /**
   * How many sessions may be open at once; one more is {@code -1101}. Page
   * <i>resource-parameters</i>.
   */
  public static final Parameter<Integer> MAX_SESSIONS =
      Parameter.integer(5, "MaxSessions", "sessions", 16, 0, 30_000);

  /**
   * Size of each log file in units of 1,024 bytes; all files of a sequence have the same. Page
   * <i>transaction-log-parameters</i>.
   */
  public static final Parameter<Integer> LOG_FILE_SIZE =
      Parameter.integer(11, "LogFileSize", "KB", 5_120, 64, 32_768);

  /** Size of the log's buffer in sectors of the log. Page <i>transaction-log-parameters</i>. */
  public static final Parameter<Integer> LOG_BUFFERS =
      Parameter.integer(12, "LogBuffers", "sectors", 126, 1, Integer.MAX_VALUE);

  /**
   * Whether log files behind the checkpoint are reused or deleted without a backup. While true, an
   * incremental backup is {@code -526}. Page <i>transaction-log-parameters</i>.
   */
  public static final Parameter<Boolean> CIRCULAR_LOG = Parameter.flag(17, "CircularLog", false);

  /** How many pages a database grows by. Page <i>database-parameters</i>. */
  public static final Parameter<Integer> DATABASE_EXTENSION_SIZE =
      Parameter.integer(18, "DbExtensionSize", "pages", 256, 1, Integer.MAX_VALUE);

  /**
   * How much log may lie between the checkpoint and the end of the log before the engine writes
   * pages to let the checkpoint advance. Smaller means fewer log files in a backup. Page
   * <i>transaction-log-parameters</i>.
   */
  public static final Parameter<Long> CHECKPOINT_DEPTH_MAX =
      Parameter.size(24, "CheckpointDepthMax", 20_971_520, 0);

  /**
   * Whether the instance logs and recovers: {@code on} or {@code off}, in either case. When off, a
   * backup is {@code -516}. Page <i>transaction-log-parameters</i>.
   */
  public static final Parameter<String> RECOVERY = Parameter.text(
      34,
      "Recovery",
      "on",
      "on or off",
      v -> v.equalsIgnoreCase("on") || v.equalsIgnoreCase("off"));

  /** Whether events of severity information are dropped. Page <i>event-log-parameters</i>. */
  public static final Parameter<Boolean> NO_INFORMATION_EVENT =
      Parameter.flag(50, "NoInformationEvent", false);

  /** How detailed events may be to be sent; 0 sends none. Page <i>event-log-parameters</i>. */
  public static final Parameter<Integer> EVENT_LOGGING_LEVEL =
      Parameter.integer(51, "EventLoggingLevel", "", 100, 0, 100);

  /**
   * Whether recovery may delete log files that lie beside the sequence. Page
   * <i>backup-and-restore-parameters</i>.
   */
  public static final Parameter<Boolean> DELETE_OUT_OF_RANGE_LOGS =
      Parameter.flag(52, "DeleteOutOfRangeLogs", false);

  /**
   * Size of a database page. Here a setting of the instance and 8,192 unless set; the original's is
   * a setting of the process and 4,096. A database with another page size is {@code -1213}. Page
   * <i>database-parameters</i>.
   */
  public static final Parameter<Integer> DATABASE_PAGE_SIZE =
      Parameter.powerOfTwo(64, "DatabasePageSize", "bytes", 8_192, 4_096, 32_768);

  /**
   * Whether a recovered instance may replace log files of another size than {@link #LOG_FILE_SIZE}
   * instead of answering {@code -545}. Page <i>backup-and-restore-parameters</i>.
   */
  public static final Parameter<Boolean> CLEANUP_MISMATCHED_LOG_FILES =
      Parameter.flag(77, "CleanupMismatchedLogFiles", false);

  /**
   * Whether missing directories are created; when false they are {@code -1023}. Page
   * <i>i-o-parameters</i>.
   */
  public static final Parameter<Boolean> CREATE_PATH_IF_NOT_EXIST =
      Parameter.flag(100, "CreatePathIfNotExist", false);

  /**
   * Directory in which recovery looks for the databases that the log names, instead of their
   * original places. No default: original places hold. Page <i>backup-and-restore-parameters</i>.
   */
  public static final Parameter<Path> ALTERNATE_DATABASE_RECOVERY_PATH =
      Parameter.path(113, "AlternateDatabaseRecoveryPath");

  /**
   * Bits for the form of file names: 1 the endings {@code .log} and {@code .chk}, 2 short
   * generation numbers while they last. Page <i>transaction-log-parameters</i>.
   */
  public static final Parameter<Integer> LEGACY_FILE_NAMES =
      Parameter.integer(136, "LegacyFileNames", "bits", 1, 0, 3);

  /**
   * How many log generations may lie behind the checkpoint before changes are refused with {@code
   * -614}. Known from the original's source only.
   */
  public static final Parameter<Integer> CHECKPOINT_TOO_DEEP =
      Parameter.integer(154, "CheckpointTooDeep", "generations", 0x1_0000, 0x20, 0x1_0000);

  /**
   * Ours: the sector of the log, the unit in which it is written. The original takes it from the
   * device, which {@code java.nio.file} does not tell; tests also want both common sizes on one
   * machine.
   */
  public static final Parameter<Integer> LOG_SECTOR_SIZE =
      Parameter.powerOfTwo(100_000, "LogSectorSize", "bytes", 512, 512, 4_096);

  /** Ours: the pages of a new database. The original fixes them; exhaustive tests need few. */
  public static final Parameter<Integer> DATABASE_INITIAL_SIZE =
      Parameter.integer(100_001, "DatabaseInitialSize", "pages", 256, 16, Integer.MAX_VALUE);

  /**
   * Ours: the size of the page cache in bytes. The original counts it in pages, for the whole
   * process.
   */
  public static final Parameter<Long> CACHE_SIZE_BYTES =
      Parameter.size(100_002, "CacheSizeBytes", 16L << 20, 256L << 10);

  /**
   * Ours: the size of the store of old versions in bytes; a transaction that needs more is {@code
   * -1069}. The original counts it in pages of a size of its own.
   */
  public static final Parameter<Long> VERSION_STORE_SIZE_BYTES =
      Parameter.size(100_003, "VersionStoreSizeBytes", 8L << 20, 64L << 10);

  /**
   * Ours: how long a backup waits before it reads a page again that it could not read or verify,
   * times the number of the attempt; it tries 16 times more. The original waits 100 ms. 0 for not
   * at all.
   */
  public static final Parameter<Integer> BACKUP_RETRY_PAUSE =
      Parameter.integer(100_004, "BackupRetryPause", "ms", 100, 0, 10_000);

  private static final List<Parameter<?>> ALL = List.of(
      SYSTEM_PATH,
      LOG_FILE_PATH,
      BASE_NAME,
      EVENT_SOURCE,
      MAX_SESSIONS,
      LOG_FILE_SIZE,
      LOG_BUFFERS,
      CIRCULAR_LOG,
      DATABASE_EXTENSION_SIZE,
      CHECKPOINT_DEPTH_MAX,
      RECOVERY,
      NO_INFORMATION_EVENT,
      EVENT_LOGGING_LEVEL,
      DELETE_OUT_OF_RANGE_LOGS,
      DATABASE_PAGE_SIZE,
      CLEANUP_MISMATCHED_LOG_FILES,
      CREATE_PATH_IF_NOT_EXIST,
      ALTERNATE_DATABASE_RECOVERY_PATH,
      LEGACY_FILE_NAMES,
      CHECKPOINT_TOO_DEEP,
      LOG_SECTOR_SIZE,
      DATABASE_INITIAL_SIZE,
      CACHE_SIZE_BYTES,
      VERSION_STORE_SIZE_BYTES,
      BACKUP_RETRY_PAUSE);

  private SystemParameter() {}

  /** {@return all parameters, ordered by number; unmodifiable} */
  public static List<Parameter<?>> all() {
    return ALL;
  }

  /**
   * Finds a parameter by its number.
   *
   * @param number any number
   * @return the parameter; empty if the catalogue does not have it
   */
  public static Optional<Parameter<?>> ofNumber(int number) {
    return ALL.stream().filter(parameter -> parameter.number() == number).findFirst();
  }

  /**
   * Finds a parameter by its name.
   *
   * @param name any name, in either case, without the prefix {@code JET_param}
   * @return the parameter; empty if the catalogue does not have it
   */
  public static Optional<Parameter<?>> ofName(String name) {
    return ALL.stream()
        .filter(parameter -> parameter.name().equalsIgnoreCase(name))
        .findFirst();
  }
}
