package org.jetbackup.api;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jetbackup.api.backup.BackupGrbit;
import org.jetbackup.api.backup.StatusCallback;
import org.jetbackup.api.param.Parameters;

/** Adapters that write the abstract methods of the api and nothing else, and note what is called. */
final class SmallestAdapter {

  final List<String> called = new ArrayList<>();

  JetEngine engine() {
    return new JetEngine() {
      @Override
      public String name() {
        return "smallest";
      }

      @Override
      public String version() {
        return "0";
      }

      @Override
      public JetInstance createInstance(
          String name, Parameters parameters, Environment environment) {
        return instance();
      }
    };
  }

  JetInstance instance() {
    return new JetInstance() {
      @Override
      public InstanceState state() {
        return InstanceState.CREATED;
      }

      @Override
      public Parameters parameters() {
        return Parameters.none();
      }

      @Override
      public void init() {
        called.add("init");
      }

      @Override
      public JetSession beginSession() {
        return session();
      }

      @Override
      public void backup(Path directory, BackupGrbit grbit, StatusCallback callback) {
        called.add("backup");
      }

      @Override
      public void restore(Path directory, StatusCallback callback) {
        called.add("restore");
      }

      @Override
      public void terminate(TermGrbit grbit) {
        called.add("terminate");
      }
    };
  }

  JetSession session() {
    return new JetSession() {
      @Override
      public JetDatabase createDatabase(Path file) {
        throw new UnsupportedOperationException();
      }

      @Override
      public void attachDatabase(Path file) {
        called.add("attachDatabase");
      }

      @Override
      public JetDatabase openDatabase(Path file) {
        throw new UnsupportedOperationException();
      }

      @Override
      public void beginTransaction() {
        called.add("beginTransaction");
      }

      @Override
      public void commitTransaction() {
        called.add("commitTransaction");
      }

      @Override
      public void rollbackTransaction() {
        called.add("rollbackTransaction");
      }

      @Override
      public void close() {
        called.add("close");
      }
    };
  }

  /** A cursor that stands on one record for ever. */
  static JetCursor cursorOn(byte[] key, byte[] value) {
    return new JetCursor() {
      @Override
      public boolean moveFirst() {
        return true;
      }

      @Override
      public boolean moveLast() {
        return true;
      }

      @Override
      public boolean moveNext() {
        return false;
      }

      @Override
      public boolean movePrevious() {
        return false;
      }

      @Override
      public boolean seek(byte[] sought) {
        return true;
      }

      @Override
      public int keyLength() {
        return key.length;
      }

      @Override
      public int valueLength() {
        return value.length;
      }

      @Override
      public int readKey(ByteBuffer target) {
        target.put(key);
        return key.length;
      }

      @Override
      public int readValue(ByteBuffer target, int offset) {
        target.put(value, offset, value.length - offset);
        return value.length - offset;
      }

      @Override
      public void close() {}
    };
  }
}
