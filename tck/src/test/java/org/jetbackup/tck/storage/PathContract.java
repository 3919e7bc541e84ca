package org.jetbackup.tck.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The algebra of paths, which needs no files. */
interface PathContract extends Subject {

  private Path path(String text) {
    return fileSystem().getPath(text);
  }

  @ParameterizedTest
  @CsvSource({
    "a/b, a/b",
    "/a/b, /a/b",
    "a//b/, a/b",
    "///, /",
    "'', ''",
    "./a/.., ./a/..",
    "/a/, /a"
  })
  default void textIsCleanedOfNeedlessSlashes(String text, String printed) {
    assertEquals(printed, path(text).toString());
    assertEquals(path(printed), path(text));
  }

  @Test
  default void partsAreJoined() {
    assertEquals(path("a/b/c"), fileSystem().getPath("a", "", "b/c"));
    assertEquals(path("/a"), fileSystem().getPath("/", "a"));
    assertEquals(path("a"), fileSystem().getPath("", "a"));
    assertEquals("/", fileSystem().getSeparator());
    assertThrows(InvalidPathException.class, () -> path("a\0b"));
  }

  @ParameterizedTest
  @CsvSource({
    "/a/b, /, /a, b, 2",
    "/a, /, /, a, 1",
    "/, /, null, null, 0",
    "a/b, null, a, b, 2",
    "a, null, null, a, 1",
    "'', null, null, '', 1"
  })
  default void aPathHasRootParentAndNames(
      String text, String root, String parent, String name, int count) {
    Path path = path(text);
    assertEquals(root, String.valueOf(path.getRoot()));
    assertEquals(parent, String.valueOf(path.getParent()));
    assertEquals(name, String.valueOf(path.getFileName()));
    assertEquals(count, path.getNameCount());
    assertEquals(!root.equals("null"), path.isAbsolute());
  }

  @Test
  default void namesAreTakenByIndex() {
    Path path = path("/a/b/c");
    assertEquals(path("b"), path.getName(1));
    assertEquals(path("b/c"), path.subpath(1, 3));
    assertThrows(IllegalArgumentException.class, () -> path.getName(3));
    assertThrows(IllegalArgumentException.class, () -> path.getName(-1));
    assertThrows(IllegalArgumentException.class, () -> path.subpath(1, 1));
    assertThrows(IllegalArgumentException.class, () -> path("/").getName(0));
    List<Path> names = new ArrayList<>();
    path.iterator().forEachRemaining(names::add);
    assertEquals(List.of(path("a"), path("b"), path("c")), names);
    assertFalse(path("/").iterator().hasNext());
    assertEquals(path(""), path("").iterator().next());
  }

  @ParameterizedTest
  @CsvSource({
    "a, b, a/b",
    "/a, b/c, /a/b/c",
    "a, /b, /b",
    "a, '', a",
    "'', b, b",
    "/, a, /a",
    "/, '', /",
    "'', '', ''"
  })
  default void aPathIsResolved(String base, String other, String resolved) {
    assertEquals(path(resolved), path(base).resolve(other));
    assertEquals(path(resolved), path(base).resolve(path(other)));
  }

  @Test
  default void aSiblingIsResolved() {
    assertEquals(path("/a/c"), path("/a/b").resolveSibling("c"));
    assertEquals(path("c"), path("b").resolveSibling("c"));
  }

  @ParameterizedTest
  @CsvSource({
    "a/./b, a/b", "a/../b, b", "a/.., ''", "../a, ../a", "../../a/.., ../..", "/../a, /a",
    "/a/../../b, /b", "/.., /", "., ''", "a/b/../../.., ..", "'', ''", "/, /"
  })
  default void aPathIsNormalized(String text, String normalized) {
    assertEquals(path(normalized), path(text).normalize());
    assertEquals(normalized, path(text).normalize().toString());
  }

  @ParameterizedTest
  @CsvSource({
    "a, a/b, b",
    "a/b, a, ..",
    "a, a, ''",
    "a/b, c, ../../c",
    "'', a, a",
    "a, '', ..",
    "/, /a, a",
    "/a, /, ..",
    "/a/b, /a/c/d, ../c/d",
    "a/../b, b/c, c",
    "./a, a, ''",
    "../a, ../b, ../b",
    "'', '', ''"
  })
  default void aPathIsRelativized(String base, String other, String relative) {
    assertEquals(relative, path(base).relativize(path(other)).toString());
  }

