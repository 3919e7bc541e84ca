package org.jetbackup.tck.selftest.model;

import java.time.Clock;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jetbackup.api.error.JetErr;
import org.jetbackup.api.event.EventId;
import org.jetbackup.api.event.EventListener;
import org.jetbackup.api.event.EventSeverity;
import org.jetbackup.api.event.JetEvent;
import org.jetbackup.api.param.Parameters;
import org.jetbackup.api.param.SystemParameter;

/** The event log of an instance. What a listener throws never reaches the one who sends. */
final class Events {

  private final List<EventListener> listeners = new CopyOnWriteArrayList<>();
  private final Parameters parameters;
  private final Clock clock;
  private final Decisions decisions;

  Events(Parameters parameters, Clock clock, Decisions decisions) {
    this.parameters = parameters;
    this.clock = clock;
    this.decisions = decisions;
  }

  void add(EventListener listener) {
    listeners.add(listener);
  }

  void send(EventId id, String... strings) {
    send(JetEvent.of(id, clock.instant(), strings));
  }

  void sendFailure(EventId id, JetErr error, String... strings) {
    send(
        decisions.namesErrorsInEvents()
            ? JetEvent.of(id, error, clock.instant(), strings)
            : JetEvent.of(id, clock.instant(), strings));
  }

  private void send(JetEvent event) {
    boolean dropped = parameters.get(SystemParameter.NO_INFORMATION_EVENT)
        && event.severity() == EventSeverity.INFORMATION;
    boolean silent = parameters.get(SystemParameter.EVENT_LOGGING_LEVEL) == 0;
    if (!dropped && !silent) {
      decisions.event(event).ifPresent(sent -> listeners.forEach(to -> send(to, sent)));
    }
  }

  private static void send(EventListener listener, JetEvent event) {
    try {
      listener.onEvent(event);
    } catch (RuntimeException | Error ignored) {
      return; // by contract
    }
  }
}
