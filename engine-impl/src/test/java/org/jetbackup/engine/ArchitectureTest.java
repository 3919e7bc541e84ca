package org.jetbackup.engine;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Who may know whom, for every module that ships: the picture is in {@code docs/architecture.md}.
 * It stands here because this module's tests see all the others.
 */
class ArchitectureTest {

  /** The packages of the engine, bottom to top: each may know those before it. */
  private static final List<String> ENGINE = List.of(
      "format",
      "record",
      "event",
      "storage",
      "log",
      "page",
      "buffer",
      "btree",
      "space",
      "catalog",
      "version",
      "transaction",
      "verify",
      "checkpoint",
      "recovery",
      "backup",
      "restore",
      "instance",
      "tool");

  /** The packages of the kit, bottom to top, after its root. */
  private static final List<String> KIT = List.of(
      "storage", "crash", "model", "report", "fixture", "workload", "explore", "suite", "launcher");

  private static final JavaClasses SHIPPED = new ClassFileImporter()
      .withImportOption(new ImportOption.DoNotIncludeTests())
      .importPackages("org.jetbackup");

  @Test
  void theApiKnowsNothingButJava() {
    classes()
        .that()
        .resideInAPackage("org.jetbackup.api..")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage("org.jetbackup.api..", "java..")
        .check(SHIPPED);
  }

  @Test
  void theSpecificationKnowsNothingButJava() {
    classes()
        .that()
        .resideInAPackage("org.jetbackup.spec..")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage("org.jetbackup.spec..", "java..")
        .check(SHIPPED);
  }

  @Test
  void theKitNeverKnowsAnEngine() {
    noClasses()
        .that()
        .resideInAPackage("org.jetbackup.tck..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.jetbackup.engine..")
        .check(SHIPPED);
  }

  @Test
  void theEngineKnowsNothingButTheApiAndJava() {
    classes()
        .that()
        .resideInAPackage("org.jetbackup.engine..")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            "org.jetbackup.engine..",
            "org.jetbackup.api..",
            "java..",
            "jdk.jfr..",
            "org.jspecify..")
        .allowEmptyShould(true)
        .check(SHIPPED);
  }

  @Test
  void onlyThePackageForEventsKnowsTheFlightRecorder() {
    noClasses()
        .that()
        .resideOutsideOfPackage("org.jetbackup.engine.event..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("jdk.jfr..")
        .check(SHIPPED);
  }

  @Test
  void packagesOfTheEngineKnowOnlyThoseBelow() {
    onlyDownwards("org.jetbackup.engine.", ENGINE);
  }

  @Test
  void packagesOfTheKitKnowOnlyThoseBelow() {
    onlyDownwards("org.jetbackup.tck.", KIT);
  }

  @ParameterizedTest
  @ValueSource(strings = {"api", "spec", "engine", "tck"})
  void noModuleHasACycleOfPackages(String module) {
    slices()
        .matching("org.jetbackup." + module + ".(**)")
        .should()
        .beFreeOfCycles()
        .allowEmptyShould(true)
        .check(SHIPPED);
  }

  @Test
  void nobodyButTheCommandLineChoosesAFileSystem() {
    choosesNoFileSystem()
        .check(SHIPPED.that(com.tngtech.archunit.base.DescribedPredicate.not(
            com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage(
                "org.jetbackup.tck.launcher..", "org.jetbackup.engine.tool.."))));
  }

  @Test
  void noTypeOfJqwikOrJimfsIsSeenByImplementers() {
    noClasses()
        .that()
        .resideInAPackage("org.jetbackup.tck")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("net.jqwik..", "com.google.common.jimfs..")
        .check(SHIPPED);
  }

  @Test
  void theCrashingFileSystemIsOfUseWithoutTheRestOfTheKit() {
    noClasses()
        .that()
        .resideInAnyPackage("org.jetbackup.tck.storage..", "org.jetbackup.tck.crash..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.jetbackup.api..", "org.jetbackup.spec..", "org.jetbackup.tck")
        .check(SHIPPED);
  }

  @Test
  void theRulesNoticeWhatTheyForbid() {
    JavaClasses offender = new ClassFileImporter().importClasses(Offender.class);
    assertThrows(AssertionError.class, () -> choosesNoFileSystem().check(offender));
    assertThrows(
        AssertionError.class,
        () -> noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAPackage("java.nio.file..")
            .check(offender));
  }

  private static void onlyDownwards(String root, List<String> packages) {
    for (int i = 0; i < packages.size() - 1; i++) {
      String[] above = packages.subList(i + 1, packages.size()).stream()
          .map(name -> root + name + "..")
          .toArray(String[]::new);
      noClasses()
          .that()
          .resideInAPackage(root + packages.get(i) + "..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(above)
          .allowEmptyShould(true)
          .check(SHIPPED);
    }
  }

  private static ArchRule choosesNoFileSystem() {
    return noClasses()
        .should()
        .callMethod(FileSystems.class, "getDefault")
        .orShould()
        .callMethod(Path.class, "of", String.class, String[].class)
        .orShould()
        .callMethod(java.nio.file.Paths.class, "get", String.class, String[].class)
        .orShould()
        .dependOnClassesThat()
        .areAssignableTo(java.io.File.class);
  }

  /** Does what is forbidden. */
  private static final class Offender {
    @SuppressWarnings("unused")
    private static final Path DEFAULT = FileSystems.getDefault().getPath("x");
  }
}
