package org.jetbackup.engine.foreign;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jetbackup.api.position.PageNumber;
import org.jetbackup.engine.format.HeaderChecksum;
import org.jetbackup.engine.format.NodeView;
import org.jetbackup.engine.format.PageFlags;
import org.jetbackup.engine.format.PageSize;
import org.jetbackup.engine.format.PageView;
import org.jetbackup.engine.format.PageWriter;
import org.jetbackup.engine.format.Samples;
import org.jetbackup.engine.format.Samples.Sample;

/**
 * Puts samples on a disk: as they are, or the synthetic one with other rows and another page size.
 *
 * <p>What is made so has room for reading only: space trees know nothing of the added leaves.
 */
final class SampleFiles {

  /** The one table of the synthetic sample. */
  static final String TABLE = "kv";

  private static final long TABLE_ROOT = 31;
  private static final long TABLE_OBJECT = 8;
  private static final int PAGE_SIZE_AT = 236;
  private static final int KEY_CHUNK = 8;
  private static final int LAST_FIXED = 127;
  private static final int LEADING_BYTE = 0x4000;
  private static final int OFFSET = 0x1fff;

  private SampleFiles() {}

  /** A map for rows of bytes. */
  static SortedMap<byte[], byte[]> noRows() {
    return new TreeMap<>(Arrays::compareUnsigned);
  }

  /** Copies a sample, or skips the test. */
  static Path copy(String name, Path directory) {
    return save(directory.resolve(name + ".edb"), Samples.read(name).bytes());
  }

  /**
   * Makes the synthetic sample anew, or skips the test.
   *
   * @param size at least that of the sample: a page of it has to fit
   */
  static Path rebuild(Path directory, PageSize size, SortedMap<byte[], byte[]> rows) {
    Sample sample = Samples.read(Samples.SYNTHETIC);
    List<ByteBuffer> pages = new ArrayList<>();
    for (long number = PageNumber.MIN; number <= sample.pages(); number++) {
      ByteBuffer page = size.newBuffer();
      if (sample.page(number).getInt(0) != 0) {
        resize(sample, number, page, size);
      }
      pages.add(page);
    }
    fill(pages, sample, size, rows);
    ByteBuffer header = size.newBuffer();
    header.put(0, sample.bytes(), 0, Math.min(size.bytes(), sample.size().bytes()));
    header.putInt(PAGE_SIZE_AT, size.bytes());
    HeaderChecksum.stamp(header, size.bytes());
    pages.addAll(0, List.of(header, header));
    ByteBuffer file = ByteBuffer.allocate(pages.size() * size.bytes());
    pages.forEach(page -> file.put(page.duplicate()));
    return save(directory.resolve("rebuilt-" + size.bytes() + ".edb"), file);
  }

  private static void resize(Sample sample, long number, ByteBuffer to, PageSize size) {
    PageView from = sample.view(number);
    PageFlags flags = from.flags();
    byte[] head = flags.isRoot() ? external(sample, number) : new byte[0];
    int noRecords = PageFlags.SPACE_TREE | PageFlags.INDEX | PageFlags.LONG_VALUE;
    boolean records = flags.isLeaf() && (flags.bits() & noRecords) == 0;
    PageWriter writer =
        new PageWriter(to, size, from.number(), from.objectId(), from.flags(), head);
    NodeView node = new NodeView();
    for (int tag = 1; tag < from.tagCount(); tag++) {
      node.moveTo(from, tag);
      byte[] key = new byte[node.keyLength()];
      byte[] data = new byte[node.dataLength()];
      node.copyKey(key, 0);
      node.copyData(data, 0);
      boolean enlarge = records && size.isLarge();
      writer.add(
          0,
          0,
          key,
          enlarge ? enlarged(ByteBuffer.wrap(data).order(ByteOrder.LITTLE_ENDIAN)) : data);
    }
    writer.finish(from.dbtime(), from.previous(), from.next());
  }

  /** On large pages every tagged value has a leading byte, and no bit says so. */
  private static byte[] enlarged(ByteBuffer record) {
    int variables = (record.get(1) & 0xff) - LAST_FIXED;
    int offsets = record.getShort(2);
    int end = variables == 0 ? 0 : record.getShort(offsets + 2 * (variables - 1)) & 0x7fff;
    int tagged = offsets + 2 * variables + end;
    int columns = tagged == record.limit() ? 0 : (record.getShort(tagged + 2) & OFFSET) / 4;
    ByteBuffer large = ByteBuffer.allocate(record.limit() + columns).order(ByteOrder.LITTLE_ENDIAN);
    large.put(record.slice(0, tagged)).position(tagged + 4 * columns);
    for (int at = tagged; at < tagged + 4 * columns; at += 4) {
      large.putShort(at, record.getShort(at));
      large.putShort(at + 2, (short) (large.position() - tagged));
      int next = at + 4 < tagged + 4 * columns
          ? tagged + (record.getShort(at + 6) & OFFSET)
          : record.limit();
      int offset = record.getShort(at + 2);
      if ((offset & LEADING_BYTE) == 0) {
        large.put((byte) 0);
      }
      int from = tagged + (offset & OFFSET);
      large.put(record.slice(from, next - from));
    }
    return Arrays.copyOf(large.array(), large.position());
  }

