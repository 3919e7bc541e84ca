package org.jetbackup.tck.launcher;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jetbackup.tck.CrashSettings;
import org.jetbackup.tck.explore.Workload;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What the command line asks about crashes. */
final class CrashOptions {

  private static final Pattern SHARD = Pattern.compile("([0-9]{1,6})/([0-9]{1,6})");
  private static final String REPLAYS = "crashes";

  /** How far to go. */
  enum Pace {
    QUICK,
    FULL;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  @Option(
      names = "--crashes",
      paramLabel = "PACE",
      description = "How many states after a crash are judged: quick (10,000 at most) or full"
          + " (500,000). Default: ${DEFAULT-VALUE}.")
  private Pace pace = Pace.QUICK;

  @Option(
      names = "--workload",
      paramLabel = "NAME",
      split = ",",
      description = "Crash, and sweep faults, only during these workloads. May be repeated.")
  private List<String> workloads = new ArrayList<>();

  @Option(
      names = "--shard",
      paramLabel = "I/N",
      description = "Judge only the I-th of N parts of these states, to share them among machines.")
  private @Nullable String shard;

  @Option(
      names = "--replay",
      paramLabel = "FILE",
      description = "Judge the one state in this file, from the report of a failure, and tell all.")
  private @Nullable String replay;

  /** The file to replay, if one is asked for. */
  @Nullable
  String replay() {
    return replay;
  }

  /**
   * The settings.
   *
   * @param reports where reports go; replay files go into a directory beneath
   * @throws IllegalArgumentException if the part makes no sense, or there is no such workload
   */
  CrashSettings settings(Path reports) {
    for (String word : workloads) {
      if (!Workload.words().contains(word)) {
        throw new IllegalArgumentException(
            "--workload: there is no " + word + ", but " + String.join(", ", Workload.words()));
      }
    }
    CrashSettings settings = CrashSettings.QUICK
        .going(pace == Pace.FULL)
        .during(Set.copyOf(workloads))
        .writing(reports.resolve(REPLAYS));
    if (shard == null) {
      return settings;
    }
    Matcher parts = SHARD.matcher(shard);
    if (!parts.matches()) {
      throw new IllegalArgumentException("--shard is like 2/5, but not " + shard);
    }
    int number = Integer.parseInt(parts.group(1));
    int of = Integer.parseInt(parts.group(2));
    if (number < 1 || number > of) {
      throw new IllegalArgumentException("--shard: there is no part " + number + " of " + of);
    }
    return settings.part(number, of);
  }
}
