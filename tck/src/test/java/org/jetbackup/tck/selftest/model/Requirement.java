package org.jetbackup.tck.selftest.model;

import java.util.Optional;
import org.jetbackup.api.error.JetErr;
import org.jetbackup.api.error.JetException;

/** What a change demands of the record that it meets. */
enum Requirement {
  NOTHING(Optional.empty(), Optional.empty()),
  ABSENT(Optional.of(JetErr.KEY_DUPLICATE), Optional.empty()),
  PRESENT(Optional.empty(), Optional.of(JetErr.RECORD_NOT_FOUND));

  private final Optional<JetErr> ifPresent;
  private final Optional<JetErr> ifAbsent;

  Requirement(Optional<JetErr> ifPresent, Optional<JetErr> ifAbsent) {
    this.ifPresent = ifPresent;
    this.ifAbsent = ifAbsent;
  }

  void check(boolean present) {
    (present ? ifPresent : ifAbsent).ifPresent(error -> {
      throw JetException.of(error);
    });
  }
}
