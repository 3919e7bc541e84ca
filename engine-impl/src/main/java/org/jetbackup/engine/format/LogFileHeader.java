package org.jetbackup.engine.format;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Optional;
import java.util.zip.CRC32C;
import org.jetbackup.api.position.LogGeneration;

/**
 * The header of a log file. Batches follow it, see {@link LogBatchHeader}.
 *
 * <pre>
 *   byte   bytes
 *      0       4   CRC32C of the rest of the header
 *      4       4   magic
 *      8       4   version of this layout
 *     12       4   length of the header, a multiple of 4,096
 *     16       4   generation
 *     20       4   size of a sector
 *     24       4   size of the file
 *     28       4   size of a database page
 *     32       4   flags: 1 = circular
 *     36       4   length of the state
 *     40       8   time of creation
 *     48       8   time of creation of the file before
 *     56       4   checksum of the batch that closed the file before
 *     60       4   zero
 *     64      28   signature of the sequence
 *     92      36   zero
 *    128     ...   state, then zeros
 * </pre>
 *
 * <p>All numbers are little endian. The layout is this engine's own. The state is what the owner of
 * the log wants to find in every file, such as the databases that were attached when it was begun;
 * the log does not look into it.
 *
 * <p>Immutable. Whatever the bytes are, reading gives a header with allowed values or none.
 */
public final class LogFileHeader {

  /** The length of a header is a multiple of this. */
  public static final int UNIT = 4096;

  /** The longest state. */
  public static final int MAX_STATE = 60 << 10;

  private static final int MAX_BYTES = 64 << 10;
  private static final int MAGIC = 0x474C_424A; // reads "JBLG" on disk
  private static final int VERSION = 1;
  private static final int CIRCULAR = 1;

  private static final int MAGIC_AT = 4;
  private static final int VERSION_AT = 8;
  private static final int BYTES_AT = 12;
  private static final int GENERATION_AT = 16;
  private static final int SECTOR_AT = 20;
  private static final int FILE_AT = 24;
  private static final int PAGE_AT = 28;
  private static final int FLAGS_AT = 32;
  private static final int STATE_BYTES_AT = 36;
  private static final int CREATED_AT = 40;
  private static final int PREVIOUS_CREATED_AT = 48;
  private static final int PREVIOUS_CHAIN_AT = 56;
  private static final int SIGNATURE_AT = 64;
  private static final int STATE_AT = 128;

  private final LogFileFacts facts;
  private final byte[] bytes;
  private final byte[] state;

  private LogFileHeader(LogFileFacts facts, byte[] bytes, byte[] state) {
    this.facts = facts;
    this.bytes = bytes;
    this.state = state;
  }

  /**
   * The longest state that fits a file, of which a header takes at most a quarter.
   *
   * @param fileBytes the length of the file
   * @return the length
   */
  public static int maxState(int fileBytes) {
    return Math.min(MAX_STATE, fileBytes / 4 - STATE_AT);
  }

  /**
   * Makes a header.
   *
   * @param facts what it says
   * @param state of the owner; copied
   * @return the header
   * @throws IllegalArgumentException if the state is longer than {@link #maxState}
   */
  public static LogFileHeader of(LogFileFacts facts, byte[] state) {
    if (state.length > maxState(facts.fileBytes())) {
      throw new IllegalArgumentException(
          "state of " + state.length + " bytes, allowed: up to " + maxState(facts.fileBytes()));
    }
    byte[] bytes = new byte[(STATE_AT + state.length + UNIT - 1) / UNIT * UNIT];
    ByteBuffer header = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    header
        .putInt(MAGIC_AT, MAGIC)
        .putInt(VERSION_AT, VERSION)
        .putInt(BYTES_AT, bytes.length)
        .putInt(GENERATION_AT, (int) facts.generation().value())
        .putInt(SECTOR_AT, facts.sectorBytes())
        .putInt(FILE_AT, facts.fileBytes())
        .putInt(PAGE_AT, facts.pageSize().bytes())
        .putInt(FLAGS_AT, facts.circular() ? CIRCULAR : 0)
        .putInt(STATE_BYTES_AT, state.length)
        .putInt(PREVIOUS_CHAIN_AT, facts.previousChain());
    FieldCodec.TIME.write(header, CREATED_AT, facts.created());
    FieldCodec.TIME.write(header, PREVIOUS_CREATED_AT, facts.previousCreated());
    FieldCodec.SIGNATURE.write(header, SIGNATURE_AT, facts.signature());
    header.put(STATE_AT, state).putInt(0, checksum(bytes));
    return new LogFileHeader(facts, bytes, state.clone());
  }

