package org.jetbackup.api.flat;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;
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
   * before it. Ended before that, it makes none any more. Its lock is its own monitor, held for no
   * call of the engine but the creation.
   */
  static final class Slot {
    private final long handle;
    private final String name;
    private Parameters parameters;
    private Optional<JetInstance> instance = Optional.empty();
    private boolean ended;

    private Slot(long handle, String name, Parameters parameters) {
      this.handle = handle;
      this.name = name;
      this.parameters = parameters;
    }

    synchronized Parameters parameters() {
      return parameters;
    }

    /** Changes the parameters in one step: -1030 once there is an instance, -1115 when ended. */
    synchronized void update(UnaryOperator<Parameters> change) {
      requireNotEnded();
      if (instance.isPresent()) {
        throw JetException.of(JetErr.ALREADY_INITIALIZED, Subject.value("instance", name));
      }
      parameters = change.apply(parameters);
    }

    /** The instance, made now if there was none; empty if the slot ended without one. */
    synchronized Optional<JetInstance> instance(JetEngine engine, Environment environment) {
      if (!ended && instance.isEmpty()) {
        instance = Optional.of(engine.createInstance(name, parameters, environment));
      }
      return instance;
    }

    /** The instance that is to be terminated; if there is none, none will be made any more. */
    synchronized Optional<JetInstance> end() {
      requireNotEnded();
      ended = instance.isEmpty();
      return instance;
    }

    private void requireNotEnded() {
      if (ended) {
        throw namesNothing(handle);
      }
    }
  }

  private final Map<Long, Slot> slots = new ConcurrentHashMap<>();
  private final AtomicLong next = new AtomicLong(1);

  long add(String name, Parameters parameters) {
    long handle = next.getAndIncrement();
    slots.put(handle, new Slot(handle, name, parameters));
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
    return find(handle).orElseThrow(() -> namesNothing(handle));
  }

  Optional<Slot> find(long handle) {
    return Optional.ofNullable(slots.get(handle));
  }

  void remove(long handle) {
    slots.remove(handle);
  }

  static JetException namesNothing(long handle) {
    return JetException.of(JetErr.INVALID_INSTANCE, Subject.value("instance", handle));
  }
}
