package org.jetbackup.engine.format;

import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.OptionalLong;
import org.jetbackup.api.error.JetErr;
import org.jetbackup.api.error.JetException;
import org.jetbackup.api.error.Subject;

/**
 * The external header of the root page of a tree that is no tree of extents: the space header, and
 * in newer files the next number that a column counts up. Immutable. Source: sections 4.4 and 7.1.
 *
 * @param space the space header
 * @param autoIncrement the next number; empty if the header is a short one or has no such number
 */
public record RootHeader(SpaceHeader space, OptionalLong autoIncrement) {

  private static final int LONG_BYTES = 25;
  private static final int SPACE_IN_LONG = 1;
  private static final int AUTO_INCREMENT_IN_LONG = 17;
  private static final int HAS_SPACE = 1;
  private static final int HAS_AUTO_INCREMENT = 2;

  private static final long LAST_WITH_NEIGHBOUR = 0xFFFF_FFFFL - 1;

  /**
   * Checks that both parts are there.
   *
   * @param space the space header
   * @param autoIncrement the next number
   */
  public RootHeader {
    Objects.requireNonNull(space, "space");
    Objects.requireNonNull(autoIncrement, "autoIncrement");
  }

  /**
   * Reads the header of a root page.
   *
   * @param page a page with the flag root and without the flag space tree
   * @return the header
   * @throws JetException {@link JetErr#DATABASE_CORRUPTED} if tag 0 is neither 16 nor 25 bytes long
   *     or its pages are impossible; {@link JetErr#PAGE_TAG_CORRUPTED} if it lies outside the data
   *     area
   */
  public static RootHeader of(PageView page) {
    if (page.tagCount() == 0) {
      throw page.corrupted(JetErr.PAGE_TAG_CORRUPTED, Subject.value("tag count", 0, "from 1 on"));
    }
    ByteBuffer bytes = page.bytes();
    int at = page.tagOffset(0);
    int length = page.tagSize(0);
    RootHeader header;
    if (length == SpaceHeader.BYTES) {
      header = new RootHeader(SpaceHeader.read(bytes, at), OptionalLong.empty());
    } else if (length == LONG_BYTES && (bytes.get(at) & HAS_SPACE) != 0) {
      OptionalLong next = (bytes.get(at) & HAS_AUTO_INCREMENT) == 0
          ? OptionalLong.empty()
          : OptionalLong.of(bytes.getLong(at + AUTO_INCREMENT_IN_LONG));
      header = new RootHeader(SpaceHeader.read(bytes, at + SPACE_IN_LONG), next);
    } else {
      throw page.corrupted(
          JetErr.DATABASE_CORRUPTED,
          Subject.value("size of a root's header", length, "16, or 25 with a space header"));
    }
    return header.checked(page);
  }

  /**
   * Writes the space header into a header that is there; what else it holds stays.
   *
   * @param bytes a little-endian buffer with the content of tag 0 from 0 to its limit
   */
  public void write(ByteBuffer bytes) {
    space.write(bytes, bytes.limit() == SpaceHeader.BYTES ? 0 : SPACE_IN_LONG);
  }

  private RootHeader checked(PageView page) {
    long root = page.number().value();
    if (space.parent() == root) {
      throw page.corrupted(
          JetErr.DATABASE_CORRUPTED,
          Subject.value("parent of the tree", space.parent(), "another page"));
    }
    boolean ownTree = space.rest() > 0
        && space.rest() <= LAST_WITH_NEIGHBOUR
        && space.rest() != root
        && space.rest() + 1 != root;
    if (space.hasMultipleExtents() && !ownTree) {
      throw page.corrupted(
          JetErr.DATABASE_CORRUPTED,
          Subject.value("root of owned extents", space.rest(), "another page, from 1 on"));
    }
    return this;
  }
}
