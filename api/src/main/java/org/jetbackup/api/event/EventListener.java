package org.jetbackup.api.event;

/**
 * Receives the events of an instance.
 *
 * <p>An engine calls it on the thread that takes the step, at the moment of the step, so that the
 * events of one operation arrive in their order. Events of different operations may arrive at the
 * same time on several threads: an implementation must allow that. An engine SHOULD hold none of
 * its locks during the call; a listener should still be quick and should not call the instance
 * back. Whatever a listener throws is ignored by the engine, and the operation goes on.
 *
 * <p>Source: takes the place of the event log of the operating system.
 */
@FunctionalInterface
public interface EventListener {

  /**
   * Takes one event.
   *
   * @param event what has happened
   */
  void onEvent(JetEvent event);

  /** {@return a listener that drops everything} */
  static EventListener none() {
    return event -> {};
  }
}