  /**
   * Reads how long a header is.
   *
   * @param unit its first {@link #UNIT} bytes, from index 0 on
   * @return the length; 0 if these bytes begin no header
   */
  public static int bytesIn(ByteBuffer unit) {
    ByteBuffer header = unit.duplicate().order(ByteOrder.LITTLE_ENDIAN);
    int bytes = header.getInt(BYTES_AT);
    boolean possible = header.getInt(MAGIC_AT) == MAGIC
        && bytes >= UNIT
        && bytes <= MAX_BYTES
        && bytes % UNIT == 0;
    return possible ? bytes : 0;
  }

  /**
   * Reads the version of a layout, which says whether a file that cannot be read is damaged or
   * only made by another engine.
   *
   * @param unit the first {@link #UNIT} bytes, from index 0 on
   * @return whether this class knows the layout
   */
  public static boolean isKnownVersion(ByteBuffer unit) {
    return unit.duplicate().order(ByteOrder.LITTLE_ENDIAN).getInt(VERSION_AT) == VERSION;
  }

  /**
   * Reads a header.
   *
   * @param content all of it, as long as {@link #bytesIn} said, from index 0 on
   * @return the header, empty if it is damaged
   */
  public static Optional<LogFileHeader> read(ByteBuffer content) {
    int length = bytesIn(content);
    if (length == 0 || content.capacity() < length) {
      return Optional.empty();
    }
    byte[] bytes = new byte[length];
    content.get(0, bytes);
    ByteBuffer header = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    int state = header.getInt(STATE_BYTES_AT);
    if (header.getInt(0) != checksum(bytes)
        || header.getInt(VERSION_AT) != VERSION
        || state < 0
        || state > length - STATE_AT) {
      return Optional.empty();
    }
    try {
      LogFileFacts facts = facts(header);
      return state > maxState(facts.fileBytes())
          ? Optional.empty()
          : Optional.of(new LogFileHeader(
              facts, bytes, Arrays.copyOfRange(bytes, STATE_AT, STATE_AT + state)));
    } catch (IllegalArgumentException e) {
      return Optional.empty(); // the checksum is right and a value is not: nobody can use it
    }
  }

  private static LogFileFacts facts(ByteBuffer header) {
    return new LogFileFacts(
        new LogGeneration(FieldCodec.UNSIGNED.read(header, GENERATION_AT)),
        header.getInt(SECTOR_AT),
        header.getInt(FILE_AT),
        FieldCodec.PAGE_SIZE.read(header, PAGE_AT),
        header.getInt(FLAGS_AT) == CIRCULAR,
        FieldCodec.TIME.read(header, CREATED_AT),
        FieldCodec.TIME.read(header, PREVIOUS_CREATED_AT),
        header.getInt(PREVIOUS_CHAIN_AT),
        FieldCodec.SIGNATURE.read(header, SIGNATURE_AT));
  }

  private static int checksum(byte[] bytes) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, Integer.BYTES, bytes.length - Integer.BYTES);
    return (int) crc.getValue();
  }

  /** {@return what it says of the file} */
  public LogFileFacts facts() {
    return facts;
  }

  /** {@return a copy of the state of the owner} */
  public byte[] state() {
    return state.clone();
  }

  /** {@return its length, behind which the first batch begins} */
  public int bytes() {
    return bytes.length;
  }

  /** {@return its checksum, with which the chain of the batches begins} */
  public int checksum() {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getInt(0);
  }

  /** {@return its bytes, to be written at the start of the file} */
  public ByteBuffer content() {
    return ByteBuffer.wrap(bytes).asReadOnlyBuffer();
  }
}
