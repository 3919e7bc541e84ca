package org.jetbackup.engine.storage;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jetbackup.tck.storage.KitFileSystem;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;

class DataFileTest {

  @Nested
  class OnDisk implements DataFileContract {
    @TempDir
    Path directory;

    @Override
    public Path root() {
      return directory;
    }
  }

  @Nested
  class OnJimfs implements DataFileContract {
    private final FileSystem files = Jimfs.newFileSystem(Configuration.unix());

    @Override
    public Path root() {
      try {
        return Files.createDirectories(files.getPath("here").toAbsolutePath());
      } catch (IOException e) {
        return Assertions.fail(e);
      }
    }

    @AfterEach
    void close() throws IOException {
      files.close();
    }
  }

  @Nested
  class OnTheKit implements DataFileContract {
    private final KitFileSystem files = KitFileSystem.inMemory();

    @Override
    public Path root() {
      return files.root();
    }

    @AfterEach
    void nothingIsLeftOpen() throws IOException {
      Assertions.assertTrue(
          files.openHandles().isEmpty(), () -> files.openHandles().toString());
      files.close();
    }
  }
}
