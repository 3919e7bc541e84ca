package org.jetbackup.tck.selftest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.jqwik.api.Property;
import org.jetbackup.spec.Catalogue;
import org.jetbackup.spec.Clause;
import org.jetbackup.tck.Capability;
import org.jetbackup.tck.Clauses;
import org.jetbackup.tck.Requires;
import org.jetbackup.tck.fixture.TckTest;
import org.junit.jupiter.api.Test;

/** The specification is the registry: no unknown clause in a test, no clause without a test. */
class ClauseRegistryTest {

  /** Lower this when the list of untested clauses gets shorter; it never grows. */
  private static final int UNTESTED_MAX = 0;

  private static final Path MODULE = Path.of("").toAbsolutePath();
  private static final Pattern ID = Pattern.compile("\\b(?:"
      + Catalogue.load().chapters().stream()
          .flatMap(chapter -> chapter.clauses().stream())
          .map(clause -> clause.id().replaceAll("-.*", ""))
          .distinct()
          .collect(Collectors.joining("|"))
      + ")-\\d+\\b");

  private final Catalogue catalogue = Catalogue.load();

  @Test
  void everyIdInTheApiAndTheKitIsAClause() throws IOException {
    Set<String> unknown = new TreeSet<>();
    for (Path source : List.of(MODULE.resolve("src/main"), MODULE.resolve("../api/src/main"))) {
      for (Path file : javaFiles(source)) {
        Matcher id = ID.matcher(Files.readString(file));
        while (id.find()) {
          if (catalogue.clause(id.group()).isEmpty()) {
            unknown.add(id.group() + " in " + file.getFileName());
          }
        }
      }
    }
    assertEquals(Set.of(), unknown);
  }

  @Test
  void everyClauseThatCanBeTestedHasATestOrStandsOnTheList() throws IOException {
    Set<String> tested = tests().keySet();
    Set<String> listed = catalogue.untested().keySet();
    Set<String> missing = new TreeSet<>();
    for (Clause clause : clauses()) {
      boolean testable = clause.untestableBecause().isEmpty();
      if (testable && !tested.contains(clause.id()) && !listed.contains(clause.id())) {
        missing.add(clause.id());
      }
    }
    assertEquals(Set.of(), missing, "clauses without a test");
  }

  @Test
  void theListOfUntestedClausesHoldsNothingElseAndNeverGrows() throws IOException {
    Set<String> tested = tests().keySet();
    Set<String> wrong = catalogue.untested().keySet().stream()
        .filter(id -> tested.contains(id)
            || catalogue.clause(id).isEmpty()
            || catalogue.clause(id).get().untestableBecause().isPresent())
        .collect(Collectors.toCollection(TreeSet::new));
    assertEquals(Set.of(), wrong, "listed as untested, but tested, unknown or untestable");
    assertTrue(
        catalogue.untested().size() <= UNTESTED_MAX,
        "the list of untested clauses may only get shorter");
  }

  @Test
  void noTestStandsForAClauseThatCannotBeTested() throws IOException {
    Set<String> wrong = new TreeSet<>();
    for (Clause clause : clauses()) {
      if (clause.untestableBecause().isPresent() && tests().containsKey(clause.id())) {
        wrong.add(clause.id());
      }
    }
    assertEquals(Set.of(), wrong);
  }

  @Test
  void everyTestNamesItsClausesAndRunsUnderAnEngineThatKnowsIt() throws IOException {
    Set<String> wrong = new TreeSet<>();
    for (Class<?> suite : suites()) {
      if (!suite.isAnnotationPresent(TckTest.class)) {
        wrong.add(suite.getSimpleName() + " is no @TckTest");
      }
      for (Method method : suite.getDeclaredMethods()) {
        boolean test =
            method.isAnnotationPresent(Test.class) || method.isAnnotationPresent(Property.class);
        if (test != method.isAnnotationPresent(Clauses.class)) {
          wrong.add(suite.getSimpleName() + "." + method.getName());
        }
      }
    }
    assertEquals(Set.of(), wrong);
  }

