package org.jetbackup.docs.example;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Set;
import org.jetbackup.docs.Guide;
import org.jetbackup.tck.crash.CrashRecorder;
import org.jetbackup.tck.crash.CrashState;
import org.jetbackup.tck.crash.CrashStates;
import org.jetbackup.tck.crash.Profile;
import org.jetbackup.tck.crash.Recording;
import org.jetbackup.tck.storage.Fault;
import org.jetbackup.tck.storage.KitFileSystem;
import org.jetbackup.tck.storage.Story;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The example of the guide: what it shows is compiled and run here. */
class NoteTest {

  /** A way to save a note. */
  interface Saving {
    void save(Path file, String text) throws IOException;
  }

  // guide: begin test
  static void survivesEveryCrash(Saving saving, Profile profile) throws IOException {
    try (KitFileSystem files = KitFileSystem.inMemory()) {
      CrashRecorder recorder = CrashRecorder.on(files);
      Path note = files.root().resolve("note");
      saving.save(note, "old");
      recorder.begin(); // what was written so far counts as durable
      saving.save(note, "new");
      recorder.mark("saved");
      Recording recording = recorder.end();
      CrashStates.of(recording, profile).forEachRaw(NoteTest::expectOldOrNew);
    }
  }

  static void expectOldOrNew(CrashState state) {
    try (KitFileSystem left = state.image().open()) {
      String text = Note.load(left.root().resolve("note"));
      boolean good =
          state.passed("saved") ? text.equals("new") : Set.of("old", "new").contains(text);
      assertTrue(good, () -> "found '" + text + "' " + state);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
  // guide: end

  @ParameterizedTest
  @EnumSource(names = {"KILL", "DROP_UNSYNCED", "META_ORDERED", "WEAK", "GARBAGE"})
  void aDurableNoteSurvivesEveryCrash(Profile profile) throws IOException {
    survivesEveryCrash(Note::save, profile);
  }

  @Test
  void aForgetfulNoteDoesNotAndTheGuideShowsWhatIsSaid() throws IOException {
    survivesEveryCrash(Note::saveForgetfully, Profile.KILL);

    AssertionError broken = assertThrows(
        AssertionError.class,
        () -> survivesEveryCrash(Note::saveForgetfully, Profile.META_ORDERED));

    String said =
        String.valueOf(broken.getMessage()).replace(" ==> expected: <true> but was: <false>", "");
    assertEquals(Guide.block("said"), said);
  }

  // guide: begin fault
  @Test
  void aFullDiskLeavesTheOldNote() throws IOException {
    try (KitFileSystem files = KitFileSystem.inMemory()) {
      Path note = files.root().resolve("note");
      Note.save(note, "old");
      files.inject(Fault.parse("write ** #1 sticky disk-full-after 2"));
      assertThrows(IOException.class, () -> Note.save(note, "new"));
      assertEquals("old", Note.load(note));
      assertTrue(files.openHandles().isEmpty(), () -> files.openHandles().toString());
    }
  }
  // guide: end

  // guide: begin story
  static String storyOfSaving(String text) throws IOException {
    try (KitFileSystem files = KitFileSystem.inMemory()) {
      files.startTrace();
      Note.save(files.root().resolve("note"), text);
      Story story = new Story();
      story.heading("a note is saved");
      story.tell(files.trace());
      return story.toString();
    }
  }
  // guide: end

  @Test
  void theStoryOfSavingIsTheOneInTheGuide() throws IOException {
    assertEquals(Guide.block("told") + "\n", storyOfSaving("new"));
  }

  @Test
  void theCodeInTheGuideIsTheCodeThatRuns() throws IOException {
    for (String name : Set.of("forgetful", "durable")) {
      assertEquals(Guide.source("Note.java", name), Guide.block(name), name);
    }
    for (String name : Set.of("test", "fault", "story")) {
      assertEquals(Guide.source("NoteTest.java", name), Guide.block(name), name);
    }
  }
}
