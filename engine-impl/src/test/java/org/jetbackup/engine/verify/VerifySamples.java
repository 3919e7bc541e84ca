package org.jetbackup.engine.verify;

import java.util.List;
import org.jetbackup.engine.format.Samples;

/** Database files of other engines, as images that can be changed and verified. */
final class VerifySamples {

  static final List<String> ALL = List.of("basic", "binary", "index", "multi", Samples.SYNTHETIC);

  private VerifySamples() {}

  /** Reads a sample, or skips the test. */
  static Image read(String name) {
    Samples.Sample sample = Samples.read(name);
    byte[] bytes = new byte[sample.bytes().capacity()];
    sample.bytes().get(0, bytes);
    return new Image(bytes, sample.size());
  }
}
