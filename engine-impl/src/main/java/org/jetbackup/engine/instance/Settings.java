package org.jetbackup.engine.instance;

import java.nio.file.Path;
import org.jetbackup.api.error.JetErr;
import org.jetbackup.api.error.JetException;
import org.jetbackup.api.error.Subject;
import org.jetbackup.api.param.Parameters;
import org.jetbackup.api.param.SystemParameter;
import org.jetbackup.engine.buffer.PageCache;
import org.jetbackup.engine.catalog.DatabaseOptions;
import org.jetbackup.engine.format.FileNames;
import org.jetbackup.engine.format.PageSize;
import org.jetbackup.engine.log.LogOptions;
import org.jetbackup.engine.recovery.RecoveryPlaces;
import org.jetbackup.engine.restore.RestorePlaces;
import org.jetbackup.engine.storage.Directories;

/**
 * The parameters of an instance, checked against each other. Immutable.
 *
 * @param parameters as they were given
 * @param systemPath the directory of the checkpoint file
 * @param logPath the directory of the log
 * @param pageSize the size of all pages
 */
record Settings(Parameters parameters, Path systemPath, Path logPath, PageSize pageSize) {

  private static final int LEGACY_ENDINGS = 1;
  private static final int KIB = 1024;

  /** Records are cut into batches, but a batch for every few bytes would be a waste. */
  private static final int LOG_BUFFER_BYTES_MIN = 16 * KIB;

  private static final int LOG_BUFFER_BYTES_MAX = 1 << 20;

  /**
   * Checks parameters.
   *
   * @throws JetException {@link JetErr#INVALID_PARAMETER} naming the one that does not fit
   */
  static Settings of(Parameters parameters) {
    Path systemPath = parameters.get(SystemParameter.SYSTEM_PATH);
    Path logPath = parameters.get(SystemParameter.LOG_FILE_PATH);
    PageSize size = PageSize.ofBytes(parameters.get(SystemParameter.DATABASE_PAGE_SIZE));
    long cache = parameters.get(SystemParameter.CACHE_SIZE_BYTES);
    long least = (long) PageCache.PAGES_MIN * size.bytes();
    if (cache < least) {
      throw invalid(
          SystemParameter.CACHE_SIZE_BYTES.name(),
          cache,
          "at least " + least + " with pages of " + size.bytes() + " bytes");
    }
    int names = parameters.get(SystemParameter.LEGACY_FILE_NAMES);
    if ((names & LEGACY_ENDINGS) == 0) {
      throw invalid(SystemParameter.LEGACY_FILE_NAMES.name(), names, "1 or 3");
    }
    if (systemPath.getFileSystem() != logPath.getFileSystem()) {
      throw invalid(
          SystemParameter.LOG_FILE_PATH.name(), logPath, "on the file system of SystemPath");
    }
    return new Settings(parameters, systemPath, logPath, size);
  }

  boolean isLogging() {
    return parameters.isLogging();
  }

  String baseName() {
    return parameters.get(SystemParameter.BASE_NAME);
  }

  Path checkpointFile() {
    return FileNames.checkpoint(systemPath, baseName());
  }

  DatabaseOptions databaseOptions() {
    long pages =
        Math.max(parameters.get(SystemParameter.DATABASE_INITIAL_SIZE), DatabaseOptions.PAGES_MIN);
    return new DatabaseOptions(pageSize, pages, extensionPages());
  }

  long extensionPages() {
    return parameters.get(SystemParameter.DATABASE_EXTENSION_SIZE);
  }

  LogOptions logOptions() {
    int sector = parameters.get(SystemParameter.LOG_SECTOR_SIZE);
    long wanted = (long) parameters.get(SystemParameter.LOG_BUFFERS) * sector;
    return new LogOptions(
        logPath,
        baseName(),
        parameters.get(SystemParameter.LOG_FILE_SIZE) * KIB,
        sector,
        (int) Math.min(LOG_BUFFER_BYTES_MAX, Math.max(LOG_BUFFER_BYTES_MIN, wanted)),
        parameters.get(SystemParameter.CIRCULAR_LOG),
        pageSize);
  }

  RecoveryPlaces recoveryPlaces() {
    return new RecoveryPlaces(
        logOptions(),
        checkpointFile(),
        parameters.find(SystemParameter.ALTERNATE_DATABASE_RECOVERY_PATH),
        extensionPages());
  }

  RestorePlaces restorePlaces() {
    return new RestorePlaces(
        recoveryPlaces(), parameters.get(SystemParameter.CREATE_PATH_IF_NOT_EXIST), isLogging());
  }

  /** Sees to it that the directories are there. */
  void requireDirectories() {
    require(systemPath, JetErr.INVALID_PATH);
    require(logPath, JetErr.INVALID_LOG_DIRECTORY);
  }

  /** Sees to it that the directory for a backup is there. */
  Path existing(Path directory) {
    require(directory, JetErr.INVALID_PATH);
    return directory;
  }

  private void require(Path directory, JetErr otherwise) {
    if (Directories.exists(directory)) {
      return;
    }
    if (!parameters.get(SystemParameter.CREATE_PATH_IF_NOT_EXIST)) {
      throw JetException.of(otherwise, Subject.path(directory));
    }
    Directories.createWithParents(directory, made -> {});
  }

  private static JetException invalid(String name, Object value, String allowed) {
    return JetException.of(JetErr.INVALID_PARAMETER, Subject.value(name, value, allowed));
  }
}
