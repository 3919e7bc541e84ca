package org.jetbackup.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The code in the guide to the crashing file system, and the code that it is a copy of: in the page a
 * block follows a comment with its name, in the source it stands between two marks.
 */
public final class Guide {

  private Guide() {}

  /** A block of the page, without the last line feed. */
  public static String block(String name) throws IOException {
    Path page = Repository.root().resolve("docs/crashing-file-system.md");
    return part(
        Files.readString(page), "<!-- " + name + " -->\\n```\\w*\\n(.*?)\\n```", "block " + name);
  }

  /** A part of an example, its indentation taken away. */
  public static String source(String file, String name) throws IOException {
    Path source = Repository.root()
        .resolve("docs/src/test/java/org/jetbackup/docs/example")
        .resolve(file);
    return part(
            Files.readString(source),
            "// guide: begin " + name + "\\n(.*?)\\n *// guide: end",
            "part " + name + " of " + file)
        .stripIndent();
  }

  private static String part(String text, String pattern, String what) {
    Matcher found = Pattern.compile(pattern, Pattern.DOTALL).matcher(text);
    if (!found.find()) {
      throw new IllegalStateException("there is no " + what);
    }
    return found.group(1);
  }
}
