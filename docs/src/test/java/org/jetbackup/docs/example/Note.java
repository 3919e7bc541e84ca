package org.jetbackup.docs.example;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** The program under test of the guide: a text in a file that is replaced as a whole. */
final class Note {

  private Note() {}

  static String load(Path file) throws IOException {
    return Files.readString(file);
  }

  // guide: begin forgetful
  static void saveForgetfully(Path file, String text) throws IOException {
    Path draft = file.resolveSibling("note.draft");
    Files.writeString(draft, text);
    Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
  }
  // guide: end

  // guide: begin durable
  static void save(Path file, String text) throws IOException {
    Path draft = file.resolveSibling("note.draft");
    try (FileChannel channel = FileChannel.open(
        draft,
        StandardOpenOption.CREATE,
        StandardOpenOption.TRUNCATE_EXISTING,
        StandardOpenOption.WRITE)) {
      channel.write(UTF_8.encode(text));
      channel.force(true);
    }
    Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
    try (FileChannel directory = FileChannel.open(file.getParent(), StandardOpenOption.READ)) {
      directory.force(true);
    }
  }
  // guide: end
}
