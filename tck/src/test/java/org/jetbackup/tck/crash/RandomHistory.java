package org.jetbackup.tck.crash;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.TRUNCATE_EXISTING;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.CopyOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.jetbackup.tck.storage.KitFileSystem;

/**
 * Does things by chance to a recorded file system and tells a {@link Sheet} of all that succeeded.
 * The same seed does the same; it is part of every message.
 */
final class RandomHistory implements Closeable {

  private static final List<String> DIRECTORIES = List.of("", "", "d/", "e/", "d/e/");
  private static final List<String> NAMES = List.of("a", "a", "b", "c", "d", "e");
  private static final String LETTERS = "ABC\0";

  /** A channel and the number of the file behind it. */
  private record Handle(FileChannel channel, int file) {}

  private final SplittableRandom random;
  private final KitFileSystem files;
  private final CrashRecorder recorder;
  private final Sheet sheet;
  private final List<Handle> handles = new ArrayList<>();
  private final StringBuilder story;

  private RandomHistory(
      String name, long seed, KitFileSystem files, CrashRecorder recorder, Sheet sheet) {
    this.random = new SplittableRandom(seed);
    this.files = files;
    this.recorder = recorder;
    this.sheet = sheet;
    this.story = new StringBuilder(name + " (replay with seed " + seed + "):");
  }

  /** A short history on a disk on which something has happened before. */
  static RandomHistory of(long seed, int most) throws IOException {
    KitFileSystem files = KitFileSystem.inMemory();
    files.captureStacks(false);
    CrashRecorder recorder = CrashRecorder.on(files, Lab.SECTOR);
    Sheet sheet = new Sheet(Lab.SECTOR);
    RandomHistory history = new RandomHistory("history", seed, files, recorder, sheet);
    if (history.random.nextInt(3) > 0) {
      history.prepare();
    }
    history.go(history.random.nextInt(6));
    history.begin();
    history.go(1 + history.random.nextInt(most));
    return history;
  }

  /** The same with other things done, on what a crash has left. */
  static RandomHistory on(Image.Opened opened, Sheet sheet, long seed, int most)
      throws IOException {
    RandomHistory history =
        new RandomHistory("second history", seed, opened.files(), opened.recorder(), sheet);
    history.begin();
    history.go(1 + history.random.nextInt(most));
    return history;
  }

  KitFileSystem files() {
    return files;
  }

  Sheet sheet() {
    return sheet;
  }

  CrashRecorder recorder() {
    return recorder;
  }

  void begin() {
    recorder.begin();
    sheet.begin();
    story.append("\n  -- begin");
  }

  void go(int times) throws IOException {
    for (int i = 0; i < times; i++) {
      step();
    }
  }

  /** Most of what comes by chance needs something that is there. */
  private void prepare() throws IOException {
    for (String directory : List.of("d", "e")) {
      Files.createDirectory(at(directory));
      sheet.makeDirectory(0, directory);
    }
    open("a");
    open("d/b");
  }

  private void step() throws IOException {
    try {
      if (!handles.isEmpty() && random.nextInt(100) < 55) {
        useHandle(handles.get(random.nextInt(handles.size())));
      } else {
        usePath();
      }
    } catch (IOException refused) {
      // It had no effect, so nobody is told. The file system decides what is possible.
      story.append(" refused");
    }
  }

  private void useHandle(Handle handle) throws IOException {
    int file = handle.file;
    switch (random.nextInt(12)) {
      case 0, 1, 2, 3, 4, 5 -> {
        byte[] bytes = bytes();
        int offset = random.nextInt(3) == 0 ? random.nextInt(48) : random.nextInt(3) * Lab.SECTOR;
        story.append("\n  write ").append(file).append(' ').append(offset);
        story.append('+').append(bytes.length);
        handle.channel.write(ByteBuffer.wrap(bytes), offset);
        sheet.write(file, offset, bytes);
      }
      case 6, 7 -> {
        int size = random.nextInt(48);
        story.append("\n  truncate ").append(file).append(" to ").append(size);
        handle.channel.truncate(size);
        sheet.truncate(file, size);
      }
      case 8, 9 -> {
        boolean everything = random.nextBoolean();
        story.append("\n  force ").append(file).append(' ').append(everything);
        handle.channel.force(everything);
        sheet.force(file, everything);
      }
      default -> {
        story.append("\n  close ").append(file);
        handle.channel.close();
        handles.remove(handle);
      }
    }
  }

  private byte[] bytes() {
    int length = random.nextInt(4) == 0 ? random.nextInt(3) : 1 + random.nextInt(24);
    byte[] bytes = new byte[length];
    int letter = LETTERS.charAt(random.nextInt(LETTERS.length()));
    Arrays.fill(bytes, (byte) letter);
    return bytes;
  }

  private String anyPath() {
    return DIRECTORIES.get(random.nextInt(DIRECTORIES.size()))
        + NAMES.get(random.nextInt(NAMES.size()));
  }

