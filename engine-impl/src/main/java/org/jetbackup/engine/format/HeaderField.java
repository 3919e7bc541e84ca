package org.jetbackup.engine.format;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jetbackup.api.position.LogGeneration;
import org.jetbackup.api.position.LogPosition;

/**
 * A field of the header of a database: its name, its place and its type.
 *
 * <p>The constants below are the whole table; nowhere else is an offset of that header written
 * down, but for the few that identify the file ({@link DatabaseFileHeader}). Bytes that no field
 * covers are kept as they are. Source: section 3.3.
 *
 * @param <T> the type of the value
 */
public final class HeaderField<T> {

  /** All fields, by offset. */
  private static final List<HeaderField<?>> TABLE = new ArrayList<>();

  /** The highest change time of any page of the file; pages never have a higher one. */
  public static final HeaderField<Long> DBTIME_DIRTIED =
      field("DBTIME_DIRTIED", 16, FieldCodec.LONG);

  /** Tells this database from all others. */
  public static final HeaderField<Signature> DATABASE_SIGNATURE =
      field("DATABASE_SIGNATURE", 24, FieldCodec.SIGNATURE);

  /** Whether the file needs the log. */
  public static final HeaderField<DatabaseState> STATE = field("STATE", 52, FieldCodec.STATE);

  /** Where the log stood when the file was last clean. */
  public static final HeaderField<Optional<LogPosition>> CONSISTENT_POSITION =
      field("CONSISTENT_POSITION", 56, FieldCodec.POSITION);

  /** When the file was last clean. */
  public static final HeaderField<LogTime> CONSISTENT_TIME =
      field("CONSISTENT_TIME", 64, FieldCodec.TIME);

  /** When the file was last attached. */
  public static final HeaderField<LogTime> ATTACH_TIME = field("ATTACH_TIME", 72, FieldCodec.TIME);

  /** Where the log stood when the file was last attached. */
  public static final HeaderField<Optional<LogPosition>> ATTACH_POSITION =
      field("ATTACH_POSITION", 80, FieldCodec.POSITION);

  /** When the file was last detached; not set while it is attached. */
  public static final HeaderField<LogTime> DETACH_TIME = field("DETACH_TIME", 88, FieldCodec.TIME);

  /** Where the log stood at the last detach; none while the file is attached. */
  public static final HeaderField<Optional<LogPosition>> DETACH_POSITION =
      field("DETACH_POSITION", 96, FieldCodec.POSITION);

  /** The number of the database within its instance. */
  public static final HeaderField<Long> DATABASE_ID =
      field("DATABASE_ID", 104, FieldCodec.UNSIGNED);

  /** The sequence of logs that the file belongs to. */
  public static final HeaderField<Signature> LOG_SIGNATURE =
      field("LOG_SIGNATURE", 108, FieldCodec.SIGNATURE);

  /** The last full backup. */
  public static final HeaderField<BackupInfo> FULL_BACKUP =
      field("FULL_BACKUP", 136, FieldCodec.BACKUP);

  /** The last incremental backup. */
  public static final HeaderField<BackupInfo> INCREMENTAL_BACKUP =
      field("INCREMENTAL_BACKUP", 160, FieldCodec.BACKUP);

  /** The full backup that this very file is a copy of; none in an original. */
  public static final HeaderField<BackupInfo> CURRENT_FULL_BACKUP =
      field("CURRENT_FULL_BACKUP", 184, FieldCodec.BACKUP);

  /** Flags about catalog and last user. */
  public static final HeaderField<Long> HEADER_FLAGS =
      field("HEADER_FLAGS", 208, FieldCodec.UNSIGNED);

  /** The highest object id in use. */
  public static final HeaderField<Long> LAST_OBJECT_ID =
      field("LAST_OBJECT_ID", 212, FieldCodec.UNSIGNED);

  /** The operating system's major version. */
  public static final HeaderField<Long> SYSTEM_MAJOR =
      field("SYSTEM_MAJOR", 216, FieldCodec.UNSIGNED);

  /** The operating system's minor version. */
  public static final HeaderField<Long> SYSTEM_MINOR =
      field("SYSTEM_MINOR", 220, FieldCodec.UNSIGNED);

  /** The operating system's build. */
  public static final HeaderField<Long> SYSTEM_BUILD =
      field("SYSTEM_BUILD", 224, FieldCodec.UNSIGNED);

  /** The operating system's service pack. */
  public static final HeaderField<Long> SYSTEM_SERVICE_PACK =
      field("SYSTEM_SERVICE_PACK", 228, FieldCodec.UNSIGNED);

  /** The update number of the format. */
  public static final HeaderField<Long> FORMAT_UPDATE =
      field("FORMAT_UPDATE", 232, FieldCodec.UNSIGNED);

