package org.jetbackup.tck.crash;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.DELETE_ON_CLOSE;
import static java.nio.file.StandardOpenOption.WRITE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** What a crash leaves of changes of names that nobody forced. */
class NameUnitsTest extends InLab {

  private void assertLeft(Set<String> weak, String dropped) {
    assertEquals(new TreeSet<>(weak), lab.left(Profile.WEAK), "weak");
    assertEquals(new TreeSet<>(weak), lab.left(Profile.META_ORDERED), "meta-ordered");
    assertTrue(lab.left(Profile.GARBAGE).containsAll(weak), "garbage");
    assertEquals(new TreeSet<>(weak), lab.left(Profile.LYING_FORCE), "lying-force");
    assertEquals(Set.of(dropped), lab.left(Profile.DROP_UNSYNCED), "drop-unsynced");
    assertEquals(Set.of(lab.now()), lab.left(Profile.KILL), "kill");
  }

  private void assertDurableAfterForceOf(String directory, String expected) throws IOException {
    lab.force(directory);
    Set<String> only = Set.of(expected);
    assertEquals(only, lab.left(Profile.WEAK), "weak");
    assertEquals(only, lab.left(Profile.DROP_UNSYNCED), "drop-unsynced");
  }

  @Test
  void anUnforcedNewFileIsThereOrNot() throws IOException {
    lab.create("f");
    assertLeft(Set.of("", "f="), "");
  }

  @Test
  void aNewFileLastsOnceItsDirectoryIsForced() throws IOException {
    lab.create("f");
    assertDurableAfterForceOf("", "f=");
  }

  @Test
  void aNewDirectoryIsThereOrNot() throws IOException {
    lab.directory("d");
    assertLeft(Set.of("", "d/"), "");
  }

  @Test
  void aNewDirectoryLastsOnceItsParentIsForced() throws IOException {
    lab.directory("d");
    assertDurableAfterForceOf("", "d/");
  }

  @Test
  void theForceOfANewDirectoryDoesNotMakeItsOwnNameLast() throws IOException {
    lab.directory("d").create("d/f");
    lab.force("d");
    assertEquals(Set.of("", "d/ d/f="), lab.left(Profile.WEAK));
    assertEquals(Set.of(""), lab.left(Profile.DROP_UNSYNCED));
  }

  @Test
  void aFurtherNameIsThereOrNot() throws IOException {
    lab.file("f", "x").begin();
    Files.createLink(lab.at("g"), lab.at("f"));
    assertLeft(Set.of("f=x", "f=x g=x"), "f=x");
  }

  @Test
  void aFurtherNameLastsOnceItsDirectoryIsForced() throws IOException {
    lab.directory("d").file("f", "x").begin();
    Files.createLink(lab.at("d/g"), lab.at("f"));
    assertDurableAfterForceOf("d", "d/ d/g=x f=x");
  }

  @Test
  void bothNamesOfAFileHoldTheSameAfterACrash() throws IOException {
    lab.file("f", "x");
    Files.createLink(lab.at("g"), lab.at("f"));
    lab.begin();
    Lab.write(lab.open("g"), "y", 0);
    assertLeft(Set.of("f=x g=x", "f=y g=y"), "f=x g=x");
  }

  @Test
  void aSymbolicLinkIsThereOrNot() throws IOException {
    Files.createSymbolicLink(lab.at("l"), lab.files().fileSystem().getPath("f"));
    assertLeft(Set.of("", "l->f"), "");
  }

  @Test
  void aSymbolicLinkLastsOnceItsDirectoryIsForced() throws IOException {
    Files.createSymbolicLink(lab.at("l"), lab.at("f"));
    assertDurableAfterForceOf("", "l->/f");
  }

  @Test
  void aDeletedFileIsBackOrNot() throws IOException {
    lab.file("f", "x").begin();
    Files.delete(lab.at("f"));
    assertLeft(Set.of("", "f=x"), "f=x");
  }

  @Test
  void aDeletionLastsOnceTheDirectoryIsForced() throws IOException {
    lab.file("f", "x").begin();
    Files.delete(lab.at("f"));
    assertDurableAfterForceOf("", "");
  }

