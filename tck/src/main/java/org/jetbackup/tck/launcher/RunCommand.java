package org.jetbackup.tck.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jetbackup.spec.Catalogue;
import org.jetbackup.spec.Clause;
import org.jetbackup.tck.Capability;
import org.jetbackup.tck.CrashSettings;
import org.jetbackup.tck.EnginePlugin;
import org.jetbackup.tck.Kit;
import org.jetbackup.tck.KitSettings;
import org.jetbackup.tck.Storage;
import org.jetbackup.tck.explore.Exploration;
import org.jetbackup.tck.explore.Explorations;
import org.jetbackup.tck.explore.FaultSweep;
import org.jetbackup.tck.explore.SweepRow;
import org.jetbackup.tck.report.KitReport;
import org.jetbackup.tck.report.KnownList;
import org.jetbackup.tck.report.ReplayCommand;
import org.jetbackup.tck.workload.History;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What the command line asks for. */
@Command(
    name = "tck",
    description = "Judges an engine by the clauses of the jetbackup specification.",
    mixinStandardHelpOptions = true,
    versionProvider = RunCommand.Version.class,
    sortOptions = false,
    footerHeading = "%nExamples:%n",
    footer = {
      "  (tck stands for: java -cp ... org.jetbackup.tck.launcher.Main)",
      "  tck --engine com.example.AcmePlugin --engine-path acme.jar",
      "      judges by every clause, in memory and on disk",
      "  tck --engine com.example.AcmePlugin --chapter atomic,incremental --tries 1000",
      "      judges by two chapters, with more random histories",
      "  tck --engine com.example.AcmePlugin --clause FULL-3 --storage memory --seed 42",
      "      shows one failure again",
      "  tck --engine com.example.AcmePlugin --chapter crash --crashes full --shard 1/4",
      "      crashes it at every operation, a quarter of all that can be left",
      "  tck --engine com.example.AcmePlugin --replay target/conformance/crashes/CRASH-5.crash",
      "      shows one crash again, step by step",
      "  tck --list --chapter atomic",
      "      prints clauses and the tests that stand for them",
      "",
      "Exit status: 0 conformant, or nothing broken beyond the known list; 1 not conformant, or",
      "the known list is stale; 2 wrong arguments, or no plug-in; 3 nothing was exercised, or the",
      "kit itself failed."
    })
final class RunCommand implements Callable<Integer> {

  private static final long LIMIT_MAX_SECONDS = 86_400;

