package org.jetbackup.tck.crash;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a tree holds, read through {@code java.nio.file} or made by hand: the second opinion about
 * images.
 *
 * @param items by path, parents first, names in order: the bytes of files, the targets of links as
 *     strings, and {@link #DIRECTORY}
 */
record Content(Map<String, Object> items) {

  static final String DIRECTORY = "/";

  private static final int LONG_RUN = 4;

  static Content of(Path root) {
    Map<String, Object> items = new LinkedHashMap<>();
    try {
      read(root, "", items);
    } catch (IOException e) {
      throw new AssertionError("the tree cannot be read", e);
    }
    return new Content(items);
  }

  static Content of(Image image) {
    try (var files = image.open()) {
      return of(files.root());
    } catch (IOException e) {
      throw new AssertionError("the image cannot be read", e);
    }
  }

  private static void read(Path directory, String prefix, Map<String, Object> items)
      throws IOException {
    Map<String, Path> children = new TreeMap<>();
    try (DirectoryStream<Path> all = Files.newDirectoryStream(directory)) {
      all.forEach(child -> children.put(child.getFileName().toString(), child));
    }
    for (Map.Entry<String, Path> child : children.entrySet()) {
      String path = prefix + child.getKey();
      if (Files.isSymbolicLink(child.getValue())) {
        items.put(path, Files.readSymbolicLink(child.getValue()).toString());
      } else if (Files.isDirectory(child.getValue())) {
        items.put(path, DIRECTORY);
        read(child.getValue(), path + "/", items);
      } else {
        items.put(path, Files.readAllBytes(child.getValue()));
      }
    }
  }

  /** The bytes of a file that is there. */
  byte[] bytes(String path) {
    return items.get(path) instanceof byte[] bytes ? bytes : new byte[0];
  }

  /** What {@link Image#fingerprint} must say: its format may not change by accident. */
  String fingerprint() {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      items.forEach((path, item) -> {
        digest.update((path + "\0").getBytes(StandardCharsets.UTF_8));
        if (item instanceof byte[] bytes) {
          digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).flip());
          digest.update(bytes);
        } else if (!item.equals(DIRECTORY)) {
          digest.update(item.toString().getBytes(StandardCharsets.UTF_8));
        }
        digest.update((byte) (item.equals(DIRECTORY) ? 1 : 2));
      });
      return HexFormat.of().formatHex(digest.digest()).substring(0, 16);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java has SHA-256", e);
    }
  }

  /** One line such as {@code d/ d/a=xy b=A*16 l->a}: runs are counted, a zero byte is a dot. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    items.forEach((path, item) -> {
      text.append(text.isEmpty() ? "" : " ").append(path);
      if (item instanceof byte[] bytes) {
        text.append('=').append(runs(bytes));
      } else {
        text.append(item.equals(DIRECTORY) ? DIRECTORY : "->" + item);
      }
    });
    return text.toString();
  }

  private static String runs(byte[] bytes) {
    StringBuilder text = new StringBuilder();
    int start = 0;
    for (int i = 1; i <= bytes.length; i++) {
      if (i == bytes.length || bytes[i] != bytes[start]) {
        String letter = bytes[start] == 0 ? "." : String.valueOf((char) (bytes[start] & 0xFF));
        int length = i - start;
        text.append(length < LONG_RUN ? letter.repeat(length) : letter + "*" + length);
        start = i;
      }
    }
    return text.toString();
  }
}
