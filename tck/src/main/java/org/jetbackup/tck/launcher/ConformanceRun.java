package org.jetbackup.tck.launcher;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jetbackup.spec.Catalogue;
import org.jetbackup.spec.Clause;
import org.jetbackup.tck.Kit;
import org.jetbackup.tck.KitSettings;
import org.jetbackup.tck.Storage;
import org.jetbackup.tck.explore.CrashTable;
import org.jetbackup.tck.explore.Explorations;
import org.jetbackup.tck.explore.FaultSweep;
import org.jetbackup.tck.explore.FaultTable;
import org.jetbackup.tck.report.KitReport;
import org.jetbackup.tck.report.KnownList;
import org.jetbackup.tck.report.RunInfo;
import org.jetbackup.tck.report.Table;
import org.jetbackup.tck.report.TestReport;
import org.jetbackup.tck.report.Verdicts;
import org.jetbackup.tck.report.Violation;

/**
 * One run of the kit: every suite once on each storage, and the report. Immutable; start from {@link
 * #of} and change what is to be different.
 *
 * <p>Only one run at a time in one JVM, because the settings in force are {@linkplain Kit static}.
 * The suites are found through the context class loader of the calling thread.
 */
public final class ConformanceRun {

  static final String SUITES = "org.jetbackup.tck.suite";

  private final KitSettings settings;
  private final Set<Storage> storages;
  private final Catalogue catalogue;
  private final Selection selection;
  private final KnownList known;
  private final Progress progress;
  private final Clock clock;
  private final String suites;

  private ConformanceRun(
      KitSettings settings,
      Set<Storage> storages,
      Catalogue catalogue,
      Selection selection,
      KnownList known,
      Progress progress,
      Clock clock,
      String suites) {
    this.settings = settings;
    this.storages = storages;
    this.catalogue = catalogue;
    this.selection = selection;
    this.known = known;
    this.progress = progress;
    this.clock = clock;
    this.suites = suites;
  }

  /** A run of everything, on the storage of the settings, without a known list. */
  public static ConformanceRun of(KitSettings settings) {
    Catalogue catalogue = Catalogue.load();
    return new ConformanceRun(
        settings,
        EnumSet.of(settings.storage()),
        catalogue,
        Selection.everything(catalogue),
        KnownList.NONE,
        Progress.NONE,
        Clock.systemUTC(),
        SUITES);
  }

  /** The same on these storages, one after the other. */
  public ConformanceRun on(Set<Storage> others) {
    return new ConformanceRun(
        settings, EnumSet.copyOf(others), catalogue, selection, known, progress, clock, suites);
  }

  /** The same, but only about these clauses. */
  public ConformanceRun only(Selection other) {
    return new ConformanceRun(settings, storages, catalogue, other, known, progress, clock, suites);
  }

  /** The same with a list of clauses known to be broken. */
  public ConformanceRun knowing(KnownList other) {
    return new ConformanceRun(
        settings, storages, catalogue, selection, other, progress, clock, suites);
  }

  /** The same, telling somebody how it gets on. */
  public ConformanceRun telling(Progress other) {
    return new ConformanceRun(
        settings, storages, catalogue, selection, known, other, clock, suites);
  }

  /** The same with another clock, for the times in the report and the dates of the known list. */
  public ConformanceRun by(Clock other) {
    return new ConformanceRun(
        settings, storages, catalogue, selection, known, progress, other, suites);
  }

  /** The same with the suites of another package; for tests of the kit. */
  ConformanceRun from(String otherSuites) {
    return new ConformanceRun(
        settings, storages, catalogue, selection, known, progress, clock, otherSuites);
  }

  /**
   * Runs the kit.
   *
   * @throws IllegalStateException if a test names no clause or one that does not exist
   */
  public KitReport run() {
    Instant started = clock.instant();
    Explorations.forget();
    FaultSweep.forget();
    List<TestReport> tests = new ArrayList<>();
    for (Storage storage : storages) {
      tests.addAll(pass(storage));
    }
    Duration taken = Duration.between(started, clock.instant());
    RunInfo info = new RunInfo(
        settings.plugin().engine().name(),
        settings.plugin().engine().version(),
        settings.plugin().getClass().getName(),
        KitVersion.text(),
        settings.seed(),
        settings.tries(),
        List.copyOf(storages),
        List.copyOf(settings.capabilities()),
        asked(),
        started,
        taken);
    LocalDate today = LocalDate.ofInstant(started, ZoneOffset.UTC);
    Set<String> judged = judged(tests);
    return new Verdicts(info, catalogue.untested(), known, today)
        .judge(catalogue.chapters(), clause -> judged.contains(clause.id()), tests)
        .showing(tables());
  }

  private List<String> asked() {
    return Stream.concat(selection.asked().stream(), settings.crashes().limits().stream())
        .toList();
  }

  private static List<Table> tables() {
    List<Table> tables = new ArrayList<>();
    if (!Explorations.latest().isEmpty()) {
      tables.add(CrashTable.table(Explorations.latest()));
    }
    if (!FaultSweep.latest().isEmpty()) {
      tables.add(FaultTable.table(FaultSweep.latest()));
    }
    return tables;
  }

  /** What the report is about: what was asked for, or, of a replay, what the history touches. */
  private Set<String> judged(List<TestReport> tests) {
    if (settings.history().isEmpty()) {
      return selection.clauses();
    }
    return tests.stream()
        .flatMap(test -> Stream.concat(
            test.clauses().stream(), test.violation().map(Violation::clause).stream()))
        .collect(Collectors.toSet());
  }

  private List<TestReport> pass(Storage storage) {
    KitSettings here = settings.on(storage);
    Kit.use(here);
    Collector collector = new Collector(here, this::chapterOf, progress);
    boolean replays = settings.history().isPresent();
    SuiteDiscovery.launcher()
        .execute(
            replays ? SuiteDiscovery.replay(suites) : SuiteDiscovery.request(suites, selection),
            collector);
    return collector.reports();
  }

  private String chapterOf(String clause) {
    return catalogue
        .clause(clause)
        .map(Clause::chapter)
        .orElseThrow(
            () -> new IllegalStateException("a test names " + clause + ", no such clause"));
  }
}
