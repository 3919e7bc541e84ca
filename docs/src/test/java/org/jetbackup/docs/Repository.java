package org.jetbackup.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** The files of this project, as its own tests read them: what is built is left out. */
final class Repository {

  private static final Set<String> NOT_OURS = Set.of("target", ".git", ".idea", "node_modules");

  private Repository() {}

  /** The directory of the whole project. */
  static Path root() {
    Path directory = Path.of("").toAbsolutePath();
    while (!Files.exists(directory.resolve(".mvn"))) {
      directory = directory.getParent();
      if (directory == null) {
        throw new IllegalStateException("these tests run inside the project only");
      }
    }
    return directory;
  }

  /** Every file with one of these endings, in order of name. */
  static List<Path> files(String... endings) throws IOException {
    Path root = root();
    try (Stream<Path> walk = Files.walk(root)) {
      return walk.filter(Files::isRegularFile)
          .filter(file -> isOurs(root.relativize(file)))
          .filter(file -> Stream.of(endings).anyMatch(file.toString()::endsWith))
          .sorted()
          .toList();
    }
  }

  /** The path of a file as messages show it. */
  static String name(Path file) {
    return root().relativize(file).toString();
  }

  private static boolean isOurs(Path relative) {
    for (Path part : relative) {
      if (NOT_OURS.contains(part.toString())) {
        return false;
      }
    }
    return true;
  }
}