  private void usePath() throws IOException {
    String path = anyPath();
    switch (random.nextInt(14)) {
      case 0, 1, 2, 3 -> open(path);
      case 4, 5 -> {
        story.append("\n  mkdir ").append(path);
        Files.createDirectory(at(path));
        sheet.makeDirectory(parent(path), name(path));
      }
      case 6 -> {
        String existing = anyPath();
        story.append("\n  link ").append(path).append(" to ").append(existing);
        Files.createLink(at(path), at(existing));
        sheet.link(parent(path), name(path), find(existing));
      }
      case 7 -> {
        String target = random.nextBoolean() ? "/" + anyPath() : name(anyPath());
        story.append("\n  symbolic link ").append(path).append(" to ").append(target);
        Files.createSymbolicLink(at(path), files.fileSystem().getPath(target));
        sheet.symbolicLink(parent(path), name(path), target);
      }
      case 8 -> {
        story.append("\n  delete ").append(path);
        int parent = parent(path);
        Files.delete(at(path));
        sheet.delete(parent, name(path));
      }
      case 9, 10, 11 -> move(path, anyPath());
      case 12 -> copy(path, anyPath());
      default -> forcePath(random.nextBoolean() ? path : directoryOf(path));
    }
  }

  private void open(String path) throws IOException {
    if (handles.size() >= 4) {
      return;
    }
    boolean cuts = random.nextInt(4) == 0;
    story.append("\n  open ").append(path).append(cuts ? " and cut" : "");
    int file = find(path);
    FileChannel channel = cuts
        ? FileChannel.open(at(path), WRITE, CREATE, TRUNCATE_EXISTING)
        : FileChannel.open(at(path), WRITE, CREATE);
    if (file < 0) {
      file = sheet.create(parent(path), name(path));
    } else if (cuts) {
      sheet.truncate(file, 0);
    }
    handles.add(new Handle(channel, file));
  }

  private void move(String from, String to) throws IOException {
    boolean atomic = random.nextInt(3) > 0;
    story.append("\n  move ").append(from).append(" to ").append(to);
    story.append(atomic ? " atomically" : "");
    int fromDirectory = parent(from);
    int toDirectory = parent(to);
    Files.move(at(from), at(to), atomic ? new CopyOption[] {ATOMIC_MOVE} : new CopyOption[0]);
    int source = sheet.meaning(fromDirectory, name(from));
    int target = sheet.meaning(toDirectory, name(to));
    boolean same = source == target && (from.equals(to) || sheet.link(source) == null);
    if (!same) {
      sheet.move(fromDirectory, name(from), toDirectory, name(to));
    }
  }

  private void copy(String from, String to) throws IOException {
    story.append("\n  copy ").append(from).append(" to ").append(to);
    int source = find(from);
    int before = sheet.meaning(parent(to), name(to));
    Files.copy(at(from), at(to));
    if (before >= 0) {
      return; // a copy of a file to itself is none
    }
    if (sheet.isDirectory(source)) {
      sheet.makeDirectory(parent(to), name(to));
    } else {
      int copy = sheet.create(parent(to), name(to));
      if (sheet.size(source) > 0) {
        sheet.write(copy, 0, sheet.bytes(source));
      }
    }
  }

  private void forcePath(String path) throws IOException {
    story.append("\n  force ").append(path);
    int number = find(path);
    try (FileChannel channel = FileChannel.open(at(path), READ)) {
      channel.force(true);
    }
    if (sheet.isDirectory(number)) {
      sheet.forceDirectory(number);
    } else {
      sheet.force(number, true);
    }
  }

  /** Forces whatever there is. */
  void forceAll() throws IOException {
    for (String path : sheet.now().items().keySet()) {
      if (!Files.isSymbolicLink(at(path))) {
        forcePath(path);
      }
    }
    forcePath("");
  }

  private Path at(String path) {
    return files.root().resolve(path);
  }

  private static String directoryOf(String path) {
    return path.substring(0, Math.max(0, path.lastIndexOf('/')));
  }

  private static String name(String path) {
    return path.substring(path.lastIndexOf('/') + 1);
  }

  private int parent(String path) throws IOException {
    int parent = find(directoryOf(path));
    if (parent < 0 || !sheet.isDirectory(parent)) {
      throw new IOException("no directory");
    }
    return parent;
  }

  /** What a path leads to, or -1. */
  private int find(String path) {
    return find(0, path, 0);
  }

  private int find(int directory, String path, int links) {
    int here = directory;
    for (String name : path.split("/", -1)) {
      if (!name.isEmpty()) {
        if (here < 0 || !sheet.isDirectory(here) || links > 20) {
          return -1;
        }
        int next = sheet.meaning(here, name);
        String target = next < 0 ? null : sheet.link(next);
        here = target == null ? next : find(target.startsWith("/") ? 0 : here, target, links + 1);
      }
    }
    return here;
  }

  /** All that was done, and the seed. */
  @Override
  public String toString() {
    return story.toString();
  }

  @Override
  public void close() throws IOException {
    for (Handle handle : handles) {
      handle.channel.close();
    }
    files.close();
  }
}
