package org.jetbackup.tck.storage;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/**
 * What was in files before the changes that no force has made durable, so that a force that fails
 * can lose them.
 *
 * <p>Remembers only while a fault is in force that needs it. Files are told apart by their keys, not
 * by their names, so that it does not matter whether one is moved while it is open; it matters only
 * where the file system below has no keys.
 *
 * <p>All state is protected by the lock of the {@link Gate}. Changes happen under it; forces do not,
 * so a force makes durable what was changed before it began, and not what was changed meanwhile.
 */
final class Unforced {

  /** How to take back the change that an operation made. */
  private record Undo(long number, long size, long offset, ByteBuffer old) {}

  /** A file with its changes, newest last, and a channel of our own that can read and write it. */
  private record Changed(FileChannel channel, Deque<Undo> undos) {}

  /**
   * A force under way.
   *
   * @param begun the number of the newest operation when it began
   */
  record Force(Object fileKey, long begun) {}

  /** Something done to a file below. */
  private interface Work {
    void run() throws IOException;
  }

  private final Gate gate;
  private final Path root;
  private final BooleanSupplier wanted;
  private final Map<Object, Changed> files = new HashMap<>();
  private final List<Force> underWay = new ArrayList<>();

  /**
   * Remembers nothing yet.
   *
   * @param root the directory below which all files are
   * @param wanted whether to remember; asked under the lock
   */
  Unforced(Gate gate, Path root, BooleanSupplier wanted) {
    this.gate = gate;
    this.root = root;
    this.wanted = wanted;
  }

  /**
   * Takes note of what a change that is about to happen will replace or cut off; only under the
   * lock.
   *
   * @param path where the file was when it was opened
   * @param offset in bytes
   * @param length in bytes; may reach beyond the end of the file
   * @throws UncheckedIOException if the file cannot be read and written for that
   */
  void remember(Path path, Object fileKey, long offset, long length) {
    if (length == 0 || !wanted.getAsBoolean()) {
      return;
    }
    steadily(() -> {
      Changed known = files.get(fileKey);
      Optional<Changed> file = known == null ? open(path, fileKey) : Optional.of(known);
      if (file.isPresent()) {
        files.put(fileKey, file.get());
        file.get().undos.addLast(undo(file.get().channel, offset, length));
      }
    });
  }

  private Undo undo(FileChannel channel, long offset, long length) throws IOException {
    long size = channel.size();
    long replaced = Math.max(0, Math.min(length, size - offset));
    ByteBuffer old = ByteBuffer.allocate(Math.toIntExact(replaced));
    while (old.hasRemaining() && channel.read(old, offset + old.position()) >= 0) {
      // A file system may deliver less than it was asked for.
    }
    return new Undo(gate.lastSequence(), size, offset, old.flip());
  }

  /** Says that a force begins below. */
  Force begin(Object fileKey) {
    return gate.query(() -> {
      Force force = new Force(fileKey, gate.lastSequence());
      underWay.add(force);
      return force;
    });
  }

  /** Says that a force below has ended, and whether well. */
  void end(Force force, boolean done) {
    gate.update(() -> {
      underWay.remove(force);
      Changed file = files.get(force.fileKey);
      if (done && file != null) {
        file.undos.removeIf(undo -> undo.number <= force.begun);
        forgetIfClean(force.fileKey, file);
      }
    });
  }

  /** Takes back what a force that failed has lost, and tells the interceptors. */
  void drop(Object fileKey, DroppedDataException failure) {
    gate.update(() -> {
      long since = underWay.stream()
          .filter(force -> force.fileKey.equals(fileKey))
          .mapToLong(Force::begun)
          .reduce(failure.since(), Math::max);
      Changed file = files.get(fileKey);
      if (file != null) {
        steadily(() -> takeBack(file, since));
        forgetIfClean(fileKey, file);
      }
      gate.tellDropped(failure.force(), since);
      if (!wanted.getAsBoolean()) {
        forgetAll();
      }
    });
  }

  private static void takeBack(Changed file, long since) throws IOException {
    while (!file.undos.isEmpty() && file.undos.getLast().number > since) {
      Undo undo = file.undos.removeLast();
      while (undo.old.hasRemaining()) {
        file.channel.write(undo.old, undo.offset + undo.old.position());
      }
      file.channel.truncate(undo.size);
    }
  }

  /** Forgets everything; only under the lock. */
  void forgetAll() {
    List.copyOf(files.keySet()).forEach(this::forget);
  }

  private void forgetIfClean(Object fileKey, Changed file) {
    if (file.undos.isEmpty()) {
      forget(fileKey);
    }
  }

  private void forget(Object fileKey) {
    Changed file = files.remove(fileKey);
    if (file != null) {
      try {
        file.channel.close();
      } catch (IOException ignored) {
        // It was ours alone, and everything that went through it has happened.
      }
    }
  }

  /** Opens a file where it is now; none if it has no name any more, so that nobody will miss it. */
  private Optional<Changed> open(Path path, Object fileKey) throws IOException {
    Optional<Path> place = isAt(path, fileKey) ? Optional.of(path) : find(fileKey);
    if (place.isEmpty()) {
      return Optional.empty();
    }
    FileChannel channel =
        FileChannel.open(place.get(), StandardOpenOption.READ, StandardOpenOption.WRITE);
    return Optional.of(new Changed(channel, new ArrayDeque<>()));
  }

  private Optional<Path> find(Object fileKey) throws IOException {
    try (Stream<Path> all = Files.walk(root)) {
      return all.filter(path -> isAt(path, fileKey)).findFirst();
    }
  }

  private static boolean isAt(Path path, Object fileKey) {
    try {
      return Files.isRegularFile(path) && FileOpener.fileKey(path).equals(fileKey);
    } catch (IOException e) {
      return false;
    }
  }

  /** Works on a channel of our own, which an interrupt would close. */
  private static void steadily(Work work) {
    try {
      Interrupts.without(() -> {
        work.run();
        return true;
      });
    } catch (IOException e) {
      throw new UncheckedIOException("the kit cannot keep what a fault is to bring back", e);
    }
  }
}
