package org.jetbackup.engine.durable;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jetbackup.api.param.Parameters;
import org.jetbackup.api.param.SystemParameter;
import org.jetbackup.tck.crash.CrashRecorder;
import org.jetbackup.tck.storage.KitFileSystem;

/**
 * The files of an instance that died. Not changed: damage is done to copies.
 *
 * @param files the content of each, by its path beneath the root
 * @param moments what was legal, one after the other; the last one is what was acknowledged
 */
record Wreck(NavigableMap<String, byte[]> files, List<Picture> moments) {

  private static final String LOGS = "logs/";

  /** Plays until the process dies, all of whose writes survive. */
  static Wreck of(Subject subject, Parameters settings, Consumer<Player> script) {
    try (KitFileSystem files = KitFileSystem.inMemory()) {
      files.captureStacks(false);
      Lab.makeDirectories(files.root());
      CrashRecorder recorder = CrashRecorder.on(files);
      Parameters parameters = settings.toBuilder()
          .set(SystemParameter.SYSTEM_PATH, Lab.logs(files.root()))
          .build();
      try (Player player = new Player(subject, files, recorder, parameters)) {
        player.beginRecording();
        script.accept(player);
        return new Wreck(
            read(files.root()),
            player.moments().stream()
                .map(open -> open.get(open.size() - 1))
                .distinct()
                .toList());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static NavigableMap<String, byte[]> read(Path root) throws IOException {
    NavigableMap<String, byte[]> contents = new TreeMap<>();
    try (Stream<Path> walk = Files.walk(root)) {
      for (Path path : walk.filter(Files::isRegularFile).toList()) {
        contents.put(root.relativize(path).toString(), Files.readAllBytes(path));
      }
    }
    return contents;
  }

  /** A file system that holds a copy, with damage. */
  KitFileSystem open(Damage damage) {
    NavigableMap<String, byte[]> copy = new TreeMap<>();
    files.forEach((name, bytes) -> copy.put(name, bytes));
    damage.to(copy);
    return KitFileSystem.inMemory(root -> {
      Lab.makeDirectories(root);
      for (var entry : copy.entrySet()) {
        Files.write(root.resolve(entry.getKey()), entry.getValue());
      }
    });
  }

  /** What may be done to the files: arrays are replaced, never changed. */
  interface Damage {
    void to(NavigableMap<String, byte[]> files);
  }

  /** Puts the log and the checkpoint back as they were. */
  void healLog(Path root) {
    try {
      for (String name : Lab.names(Lab.logs(root))) {
        Files.delete(Lab.logs(root).resolve(name));
      }
      for (var entry : files.entrySet()) {
        if (entry.getKey().startsWith(LOGS)) {
          Files.write(root.resolve(entry.getKey()), entry.getValue());
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The files of the log, the current one last. */
  List<String> logs() {
    List<String> logs = files.keySet().stream()
        .filter(name -> name.matches(LOGS + "edb[0-9A-F]+\\.log"))
        .sorted()
        .toList();
    return Stream.concat(logs.stream(), Stream.of(LOGS + "edb.log")).toList();
  }

  String checkpoint() {
    return LOGS + "edb.chk";
  }

  /** What was acknowledged last. */
  Picture last() {
    return moments.get(moments.size() - 1);
  }

  /** The same before the last commit. */
  Picture lastButOne() {
    return moments.get(moments.size() - 2);
  }
}
