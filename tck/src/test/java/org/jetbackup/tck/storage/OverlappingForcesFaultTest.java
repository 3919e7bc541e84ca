package org.jetbackup.tck.storage;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;
import static org.jetbackup.tck.storage.Subject.bytes;
import static org.jetbackup.tck.storage.Subject.open;
import static org.jetbackup.tck.storage.Subject.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.channels.FileChannel;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a force that fails loses while another one of the same file is under way. */
class OverlappingForcesFaultTest implements FaultSubject {

  private final KitFileSystem kit = KitFileSystem.inMemory();
  private FileChannel channel;
  private Object fileKey;

  @Override
  public KitFileSystem kit() {
    return kit;
  }

  private Unforced unforced() {
    return ((GatedFileSystem) kit.fileSystem()).unforced();
  }

  @BeforeEach
  void write() throws IOException {
    inject("force ** #1 once drops-data");
    channel = open(at("file"), WRITE, CREATE);
    GatedFileSystem gated = (GatedFileSystem) kit.fileSystem();
    fileKey = FileOpener.fileKey(gated.mapping().below(gated.own(at("file"))));
    channel.write(bytes("first "));
  }

  @AfterEach
  void close() throws IOException {
    kit.close();
  }

  @Test
  void whatAForceUnderWayMayMakeDurableIsNotLost() throws IOException {
    Unforced.Force underWay = unforced().begin(fileKey);
    channel.write(bytes("second"));
    assertThrows(IOException.class, () -> channel.force(true));
    unforced().end(underWay, true);
    assertEquals("first ", text(at("file")));
  }

  @Test
  void aForceMakesDurableWhatWasThereWhenItBegan() throws IOException {
    Unforced.Force done = unforced().begin(fileKey);
    channel.write(bytes("second"));
    unforced().end(done, true);
    assertThrows(IOException.class, () -> channel.force(true));
    assertEquals("first ", text(at("file")));
  }

  @Test
  void aForceThatFailsBelowMakesNothingDurable() throws IOException {
    unforced().end(unforced().begin(fileKey), false);
    assertThrows(IOException.class, () -> channel.force(true));
    assertEquals("", text(at("file")));
  }

  @Test
  void theForceOfAnotherFileProtectsNothing() throws IOException {
    unforced().begin("another");
    assertThrows(IOException.class, () -> channel.force(true));
    assertEquals("", text(at("file")));
  }
}
