package org.jetbackup.tck.workload;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jetbackup.tck.Capability;

/**
 * Makes a history out of a list of numbers, one step a number. The numbers may come from anywhere;
 * leaving some out or making some smaller gives a simpler history, so that whoever shrinks the list
 * shrinks the history.
 */
public final class Choices {

  /** Numbers are taken from 0 up to but without this one. */
  public static final int BOUND = 4_096;

  private static final int KINDS = 16;
  private static final String KEYS = "abcdef";
  private static final int BIG = 40_000;

  private final Set<Capability> capabilities;

  /** For an engine with these capabilities: histories ask nothing else of it. */
  public Choices(Set<Capability> capabilities) {
    this.capabilities = capabilities;
  }

  /** The history of a list of numbers. */
  public History decode(List<Integer> numbers) {
    List<Step> steps = new ArrayList<>();
    boolean circular = false;
    boolean second = false;
    for (int i = 0; i < numbers.size(); i++) {
      Step step = step(numbers.get(i), i, circular, second);
      if (step instanceof Step.Reopen reopen && reopen.logging() != Step.Reopen.Logging.SAME) {
        circular = reopen.logging() == Step.Reopen.Logging.CIRCULAR;
      }
      second |= step instanceof Step.CreateDatabase;
      steps.add(step);
    }
    return new History(steps);
  }

  private Step step(int number, int index, boolean circular, boolean second) {
    int detail = number / KINDS;
    return switch (number % KINDS) {
      case 0, 1 -> commit(detail, index, second);
      case 2 -> new Step.Commit(List.of("-" + key(detail), key(detail / 7) + "=" + index));
      case 3 -> new Step.Commit(List.of("big=" + (char) ('a' + index % 26) + "*" + BIG));
      case 4 -> new Step.Rollback(List.of(key(detail) + "=gone" + index));
      case 5 -> has(Capability.CONCURRENT_SESSIONS, new Step.Pending(List.of("p=" + index)), index);
      case 6 -> has(Capability.CONCURRENT_SESSIONS, new Step.Settle(), index);
      case 7, 8 -> Step.backup(Step.Backup.Kind.FULL);
      case 9 -> has(Capability.ATOMIC, Step.backup(Step.Backup.Kind.ATOMIC), index);
      case 10, 11 -> has(Capability.INCREMENTAL, Step.backup(Step.Backup.Kind.INCREMENTAL), index);
      case 12 -> reopen(detail, circular);
      case 13 -> new Step.Restore(Step.Restore.Manner.CHECK);
      case 14 -> rare(detail, index, second);
      default -> new Step.Elsewhere();
    };
  }

  private Step commit(int detail, int index, boolean second) {
    String first = key(detail) + "=" + index;
    if (second && detail % 3 == 0) {
      return new Step.Commit(List.of(first, "other." + key(detail / 6) + "=" + index));
    }
    return new Step.Commit(List.of(first));
  }

  private Step reopen(int detail, boolean circular) {
    if (!capabilities.contains(Capability.CIRCULAR_LOGGING) || detail % 2 == 0) {
      return new Step.Reopen(Step.Reopen.Logging.SAME);
    }
    return new Step.Reopen(circular ? Step.Reopen.Logging.PLAIN : Step.Reopen.Logging.CIRCULAR);
  }

  private Step rare(int detail, int index, boolean second) {
    return switch (detail % 4) {
      case 0 -> has(Capability.NULL_PATH, Step.backup(Step.Backup.Kind.TRUNCATE), index);
      case 1 -> new Step.Restore(Step.Restore.Manner.IN_PLACE);
      case 2 ->
        has(Capability.ROLL_FORWARD, new Step.Restore(Step.Restore.Manner.ROLL_FORWARD), index);
      default ->
        second
            ? new Step.Restore(Step.Restore.Manner.CHECK)
            : has(Capability.SEVERAL_DATABASES, new Step.CreateDatabase("other"), index);
    };
  }

  private Step has(Capability capability, Step step, int index) {
    return capabilities.contains(capability)
        ? step
        : new Step.Commit(List.of(key(index) + "=" + index));
  }

  private static String key(int detail) {
    return String.valueOf(KEYS.charAt(detail % KEYS.length()));
  }
}
