package org.jetbackup.perf;

import static org.jetbackup.perf.FileSystemBenchmark.FILE;
import static org.jetbackup.perf.FileSystemBenchmark.PAGE;
import static org.jetbackup.perf.FileSystemBenchmark.SECTOR;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.util.Arrays;
import java.util.stream.Stream;
import org.jetbackup.tck.storage.KitFileSystem;
import org.jetbackup.tck.storage.OperationKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.openjdk.jmh.annotations.Param;

/** A benchmark that does not do what it says measures nothing. */
class FileSystemBenchmarkTest {

  static Stream<String> subjects() throws NoSuchFieldException {
    return Arrays.stream(
        FileSystemBenchmark.class.getField("subject").getAnnotation(Param.class).value());
  }

  @ParameterizedTest
  @MethodSource("subjects")
  void everyBodyRunsOnEverySubjectAndMovesAllOfItsBytes(String subject) throws IOException {
    FileSystemBenchmark benchmark = started(subject);
    assertEquals(PAGE, benchmark.writePage());
    assertEquals(PAGE, benchmark.readPage());
    assertEquals(SECTOR, benchmark.appendAndForce());
    benchmark.tearDown();
  }

  @ParameterizedTest
  @MethodSource("subjects")
  void aBodyGoesOnWhenItHasComeToTheEndOfItsFile(String subject) throws IOException {
    FileSystemBenchmark benchmark = started(subject);
    for (int i = 0; i <= FILE / PAGE; i++) {
      assertEquals(PAGE, benchmark.readPage());
    }
    for (int i = 0; i <= FILE / SECTOR; i++) {
      assertEquals(SECTOR, benchmark.appendAndForce());
    }
    benchmark.tearDown();
  }

  @Test
  void theKitSeesEveryOperationOfItsSubject() throws IOException {
    FileSystemBenchmark benchmark = started("kit");
    KitFileSystem kit = assertInstanceOf(KitFileSystem.class, benchmark.fileSystem());
    long writes = kit.writes();
    long forces = kit.forces();
    long reads = kit.count(OperationKind.READ);
    benchmark.writePage();
    benchmark.readPage();
    benchmark.appendAndForce();
    assertEquals(writes + 2, kit.writes());
    assertEquals(forces + 1, kit.forces());
    assertEquals(reads + 1, kit.count(OperationKind.READ));
    benchmark.tearDown();
  }

  @Test
  void theControlIsNotTheKit() throws IOException {
    FileSystemBenchmark benchmark = started("jimfs");
    assertFalse(benchmark.fileSystem() instanceof KitFileSystem);
    benchmark.tearDown();
  }

  @Test
  void anUnknownSubjectIsRefused() {
    assertThrows(IllegalArgumentException.class, () -> started("floppy"));
  }

  private static FileSystemBenchmark started(String subject) throws IOException {
    FileSystemBenchmark benchmark = new FileSystemBenchmark();
    benchmark.subject = subject;
    benchmark.setUp();
    return benchmark;
  }
}
