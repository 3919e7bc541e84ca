package org.jetbackup.tck.suite;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jetbackup.api.backup.BackupGrbit;
import org.jetbackup.api.backup.BackupRecords;
import org.jetbackup.tck.Capability;
import org.jetbackup.tck.FileKind;
import org.jetbackup.tck.fixture.Node;
import org.jetbackup.tck.fixture.Restoration;
import org.jetbackup.tck.fixture.World;
import org.jetbackup.tck.model.Answer;
import org.jetbackup.tck.model.Contents;

/** What the suites do to directories, and what they look for in them. */
final class Trees {

  private Trees() {}

  /** Copies a directory with everything in it to a new place in the same world. */
  static Path copy(World world, Path directory) {
    Path copy = world.freshDirectory("copy");
    copy(directory, copy);
    return copy;
  }

  /** Copies what is in a directory into another one, which is made if it is missing. */
  static void copy(Path from, Path to) {
    try {
      World.copyTree(from, to);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Empties a directory. */
  static void empty(Path directory) {
    try {
      World.emptyTree(directory);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Removes a copy, and what restores to look at something have left, where many are made. */
  static void tidy(World world, Path copy) {
    try (Stream<Path> all = Files.list(world.root())) {
      List<Path> looks = all.filter(path -> path.getFileName().toString().startsWith("restored"))
          .toList();
      for (Path look : looks) {
        World.deleteTree(look);
      }
      World.deleteTree(copy);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Writes a small file, with the directories that lead to it. */
  static void write(Path file, String text) {
    try {
      Files.createDirectories(file.getParent());
      Files.write(file, Contents.bytes(text));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Takes the log from a node that is stopped. */
  static void loseLog(World world, Node node) {
    world.record(node.log() + " is lost");
    empty(node.log());
  }

  /** Takes the databases in a node's own directory from a node that is stopped. */
  static void loseDatabases(World world, Node node) {
    world.record(node.data() + " is lost");
    empty(node.data());
  }

  /** Takes everything from a node that is stopped. */
  static void lose(World world, Node node) {
    loseLog(world, node);
    loseDatabases(world, node);
  }

  /** Judges by a clause a restore to the original place after everything there was lost. */
  static void expectRestoresInPlace(
      World world, String clause, Node node, Path backup, Contents allowed) {
    node.stop();
    lose(world, node);
    world.expect(clause, node.restore(backup)).success();
    world.expectSame(clause, allowed, node.start().contents());
    node.acknowledge(allowed);
  }

  /**
   * The log files of a node: names and what they hold. Where the plug-in does not say which those
   * are, every file in the log directory may be one.
   */
  static Map<String, String> logs(World world, Node node) {
    return world.has(Capability.FILE_KINDS)
        ? ofKind(world, node.log(), FileKind.LOG)
        : world.fileContents(node.log());
  }

  /** The files of a kind below a directory: names and what they hold. */
  static Map<String, String> ofKind(World world, Path directory, FileKind kind) {
    Map<String, String> files = world.fileContents(directory);
    files
        .keySet()
        .removeIf(name -> world.settings().plugin().kindOf(directory.resolve(name)) != kind);
    return files;
  }

  /** The log files to which a node writes no more: those that a commit does not change. */
  static Map<String, String> closedLogs(World world, Node node) {
    Map<String, String> closed = new LinkedHashMap<>(logs(world, node));
    node.commit("closed=" + closed.size());
    closed.entrySet().retainAll(logs(world, node).entrySet());
    return closed;
  }

  /** The names of the log files that a node has no more, neither so called nor otherwise. */
  static List<String> goneLogs(World world, Node node, Map<String, String> before) {
    Map<String, String> now = logs(world, node);
    return before.entrySet().stream()
        .filter(log -> !now.containsKey(log.getKey()) && !now.containsValue(log.getValue()))
        .map(Map.Entry::getKey)
        .toList();
  }

  /** The backup records in the header of a database. */
  static BackupRecords records(World world, Node node, String database) {
    return world.obtain(
        "read the header of " + database,
        () -> node.session().databaseHeader(node.file(database)).backups());
  }

  /** What is changed or gone in a tree. */
  static List<String> changed(Map<String, String> before, Map<String, String> now) {
    return before.entrySet().stream()
        .filter(entry -> !entry.getValue().equals(now.get(entry.getKey())))
        .map(Map.Entry::getKey)
        .toList();
  }

  /** Judges by a clause that a tree is exactly what it was. */
  static void expectSameTree(
      World world, String clause, Map<String, String> before, Path directory) {
    Map<String, String> now = world.tree(directory);
    world.expectThat(
        clause,
        before.equals(now),
        "every entry as it was: " + before.keySet(),
        "entries " + now.keySet() + ", changed or gone " + changed(before, now));
  }

  /** Judges by a clause that the files of a tree are what they were; empty directories may come. */
  static void expectSameFiles(
      World world, String clause, Map<String, String> before, Path directory) {
    Map<String, String> files = new LinkedHashMap<>(before);
    files.values().removeIf("/"::equals);
    Map<String, String> now = world.fileContents(directory);
    world.expectThat(
        clause,
        files.equals(now),
        "the files as they were: " + files.keySet(),
        "files " + now.keySet() + ", changed or gone " + changed(files, now));
  }

  /** What a directory restores to, when the instance, whatever its state, is not needed any more. */
  static Restoration lastLook(World world, Node node, Path directory) {
    if (world.has(Capability.RESTORE_ELSEWHERE)) {
      return Restoration.of(world, node, node.databases().keySet(), directory);
    }
    node.abandon();
    lose(world, node);
    Answer answer = node.restore(directory);
    return new Restoration(
        answer, answer.isSuccess() ? Optional.of(node.start().contents()) : Optional.empty());
  }

  /** How many bytes lie below a directory. */
  static long bytes(World world, Path directory) {
    return world.tree(directory).values().stream()
        .filter(content -> !content.equals("/"))
        .mapToLong(String::length)
        .sum();
  }

  /** The option bits of the kinds of full backup that the engine offers. */
  static List<BackupGrbit> fullKinds(World world) {
    return world.has(Capability.ATOMIC)
        ? List.of(BackupGrbit.FULL, BackupGrbit.ATOMIC)
        : List.of(BackupGrbit.FULL);
  }
}
