package org.jetbackup.tck.crash;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jetbackup.tck.storage.KitFileSystem;
import org.jspecify.annotations.Nullable;

/** A file system that is recorded from the start, and what crashes leave of it in short words. */
final class Lab implements Closeable {

  /** The smallest sector there is: images stay short enough to be written down. */
  static final int SECTOR = 16;

  private final KitFileSystem files;
  private final CrashRecorder recorder;
  private final List<FileChannel> channels = new ArrayList<>();
  private @Nullable Recording recording;

  Lab() {
    this(SECTOR);
  }

  Lab(int sectorSize) {
    this(KitFileSystem.inMemory(), sectorSize);
  }

  Lab(KitFileSystem files, int sectorSize) {
    this.files = files;
    this.recorder = CrashRecorder.on(files, sectorSize);
    recorder.begin();
  }

  KitFileSystem files() {
    return files;
  }

  CrashRecorder recorder() {
    return recorder;
  }

  Path at(String path) {
    return files.root().resolve(path);
  }

  /** Makes a file as it is to be before the recording begins, to be followed by {@link #begin}. */
  Lab file(String path, String text) throws IOException {
    Files.writeString(at(path), text);
    return this;
  }

  Lab directory(String path) throws IOException {
    Files.createDirectory(at(path));
    return this;
  }

  void begin() {
    recorder.begin();
  }

  /** A channel that is closed with this. */
  FileChannel open(String path, OpenOption... options) throws IOException {
    FileChannel channel = FileChannel.open(at(path), options);
    channels.add(channel);
    return channel;
  }

  FileChannel open(String path) throws IOException {
    return open(path, WRITE);
  }

  FileChannel create(String path) throws IOException {
    return open(path, WRITE, CREATE);
  }

  void force(String path, boolean metaData) throws IOException {
    boolean isDirectory = Files.isDirectory(at(path));
    try (FileChannel channel = FileChannel.open(at(path), isDirectory ? READ : WRITE)) {
      channel.force(metaData);
    }
  }

  void force(String path) throws IOException {
    force(path, true);
  }

  static ByteBuffer bytes(String text) {
    return ByteBuffer.wrap(text.getBytes(UTF_8));
  }

  /** Many times the same letter. */
  static String run(char letter, int length) {
    return String.valueOf(letter).repeat(length);
  }

  static void write(FileChannel channel, String text, long position) throws IOException {
    ByteBuffer bytes = bytes(text);
    while (bytes.hasRemaining()) {
      int before = bytes.position();
      channel.write(bytes, position + before);
    }
  }

  /** Ends the recording when it is first asked for. */
  Recording recording() {
    Recording ended = recording;
    if (ended == null) {
      ended = recorder.end();
      recording = ended;
    }
    return ended;
  }

  /** What a crash at the end leaves. */
  Set<String> left(Profile profile) {
    return left(profile, new CrashPoint(recording().events().size(), 0));
  }

  /** What a crash after so many events leaves. */
  Set<String> leftAfter(Profile profile, int events) {
    return left(profile, new CrashPoint(events, 0));
  }

  Set<String> left(Profile profile, CrashPoint point) {
    Set<String> left = new TreeSet<>();
    CrashStates.of(recording(), profile).forEachRaw(state -> {
      if (state.point().equals(point)) {
        left.add(Content.of(state.image()).toString());
      }
    });
    return left;
  }

  /** What is there now. */
  String now() {
    return Content.of(files.root()).toString();
  }

  @Override
  public void close() throws IOException {
    for (FileChannel channel : channels) {
      channel.close();
    }
    files.close();
  }
}
