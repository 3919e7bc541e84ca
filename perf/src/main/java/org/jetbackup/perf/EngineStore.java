package org.jetbackup.perf;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import org.jetbackup.api.Environment;
import org.jetbackup.engine.buffer.LogForce;
import org.jetbackup.engine.buffer.PageCache;
import org.jetbackup.engine.catalog.Database;
import org.jetbackup.engine.catalog.DatabaseOptions;
import org.jetbackup.engine.catalog.StepWriter;
import org.jetbackup.engine.catalog.Steps;
import org.jetbackup.engine.catalog.Table;
import org.jetbackup.engine.catalog.TableCursor;
import org.jetbackup.engine.catalog.TreeKind;
import org.jspecify.annotations.Nullable;

/** The trees of the reference engine: pages of 8 KiB, no log yet. */
final class EngineStore implements KeyValueStore {

  private static final DatabaseOptions OPTIONS = DatabaseOptions.STANDARD;

  /** Nothing is ever taken back, and no value replaced. */
  private static final Steps UNLOGGED = new Steps() {
    @Override
    public void before(TreeKind tree, ByteBuffer key, @Nullable ByteBuffer old) {}

    @Override
    public void obsolete(long longValueId) {}
  };

  private final Database database;
  private final StepWriter writer;
  private final TableCursor cursor;

  EngineStore(Path directory, PageCache cache) {
    this.database =
        Database.create(cache, directory.resolve("engine.edb"), OPTIONS, Environment.standard());
    Table table = database.catalog().create("kv");
    this.writer = table.stepWriter();
    this.cursor = table.cursor();
  }

  /** A cache lives as long as an instance, so stores that follow each other share one. */
  static PageCache newCache(long bytes) {
    return new PageCache(OPTIONS.pageSize(), bytes, LogForce.NONE);
  }

  @Override
  public void insert(byte[] key, byte[] value) {
    writer.find(key);
    writer.put(key, value, UNLOGGED);
  }

  @Override
  public int get(byte[] key, byte[] target) {
    return cursor.find(key) ? cursor.readValue(ByteBuffer.wrap(target), 0) : -1;
  }

  @Override
  public long scan(byte[] target) {
    ByteBuffer buffer = ByteBuffer.wrap(target);
    long bytes = 0;
    for (boolean there = cursor.first(); there; there = cursor.next()) {
      bytes += cursor.readValue(buffer.clear(), 0);
    }
    return bytes;
  }

  @Override
  public void flush() {
    database.flush();
  }

  @Override
  public void close() {
    database.close();
  }
}
