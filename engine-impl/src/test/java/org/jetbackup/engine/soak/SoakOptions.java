package org.jetbackup.engine.soak;

import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * What a soak does. Every part is a system property {@code jetbackup.soak.<name>}, of the test as of
 * the process that it kills.
 *
 * @param engine the class of the engine
 * @param seed what all choices are made from
 * @param kills how often the process is killed; 0 for as often as time allows
 * @param minutes after which no new round begins; 0 for no end but the number of kills
 * @param acknowledgements at most so many commits between two kills
 * @param writers how many threads write, fewer than {@link Keys#SHARED}
 * @param keys how many keys each of them has in each table
 * @param sharedKeys how many keys they have together
 * @param pageBytes the size of a page
 * @param logKib the size of a log file in KiB
 * @param cacheBytes the size of the page cache: small, so that pages are written in between
 * @param checkpointBytes how much log may lie behind the checkpoint
 * @param circular whether logs behind the checkpoint are used again
 * @param stallSeconds after so long without a message, the process is said to hang
 */
record SoakOptions(
    String engine,
    long seed,
    int kills,
    int minutes,
    int acknowledgements,
    int writers,
    int keys,
    int sharedKeys,
    int pageBytes,
    int logKib,
    long cacheBytes,
    long checkpointBytes,
    boolean circular,
    int stallSeconds) {

  private static final String PREFIX = "jetbackup.soak.";
  private static final String ENGINE = "org.jetbackup.engine.instance.ReferenceEngine";
  private static final int SHORT_KILLS = 3;
  private static final int SHORT_ACKNOWLEDGEMENTS = 400;
  private static final int LONG_ACKNOWLEDGEMENTS = 20_000;

  /** Whether a property asks for more than the few kills of the ordinary build. */
  static boolean isLong() {
    return number("minutes", 0) > 0 || number("kills", 0) > 0;
  }

  /**
   * Takes the properties that are set; the seed chooses the rest.
   *
   * @param seed the seed, unless a property says another
   * @return the options
   */
  static SoakOptions fromProperties(long seed) {
    long chosen = Long.getLong(PREFIX + "seed", seed);
    RandomGenerator random = new SplittableRandom(chosen);
    boolean isLong = isLong();
    int pageBytes = number("pageBytes", oneOf(random, 4096, 8192, 16384, 32768));
    return new SoakOptions(
        System.getProperty(PREFIX + "engine", ENGINE),
        chosen,
        number("kills", isLong ? 0 : SHORT_KILLS),
        number("minutes", 0),
        number("acknowledgements", isLong ? LONG_ACKNOWLEDGEMENTS : SHORT_ACKNOWLEDGEMENTS),
        number("writers", 8),
        number("keys", isLong ? 400 : 60),
        number("sharedKeys", 24),
        pageBytes,
        number("logKib", oneOf(random, 64, 256, 1024)),
        number("cacheBytes", pageBytes * oneOf(random, 80, 160, 1000)),
        number("checkpointBytes", oneOf(random, 1 << 17, 1 << 20, 1 << 22)),
        Boolean.parseBoolean(System.getProperty(PREFIX + "circular", "true")),
        number("stallSeconds", 300));
  }

  private static int number(String name, int otherwise) {
    return Integer.getInteger(PREFIX + name, otherwise);
  }

  private static int oneOf(RandomGenerator random, int... choices) {
    return choices[random.nextInt(choices.length)];
  }

  /** The arguments that give another JVM the same options. */
  List<String> toArguments() {
    return List.of(
        property("engine", engine),
        property("seed", seed),
        property("kills", kills),
        property("minutes", minutes),
        property("acknowledgements", acknowledgements),
        property("writers", writers),
        property("keys", keys),
        property("sharedKeys", sharedKeys),
        property("pageBytes", pageBytes),
        property("logKib", logKib),
        property("cacheBytes", cacheBytes),
        property("checkpointBytes", checkpointBytes),
        property("circular", circular),
        property("stallSeconds", stallSeconds));
  }

  private static String property(String name, Object value) {
    return "-D" + PREFIX + name + "=" + value;
  }

  /** What a run is repeated with; threads and kills fall differently each time. */
  String replay() {
    return String.join(" ", toArguments());
  }
}
