package org.jetbackup.api.flat;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jetbackup.api.Environment;
import org.jetbackup.api.JetEngine;
import org.jetbackup.api.JetInstance;
import org.jetbackup.api.error.JetErr;
import org.jetbackup.api.error.JetException;
import org.jetbackup.api.error.Subject;
import org.jetbackup.api.param.Parameters;

/** The instances behind the handles of one facade. Thread-safe. */
final class Handles {

  /**
   * What a handle names: an instance that is made when it is first needed, because parameters come
   * before it. Its lock is its own monitor, held for no call of the engine but the creation.
   */
  static final class Slot {
    private final String name;
    private Parameters parameters;
    private Optional<JetInstance> instance = Optional.empty();

    private Slot(String name, Parameters parameters) {
      this.name = name;
      this.parameters = parameters;
    }

    synchronized Parameters parameters() {
      return parameters;
    }

    synchronized void set(Parameters changed) {
      if (instance.isPresent()) {
        throw JetException.of(JetErr.ALREADY_INITIALIZED, Subject.value("instance", name));
      }
      parameters = changed;
    }

    synchronized JetInstance instance(JetEngine engine, Environment environment) {
      JetInstance made =
          instance.orElseGet(() -> engine.createInstance(name, parameters, environment));
      instance = Optional.of(made);
      return made;
    }

    synchronized Optional<JetInstance> instanceIfMade() {
      return instance;
    }
  }

  private final Map<Long, Slot> slots = new ConcurrentHashMap<>();
  private final AtomicLong next = new AtomicLong(1);

  long add(String name, Parameters parameters) {
    long handle = next.getAndIncrement();
    slots.put(handle, new Slot(name, parameters));
    return handle;
  }

  boolean isEmpty() {
    return slots.isEmpty();
  }

  /** What a handle names: no handle at all is -1003, one that names nothing is -1115. */
  Slot slot(long handle) {
    if (handle == 0 || handle == JetCalls.JET_instanceNil) {
      throw JetException.of(JetErr.INVALID_PARAMETER, Subject.value("instance", handle));
    }
    return Optional.ofNullable(slots.get(handle))
        .orElseThrow(
            () -> JetException.of(JetErr.INVALID_INSTANCE, Subject.value("instance", handle)));
  }

  void remove(long handle) {
    slots.remove(handle);
  }
}
