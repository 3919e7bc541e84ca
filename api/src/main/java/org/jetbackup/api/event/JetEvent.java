package org.jetbackup.api.event;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jetbackup.api.error.JetErr;

/**
 * One thing that happened in an engine.
 *
 * <p>The id is a number and not an {@link EventId}, because another engine may send events that we
 * do not list. The three strings with which every entry of the original begins (process, process
 * id, instance) are not here: the first of {@code strings} is the original's fourth.
 *
 * <p>Immutable and thread-safe. Source: the message list of the original, and the public page
 * <i>event-log-parameters</i>.
 *
 * @param id the number of the event, at least 1
 * @param severity how grave it is
 * @param category the part of the engine that it comes from
 * @param strings what it is about, in the order that {@link EventId#stringNames()} gives; may be
 *     empty
 * @param error the failure that is reported, if it is one; filled even where the original's text
 *     hides it
 * @param time when it happened, by the clock of the instance
 */
public record JetEvent(
    int id,
    EventSeverity severity,
    EventCategory category,
    List<String> strings,
    Optional<JetErr> error,
    Instant time) {

  /**
   * Checks the parts and copies the strings.
   *
   * @param id the number of the event
   * @param severity how grave it is
   * @param category the part of the engine that it comes from
   * @param strings what it is about
   * @param error the failure that is reported
   * @param time when it happened
   * @throws IllegalArgumentException if the id is below 1, or the error is success
   */
  public JetEvent {
    if (id < 1) {
      throw new IllegalArgumentException("event id = " + id + ", allowed: at least 1");
    }
    Objects.requireNonNull(severity, "severity");
    Objects.requireNonNull(category, "category");
    strings = List.copyOf(strings);
    if (error.filter(code -> code == JetErr.SUCCESS).isPresent()) {
      throw new IllegalArgumentException("event error = " + JetErr.SUCCESS + ", allowed: failures");
    }
    Objects.requireNonNull(time, "time");
  }

  /**
   * Makes a listed event, with the severity and category of its id, that reports no failure.
   *
   * @param id the event
   * @param time when it happened
   * @param strings what it is about, in the order of {@link EventId#stringNames()}
   * @return the event
   */
  public static JetEvent of(EventId id, Instant time, String... strings) {
    return of(id, Optional.empty(), time, strings);
  }

  /**
   * Makes a listed event, with the severity and category of its id, that reports a failure.
   *
   * @param id the event
   * @param error the failure
   * @param time when it happened
   * @param strings what it is about, in the order of {@link EventId#stringNames()}
   * @return the event
   */
  public static JetEvent of(EventId id, JetErr error, Instant time, String... strings) {
    return of(id, Optional.of(error), time, strings);
  }

  private static JetEvent of(EventId id, Optional<JetErr> error, Instant time, String... strings) {
    return new JetEvent(id.number(), id.severity(), id.category(), List.of(strings), error, time);
  }

  /** {@return the listed event with this id; empty if it is not listed} */
  public Optional<EventId> known() {
    return EventId.ofNumber(id);
  }

  /**
   * {@return the event on one line without its time, for example {@code 221 BACKUP_FILE_STOP_OK:
   * a.edb}}
   */
  @Override
  public String toString() {
    String head = known().map(EventId::toString).orElse(Integer.toString(id));
    String about = strings.isEmpty() ? "" : ": " + String.join(", ", strings);
    return head + about + error.map(code -> " [" + code + "]").orElse("");
  }
}