  @Test
  void aDeletedDirectoryIsBackOrNot() throws IOException {
    lab.directory("d").begin();
    Files.delete(lab.at("d"));
    assertLeft(Set.of("", "d/"), "d/");
  }

  @Test
  void aMovedFileHasOneOfItsNames() throws IOException {
    lab.file("a", "x").begin();
    Files.move(lab.at("a"), lab.at("b"));
    assertLeft(Set.of("a=x", "b=x"), "a=x");
    assertEquals(Set.of("", "a=x", "a=x b=x", "b=x"), lab.left(Profile.NON_ATOMIC_RENAME));
  }

  @Test
  void anAtomicReplacingMoveLeavesTheOldOrTheNew() throws IOException {
    lab.file("a", "new").file("b", "old").begin();
    Files.move(lab.at("a"), lab.at("b"), ATOMIC_MOVE);
    assertLeft(Set.of("a=new b=old", "b=new"), "a=new b=old");
    assertEquals(
        Set.of("a=new b=old", "a=new b=new", "b=new", "b=old"),
        lab.left(Profile.NON_ATOMIC_RENAME));
  }

  @Test
  void aReplacingMoveThatIsNotAtomicCanLoseTheTarget() throws IOException {
    lab.file("a", "new").file("b", "old").begin();
    Files.move(lab.at("a"), lab.at("b"), REPLACE_EXISTING);
    assertLeft(Set.of("a=new b=old", "a=new", "b=new"), "a=new b=old");
  }

  @Test
  void aMoveBetweenDirectoriesLastsOnceTheSourceIsForced() throws IOException {
    lab.directory("d").directory("e").file("d/a", "x").begin();
    Files.move(lab.at("d/a"), lab.at("e/b"), ATOMIC_MOVE);
    assertDurableAfterForceOf("d", "d/ e/ e/b=x");
  }

  @Test
  void aMoveBetweenDirectoriesLastsOnceTheTargetIsForced() throws IOException {
    lab.directory("d").directory("e").file("d/a", "x").begin();
    Files.move(lab.at("d/a"), lab.at("e/b"), ATOMIC_MOVE);
    assertDurableAfterForceOf("e", "d/ e/ e/b=x");
  }

  @Test
  void aMoveBetweenDirectoriesDoesNotLastIfTheirParentIsForced() throws IOException {
    lab.directory("d").directory("e").file("d/a", "x").begin();
    Files.move(lab.at("d/a"), lab.at("e/b"), ATOMIC_MOVE);
    lab.force("");
    assertLeft(Set.of("d/ d/a=x e/", "d/ e/ e/b=x"), "d/ d/a=x e/");
  }

  @Test
  void aDurableMoveTakesAlongWhatTheNamesMeantBefore() throws IOException {
    lab.directory("d").directory("e").begin();
    lab.create("d/a");
    lab.create("d/other");
    Files.move(lab.at("d/a"), lab.at("e/b"), ATOMIC_MOVE);
    lab.force("e");
    assertEquals(Set.of("d/ e/ e/b=", "d/ d/other= e/ e/b="), lab.left(Profile.WEAK));
    assertEquals(Set.of("d/ e/ e/b="), lab.left(Profile.DROP_UNSYNCED));
  }

  @Test
  void aMovedDirectoryTakesItsContentAlong() throws IOException {
    lab.directory("d").file("d/f", "x").begin();
    Files.move(lab.at("d"), lab.at("e"));
    assertLeft(Set.of("d/ d/f=x", "e/ e/f=x"), "d/ d/f=x");
  }

  @Test
  void whatIsCreatedInAMovedDirectoryIsThereUnderEitherName() throws IOException {
    lab.directory("d").begin();
    Files.move(lab.at("d"), lab.at("e"));
    lab.create("e/f");
    lab.force("e");
    assertEquals(Set.of("d/ d/f=", "e/ e/f="), lab.left(Profile.WEAK));
  }