  /** Where to judge. */
  enum Place {
    MEMORY,
    DISK,
    BOTH;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Tells picocli the version of the kit. */
  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      return new String[] {"jetbackup conformance kit " + KitVersion.text()};
    }
  }

  @Option(
      names = "--engine",
      paramLabel = "CLASS",
      description =
          "The plug-in of the engine. Default: the only one that is offered as a service.")
  private @Nullable String engine;

  @Option(
      names = "--engine-path",
      paramLabel = "JARS",
      description = "A class path on which the plug-in and its engine lie.")
  private String enginePath = "";

  @Option(
      names = "--chapter",
      paramLabel = "NAME",
      split = ",",
      description = "Only the clauses of these chapters. May be repeated.")
  private List<String> chapters = new ArrayList<>();

  @Option(
      names = "--clause",
      paramLabel = "ID",
      split = ",",
      description = "Only these clauses. May be repeated.")
  private List<String> clauses = new ArrayList<>();

  @Option(
      names = "--storage",
      paramLabel = "PLACE",
      description = "memory, disk or both. Default: both, for an engine that can do both.")
  private @Nullable Place place;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Every random choice follows from it. Default: ${DEFAULT-VALUE}.")
  private long seed = KitSettings.SEED_DEFAULT;

  @Option(
      names = "--tries",
      paramLabel = "N",
      description = "Random histories for each property. Default: ${DEFAULT-VALUE}.")
  private int tries = KitSettings.TRIES_DEFAULT;

  @Option(
      names = "--limit",
      paramLabel = "SECONDS",
      description = "A test without a sign of life for so long hangs. Default: ${DEFAULT-VALUE}.")
  private long limit = KitSettings.LIMIT_DEFAULT.toSeconds();

  @Option(
      names = "--history",
      paramLabel = "TEXT",
      description = "Run this history, from the report of a failure, instead of random ones.")
  private @Nullable String history;

  @Option(
      names = "--report",
      paramLabel = "DIR",
      description = "Where the reports go. Default: ${DEFAULT-VALUE}.")
  private String directory = "target/conformance";

  @Option(
      names = "--known",
      paramLabel = "FILE",
      description = "Clauses known to be broken: lines of clause, last day and reason.")
  private @Nullable String knownFile;

  @Mixin
  private CrashOptions crashes = new CrashOptions();

  @Option(
      names = "--list",
      description = "Print the clauses and the tests that stand for them, and run nothing.")
  private boolean list;

  @Option(
      names = "--command",
      hidden = true,
      description = "How replay lines begin; by default the system property tck.command.")
  private String command =
      System.getProperty("tck.command", "java org.jetbackup.tck.launcher.Main");

  @Spec
  private @Nullable CommandSpec spec;

  private final Terminal terminal;
  private final String suites;

  RunCommand(Terminal terminal) {
    this(terminal, ConformanceRun.SUITES);
  }

  /** With the suites of another package; for tests of the kit. */
  RunCommand(Terminal terminal, String suites) {
    this.terminal = terminal;
    this.suites = suites;
  }

  @Override
  public Integer call() throws IOException {
    Catalogue catalogue = Catalogue.load();
    Selection selection;
    KnownList known;
    ClassLoader loader;
    try {
      selection = Selection.of(catalogue, chapters, clauses);
      known = known(catalogue);
      loader = PluginLoader.withPath(enginePath, RunCommand.class.getClassLoader());
    } catch (IllegalArgumentException e) {
      throw usage(e.getMessage());
    }
    if (list) {
      new ClauseList(catalogue, selection, suites).print(terminal);
      return Main.GOOD;
    }
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(loader);
    try {
      return judge(loader, selection, known);
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  private int judge(ClassLoader loader, Selection selection, KnownList known) throws IOException {
    EnginePlugin plugin;
    try {
      plugin = PluginLoader.load(Optional.ofNullable(engine), loader);
    } catch (IllegalArgumentException e) {
      throw usage(e.getMessage());
    }
    KitSettings settings = checkedSettings(plugin);
    String replay = crashes.replay();
    if (replay != null) {
      try {
        return new CrashReplayCommand(terminal).run(settings, replay);
      } catch (IllegalArgumentException e) {
        throw usage(e.getMessage());
      }
    }
    List<String> remarks = new ArrayList<>();
    Set<Storage> storages = storages(settings, remarks);
    requireDirectory(Path.of(directory));
    ConsoleReport console = new ConsoleReport(terminal);
    console.header(settings, storages, remarks);
    ConsoleProgress progress = new ConsoleProgress(terminal);
    Kit.watch(progress::detail);
    KitReport report = ConformanceRun.of(settings)
        .on(storages)
        .only(selection)
        .knowing(known)
        .telling(progress)
        .from(suites)
        .run();
    Kit.watch(text -> {});
    progress.close();
    console.results(report);
    List<Exploration> explored = Explorations.latest();
    List<SweepRow> swept = FaultSweep.latest();
    console.tables(explored, swept);
    terminal.line("");
    ReportFiles.write(report, explored, swept, Path.of(directory))
        .forEach(file -> terminal.line("report: " + shown(file)));
    terminal.line("");
    console.verdict(report);
    return Main.statusOf(report);
  }

  /** Makes the place for the reports before the long work and not after it. */
  private void requireDirectory(Path reports) {
    try {
      Files.createDirectories(reports);
    } catch (IOException e) {
      throw usage("--report: cannot write to " + directory + ": " + e);
    }
  }

  /** A plug-in that cannot say what its engine offers is a mistake of its author. */
  private KitSettings checkedSettings(EnginePlugin plugin) {
    try {
      return settings(plugin);
    } catch (ParameterException e) {
      throw e;
    } catch (RuntimeException e) {
      throw usage(plugin.getClass().getName() + " could not tell its capabilities: " + e);
    }
  }

  private KitSettings settings(EnginePlugin plugin) {
    if (tries < 1) {
      throw usage("--tries must be at least 1");
    }
    if (limit < 1 || limit > LIMIT_MAX_SECONDS) {
      throw usage("--limit must be 1 to " + LIMIT_MAX_SECONDS + " seconds");
    }
    KitSettings settings = KitSettings.of(plugin)
        .withSeed(seed)
        .withTries(tries)
        .withLimit(Duration.ofSeconds(limit))
        .crashing(crashSettings())
        .startedBy(prefix());
    return history == null ? settings : settings.replaying(checked(history));
  }

  private CrashSettings crashSettings() {
    try {
      return crashes.settings(Path.of(directory));
    } catch (IllegalArgumentException e) {
      throw usage(e.getMessage());
    }
  }

  private String checked(String text) {
    try {
      return History.parse(text).toString();
    } catch (IllegalArgumentException e) {
      throw usage("--history: " + e.getMessage());
    }
  }

  /** A build names the engine itself; to a program the replay line must name it. */
  private String prefix() {
    List<String> arguments = new ArrayList<>();
    if (!ReplayCommand.takesProperty(command)) {
      if (engine != null) {
        arguments.addAll(List.of("--engine", engine));
      }
      if (!enginePath.isBlank()) {
        arguments.addAll(List.of("--engine-path", enginePath));
      }
    }
    return arguments.isEmpty() ? command : ReplayCommand.with(command, arguments);
  }

  private Set<Storage> storages(KitSettings settings, List<String> remarks) {
    boolean anywhere = settings.capabilities().contains(Capability.READS_GIVEN_FILE_SYSTEM);
    String reason = "the engine does not declare " + Capability.READS_GIVEN_FILE_SYSTEM.word();
    if (!anywhere && place == Place.MEMORY) {
      throw usage("--storage memory: " + reason + ", so it can be judged on disk only");
    }
    if (!anywhere && place != Place.DISK) {
      remarks.add("on disk only: " + reason);
    }
    if (!anywhere || place == Place.DISK) {
      return EnumSet.of(Storage.DISK);
    }
    return place == Place.MEMORY ? EnumSet.of(Storage.MEMORY) : EnumSet.allOf(Storage.class);
  }

  private KnownList known(Catalogue catalogue) throws IOException {
    if (knownFile == null) {
      return KnownList.NONE;
    }
    Path file = Path.of(knownFile);
    if (!Files.isRegularFile(file)) {
      throw new IllegalArgumentException("--known: there is no file " + knownFile);
    }
    Set<String> ids = catalogue.clauses().stream().map(Clause::id).collect(Collectors.toSet());
    try {
      return KnownList.parse(Files.readString(file), ids);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "--known: " + knownFile + " has mistakes\n" + e.getMessage(), e);
    }
  }

  private static String shown(Path file) {
    Path here = Path.of("").toAbsolutePath();
    Path there = file.toAbsolutePath().normalize();
    return (there.startsWith(here) ? here.relativize(there) : file).toString();
  }

  private ParameterException usage(@Nullable String message) {
    CommandSpec parsed = Objects.requireNonNull(spec, "picocli sets it");
    return new ParameterException(
        parsed.commandLine(), Objects.requireNonNullElse(message, "wrong arguments"));
  }
}
