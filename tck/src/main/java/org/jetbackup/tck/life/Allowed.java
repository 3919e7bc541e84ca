package org.jetbackup.tck.life;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jetbackup.api.error.JetErr;
import org.jetbackup.tck.model.Answer;

/**
 * The answers that are legal to one call in one state.
 *
 * @param succeeds whether the call may succeed
 * @param ownErrors whether it may fail for a cause that is none of state: of its arguments, or
 *     because the engine does not have it
 * @param errors the errors with which it may fail besides
 */
public record Allowed(boolean succeeds, boolean ownErrors, List<JetErr> errors) {

  /** The errors that tell of the state of an instance and of nothing else. */
  private static final Set<JetErr> OF_STATE = EnumSet.of(
      JetErr.RESTORE_IN_PROGRESS,
      JetErr.BACKUP_NOT_ALLOWED_YET,
      JetErr.TERM_IN_PROGRESS,
      JetErr.NOT_INITIALIZED,
      JetErr.ALREADY_INITIALIZED,
      JetErr.INIT_IN_PROGRESS,
      JetErr.INSTANCE_UNAVAILABLE,
      JetErr.INSTANCE_UNAVAILABLE_DUE_TO_FATAL_LOG_DISK_FULL,
      JetErr.CLIENT_REQUEST_TO_STOP_JET_SERVICE);

  /** Copies the list. */
  public Allowed {
    errors = List.copyOf(errors);
  }

  /** Nothing but success. */
  static Allowed success() {
    return new Allowed(true, false, List.of());
  }

  /** Whatever the call answers to its arguments: the state does not stand in its way. */
  static Allowed served() {
    return new Allowed(true, true, List.of());
  }

  /** Whatever the api knows: no clause says more. */
  static Allowed anything() {
    return new Allowed(true, true, List.copyOf(OF_STATE));
  }

  /** One of these errors. */
  static Allowed fails(JetErr... errors) {
    return new Allowed(false, false, List.of(errors));
  }

  /** These errors too. */
  Allowed or(JetErr... more) {
    List<JetErr> all = new ArrayList<>(errors);
    Arrays.stream(more).filter(error -> !all.contains(error)).forEach(all::add);
    return new Allowed(succeeds, ownErrors, all);
  }

  /** Success too. */
  Allowed orSuccess() {
    return new Allowed(true, ownErrors, errors);
  }

  /**
   * Whether an answer is legal.
   *
   * @param mayBeMissing whether the engine may answer that it does not have the call
   */
  public boolean permits(Answer answer, boolean mayBeMissing) {
    if (answer.isSuccess()) {
      return succeeds;
    }
    return answer
        .error()
        .filter(error -> errors.contains(error)
            || (mayBeMissing && error == JetErr.FEATURE_NOT_AVAILABLE)
            || (ownErrors && !OF_STATE.contains(error)))
        .isPresent();
  }

  /** What is legal, in words. */
  @Override
  public String toString() {
    if (succeeds && ownErrors) {
      return errors.isEmpty() ? "served" : "anything";
    }
    List<String> words = new ArrayList<>();
    if (succeeds) {
      words.add("success");
    }
    errors.forEach(error -> words.add(Answer.text(error)));
    return String.join(" or ", words);
  }

  /** What is legal, in few words: the errors as numbers only. */
  public String inShort() {
    if (ownErrors) {
      return toString();
    }
    List<String> words = new ArrayList<>();
    if (succeeds) {
      words.add("success");
    }
    errors.forEach(error -> words.add(String.valueOf(error.number())));
    return String.join(", ", words);
  }
}
