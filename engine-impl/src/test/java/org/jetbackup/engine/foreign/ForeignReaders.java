package org.jetbackup.engine.foreign;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;

/** The foreign readers that tests know, and what is to be done where they are not installed. */
public final class ForeignReaders {

  /**
   * Set to {@code required}, a reader that is not installed fails a test instead of skipping it.
   */
  public static final String PROPERTY = "jetbackup.foreign";

  private static final String REQUIRED = "required";

  /** For one run over one database: 60,000 rows take 15 seconds. */
  private static final Duration LIMIT = Duration.ofMinutes(2);

  private static final List<ForeignReader> ALL =
      List.of(new EsedbExport(LIMIT), new Impacket(LIMIT));

  private ForeignReaders() {}

  /** {@return every reader, installed or not: the arguments of a parameterised test} */
  public static List<ForeignReader> all() {
    return ALL;
  }

  /**
   * Skips or fails the running test if no reader is installed, and fails it if any is missing where
   * they are required.
   *
   * @return the readers that are installed, at least one
   */
  public static List<ForeignReader> require() {
    List<ForeignReader> here = ALL.stream().filter(ForeignReader::isHere).toList();
    if (isRequired()) {
      ALL.forEach(ForeignReaders::require);
    }
    Assumptions.assumeFalse(here.isEmpty(), "no foreign reader is installed");
    return here;
  }

  /**
   * Skips or fails the running test if a reader is not installed.
   *
   * @param reader the reader
   */
  public static void require(ForeignReader reader) {
    require(reader, isRequired());
  }

  static void require(ForeignReader reader, boolean required) {
    if (!reader.isHere()) {
      String reason = reader.name() + " is not installed (package " + reader.origin() + ")";
      if (required) {
        Assertions.fail(reason + ", and " + PROPERTY + "=" + REQUIRED);
      }
      Assumptions.abort(reason);
    }
  }

  private static boolean isRequired() {
    return REQUIRED.equals(System.getProperty(PROPERTY));
  }
}
