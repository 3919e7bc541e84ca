package org.jetbackup.engine.verify;

import java.util.List;
import java.util.stream.Stream;
import org.jetbackup.engine.format.Samples;

/** Database files of other engines, where they are at hand, as images. */
final class VerifySamples {

  static final List<String> ALL =
      Stream.concat(Samples.REAL.stream(), Stream.of(Samples.SYNTHETIC)).toList();

  private VerifySamples() {}

  /** Reads a sample, or skips the test. */
  static Image read(String name) {
    Samples.Sample sample = Samples.read(name);
    return new Image(sample.bytes().array(), sample.size());
  }
}
