package org.jetbackup.api.error;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The one exception of the api: a call failed with a {@link JetErr}.
 *
 * <p>The message reads: number, symbol, meaning, the subjects, and what to do next where that is
 * known, for example
 *
 * <pre>{@code -526 JET_errInvalidBackup: ...; CircularLog = true; ...}</pre>
 *
 * <p>Unchecked, because nearly every call of an engine can fail and most callers pass the failure
 * on. Successes and warnings are never thrown. Code and subjects are immutable, so an exception may
 * be handed to another thread. A serialised copy keeps the code and the message, and loses the
 * subjects, since paths cannot be serialised.
 *
 * <p>Source: the public page <i>extensible-storage-engine-errors</i>; the exception takes the place
 * of the {@code JET_ERR} that every function there returns.
 */
public final class JetException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** The code. */
  private final JetErr error;

  private final transient List<Subject> subjects;

  private JetException(JetErr error, List<Subject> subjects, Optional<Throwable> cause) {
    super(message(error, subjects), cause.orElse(null));
    this.error = error;
    this.subjects = subjects;
  }

  /**
   * Makes an exception.
   *
   * @param error the code, not {@link JetErr#SUCCESS} and not a warning
   * @param subjects what it is about, the most important first; may be none
   * @return the exception
   * @throws IllegalArgumentException if the code is no error
   */
  public static JetException of(JetErr error, Subject... subjects) {
    return new JetException(error, List.of(subjects), Optional.empty());
  }

  /**
   * Makes an exception that was caused by another.
   *
   * @param error the code, not {@link JetErr#SUCCESS} and not a warning
   * @param cause what failed underneath
   * @param subjects what it is about, the most important first; may be none
   * @return the exception
   * @throws IllegalArgumentException if the code is no error
   */
  public static JetException of(JetErr error, Throwable cause, Subject... subjects) {
    return new JetException(error, List.of(subjects), Optional.of(cause));
  }

  /**
   * Makes the answer of an engine that does not offer a feature: {@link
   * JetErr#FEATURE_NOT_AVAILABLE}. The default methods of the api's interfaces throw it.
   *
   * @param feature the feature as the api names it, for example {@code JetRestoreInstance}
   * @return the exception
   */
  public static JetException notAvailable(String feature) {
    return of(JetErr.FEATURE_NOT_AVAILABLE, Subject.value("feature", feature));
  }

  /** {@return the code} */
  public JetErr error() {
    return error;
  }

  /** {@return who is to act on the failure} */
  public Blame blame() {
    return Blame.of(error);
  }

  /** {@return what the failure is about, the most important first; unmodifiable, may be empty} */
  public List<Subject> subjects() {
    return subjects == null ? List.of() : subjects; // null in a deserialised copy only
  }

  private static String message(JetErr error, List<Subject> subjects) {
    if (!error.isError()) {
      throw new IllegalArgumentException(
          "code = " + error + ", allowed: errors only, never success or a warning");
    }
    String about = subjects.stream().map(s -> "; " + s.text()).collect(Collectors.joining());
    String next = error.remedy().map(remedy -> "; " + remedy).orElse("");
    return error + ": " + error.meaning() + about + next;
  }
}
