package org.jetbackup.engine.backup;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jetbackup.api.error.JetErr;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Whatever happens to a file of a set, verification and restore say so with a code of clause
 * REST-12, or the result is right to the last byte; and what verification calls good restores right.
 *
 * <p>The ordinary build changes all bytes of the manifest and of the fields of headers, and some of
 * the rest.
 * {@code -Djetbackup.flips=all} changes every byte of every file, twice: a single bit, and all bits.
 */
class DamagedSetTest {

  private static final boolean ALL = "all".equals(System.getProperty("jetbackup.flips"));

  /** Where the fields of a header end; what follows is zeros. */
  private static final int FIELD_BYTES = 700;

  /** Every so many bytes one is changed elsewhere, if not all are. */
  private static final int STRIDE = 193;

  private static final int STRIDE_IN_HEADER = 13;

  /** Of so many flips that verification finds one is given to restore as well. */
  private static final int RESTORED = ALL ? 499 : 97;

  private static final Set<JetErr> OF_DATABASE = EnumSet.of(
      JetErr.READ_VERIFY_FAILURE,
      JetErr.DATABASE_CORRUPTED,
      JetErr.ATTACHED_DATABASE_MISMATCH,
      JetErr.FILE_NOT_FOUND);

  private static final Set<JetErr> OF_LOG = EnumSet.of(
      JetErr.LOG_FILE_CORRUPT,
      JetErr.LOG_CORRUPT_DURING_HARD_RESTORE,
      JetErr.LOG_TORN_WRITE_DURING_HARD_RESTORE,
      JetErr.GIVEN_LOG_FILE_IS_NOT_CONTIGUOUS,
      JetErr.MISSING_RESTORE_LOG_FILES,
      JetErr.BAD_LOG_VERSION,
      JetErr.FILE_NOT_FOUND);

  private static final Set<JetErr> OF_MANIFEST =
      EnumSet.of(JetErr.DATABASE_CORRUPTED, JetErr.FILE_NOT_FOUND);

  private final TinySet set = new TinySet();
  private int flips;
  private int restores;

  @AfterEach
  void end() throws IOException {
    set.close();
  }

  private static boolean isLog(Path file) {
    return file.toString().endsWith(".log");
  }

  private static boolean isManifest(Path file) {
    return file.toString().endsWith("manifest.jetbackup");
  }

  private static Set<JetErr> codes(Path file) {
    return isManifest(file) ? OF_MANIFEST : isLog(file) ? OF_LOG : OF_DATABASE;
  }

  /** Whether the byte is changed in the ordinary build. */
  private static boolean isChosen(Path file, int at) {
    int header = isLog(file) ? TinySet.PAGE_BYTES : 2 * TinySet.PAGE_BYTES;
    boolean isField = at < header && at % TinySet.PAGE_BYTES < FIELD_BYTES;
    return isManifest(file) || isField || at % (at < header ? STRIDE_IN_HEADER : STRIDE) == 0;
  }

  @Test
  void everyChangedByteIsFoundOrChangesNothing() throws IOException {
    assertEquals(Optional.empty(), set.verify());
    for (Path file : set.files()) {
      byte[] content = Files.readAllBytes(file);
      Map<String, Integer> answers = new TreeMap<>();
      for (int at = 0; at < content.length; at++) {
        if (ALL) {
          flip(file, content, at, 1 << at % 8, answers);
          flip(file, content, at, 0xFF, answers);
        } else if (isChosen(file, at)) {
          flip(file, content, at, at % 2 == 0 ? 1 << at / 2 % 8 : 0xFF, answers);
        }
      }
      System.out.println("flips: " + set.name(file) + ", " + content.length + " bytes: " + answers);
    }
    System.out.println("flips: " + flips + ", of which were restored: " + restores);
    assertEquals(Optional.empty(), set.verify());
    assertTrue(restores > 0, "nothing was restored");
  }

  private void flip(Path file, byte[] content, int at, int bits, Map<String, Integer> answers) {
    String what = set.name(file) + ", byte " + at + ", bits " + Integer.toHexString(bits);
    TinySet.flip(file, content, at, bits);
    flips++;
    try {
      Optional<JetErr> verdict = set.verify();
      verdict.ifPresent(code -> assertTrue(codes(file).contains(code), () -> what + ": " + code));
      if (verdict.isEmpty() || flips % RESTORED == 0) {
        requireRefusedOrRight(what, codes(file));
      }
      answers.merge(verdict.map(JetErr::name).orElse("right"), 1, Integer::sum);
    } catch (RuntimeException e) {
      throw new AssertionError(what, e);
    } finally {
      TinySet.flip(file, content, at, bits);
    }
  }

  private void requireRefusedOrRight(String what, Set<JetErr> codes) {
    restores++;
    TinySet.Answer answer = set.restore();
    if (answer.error().isPresent()) {
      assertTrue(codes.contains(answer.error().get()), () -> what + ": " + answer.error());
    } else {
      assertArrayEquals(set.whole, answer.database(), what);
    }
  }

  @Test
  void everyFileThatIsCutShortOrMissingIsFound() throws IOException {
    for (Path file : set.files()) {
      byte[] content = Files.readAllBytes(file);
      for (int length : new int[] {0, content.length / 2, content.length - 1}) {
        Files.write(file, Arrays.copyOf(content, length));
        requireFound(set.name(file) + " with " + length + " bytes", codes(file));
      }
      Files.write(file, Arrays.copyOf(content, content.length + 1));
      requireFound(set.name(file) + " with a byte more", codes(file));
      Files.delete(file);
      requireFound("without " + set.name(file), codes(file));
      Files.write(file, content);
    }
    assertEquals(Optional.empty(), set.verify());
  }

  @Test
  void filesThatHaveChangedPlacesAreFound() throws IOException {
    List<Path> files = set.files();
    for (int first = 0; first < files.size(); first++) {
      for (int second = first + 1; second < files.size(); second++) {
        Set<JetErr> codes = EnumSet.copyOf(codes(files.get(first)));
        codes.addAll(codes(files.get(second)));
        swap(files.get(first), files.get(second));
        requireFound(
            set.name(files.get(first)) + " instead of " + set.name(files.get(second)), codes);
        swap(files.get(first), files.get(second));
      }
    }
    assertEquals(Optional.empty(), set.verify());
  }

  private static void swap(Path first, Path second) throws IOException {
    byte[] content = Files.readAllBytes(first);
    Files.write(first, Files.readAllBytes(second));
    Files.write(second, content);
  }

  private void requireFound(String what, Set<JetErr> codes) {
    Optional<JetErr> verdict = set.verify();
    TinySet.Answer answer = set.restore();
    assertTrue(verdict.filter(codes::contains).isPresent(), () -> what + ": verify " + verdict);
    assertTrue(
        answer.error().filter(codes::contains).isPresent(),
        () -> what + ": restore " + answer.error());
  }

  @Test
  void withoutTheLastLinkTheMomentBeforeItIsRight() throws IOException {
    Path increment = set.increment();
    for (Path file : set.files()) {
      if (file.startsWith(increment)) {
        Files.delete(file);
      }
    }
    requireFound("without the files of the last link", OF_LOG);
    Files.delete(increment);
    assertEquals(Optional.empty(), set.verify());
    assertArrayEquals(set.before, set.restore().database());
  }
}