  /** The table becomes its root and a chain of leaves at the end of the file. */
  private static void fill(
      List<ByteBuffer> pages, Sample sample, PageSize size, SortedMap<byte[], byte[]> rows) {
    PageView oldRoot = sample.view(TABLE_ROOT);
    long firstLeaf = pages.size() + PageNumber.MIN;
    List<byte[]> bounds = new ArrayList<>();
    long number = firstLeaf;
    ByteBuffer page = size.newBuffer();
    PageWriter leaf = leaf(page, size, number);
    for (Map.Entry<byte[], byte[]> row : rows.entrySet()) {
      byte[] key = normalised(row.getKey());
      byte[] data = record(row.getKey(), row.getValue(), size);
      if (leaf.freeBytes() < key.length + data.length + 8) {
        leaf.finish(oldRoot.dbtime(), number == firstLeaf ? 0 : number - 1, number + 1);
        pages.add(page);
        bounds.add(key);
        number++;
        page = size.newBuffer();
        leaf = leaf(page, size, number);
      }
      leaf.add(0, 0, key, data);
    }
    leaf.finish(oldRoot.dbtime(), number == firstLeaf ? 0 : number - 1, 0);
    pages.add(page);
    bounds.add(new byte[0]);
    PageFlags flags = flags(PageFlags.ROOT | PageFlags.PARENT_OF_LEAVES);
    ByteBuffer root = pages.get((int) (TABLE_ROOT - PageNumber.MIN));
    PageWriter writer = new PageWriter(
        root, size, oldRoot.number(), TABLE_OBJECT, flags, external(sample, TABLE_ROOT));
    for (int i = 0; i < bounds.size(); i++) {
      writer.add(0, 0, bounds.get(i), little(firstLeaf + i, Integer.BYTES));
    }
    writer.finish(oldRoot.dbtime(), 0, 0);
  }

  private static PageWriter leaf(ByteBuffer page, PageSize size, long number) {
    return PageWriter.withoutPrefix(
        page, size, new PageNumber(number), TABLE_OBJECT, flags(PageFlags.LEAF));
  }

  private static PageFlags flags(int more) {
    return new PageFlags(
        PageFlags.NEW_RECORD_FORMAT | PageFlags.NEW_CHECKSUM | PageFlags.FLUSH_TYPE_1 | more);
  }

  private static byte[] external(Sample sample, long number) {
    PageView view = sample.view(number);
    byte[] head = new byte[view.tagSize(0)];
    sample.page(number).get(view.tagOffset(0), head);
    return head;
  }

  /** Chunks of eight bytes, each with its count, or 9 if more follow. Source: section 10. */
  private static byte[] normalised(byte[] key) {
    int chunks = (key.length + KEY_CHUNK - 1) / KEY_CHUNK;
    byte[] normal = new byte[1 + chunks * (KEY_CHUNK + 1)];
    normal[0] = 0x7f;
    for (int i = 0; i < chunks; i++) {
      int from = i * KEY_CHUNK;
      int length = Math.min(KEY_CHUNK, key.length - from);
      int at = 1 + i * (KEY_CHUNK + 1);
      System.arraycopy(key, from, normal, at, length);
      normal[at + KEY_CHUNK] = (byte) (i < chunks - 1 ? KEY_CHUNK + 1 : length);
    }
    return normal;
  }

  /** One variable and one tagged column. Source: sections 4.5 and 9. */
  private static byte[] record(byte[] key, byte[] value, PageSize size) {
    ByteBuffer record = ByteBuffer.allocate(11 + key.length + value.length);
    record
        .put(new byte[] {0, (byte) 0x80, 4, 0})
        .put(little(key.length, Short.BYTES))
        .put(key);
    int tagged = size.isLarge() ? 4 : 4 | LEADING_BYTE;
    record
        .put(little(256, Short.BYTES))
        .put(little(tagged, Short.BYTES))
        .put((byte) 1)
        .put(value);
    return record.array();
  }

  private static byte[] little(long number, int bytes) {
    byte[] array = new byte[bytes];
    for (int i = 0; i < bytes; i++) {
      array[i] = (byte) (number >> (i * Byte.SIZE));
    }
    return array;
  }

  private static Path save(Path file, ByteBuffer bytes) {
    try {
      byte[] content = new byte[bytes.capacity()];
      bytes.get(0, content);
      return Files.write(file, content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