  /** The size of every page. */
  public static final HeaderField<PageSize> PAGE_SIZE =
      field("PAGE_SIZE", 236, FieldCodec.PAGE_SIZE);

  /** How often the file was repaired. */
  public static final HeaderField<Long> REPAIR_COUNT =
      field("REPAIR_COUNT", 240, FieldCodec.UNSIGNED);

  /** When the file was last repaired. */
  public static final HeaderField<LogTime> REPAIR_TIME = field("REPAIR_TIME", 244, FieldCodec.TIME);

  /** The change time up to which deleted content was overwritten. */
  public static final HeaderField<Long> SCRUB_DBTIME = field("SCRUB_DBTIME", 280, FieldCodec.LONG);

  /** When deleted content was last overwritten. */
  public static final HeaderField<LogTime> SCRUB_TIME = field("SCRUB_TIME", 288, FieldCodec.TIME);

  /** The first log that the file needs; none if it is clean. */
  public static final HeaderField<Optional<LogGeneration>> MIN_REQUIRED =
      field("MIN_REQUIRED", 296, FieldCodec.GENERATION);

  /** The last log that the file needs; none if it is clean. */
  public static final HeaderField<Optional<LogGeneration>> MAX_REQUIRED =
      field("MAX_REQUIRED", 300, FieldCodec.GENERATION);

  /** The running snapshot. */
  public static final HeaderField<BackupInfo> SNAPSHOT_BACKUP =
      field("SNAPSHOT_BACKUP", 316, FieldCodec.BACKUP);

  /** The format version at creation. */
  public static final HeaderField<Long> CREATED_VERSION =
      field("CREATED_VERSION", 340, FieldCodec.UNSIGNED);

  /** The update number of the format at creation. */
  public static final HeaderField<Long> CREATED_UPDATE =
      field("CREATED_UPDATE", 344, FieldCodec.UNSIGNED);

  /** When the last log that the file needs was created. */
  public static final HeaderField<LogTime> MAX_REQUIRED_CREATED =
      field("MAX_REQUIRED_CREATED", 348, FieldCodec.TIME);

  /** How the last full backup was made: 0 is streaming. */
  public static final HeaderField<Long> FULL_BACKUP_TYPE =
      field("FULL_BACKUP_TYPE", 356, FieldCodec.UNSIGNED);

  /** How the last incremental backup was made: 0 is streaming. */
  public static final HeaderField<Long> INCREMENTAL_BACKUP_TYPE =
      field("INCREMENTAL_BACKUP_TYPE", 360, FieldCodec.UNSIGNED);

  /** Repairs before the counting began anew. */
  public static final HeaderField<Long> OLD_REPAIR_COUNT =
      field("OLD_REPAIR_COUNT", 364, FieldCodec.UNSIGNED);

  /** Single flipped bits that were corrected. */
  public static final HeaderField<EventCounter> BITS_REPAIRED =
      field("BITS_REPAIRED", 368, FieldCodec.COUNTER);

  /** Single flipped bits that came back. */
  public static final HeaderField<EventCounter> BITS_NOT_REPAIRED =
      field("BITS_NOT_REPAIRED", 384, FieldCodec.COUNTER);

  /** Pages that failed their checksum. */
  public static final HeaderField<EventCounter> BAD_CHECKSUMS =
      field("BAD_CHECKSUMS", 400, FieldCodec.COUNTER);

  /** The last log with acknowledged changes; none if the file is clean. */
  public static final HeaderField<Optional<LogGeneration>> MAX_COMMITTED =
      field("MAX_COMMITTED", 416, FieldCodec.GENERATION);

  /** The last full backup that did not truncate the log. */
  public static final HeaderField<BackupInfo> COPY_BACKUP =
      field("COPY_BACKUP", 420, FieldCodec.BACKUP);

  /** The last incremental backup that did not truncate the log. */
  public static final HeaderField<BackupInfo> DIFFERENTIAL_BACKUP =
      field("DIFFERENTIAL_BACKUP", 444, FieldCodec.BACKUP);

  /** How the last copy was made: 0 is streaming. */
  public static final HeaderField<Long> COPY_BACKUP_TYPE =
      field("COPY_BACKUP_TYPE", 468, FieldCodec.UNSIGNED);

  /** How the last differential backup was made: 0 is streaming. */
  public static final HeaderField<Long> DIFFERENTIAL_BACKUP_TYPE =
      field("DIFFERENTIAL_BACKUP_TYPE", 472, FieldCodec.UNSIGNED);

  /** Incremental reseeds. */
  public static final HeaderField<EventCounter> RESEEDS = field("RESEEDS", 476, FieldCodec.COUNTER);

  /** Pages replaced from another copy. */
  public static final HeaderField<EventCounter> PAGE_PATCHES =
      field("PAGE_PATCHES", 492, FieldCodec.COUNTER);

