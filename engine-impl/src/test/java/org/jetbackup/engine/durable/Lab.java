package org.jetbackup.engine.durable;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jetbackup.api.Environment;
import org.jetbackup.api.JetEngine;
import org.jetbackup.api.JetInstance;
import org.jetbackup.api.param.Parameters;
import org.jetbackup.api.param.SystemParameter;
import org.jetbackup.engine.verify.DatabaseVerifier;
import org.jetbackup.engine.verify.VerifyOptions;
import org.jetbackup.engine.verify.VerifyReport;

/** Where instances are tried: two small directories, one for the log, one for databases. */
final class Lab {

  /** The smallest file of the log. */
  static final int LOG_BYTES = 64 << 10;

  private static final int LOG_KB = LOG_BYTES >> 10;
  private static final int LOG_BUFFERS = 16;
  private static final int PAGE_BYTES = 4096;
  private static final int INITIAL_PAGES = 34;
  private static final int EXTENSION_PAGES = 4;
  private static final long CACHE_BYTES = 512 << 10;
  private static final Instant BEGIN = Instant.parse("2026-11-26T08:00:00Z");
  private static final String ENGINE = "org.jetbackup.engine.instance.ReferenceEngine";

  /** What may lie beside databases and in the directory of the log, when an instance has ended. */
  private static final Pattern LOG_FILES =
      Pattern.compile("edb[0-9A-F]*\\.log|edbtmp\\.log|edb\\.chk|edbres[^/]*|jetbackup\\.lock");

  private Lab() {}

  /** The engine, without a bug that anybody knows of. */
  static JetEngine engine() {
    return engine(Lab.class.getClassLoader());
  }

  static JetEngine engine(ClassLoader loader) {
    try {
      return (JetEngine) loader.loadClass(ENGINE).getConstructor().newInstance();
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("the engine cannot be made", e);
    }
  }

  static Path logs(Path root) {
    return root.resolve("logs");
  }

  static Path data(Path root) {
    return root.resolve("data");
  }

  static Path database(Path root, String name) {
    return data(root).resolve(name);
  }

  static void makeDirectories(Path root) {
    try {
      Files.createDirectory(logs(root));
      Files.createDirectory(data(root));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Small files, a small cache, on the disk that is torn most easily. */
  static Parameters parameters(Path root) {
    return parameters(root, Disk.SMALL);
  }

  /** Small files, a small cache. */
  static Parameters parameters(Path root, Disk disk) {
    return Parameters.builder()
        .set(SystemParameter.SYSTEM_PATH, logs(root))
        .set(SystemParameter.LOG_FILE_SIZE, LOG_KB)
        .set(SystemParameter.LOG_SECTOR_SIZE, disk.logSector())
        .set(SystemParameter.LOG_BUFFERS, LOG_BUFFERS)
        .set(SystemParameter.DATABASE_PAGE_SIZE, PAGE_BYTES)
        .set(SystemParameter.DATABASE_INITIAL_SIZE, INITIAL_PAGES)
        .set(SystemParameter.DATABASE_EXTENSION_SIZE, EXTENSION_PAGES)
        .set(SystemParameter.CACHE_SIZE_BYTES, CACHE_BYTES)
        .build();
  }

  /**
   * Makes an instance that does the same whenever it is asked for the same.
   *
   * @param life tells instances apart that follow each other: each has a time and random numbers of
   *     its own, so that nothing left behind can be taken for its own by chance
   */
  static JetInstance instance(JetEngine engine, Parameters parameters, int life) {
    Environment environment = new Environment(
        Clock.fixed(BEGIN.plusSeconds(60L * life), ZoneOffset.UTC),
        new SplittableRandom(20_261_126L + life),
        Runnable::run);
    return engine.createInstance("crash", parameters, environment);
  }

  /** The names of the database files that are there, in ascending order. */
  static List<String> databases(Path root) {
    return names(data(root)).stream().filter(name -> name.endsWith(".edb")).toList();
  }

  static List<String> names(Path directory) {
    try (Stream<Path> entries = Files.list(directory)) {
      return entries.map(entry -> String.valueOf(entry.getFileName())).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Demands that every database is clean and sound, and nothing lies about. */
  static void requireTidy(Path root) {
    List<String> strange = new ArrayList<>();
    names(logs(root)).stream()
        .filter(name -> !LOG_FILES.matcher(name).matches())
        .forEach(strange::add);
    List<String> databases = databases(root);
    names(data(root)).stream()
        .filter(name -> !databases.contains(name))
        .filter(name -> !name.endsWith(".dwr")
            || !databases.contains(name.substring(0, name.length() - ".dwr".length())))
        .forEach(strange::add);
    if (!strange.isEmpty()) {
      throw new AssertionError("files that belong to nobody: " + strange);
    }
    for (String name : databases) {
      VerifyReport report = DatabaseVerifier.verify(
          database(root, name), VerifyOptions.DEFAULT.withCleanRequired(true));
      if (report.damage() + report.notes() > 0) {
        throw new AssertionError("after the instance has ended: " + report.describe());
      }
    }
  }
}
