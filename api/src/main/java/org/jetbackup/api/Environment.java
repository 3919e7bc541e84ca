package org.jetbackup.api;

import java.security.SecureRandom;
import java.time.Clock;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.concurrent.ForkJoinPool;
import java.util.random.RandomGenerator;

/**
 * Everything that an instance takes from the outside world besides its files.
 *
 * <p>Handing these in is what makes an engine testable to the last operation: with a fixed clock, a
 * seeded random source and an executor that runs its task at once, the file operations of an
 * instance are a function of the calls made to it.
 *
 * <p>Immutable. The three parts are used by any thread of the instance; they must allow that.
 * Source: specification clause CRASH-16.
 *
 * @param clock the source of every time that is stored or reported
 * @param random the source of signatures and of every other random value that is stored
 * @param executor runs background work, such as flushing; it may run a task in the calling thread
 */
public record Environment(Clock clock, RandomGenerator random, Executor executor) {

  /**
   * Checks that all three are there.
   *
   * @param clock the source of every time that is stored or reported
   * @param random the source of signatures and of every other random value that is stored
   * @param executor runs background work
   */
  public Environment {
    Objects.requireNonNull(clock, "clock");
    Objects.requireNonNull(random, "random");
    Objects.requireNonNull(executor, "executor");
  }

  /** {@return the system clock in UTC, a cryptographic random source, and the common pool} */
  public static Environment standard() {
    return new Environment(Clock.systemUTC(), new SecureRandom(), ForkJoinPool.commonPool());
  }
}
