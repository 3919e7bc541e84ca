package org.jetbackup.engine.verify;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.jetbackup.api.position.PageNumber;
import org.jetbackup.engine.format.DatabaseFileHeader;
import org.jetbackup.engine.format.HeaderChecksum;
import org.jetbackup.engine.format.PageChecksum;
import org.jetbackup.engine.format.PageSize;
import org.jetbackup.engine.format.PageView;

/** A database file in memory that tests damage, with checksums that are right again. */
final class Image implements ByteSource {

  static final Path FILE = Path.of("a.edb");

  private final byte[] bytes;
  private final PageSize size;
  private long bytesRead;

  Image(byte[] bytes, PageSize size) {
    this.bytes = bytes;
    this.size = size;
  }

  Image copy() {
    return new Image(bytes.clone(), size);
  }

  PageSize pageSize() {
    return size;
  }

  byte[] bytes() {
    return bytes;
  }

  long pages() {
    return size.pagesIn(bytes.length);
  }

  /** The page itself, not a copy. */
  ByteBuffer page(long number) {
    int from = (int) size.offsetOf(new PageNumber(number));
    return ByteBuffer.wrap(bytes, from, size.bytes()).slice().order(ByteOrder.LITTLE_ENDIAN);
  }

  PageView view(long number) {
    return new PageView(page(number), size, new PageNumber(number), FILE);
  }

  Draft draft(long number) {
    return Draft.of(view(number), page(number));
  }

  /** Takes a page apart, lets it be changed, and writes it. */
  Image edit(long number, Consumer<Draft> change) {
    Draft draft = draft(number);
    change.accept(draft);
    draft.write(page(number), size, number);
    return this;
  }

  /** Changes bytes of a page, and makes its checksum right. */
  Image patch(long number, Consumer<ByteBuffer> change) {
    change.accept(page(number));
    PageChecksum.stamp(page(number), size, new PageNumber(number));
    return this;
  }

  Image header(Consumer<DatabaseFileHeader.Change> change) {
    DatabaseFileHeader.Change to =
        DatabaseFileHeader.decode(ByteBuffer.wrap(bytes), FILE).change();
    change.accept(to);
    byte[] page = to.header().encode().array();
    System.arraycopy(page, 0, bytes, 0, page.length);
    System.arraycopy(page, 0, bytes, page.length, page.length);
    return this;
  }

  /** Changes bytes of the shadow header only, and makes its checksum right. */
  Image shadowHeader(Consumer<ByteBuffer> change) {
    ByteBuffer shadow =
        ByteBuffer.wrap(bytes, size.bytes(), size.bytes()).slice().order(ByteOrder.LITTLE_ENDIAN);
    change.accept(shadow);
    HeaderChecksum.stamp(shadow, size.bytes());
    return this;
  }

  /** How many bytes the last check has read. */
  long bytesRead() {
    return bytesRead;
  }

  VerifyReport verify() {
    bytesRead = 0;
    return DatabaseVerifier.verify(this, VerifyOptions.DEFAULT);
  }

  @Override
  public Path path() {
    return FILE;
  }

  @Override
  public long size() {
    return bytes.length;
  }

  @Override
  public void read(ByteBuffer target, long position) {
    bytesRead += target.remaining();
    target.put(bytes, (int) position, target.remaining());
  }
}
