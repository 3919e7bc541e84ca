package org.jetbackup.tck.report;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jetbackup.spec.Chapter;
import org.jetbackup.spec.Clause;
import org.jetbackup.spec.Level;
import org.jetbackup.tck.Capability;
import org.jetbackup.tck.Storage;

/** A small specification and what became of tests of it: every outcome is there. */
final class Samples {

  static final LocalDate TODAY = LocalDate.of(2026, 11, 23);

  private static final String REPLAY =
      "java org.jetbackup.tck.launcher.Main --engine com.example.AcmePlugin --clause ";

  private Samples() {}

  static Clause clause(String id, Level level, String rule, String... capabilities) {
    return new Clause(
        id,
        level,
        rule,
        "Whoever restores has nothing else left to go by.",
        List.of("contract S1", "decision B2"),
        Set.of(capabilities),
        Optional.empty(),
        id.startsWith("INC") ? "incremental" : "full");
  }

  static Clause untestable(String id, String because) {
    return new Clause(
        id,
        Level.MUST,
        "A power failure of the whole computer loses nothing that was acknowledged.",
        "It is why people make backups.",
        List.of("crash 1"),
        Set.of(),
        Optional.of(because),
        "full");
  }

  /** Two chapters. */
  static List<Chapter> chapters() {
    return List.of(
        new Chapter(
            "full",
            "Full backup",
            "",
            List.of(
                clause(
                    "FULL-1",
                    Level.MUST,
                    "After a full backup the directory restores to every record committed before the"
                        + " call."),
                clause(
                    "FULL-2",
                    Level.MUST,
                    "Log files that are no longer needed are removed after the backup, and no"
                        + " others."),
                clause(
                    "FULL-3",
                    Level.MUST,
                    "The header of every database says when the last full backup was taken."),
                clause("FULL-4", Level.SHOULD, "Begin comes before every other callback."),
                clause("FULL-5", Level.MUST, "The call returns while other sessions commit."),
                clause("FULL-6", Level.MAY, "Progress may be told more than once for one file."),
                untestable("FULL-7", "no test can switch off the computer on which it runs"))),
        new Chapter(
            "incremental",
            "Incremental backup",
            "",
            List.of(
                clause(
                    "INC-1",
                    Level.MUST,
                    "An incremental backup adds only log files.",
                    "incremental"),
                clause(
                    "INC-2",
                    Level.MUST,
                    "Without a full backup in the directory the call gives -560"
                        + " (JET_errMissingFullBackup) and changes nothing.",
                    "incremental"),
                clause(
                    "INC-3",
                    Level.SHOULD,
                    "With circular logging the call gives -526 (JET_errInvalidBackup).",
                    "incremental",
                    "circular-logging"),
                clause("INC-4", Level.MUST, "Several incremental backups restore in order."))));
  }

  static RunInfo info(Storage... storages) {
    return new RunInfo(
        "acme-store",
        "3.1",
        "com.example.AcmePlugin",
        "0.1.0",
        1,
        200,
        List.of(storages),
        List.of(Capability.ATOMIC, Capability.INCREMENTAL, Capability.READS_GIVEN_FILE_SYSTEM),
        List.of(),
        Instant.parse("2026-11-23T16:20:00Z"),
        Duration.ofMillis(83_456));
  }

  static TestReport passed(String method, Storage storage, String... clauses) {
    return test(method, storage, Outcome.PASSED, "", clauses);
  }

  static TestReport test(
      String method, Storage storage, Outcome outcome, String message, String... clauses) {
    return new TestReport(
        "What " + method + " claims",
        "FullSuite." + method,
        storage,
        List.of(clauses),
        outcome,
        message,
        Optional.empty(),
        outcome.broken() ? REPLAY + clauses[0] : "",
        "",
        12);
  }

  static TestReport violation(
      String method, Storage storage, Violation violation, String... clauses) {
    return new TestReport(
        "What " + method + " claims",
        "FullSuite." + method,
        storage,
        List.of(clauses),
        Outcome.FAILED,
        violation.clause() + " MUST: the rule\n  allowed: " + violation.allowed(),
        Optional.of(violation),
        violation.replay(),
        "780 call sequences",
        340);
  }

  static Violation violation(String clause, String allowed, String seen, String... history) {
    return new Violation(
        clause, allowed, seen, List.of(history), REPLAY + clause + " --storage memory --seed 1");
  }

  static KitReport judge(List<TestReport> tests, KnownList known, Storage... storages) {
    return new Verdicts(info(storages), Map.of("INC-4", "waits for a second engine"), known, TODAY)
        .judge(chapters(), clause -> true, tests);
  }

  static KitReport judge(TestReport... tests) {
    return judge(List.of(tests), KnownList.NONE, Storage.MEMORY);
  }

  /** A report in which every outcome occurs. */
  static KitReport everything() {
    List<TestReport> tests = new ArrayList<>();
    for (Storage storage : Storage.values()) {
      tests.add(passed("restoresWhatWasCommitted", storage, "FULL-1"));
      tests.add(violation(
          "keepsTheLogThatIsNeeded",
          storage,
          violation(
              "FULL-2",
              "edb00003.log, edb00004.log",
              "edb00004.log",
              "main: init -> ok",
              "main: createDatabase main.edb -> ok",
              "main: begin; put t/\"k1\" = \"v1\"; commit -> ok",
              "main: backup /backup1, grbit 0x0, with a callback that waits for 3 of 7 files -> ok"),
          "FULL-2",
          "FULL-3"));
      tests.add(test("beginComesFirst", storage, Outcome.FAILED, defect(), "FULL-4"));
      tests.add(test(
          "commitsGoOn",
          storage,
          Outcome.HUNG,
          "FullSuite.commitsGoOn did not come back within 120 s; it stood at\n    at acme.Lock",
          "FULL-5"));
      tests.add(
          test("progress", storage, Outcome.VACUOUS, "no callback was ever called", "FULL-6"));
      tests.add(violation(
          "refusesWithoutAFullBackup",
          storage,
          violation("INC-2", "-560 (JET_errMissingFullBackup)", hostile(), hostile()),
          "INC-2"));
      tests.add(passed("addsLogsOnly", storage, "INC-1"));
    }
    KnownList known =
        KnownList.parse("INC-2 2027-03-31 https://example.org/issues/17", Set.of("INC-2"));
    return judge(tests, known, Storage.MEMORY, Storage.DISK);
  }

  static String hostile() {
    return "</pre><script>alert('1 & 2')</script> \"quoted\" {{body}} $1 \\0 \u0000\u001b[31m \uD83D\uDE00";
  }

  private static String defect() {
    return "defect of the kit or the plug-in: java.lang.NullPointerException: no callback\n"
        + "  at com.example.AcmePlugin.tune:17";
  }
}
