package org.jetbackup.tck.workload;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What the kit does to an engine, in order. One line of text holds it: the steps, separated by
 * semicolons. Immutable.
 *
 * @param steps the steps
 */
public record History(List<Step> steps) {

  /** Keeps a copy. */
  public History {
    steps = List.copyOf(steps);
  }

  /**
   * Reads a history.
   *
   * @throws IllegalArgumentException if a step is none
   */
  public static History parse(String text) {
    return new History(Arrays.stream(text.split(";"))
        .filter(part -> !part.isBlank())
        .map(part -> Step.parse(part.strip()))
        .toList());
  }

  /** This history and one step more. */
  public History then(Step step) {
    List<Step> longer = new ArrayList<>(steps);
    longer.add(step);
    return new History(longer);
  }

  /** The steps, separated by semicolons. */
  @Override
  public String toString() {
    return steps.stream().map(Step::toString).collect(Collectors.joining("; "));
  }
}
