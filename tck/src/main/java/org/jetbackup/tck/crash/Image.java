package org.jetbackup.tck.crash;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeMap;
import org.jetbackup.tck.storage.KitFileSystem;
import org.jspecify.annotations.Nullable;

/**
 * What a disk holds after a crash: every path with what is there. Immutable, and cheap: images of
 * one recording share the sectors that they have in common, and nothing is copied before one is
 * opened. Two images of one recording are equal if they hold the same. That several names are those
 * of one file is not a part of it: in the file system that is made of it, they are files of their
 * own.
 */
public final class Image {

  /** A file system that was made of an image, and the recorder that listens to it. */
  public record Opened(KitFileSystem files, CrashRecorder recorder) implements AutoCloseable {
    /** Closes the file system. */
    @Override
    public void close() throws IOException {
      files.close();
    }
  }

  private static final int DIGITS_SHOWN = 16;

  private final Pool pool;
  private final int[] rows;
  private final int hash;

  /** Pairs of the number of a path and of what is there, parents first. */
  Image(Pool pool, int[] rows) {
    this.pool = pool;
    this.rows = rows;
    this.hash = Arrays.hashCode(rows);
  }

  /**
   * Makes a file system in memory that holds this.
   *
   * @return a file system of its own, without faults, to be closed by the caller
   */
  public KitFileSystem open() {
    return KitFileSystem.inMemory(this::write);
  }

  /**
   * The same, with a recorder that listens: for what happens if the crash is not the last one.
   *
   * @return both; closing it closes the file system
   */
  public Opened openRecorded() {
    KitFileSystem files = open();
    return new Opened(files, CrashRecorder.on(files, pool, tree()));
  }

  /**
   * Every path that is there, relative to the root, in the order of the tree; directories end with a
   * slash, files are followed by their size.
   *
   * @return an immutable list of lines
   */
  public List<String> listing() {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < rows.length; i += 2) {
      String path = pool.text(rows[i]);
      int item = rows[i + 1];
      if (item == Layout.DIRECTORY) {
        lines.add(path + "/");
      } else if (Layout.isLink(item)) {
        lines.add(path + " -> " + pool.text(Layout.link(item)));
      } else {
        lines.add(path + " " + pool.content(item).size());
      }
    }
    return List.copyOf(lines);
  }

  /**
   * A short text that is the same for the same content, in this and in other runs.
   *
   * @return the first digits of a SHA-256 in hexadecimal
   */
  public String fingerprint() {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (int i = 0; i < rows.length; i += 2) {
        digest.update(pool.text(rows[i]).getBytes(StandardCharsets.UTF_8));
        digest.update((byte) 0);
        int item = rows[i + 1];
        if (Layout.isLink(item)) {
          digest.update(pool.text(Layout.link(item)).getBytes(StandardCharsets.UTF_8));
        } else if (item != Layout.DIRECTORY) {
          byte[] bytes = pool.bytes(pool.content(item));
          digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).flip());
          digest.update(bytes);
        }
        digest.update((byte) (item == Layout.DIRECTORY ? 1 : 2));
      }
      return HexFormat.of().formatHex(digest.digest()).substring(0, DIGITS_SHOWN);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  private void write(Path root) throws IOException {
    for (int i = 0; i < rows.length; i += 2) {
      Path path = root.resolve(pool.text(rows[i]));
      int item = rows[i + 1];
      if (item == Layout.DIRECTORY) {
        Files.createDirectory(path);
      } else if (Layout.isLink(item)) {
        Files.createSymbolicLink(path, root.getFileSystem().getPath(pool.text(Layout.link(item))));
      } else {
        writeFile(path, pool.content(item));
      }
    }
  }

  private void writeFile(Path path, FileContent content) throws IOException {
    try (FileChannel channel =
        FileChannel.open(path, StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW)) {
      ByteBuffer bytes = ByteBuffer.wrap(pool.bytes(content));
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
    }
  }

  /** The tree that this is, with numbers of its own. */
  private Tree tree() {
    Tree tree = Tree.empty();
    TreeMap<String, Integer> numbers = new TreeMap<>();
    numbers.put("", Tree.ROOT);
    for (int i = 0; i < rows.length; i += 2) {
      String path = pool.text(rows[i]);
      int item = rows[i + 1];
      int number = numbers.size();
      if (item == Layout.DIRECTORY) {
        numbers.put(path, number);
        tree.directories().put(number, new TreeMap<>());
      } else {
        numbers.put(path, number);
        if (Layout.isLink(item)) {
          tree.links().put(number, pool.text(Layout.link(item)));
        } else {
          tree.files().put(number, pool.content(item));
        }
      }
      int slash = path.lastIndexOf('/');
      int parent = numbers.getOrDefault(slash < 0 ? "" : path.substring(0, slash), Tree.ROOT);
      String name = path.substring(slash + 1);
      tree.apply(new Unit.Entry(0, 0, List.of(new Unit.Cell(parent, name, number)), "name"));
    }
    return tree;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Image that && pool == that.pool && Arrays.equals(rows, that.rows);
  }

  @Override
  public int hashCode() {
    return hash;
  }

  @Override
  public String toString() {
    return "Image[" + fingerprint() + ", " + rows.length / 2 + " paths]";
  }
}