  @Test
  void aSymbolicLinkIsMovedItselfAndItsFileIsNot() throws IOException {
    lab.file("f", "x");
    Files.createSymbolicLink(lab.at("l"), lab.at("f"));
    lab.begin();
    Files.move(lab.at("l"), lab.at("m"));
    assertLeft(Set.of("f=x l->/f", "f=x m->/f"), "f=x l->/f");
  }

  @Test
  void throughALinkToADirectoryItIsTheDirectoryThatChanges() throws IOException {
    lab.directory("d");
    Files.createSymbolicLink(lab.at("l"), lab.at("d"));
    lab.begin();
    lab.create("l/f");
    lab.force("l");
    assertEquals(Set.of("d/ d/f= l->/d"), lab.left(Profile.DROP_UNSYNCED));
  }

  @Test
  void aFileDeletedOnCloseIsBackOrNot() throws IOException {
    lab.file("f", "x").begin();
    lab.open("f", WRITE, DELETE_ON_CLOSE).close();
    assertLeft(Set.of("", "f=x"), "f=x");
  }

  @Test
  void aCopyIsANewFileWithContentOfItsOwn() throws IOException {
    lab.file("f", "xy").begin();
    Files.copy(lab.at("f"), lab.at("g"));
    assertLeft(Set.of("f=xy", "f=xy g=", "f=xy g=..", "f=xy g=xy"), "f=xy");
  }

  @Test
  void aCopyThatReplacesDeletesFirst() throws IOException {
    lab.file("f", "xy").file("g", "old").begin();
    Files.copy(lab.at("f"), lab.at("g"), REPLACE_EXISTING);
    assertLeft(Set.of("f=xy g=old", "f=xy", "f=xy g=", "f=xy g=..", "f=xy g=xy"), "f=xy g=old");
  }

  @Test
  void aCopyLastsOnceFileAndDirectoryAreForced() throws IOException {
    lab.file("f", "xy").begin();
    Files.copy(lab.at("f"), lab.at("g"));
    lab.force("g");
    lab.force("");
    assertEquals(Set.of("f=xy g=xy"), lab.left(Profile.WEAK));
  }

  @Test
  void differentNamesAreLostInAnyCombinationOrInOrder() throws IOException {
    lab.create("a");
    lab.create("b");
    lab.create("c");
    assertEquals(
        Set.of("", "a=", "a= b=", "a= b= c=", "a= c=", "b=", "b= c=", "c="),
        lab.left(Profile.WEAK));
    assertEquals(Set.of("", "a=", "a= b=", "a= b= c="), lab.left(Profile.META_ORDERED));
  }

  @Test
  void theMeaningsOfOneNameKeepTheirOrder() throws IOException {
    lab.file("a", "1").begin();
    Files.delete(lab.at("a"));
    Files.createDirectory(lab.at("a"));
    assertEquals(Set.of("", "a/", "a=1"), lab.left(Profile.WEAK));
  }

  @Test
  void aChainOfMovesIsLostFromItsEnd() throws IOException {
    lab.file("a", "x").begin();
    Files.move(lab.at("a"), lab.at("b"));
    lab.create("z");
    Files.move(lab.at("b"), lab.at("c"));
    assertEquals(Set.of("a=x", "a=x z=", "b=x", "b=x z=", "c=x", "c=x z="), lab.left(Profile.WEAK));
  }

  @Test
  void attributesAreNoUnits() throws IOException {
    lab.file("a", "x").begin();
    Files.setLastModifiedTime(lab.at("a"), Files.getLastModifiedTime(lab.at("a")));
    assertEquals(0, lab.recording().unitCount());
    assertEquals(1, lab.recording().events().size());
  }

  @Test
  void aFileThatIsCreatedAndOpenedAgainIsOneFile() throws IOException {
    lab.create("a");
    Lab.write(lab.open("a", WRITE, CREATE), "x", 0);
    assertEquals(
        1,
        lab.recording().events().stream()
            .filter(e -> e.toString().contains("create"))
            .count());
    assertLeft(Set.of("", "a=", "a=.", "a=x"), "");
  }
}
