package org.jetbackup.engine.backup;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.jetbackup.api.Environment;
import org.jetbackup.api.JetInstance;
import org.jetbackup.api.TermGrbit;
import org.jetbackup.api.backup.BackupGrbit;
import org.jetbackup.api.backup.StatusCallback;
import org.jetbackup.api.error.JetErr;
import org.jetbackup.api.error.JetException;
import org.jetbackup.api.param.Parameters;
import org.jetbackup.api.param.SystemParameter;
import org.jetbackup.engine.instance.ReferenceEngine;
import org.jetbackup.tck.storage.KitFileSystem;

/**
 * A set that is as small as can be, in memory, to be damaged: a full backup with one log file and
 * an incremental one with another. The same files always restore to the same bytes, so that a result
 * is right if it is byte for byte what the whole set gives.
 */
final class TinySet implements AutoCloseable {

  static final int PAGE_BYTES = 4096;

  private static final int LOG_KB = 64;

  private static final int RECORDS = 64;

  /** As many as go into one log file, so that little is left of it that nobody reads. */
  private static final int RECORDS_BEHIND = 76;

  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-11-26T08:00:00Z"), ZoneOffset.UTC);

  private final KitFileSystem kit = KitFileSystem.inMemory();
  private final Path destination;
  private final Parameters parameters;
  final Path directory;

  /** What the whole set gives, and what its first moment gives. */
  final byte[] whole;

  final byte[] before;

  /** The answer of a restore: an error or a database. */
  @SuppressWarnings("ArrayRecordComponent") // compared by Arrays.equals only
  record Answer(Optional<JetErr> error, byte[] database) {}

  TinySet() {
    kit.captureStacks(false);
    Site site = new Site(kit.root())
        .with(SystemParameter.DATABASE_PAGE_SIZE, PAGE_BYTES)
        .with(SystemParameter.DATABASE_EXTENSION_SIZE, 1);
    directory = site.directory("backup");
    destination = site.directory("destination");
    site.start().put(0, RECORDS);
    site.instance().backup(directory, BackupGrbit.FULL, StatusCallback.NONE);
    parameters = Parameters.builder()
        .set(SystemParameter.SYSTEM_PATH, site.directory("nolog"))
        .set(SystemParameter.DATABASE_PAGE_SIZE, PAGE_BYTES)
        .set(SystemParameter.LOG_FILE_SIZE, LOG_KB)
        .build();
    before = restore().database();
    site.put(RECORDS, RECORDS + RECORDS_BEHIND);
    site.instance().backup(directory, BackupGrbit.INCREMENTAL, StatusCallback.NONE);
    site.close();
    whole = restore().database();
    assertArrayEquals(whole, restore().database());
    requireRecords(before, RECORDS);
    requireRecords(whole, RECORDS + RECORDS_BEHIND);
  }

  /** What a restored database holds, read by an instance of its own. */
  private void requireRecords(byte[] database, int count) {
    try (KitFileSystem other = KitFileSystem.inMemory();
        Site reader = new Site(other.root()).with(SystemParameter.DATABASE_PAGE_SIZE, PAGE_BYTES)) {
      Files.write(reader.database(), database);
      reader.start();
      for (int i = 0; i <= count; i++) {
        assertEquals(i < count, reader.has(i), "record " + i);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The files of the set, sorted by their paths. */
  List<Path> files() {
    return walk(directory).filter(Files::isRegularFile).toList();
  }

  private static Stream<Path> walk(Path top) {
    try (Stream<Path> all = Files.walk(top)) {
      return all.sorted(Comparator.comparing(Path::toString)).toList().stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String name(Path file) {
    return directory.relativize(file).toString();
  }

  /** The directory of the increment. */
  Path increment() {
    return walk(directory)
        .filter(path -> String.valueOf(path.getFileName()).startsWith("inc-"))
        .findFirst()
        .orElseThrow();
  }

  /** Changes bits of a byte; the same again brings it back. */
  static void flip(Path file, byte[] content, int at, int bits) {
    content[at] ^= (byte) bits;
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.write(ByteBuffer.wrap(content, at, 1), at);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Empty if everything is said to be good. Anything but a JetException is thrown. */
  Optional<JetErr> verify() {
    try {
      new ReferenceEngine().verifyBackup(directory);
      return Optional.empty();
    } catch (JetException e) {
      return Optional.of(e.error());
    }
  }

  /** Restores to a destination that is empty, and is empty again if there is an error. */
  Answer restore() {
    Environment environment = new Environment(CLOCK, new SplittableRandom(7), Runnable::run);
    JetInstance instance = new ReferenceEngine().createInstance("restore", parameters, environment);
    try {
      instance.restore(directory, destination, StatusCallback.NONE);
      List<Path> restored = walk(destination).filter(Files::isRegularFile).toList();
      assertEquals(1, restored.size(), restored::toString);
      byte[] database = Files.readAllBytes(restored.get(0));
      Files.delete(restored.get(0));
      return new Answer(Optional.empty(), database);
    } catch (JetException e) {
      assertEquals(List.of(destination), walk(destination).toList());
      return new Answer(Optional.of(e.error()), new byte[0]);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      instance.terminate(TermGrbit.NONE);
    }
  }

  @Override
  public void close() throws IOException {
    kit.close();
  }
}