  @Test
  void aTestOfAClauseAsksForNoLessThanTheClauseDependsOn() throws IOException {
    Map<String, Set<String>> wrong = new TreeMap<>();
    for (Class<?> suite : suites()) {
      for (Method method : suite.getDeclaredMethods()) {
        Clauses clauses = method.getAnnotation(Clauses.class);
        if (clauses == null) {
          continue;
        }
        Set<String> needed =
            new TreeSet<>(catalogue.clause(clauses.value()[0]).orElseThrow().capabilities());
        needed.removeAll(asked(method));
        if (!needed.isEmpty()) {
          wrong.put(suite.getSimpleName() + "." + method.getName(), needed);
        }
      }
    }
    assertEquals(Map.of(), wrong, "capabilities that the main clause needs and the test does not");
  }

  @Test
  void aTestOfEachClauseAsksForNoMoreThanTheClauseDependsOn() throws IOException {
    Map<String, Set<Set<String>>> wrong = new TreeMap<>();
    for (Class<?> suite : suites()) {
      for (Method method : suite.getDeclaredMethods()) {
        for (String id : clausesOf(method)) {
          Set<String> surplus = new TreeSet<>(asked(method));
          surplus.removeAll(offered(catalogue.clause(id).orElseThrow()));
          wrong.computeIfAbsent(id, i -> new HashSet<>()).add(surplus);
        }
      }
    }
    wrong.values().removeIf(surpluses -> surpluses.contains(Set.of()));
    assertEquals(Map.of(), wrong, "capabilities that every test of a clause needs in vain");
  }

  @Test
  void capabilitiesInTheSpecificationAreThoseOfTheKit() {
    for (Clause clause : clauses()) {
      clause.capabilities().forEach(Capability::ofWord);
    }
  }

  private List<Clause> clauses() {
    return catalogue.chapters().stream().flatMap(c -> c.clauses().stream()).toList();
  }

  private static Map<String, Set<String>> tests() throws IOException {
    Map<String, Set<String>> tests = new TreeMap<>();
    for (Class<?> suite : suites()) {
      for (Method method : suite.getDeclaredMethods()) {
        for (String id : clausesOf(method)) {
          tests.computeIfAbsent(id, i -> new TreeSet<>()).add(method.getName());
        }
      }
    }
    return tests;
  }

  private static List<String> clausesOf(Method method) {
    Clauses clauses = method.getAnnotation(Clauses.class);
    return clauses == null ? List.of() : List.of(clauses.value());
  }

  /** The capabilities without which a test does not run. */
  private static Set<String> asked(Method method) {
    return Stream.of(method.getDeclaringClass(), method)
        .map(element -> element.getAnnotation(Requires.class))
        .filter(Objects::nonNull)
        .flatMap(requires -> Arrays.stream(requires.value()))
        .map(Capability::word)
        .collect(Collectors.toSet());
  }

  /** The capabilities that an engine has which the clause concerns. */
  private static Set<String> offered(Clause clause) {
    Set<String> offered = new TreeSet<>(clause.capabilities());
    clause.capabilities().stream()
        .flatMap(word -> Capability.ofWord(word).implied().stream())
        .map(Capability::word)
        .forEach(offered::add);
    return offered;
  }

  private static List<Class<?>> suites() throws IOException {
    List<Path> files = javaFiles(MODULE.resolve("src/main/java/org/jetbackup/tck/suite"));
    return files.stream()
        .map(file -> file.getFileName().toString().replace(".java", ""))
        .filter(name -> name.endsWith("Suite"))
        .<Class<?>>map(ClauseRegistryTest::load)
        .toList();
  }

  private static Class<?> load(String simpleName) {
    try {
      return Class.forName("org.jetbackup.tck.suite." + simpleName);
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(e);
    }
  }

  private static List<Path> javaFiles(Path below) throws IOException {
    try (Stream<Path> walk = Files.walk(below)) {
      return walk.filter(path -> path.toString().endsWith(".java")).sorted().toList();
    }
  }
}
