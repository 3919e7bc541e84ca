package org.jetbackup.engine.event;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import jdk.jfr.Event;
import jdk.jfr.EventType;
import jdk.jfr.Recording;
import jdk.jfr.ValueDescriptor;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the flight recorder is told. The recorder itself is the judge: its file is read back. */
class FlightEventsTest {

  private static final List<Class<? extends Event>> ALL = List.of(
      CommitEvent.class,
      LogFlushEvent.class,
      PageReadEvent.class,
      PageWriteEvent.class,
      CheckpointEvent.class);

  private static final Set<String> OF_EVERY_EVENT =
      Set.of("startTime", "duration", "eventThread", "stackTrace");

  @TempDir
  private Path directory;

  @Test
  void whatIsRecordedCanBeReadBack() throws Exception {
    Path database = Path.of("data", "a.edb");
    List<RecordedEvent> recorded = record("0 ns", () -> {
      CommitEvent.started().ended(4_096, 3, true);
      LogFlushEvent flush = LogFlushEvent.started();
      flush.written();
      flush.ended(512, 2);
      PageReadEvent.started().ended(database, 7);
      PageWriteEvent.started().ended(database, 16);
      CheckpointEvent.started().ended(5, 40);
    });
    RecordedEvent commit = only(recorded, "jetbackup.Commit");
    assertEquals(4_096, commit.getLong("logBytes"));
    assertEquals(3, commit.getInt("operations"));
    assertTrue(commit.getBoolean("lazy"));
    assertTrue(!commit.getDuration().isNegative());
    RecordedEvent flush = only(recorded, "jetbackup.LogFlush");
    assertEquals(512, flush.getLong("bytes"));
    assertEquals(2, flush.getInt("waitingCommits"));
    assertTrue(!flush.getDuration("writeTime").isNegative());
    assertTrue(!flush.getDuration("forceTime").isNegative());
    RecordedEvent read = only(recorded, "jetbackup.PageRead");
    assertEquals(database.toString(), read.getString("file"));
    assertEquals(7, read.getLong("page"));
    RecordedEvent write = only(recorded, "jetbackup.PageWrite");
    assertEquals(database.toString(), write.getString("file"));
    assertEquals(16, write.getInt("pages"));
    RecordedEvent checkpoint = only(recorded, "jetbackup.Checkpoint");
    assertEquals(5, checkpoint.getLong("generation"));
    assertEquals(40, checkpoint.getLong("pages"));
  }

  @Test
  void whatIsShorterThanTheThresholdIsNotRecorded() throws Exception {
    List<RecordedEvent> recorded = record("1 h", () -> {
      CommitEvent.started().ended(1, 1, false);
      LogFlushEvent flush = LogFlushEvent.started();
      flush.written();
      flush.ended(1, 1);
      PageReadEvent.started().ended(directory, 1);
      PageWriteEvent.started().ended(directory, 1);
      CheckpointEvent.started().ended(1, 1);
    });
    assertEquals(List.of(), recorded);
  }

  @Test
  void whileNobodyRecordsThereIsOneEventForAll() throws Exception {
    assertSame(CommitEvent.started(), CommitEvent.started());
    assertSame(LogFlushEvent.started(), LogFlushEvent.started());
    assertSame(PageReadEvent.started(), PageReadEvent.started());
    assertSame(PageWriteEvent.started(), PageWriteEvent.started());
    assertSame(CheckpointEvent.started(), CheckpointEvent.started());
    CommitEvent off = CommitEvent.started();
    List<RecordedEvent> recorded = record("0 ns", () -> {
      assertNotSame(off, CommitEvent.started());
      off.ended(1, 1, false);
    });
    assertEquals(List.of(), recorded, "begun before the recording, so it has no beginning");
    assertSame(off, CommitEvent.started(), "after the recording nothing is made any more");
  }

  @Test
  void allBelongToOneCategoryAndExplainThemselves() {
    for (Class<? extends Event> each : ALL) {
      EventType type = EventType.getEventType(each);
      assertTrue(type.getName().startsWith("jetbackup."), type.getName());
      assertEquals(List.of("jetbackup"), type.getCategoryNames());
      assertNotNull(type.getLabel());
      assertNotNull(type.getDescription());
      for (ValueDescriptor field : own(type)) {
        assertNotNull(field.getLabel(), type.getName() + " " + field.getName());
      }
    }
  }

  @Test
  void thePageForPeopleListsEveryEventWithItsFields() throws Exception {
    List<String> page = Files.readAllLines(Path.of("..", "docs", "statistics-and-events.md"));
    for (Class<? extends Event> each : ALL) {
      EventType type = EventType.getEventType(each);
      String line = page.stream()
          .filter(text -> text.startsWith("| `" + type.getName() + "` |"))
          .collect(Collectors.joining());
      for (ValueDescriptor field : own(type)) {
        assertTrue(
            line.contains("`" + field.getName() + "`"), type.getName() + " " + field.getName());
      }
    }
  }

  private static List<ValueDescriptor> own(EventType type) {
    return type.getFields().stream()
        .filter(field -> !OF_EVERY_EVENT.contains(field.getName()))
        .toList();
  }

  private List<RecordedEvent> record(String threshold, Runnable what) throws Exception {
    Path file = directory.resolve("flight.jfr");
    try (Recording recording = new Recording()) {
      for (Class<? extends Event> each : ALL) {
        recording.enable(each).with("threshold", threshold);
      }
      recording.start();
      what.run();
      recording.stop();
      recording.dump(file);
    }
    try (Stream<RecordedEvent> events = RecordingFile.readAllEvents(file).stream()) {
      return events
          .filter(event -> event.getEventType().getName().startsWith("jetbackup."))
          .toList();
    }
  }

  private static RecordedEvent only(List<RecordedEvent> events, String name) {
    List<RecordedEvent> found = events.stream()
        .filter(event -> event.getEventType().getName().equals(name))
        .toList();
    assertEquals(1, found.size(), name);
    return found.get(0);
  }
}
