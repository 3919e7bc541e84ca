package org.jetbackup.spec;

import java.util.Arrays;
import java.util.Optional;

/** The labelled parts of a clause, in the order in which they come. */
enum Field {
  RULE("Rule", true),
  REASON("Reason", true),
  SOURCE("Source", true),
  CAPABILITY("Capability", false),
  TESTABLE("Testable", false);

  private final String label;
  private final boolean required;

  Field(String label, boolean required) {
    this.label = label;
    this.required = required;
  }

  String label() {
    return label;
  }

  boolean isRequired() {
    return required;
  }

  /** The field that begins on a line. */
  static Optional<Field> at(Located line) {
    return Arrays.stream(values())
        .filter(field -> line.text().startsWith(field.label + ":"))
        .findFirst();
  }

  /** What follows the label. */
  Located in(Located line) {
    String text = line.text().substring(label.length() + 1);
    if (!text.startsWith(" ") || text.startsWith("  ")) {
      throw line.error("after '" + label + ":' come one blank and a text");
    }
    return line.with(text.substring(1));
  }
}
