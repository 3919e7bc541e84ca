package org.jetbackup.tck.crash;

import java.io.IOException;
import java.nio.channels.FileChannel;
import org.junit.jupiter.api.AfterEach;

/** Tests that have a {@link Lab} each. */
abstract class InLab {

  final Lab lab = new Lab();

  @AfterEach
  void close() throws IOException {
    lab.close();
  }

  /** A channel to a file that held this before the recording began. */
  final FileChannel channel(String text) throws IOException {
    lab.file("f", text).begin();
    return lab.open("f");
  }
}
