package org.jetbackup.tck.storage;

import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.DSYNC;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.TRUNCATE_EXISTING;
import static java.nio.file.StandardOpenOption.WRITE;
import static org.jetbackup.tck.storage.Subject.bytes;
import static org.jetbackup.tck.storage.Subject.open;
import static org.jetbackup.tck.storage.Subject.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A force that fails and loses what it should have made durable. */
interface DroppedDataContract extends FaultSubject {

  String DROPS = "force ** #1 once drops-data";

  private static void losesForce(FileChannel channel) {
    FileSystemException e = assertThrows(FileSystemException.class, () -> channel.force(true));
    assertTrue(e.toString().contains("Input/output error (injected: "), e::toString);
  }

  @Test
  default void aFailedForceTakesTheUnforcedDataWithItAndTheNextOneSucceeds() throws IOException {
    inject("force file #2 once drops-data");
    try (FileChannel channel = open(at("file"), READ, WRITE, CREATE)) {
      channel.write(bytes("abcdef"));
      channel.force(true);
      channel.write(bytes("XY"), 1);
      channel.write(bytes("tail"), 9);
      channel.truncate(12);
      channel.write(bytes("Z"), 0);
      losesForce(channel);
      assertEquals(6, channel.size());
      assertEquals("abcdef", text(at("file")));
      channel.force(true);
      channel.write(bytes("!"), 6);
      channel.force(false);
    }
    assertEquals("abcdef!", text(at("file")));
    assertTrue(kit().fired());
  }

  @Test
  default void whatWasCutOffIsBack() throws IOException {
    file("file", "abcdef");
    inject(DROPS);
    try (FileChannel channel = open(at("file"), WRITE, TRUNCATE_EXISTING)) {
      channel.write(bytes("uvwxyz12"));
      channel.truncate(3);
      assertEquals("uvw", text(at("file")));
      losesForce(channel);
    }
    assertEquals("abcdef", text(at("file")));
  }

  @Test
  default void whatWasWrittenBeforeTheFaultIsKept() throws IOException {
    try (FileChannel channel = open(at("file"), WRITE, CREATE)) {
      channel.write(bytes("before "));
      inject(DROPS);
      channel.write(bytes("after"));
      losesForce(channel);
    }
    assertEquals("before ", text(at("file")));
  }

  @Test
  default void eachFaultLosesWhatWasWrittenSinceItself() throws IOException {
    inject("force other #1 once drops-data");
    try (FileChannel channel = open(at("file"), WRITE, CREATE)) {
      channel.write(bytes("before "));
      inject("force file #1 once drops-data");
      channel.write(bytes("after"));
      losesForce(channel);
    }
    assertEquals("before ", text(at("file")));
  }

  @Test
  default void onlyTheFileThatIsForcedLosesData() throws IOException {
    inject(DROPS);
    try (FileChannel one = open(at("one"), WRITE, CREATE);
        FileChannel other = open(at("other"), WRITE, CREATE)) {
      one.write(bytes("one"));
      other.write(bytes("other"));
      losesForce(one);
      other.force(true);
    }
    assertEquals("", text(at("one")));
    assertEquals("other", text(at("other")));
  }

  @Test
  default void writesThroughAllChannelsAreLostByTheForceOfAnyOne() throws IOException {
    file("file", "old");
    inject(DROPS);
    try (FileChannel appending = open(at("file"), APPEND)) {
      appending.write(bytes(" end"));
    }
    try (FileChannel writing = open(at("file"), WRITE);
        FileChannel reading = open(at("file"), READ)) {
      writing.write(bytes("new"));
      losesForce(reading);
    }
    assertEquals("old", text(at("file")));
  }

  @Test
  default void aFileThatWasMovedWhileItWasOpenIsStillTheSame() throws IOException {
    directory("a");
    try (FileChannel channel = open(at("a/file"), WRITE, CREATE)) {
      channel.write(bytes("old"));
      Files.move(at("a"), at("b"));
      directory("a");
      file("a/file", "stranger");
      inject(DROPS);
      channel.write(bytes("new"), 0);
      Files.move(at("b/file"), at("c"));
      losesForce(channel);
    }
    assertEquals("old", text(at("c")));
    assertEquals("stranger", text(at("a/file")));
  }

  @Test
  default void aFileWithoutANameLosesNothingThatCouldBeSeen() throws IOException {
    try (FileChannel channel = open(at("file"), WRITE, CREATE)) {
      Files.delete(at("file"));
      inject(DROPS);
      channel.write(bytes("unseen"));
      losesForce(channel);
      channel.force(true);
    }
  }

  @Test
  default void aSynchronousWriteIsLostAsAWhole() throws IOException {
    file("file", "old");
    inject(DROPS);
    try (FileChannel channel = open(at("file"), WRITE, DSYNC)) {
      assertThrows(IOException.class, () -> channel.write(bytes("newer"), 0));
      assertEquals("old", text(at("file")));
      channel.write(bytes("N"), 0);
    }
    assertEquals("Nld", text(at("file")));
  }

  @Test
  default void aStickyFaultLosesDataAtEveryForce() throws IOException {
    inject("any-mutation file #2 sticky drops-data");
    try (FileChannel channel = open(at("file"), WRITE, CREATE)) {
      channel.write(bytes("kept"));
      channel.force(true);
      channel.write(bytes("lost"), 0);
      losesForce(channel);
      channel.write(bytes("lost"), 4);
      losesForce(channel);
      assertEquals("kept", text(at("file")));
      kit().clearFaults();
      channel.write(bytes("!"), 4);
      channel.force(true);
    }
    assertEquals("kept!", text(at("file")));
  }

  @Test
  default void aForceThatFailsOtherwiseLosesNothingAndMakesNothingDurable() throws IOException {
    inject("force file #1 once before-effect");
    inject("force file #2 once drops-data");
    try (FileChannel channel = open(at("file"), WRITE, CREATE)) {
      channel.write(bytes("abc"));
      assertThrows(IOException.class, () -> channel.force(true));
      assertEquals("abc", text(at("file")));
      losesForce(channel);
    }
    assertEquals("", text(at("file")));
  }

  @Test
  default void directoriesHaveNoDataToLose() throws IOException {
    directory("directory");
    inject(DROPS);
    try (FileChannel channel = open(at("directory"), READ)) {
      channel.force(true);
    }
    assertFalse(kit().fired());
  }

  @Test
  default void anInterruptedThreadLosesDataJustTheSame() throws IOException {
    inject("write ** #2 once interrupt");
    inject("force ** #1 once drops-data");
    FileChannel channel = open(at("file"), WRITE, CREATE);
    channel.write(bytes("lost"));
    assertThrows(IOException.class, () -> channel.write(bytes("not written")));
    assertTrue(Thread.interrupted());
    try (FileChannel again = open(at("file"), WRITE)) {
      losesForce(again);
    }
    assertEquals("", text(at("file")));
  }

  @Test
  default void interceptorsAreToldAfterTheFailure() throws IOException {
    List<String> told = new ArrayList<>();
    kit().intercept(new Interceptor() {
      @Override
      public void failed(Operation operation) {
        told.add("failed " + operation.kind());
      }

      @Override
      public void dropped(Operation force, long since) {
        told.add("dropped " + force.path() + " " + force.failure() + " since " + since);
      }
    });
    try (FileChannel channel = open(at("file"), WRITE, CREATE)) {
      channel.write(bytes("second operation"));
      inject(DROPS);
      channel.write(bytes("third operation"));
      losesForce(channel);
    }
    assertEquals(List.of("failed force", "dropped file DroppedDataException since 2"), told);
  }
}