  @Test
  default void someRelativePathsDoNotExist() {
    assertThrows(IllegalArgumentException.class, () -> path("/a").relativize(path("a")));
    assertThrows(IllegalArgumentException.class, () -> path("a").relativize(path("/a")));
    assertThrows(IllegalArgumentException.class, () -> path("../a").relativize(path("b")));
  }

  @ParameterizedTest
  @CsvSource({
    "a/b, a, true",
    "a/b, a/b, true",
    "a/b, b, false",
    "ab, a, false",
    "/a/b, /, true",
    "/a, a, false",
    "a, /a, false",
    "a, '', false",
    "'', '', true",
    "/, /, true",
    "a, a/b, false"
  })
  default void aPathStartsWithWholeNames(String path, String start, boolean expected) {
    assertEquals(expected, path(path).startsWith(path(start)));
    assertEquals(expected, path(path).startsWith(start));
  }

  @ParameterizedTest
  @CsvSource({
    "a/b, b, true", "a/b, a/b, true", "a/b, a, false", "ab, b, false", "/a/b, b, true",
    "/a/b, /b, false", "/a, /a, true", "a, '', false", "'', '', true", "/, '', false",
    "/, /, true", "a, b/a, false"
  })
  default void aPathEndsWithWholeNames(String path, String end, boolean expected) {
    assertEquals(expected, path(path).endsWith(path(end)));
    assertEquals(expected, path(path).endsWith(end));
  }

  @Test
  default void equalPathsHaveEqualHashCodesAndOrder() {
    assertEquals(path("a/b"), path("a//b/"));
    assertEquals(path("a/b").hashCode(), path("a//b/").hashCode());
    assertEquals(0, path("a/b").compareTo(path("a//b/")));
    assertNotEquals(path("a"), path("/a"));
    assertNotEquals(path("a"), path("./a"));
    assertFalse(path("a").equals((Object) "a"));
    List<Path> sorted = Stream.of("b", "a", "c").map(this::path).sorted().toList();
    assertEquals(List.of(path("a"), path("b"), path("c")), sorted);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "", "/a/b", "a/../b"})
  default void theAbsolutePathIsAbsoluteAndEndsTheSame(String text) {
    Path absolute = path(text).toAbsolutePath();
    assertTrue(absolute.isAbsolute());
    assertEquals(fileSystem(), absolute.getFileSystem());
    assertTrue(text.isEmpty() || absolute.endsWith(path(text)));
    assertEquals(absolute, absolute.toAbsolutePath());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ' ',
      value = {
        "*.log a.log true",
        "*.log a/b.log false",
        "**.log a/b.log true",
        "a/* a/b true",
        "a/* a/b/c false",
        "a/** a/b/c true",
        "**/c a/b/c true",
        "**/c c false",
        "?.log a.log true",
        "?.log ab.log false",
        "[ab].log b.log true",
        "[!ab].log b.log false",
        "[a-c].x b.x true",
        "[a-] - true",
        "[!a] b true",
        "{a,b*}.log bc.log true",
        "{a,b}.log c.log false",
        "\\*.log *.log true",
        "\\*.log a.log false",
        "a.b axb false",
        "a+(b) a+(b) true",
        "[.] . true",
        "[*] * true",
        "[*] a false",
        "[&&] & true",
        "[^a] ^ true",
        "*} a} true",
        "a,b a,b true",
        "* .hidden true",
        "/a/** /a/b true"
      })
  default void globsMatchWholePaths(String glob, String text, boolean expected) {
    assertEquals(expected, fileSystem().getPathMatcher("glob:" + glob).matches(path(text)), glob);
  }

  @Test
  default void matchersKnowGlobsAndRegularExpressions() {
    assertTrue(fileSystem().getPathMatcher("REGEX:a+/.").matches(path("aaa/b")));
    assertThrows(UnsupportedOperationException.class, () -> fileSystem().getPathMatcher("sql:a"));
    for (String bad : new String[] {
      "a", ":a", "glob:{a", "glob:[a", "glob:{a,{b,c}}", "glob:[a/b]", "glob:[]a]", "glob:a\\"
    }) {
      assertThrows(IllegalArgumentException.class, () -> fileSystem().getPathMatcher(bad), bad);
    }
  }

  @Test
  default void theRootsAreAbsoluteAndHaveNoNames() {
    for (Path root : fileSystem().getRootDirectories()) {
      assertTrue(root.isAbsolute());
      assertEquals(0, root.getNameCount());
      assertNull(root.getParent());
      assertEquals(root, root.resolve("..").normalize());
    }
  }
}
