package org.jetbackup.engine.format;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Optional;
import org.jetbackup.api.error.JetErr;
import org.jetbackup.api.error.JetException;
import org.jetbackup.api.error.Subject;
import org.jetbackup.api.position.LogGeneration;

/**
 * The header of a database file: one page, of which the fields of {@link HeaderField} are known.
 *
 * <p>It stands twice in the file, at 0 and at {@link PageSize#shadowHeaderOffset()}, with the same
 * bytes; {@link HeaderCopies} chooses. What no field covers is kept, so that a header that was read
 * and written again has the same bytes. Immutable and thread-safe. Source: sections 3.3 to 3.6.
 */
public final class DatabaseFileHeader {

  /** The version of the format, 0x620 since its beginning. */
  public static final int FORMAT_VERSION = 0x620;

  /** The update number that new databases have. */
  public static final int NEW_FORMAT_UPDATE = 20;

  /** How many bytes the fields of a header fill, those that are kept unread included. */
  public static final int USED_BYTES = 748;

  private static final int MAGIC_AT = 4;
  private static final int MAGIC = 0x89AB_CDEF;
  private static final int VERSION_AT = 8;
  private static final int ATTRIBUTE_AT = 12;
  private static final int ATTRIBUTE_DATABASE = 0;
  private static final int FILE_TYPE_AT = 667;
  private static final int FILE_TYPE_DATABASE = 1;
  private static final long NO_SORT_VERSION = -1;

  private final ByteBuffer image;

  private DatabaseFileHeader(ByteBuffer image) {
    this.image = image;
  }

  /**
   * Reads and checks one copy of a header.
   *
   * @param copy the bytes from the start of the copy on, at least a page; only the bytes from
   *     position to limit are looked at, and the position does not change
   * @param file the file, for messages
   * @return the header
   * @throws JetException {@link JetErr#DATABASE_CORRUPTED} if it is no header of a database, is too
   *     short, fails its checksum or has a field with an impossible value; {@link
   *     JetErr#INVALID_DATABASE_VERSION} if the format has another version
   */
  public static DatabaseFileHeader decode(ByteBuffer copy, Path file) {
    ByteBuffer bytes = copy.slice().order(ByteOrder.LITTLE_ENDIAN);
    if (bytes.limit() < PageSize.KIB_4.bytes()) {
      throw corrupted(file, Subject.value("header bytes", bytes.limit(), "at least 4096"));
    }
    requireEqual(
        file, "magic", Integer.toHexString(bytes.getInt(MAGIC_AT)), Integer.toHexString(MAGIC));
    PageSize size = read(HeaderField.PAGE_SIZE, bytes, file);
    if (bytes.limit() < size.bytes()) {
      throw corrupted(
          file, Subject.value("header bytes", bytes.limit(), "at least " + size.bytes()));
    }
    requireEqual(
        file,
        "header checksum",
        Integer.toHexString(HeaderChecksum.stored(bytes)),
        Integer.toHexString(HeaderChecksum.compute(bytes, size.bytes())));
    ByteBuffer image = size.newBuffer().put(0, bytes, 0, size.bytes());
    validate(image, file);
    return new DatabaseFileHeader(image);
  }

  /**
   * Begins the header of a new database: everything zero but format, page size and file type.
   *
   * @param size the size of the pages
   * @return a change that still needs signature, state and times
   */
  public static Change create(PageSize size) {
    ByteBuffer image = size.newBuffer()
        .putInt(MAGIC_AT, MAGIC)
        .putInt(VERSION_AT, FORMAT_VERSION)
        .putInt(ATTRIBUTE_AT, ATTRIBUTE_DATABASE)
        .put(FILE_TYPE_AT, (byte) FILE_TYPE_DATABASE);
    return new Change(image)
        .set(HeaderField.STATE, DatabaseState.JUST_CREATED)
        .set(HeaderField.PAGE_SIZE, size)
        .set(HeaderField.FORMAT_UPDATE, (long) NEW_FORMAT_UPDATE)
        .set(HeaderField.CREATED_VERSION, (long) FORMAT_VERSION)
        .set(HeaderField.CREATED_UPDATE, (long) NEW_FORMAT_UPDATE)
        .set(HeaderField.SORT_VERSION, NO_SORT_VERSION);
  }

  /**
   * Reads a field.
   *
   * @param field the field
   * @param <T> the type of its value
   * @return the value
   */
  public <T> T get(HeaderField<T> field) {
    return field.read(image);
  }

