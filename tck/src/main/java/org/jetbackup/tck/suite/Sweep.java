package org.jetbackup.tck.suite;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jetbackup.tck.Storage;
import org.jetbackup.tck.fixture.World;
import org.jetbackup.tck.model.Answer;
import org.jetbackup.tck.storage.Fault;

/**
 * The same backup again and again, each time in a world of its own, with a fault at its n-th
 * operation for n = 1, 2, ... until there is no n-th one. On a disk, where forcing takes its time,
 * every third n has to do.
 */
final class Sweep {

  private static final int STRIDE_ON_DISK = 3;

  private final World world;
  private final Attempt.Kind kind;
  private final Fault fault;
  private final List<Fault> besides = new ArrayList<>();
  private Function<Attempt, Answer> make = Attempt::make;
  private boolean bulky;

  /**
   * Prepares a sweep.
   *
   * @param fault the fault at its first operation
   */
  Sweep(World world, Attempt.Kind kind, String fault) {
    this.world = world;
    this.kind = kind;
    this.fault = Fault.parse(fault);
  }

  /** How a note about a sweep begins. */
  static String extent(World world) {
    return stride(world) == 1 ? "exhaustive: " : "every third: ";
  }

  private static int stride(World world) {
    return world.settings().storage() == Storage.MEMORY ? 1 : STRIDE_ON_DISK;
  }

  /** With a fault that is in force besides, from the beginning. */
  Sweep besides(String other) {
    besides.add(Fault.parse(other));
    return this;
  }

  /** With enough data to close a log file. */
  Sweep bulky() {
    bulky = true;
    return this;
  }

  /** With another way to make the backup. */
  Sweep making(Function<Attempt, Answer> other) {
    make = other;
    return this;
  }

  /**
   * Sweeps.
   *
   * @param judge hears of each attempt that the fault struck, when the fault is over
   * @return how many there were
   */
  int each(BiConsumer<Attempt, Answer> judge) {
    int struckTimes = 0;
    for (int n = 1; ; n += stride(world)) {
      try (Attempt attempt = bulky ? Attempt.of(world, kind) : Attempt.small(world, kind)) {
        World own = attempt.world();
        own.files().startTrace();
        besides.forEach(own::inject);
        Fault swept = fault.at(n);
        own.inject(swept);
        Answer answer = make.apply(attempt);
        boolean struck = own.files().matched(swept) >= n;
        own.files().clearFaults();
        own.files().stopTrace();
        if (!struck) {
          return struckTimes;
        }
        struckTimes++;
        judge.accept(attempt, answer);
      }
    }
  }

  /**
   * Sweeps, and judges only the backups that failed.
   *
   * @return how many those were
   */
  int eachFailure(Consumer<Attempt> judge) {
    int[] failures = {0};
    each((attempt, answer) -> {
      if (!answer.isSuccess()) {
        failures[0]++;
        judge.accept(attempt);
      }
    });
    return failures[0];
  }
}
