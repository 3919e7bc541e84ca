package org.jetbackup.tck;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The settings of the run in this JVM, and the notes that its tests leave for the report.
 *
 * <p>This is static because neither test engine that runs the suites can hand anything to their
 * fixtures in another way. One run at a time in one JVM; the settings are read when a test begins.
 */
public final class Kit {

  private static volatile @Nullable KitSettings settings;
  private static volatile Consumer<String> watcher = text -> {};
  private static final Map<String, String> NOTES = new ConcurrentSkipListMap<>();

  private Kit() {}

  /** Judges the engine of this plug-in in memory, everything else as usual. */
  public static void use(EnginePlugin plugin) {
    use(KitSettings.of(plugin));
  }

  /** Runs with these settings from now on, and forgets the notes of an earlier run. */
  public static void use(KitSettings newSettings) {
    settings = newSettings;
    NOTES.clear();
  }

  /** The settings in force. */
  public static KitSettings settings() {
    return Optional.ofNullable(settings)
        .orElseThrow(() -> new IllegalStateException(
            "the kit does not know whom to judge: call Kit.use(new YourPlugin()), in a suite"
                + " from a static method with @BeforeSuite"));
  }

  /**
   * Leaves a note for the report, such as the number of call sequences that a test went through.
   *
   * @param test the test, as class and method joined by a dot, simple names
   */
  public static void note(String test, String text) {
    NOTES.put(test, text);
  }

  /**
   * Lets somebody hear how long work gets on.
   *
   * @param newWatcher hears a few words now and then, on the thread that works
   */
  public static void watch(Consumer<String> newWatcher) {
    watcher = newWatcher;
  }

  /** Tells whoever watches how far a test has come, in a few words. */
  public static void progress(String text) {
    watcher.accept(text);
  }

  /** The note that a test left, if it did. */
  public static Optional<String> noteOf(String test) {
    return Optional.ofNullable(NOTES.get(test));
  }
}