  /** The version of text order; all ones if there is none. */
  public static final HeaderField<Long> SORT_VERSION = field("SORT_VERSION", 508, FieldCodec.LONG);

  /** When the last whole scan ended. */
  public static final HeaderField<LogTime> PREVIOUS_SCAN_TIME =
      field("PREVIOUS_SCAN_TIME", 516, FieldCodec.TIME);

  /** When the running scan began. */
  public static final HeaderField<LogTime> SCAN_START_TIME =
      field("SCAN_START_TIME", 524, FieldCodec.TIME);

  /** How far the running scan has come. */
  public static final HeaderField<Long> SCAN_PAGE = field("SCAN_PAGE", 532, FieldCodec.UNSIGNED);

  /** The log that recovery had reached. */
  public static final HeaderField<Optional<LogGeneration>> RECOVERING =
      field("RECOVERING", 536, FieldCodec.GENERATION);

  /** How often the file grew. */
  public static final HeaderField<Long> EXTEND_COUNT =
      field("EXTEND_COUNT", 540, FieldCodec.UNSIGNED);

  /** When the file last grew. */
  public static final HeaderField<LogTime> EXTEND_TIME = field("EXTEND_TIME", 544, FieldCodec.TIME);

  /** How often the file shrank. */
  public static final HeaderField<Long> SHRINK_COUNT =
      field("SHRINK_COUNT", 552, FieldCodec.UNSIGNED);

  /** When the file last shrank. */
  public static final HeaderField<LogTime> SHRINK_TIME = field("SHRINK_TIME", 556, FieldCodec.TIME);

  /** When the file was last attached anew by recovery. */
  public static final HeaderField<LogTime> REATTACH_TIME =
      field("REATTACH_TIME", 564, FieldCodec.TIME);

  /** Where the log stood at that. */
  public static final HeaderField<Optional<LogPosition>> REATTACH_POSITION =
      field("REATTACH_POSITION", 572, FieldCodec.POSITION);

  /** How often space inside the file was given back. */
  public static final HeaderField<Long> TRIM_COUNT = field("TRIM_COUNT", 580, FieldCodec.UNSIGNED);

  /** Ties the header to the flush map. */
  public static final HeaderField<Signature> HEADER_FLUSH_SIGNATURE =
      field("HEADER_FLUSH_SIGNATURE", 584, FieldCodec.SIGNATURE);

  /** Ties the flush map to the header. */
  public static final HeaderField<Signature> FLUSH_MAP_SIGNATURE =
      field("FLUSH_MAP_SIGNATURE", 612, FieldCodec.SIGNATURE);

  /** The first log whose changes may be missing. */
  public static final HeaderField<Optional<LogGeneration>> MIN_CONSISTENT =
      field("MIN_CONSISTENT", 640, FieldCodec.GENERATION);

  /** The minor update number of the format. */
  public static final HeaderField<Long> FORMAT_MINOR_UPDATE =
      field("FORMAT_MINOR_UPDATE", 644, FieldCodec.UNSIGNED);

  /** The highest engine format version that ever attached the file. */
  public static final HeaderField<Long> HIGHEST_ENGINE_FORMAT =
      field("HIGHEST_ENGINE_FORMAT", 648, FieldCodec.UNSIGNED);

  /** The highest page that a scan has seen. */
  public static final HeaderField<Long> SCAN_HIGHEST_PAGE =
      field("SCAN_HIGHEST_PAGE", 652, FieldCodec.UNSIGNED);

  /** Where the log stood when the file last grew or shrank; from update 110 on. */
  public static final HeaderField<Optional<LogPosition>> LAST_RESIZE_POSITION =
      field("LAST_RESIZE_POSITION", 656, FieldCodec.POSITION);

  private final String name;
  private final int offset;
  private final FieldCodec<T> codec;

  private HeaderField(String name, int offset, FieldCodec<T> codec) {
    this.name = name;
    this.offset = offset;
    this.codec = codec;
  }

  private static <T> HeaderField<T> field(String symbol, int offset, FieldCodec<T> codec) {
    HeaderField<T> field =
        new HeaderField<>(symbol.toLowerCase(Locale.ROOT).replace('_', ' '), offset, codec);
    TABLE.add(field);
    return field;
  }

  /** {@return all fields, by offset} */
  static List<HeaderField<?>> all() {
    return List.copyOf(TABLE);
  }

  /** {@return the name in words} */
  public String name() {
    return name;
  }

  int offset() {
    return offset;
  }

  int end() {
    return offset + codec.bytes();
  }

  T read(ByteBuffer header) {
    return codec.read(header, offset);
  }

  void write(ByteBuffer header, T value) {
    codec.write(header, offset, value);
  }

  /** {@return name and place} */
  @Override
  public String toString() {
    return name + " (byte " + offset + ")";
  }
}