  /** {@return the size of the pages of the file} */
  public PageSize pageSize() {
    return get(HeaderField.PAGE_SIZE);
  }

  /** {@return the state of the file} */
  public DatabaseState state() {
    return get(HeaderField.STATE);
  }

  /** {@return a change that begins with all values of this header, which stays as it is} */
  public Change change() {
    return new Change(image);
  }

  /**
   * {@return the page to be written, twice, in a new little-endian buffer from 0 to its limit}
   */
  public ByteBuffer encode() {
    return pageSize().newBuffer().put(0, image, 0, image.capacity());
  }

  private static void validate(ByteBuffer image, Path file) {
    if (image.getInt(VERSION_AT) != FORMAT_VERSION) {
      throw JetException.of(
          JetErr.INVALID_DATABASE_VERSION,
          Subject.path(file),
          Subject.value("format version", image.getInt(VERSION_AT), "" + FORMAT_VERSION));
    }
    requireEqual(file, "file attribute", image.getInt(ATTRIBUTE_AT), ATTRIBUTE_DATABASE);
    requireEqual(file, "file type", image.get(FILE_TYPE_AT), FILE_TYPE_DATABASE);
    for (HeaderField<?> field : HeaderField.all()) {
      read(field, image, file);
    }
    Optional<LogGeneration> min = HeaderField.MIN_REQUIRED.read(image);
    Optional<LogGeneration> max = HeaderField.MAX_REQUIRED.read(image);
    if (!inOrder(min, max)) {
      throw corrupted(
          file,
          Subject.value(
              HeaderField.MIN_REQUIRED.toString(),
              min.map(LogGeneration::toString).orElse("none"),
              "up to the last, " + max.map(LogGeneration::toString).orElse("none")));
    }
  }

  private static boolean inOrder(Optional<LogGeneration> min, Optional<LogGeneration> max) {
    return min.isPresent() == max.isPresent()
        && (min.isEmpty() || min.get().compareTo(max.get()) <= 0);
  }

  private static <T> T read(HeaderField<T> field, ByteBuffer bytes, Path file) {
    try {
      return field.read(bytes);
    } catch (IllegalArgumentException e) {
      throw JetException.of(
          JetErr.DATABASE_CORRUPTED,
          e,
          Subject.path(file),
          Subject.value("header field", field + ": " + e.getMessage()));
    }
  }

  private static void requireEqual(Path file, String name, Object found, Object allowed) {
    if (!found.toString().equals(allowed.toString())) {
      throw corrupted(file, Subject.value(name, found, allowed.toString()));
    }
  }

  private static JetException corrupted(Path file, Subject what) {
    return JetException.of(JetErr.DATABASE_CORRUPTED, Subject.path(file), what);
  }

  /** New values for some fields of a header. For one thread. */
  public static final class Change {

    private final ByteBuffer image;

    private Change(ByteBuffer from) {
      this.image = ByteBuffer.allocate(from.capacity())
          .order(ByteOrder.LITTLE_ENDIAN)
          .put(0, from, 0, from.capacity());
    }

    /**
     * Sets a field.
     *
     * @param field the field
     * @param value its new value
     * @param <T> the type of the value
     * @return this
     * @throws IllegalArgumentException if the value does not fit the field
     */
    public <T> Change set(HeaderField<T> field, T value) {
      field.write(image, value);
      return this;
    }

    /**
     * Forgets all backups that later ones might count on.
     *
     * @return this
     */
    public Change forgetBackups() {
      return set(HeaderField.FULL_BACKUP, BackupInfo.NONE)
          .set(HeaderField.INCREMENTAL_BACKUP, BackupInfo.NONE)
          .set(HeaderField.COPY_BACKUP, BackupInfo.NONE)
          .set(HeaderField.DIFFERENTIAL_BACKUP, BackupInfo.NONE);
    }

    /**
     * Makes the header.
     *
     * @return the header with the values that were set so far
     * @throws IllegalArgumentException if only one of the required logs is set, or the first lies
     *     after the last: nobody could read such a header
     */
    public DatabaseFileHeader header() {
      Optional<LogGeneration> min = HeaderField.MIN_REQUIRED.read(image);
      Optional<LogGeneration> max = HeaderField.MAX_REQUIRED.read(image);
      if (!inOrder(min, max)) {
        throw new IllegalArgumentException(
            "required logs = " + min + " to " + max + ", allowed: none, or first up to last");
      }
      Change copy = new Change(image);
      HeaderChecksum.stamp(copy.image, copy.image.capacity());
      return new DatabaseFileHeader(copy.image);
    }
  }
}
