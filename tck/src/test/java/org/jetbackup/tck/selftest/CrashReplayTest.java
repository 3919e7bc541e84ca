package org.jetbackup.tck.selftest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jetbackup.spec.Catalogue;
import org.jetbackup.tck.ClauseViolation;
import org.jetbackup.tck.CrashSettings;
import org.jetbackup.tck.KitSettings;
import org.jetbackup.tck.crash.CrashPoint;
import org.jetbackup.tck.crash.Profile;
import org.jetbackup.tck.explore.CrashReplay;
import org.jetbackup.tck.explore.ReplayFile;
import org.jetbackup.tck.launcher.ConformanceRun;
import org.jetbackup.tck.launcher.Selection;
import org.jetbackup.tck.report.Outcome;
import org.jetbackup.tck.report.Violation;
import org.jetbackup.tck.workload.History;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A crash that a clause did not survive is written to a file, and the file shows it again. */
class CrashReplayTest {

  @TempDir
  Path directory;

  private final List<String> told = new ArrayList<>();

  @ParameterizedTest
  @EnumSource(
      names = {
        "ACKNOWLEDGES_BEFORE_FORCE",
        "PUBLISHES_IN_PLACE",
        "DELETES_BEFORE_FORCING_THE_RENAME",
        "REPLACES_FILES_IN_PLACE"
      })
  void theFileShowsTheViolationAgain(WrongEngine wrong) throws IOException {
    String clause = wrong.clauses().get(0);
    Violation violation = broken(wrong, clause);
    Path file = onlyReplay();
    assertTrue(violation.replay().contains("--replay "), violation.replay());
    assertTrue(violation.replay().endsWith(String.valueOf(file.getFileName())), violation.replay());

    Optional<ClauseViolation> again = replay(wrong, file);

    assertEquals(violation.seen(), again.orElseThrow().seen());
    assertTrue(told.stream().anyMatch(line -> line.startsWith("crash: ")), told::toString);
  }

  @Test
  void aCrashThatTheEngineSurvivesShowsNothing() {
    ReplayFile file = new ReplayFile(
        "CRASH-5",
        History.parse("commit a=1; full; commit a=2"),
        History.parse("atomic"),
        Profile.KILL,
        4096,
        new ReplayFile.Moment(new CrashPoint(5, 0), List.of()),
        Optional.empty(),
        "made by hand");

    KitSettings right = KitSettings.of(new ModelPlugin());

    assertEquals(Optional.empty(), CrashReplay.run(right, file, "x", told::add));
    assertTrue(told.contains(
        "note: what is left is not the same, byte for byte, as when the file was made"));
  }

  @Test
  void whatWasLostMustBePendingWhenItIsReplayed() throws IOException {
    broken(WrongEngine.ACKNOWLEDGES_BEFORE_FORCE, "CRASH-1");
    String text = Files.readString(onlyReplay()).replace("profile drop-unsynced", "profile weak");
    ReplayFile file = ReplayFile.parse(text + "lost 999 sector 7\n");
    KitSettings settings = KitSettings.of(new ForgetfulPlugin());

    IllegalArgumentException refused = assertThrows(
        IllegalArgumentException.class, () -> CrashReplay.run(settings, file, "x", told::add));

    assertTrue(String.valueOf(refused.getMessage()).contains("999 sector 7"), refused::toString);
  }

  private Violation broken(WrongEngine wrong, String clause) {
    KitSettings settings =
        KitSettings.of(wrong.plugin()).crashing(CrashSettings.QUICK.writing(directory));
    return ConformanceRun.of(settings)
        .only(Selection.of(Catalogue.load(), List.of(), List.of(clause)))
        .run()
        .clauses()
        .stream()
        .filter(report -> report.outcome() == Outcome.FAILED)
        .flatMap(report -> report.evidence().stream())
        .flatMap(test -> test.violation().stream())
        .filter(violation -> violation.clause().equals(clause))
        .findFirst()
        .orElseThrow();
  }

  private Path onlyReplay() throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.sorted().findFirst().orElseThrow();
    }
  }

  private Optional<ClauseViolation> replay(WrongEngine wrong, Path file) throws IOException {
    ReplayFile replay = ReplayFile.parse(Files.readString(file));
    return CrashReplay.run(KitSettings.of(wrong.plugin()), replay, file.toString(), told::add);
  }
}
