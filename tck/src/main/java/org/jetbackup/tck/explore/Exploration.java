package org.jetbackup.tck.explore;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jetbackup.tck.ClauseViolation;
import org.jetbackup.tck.crash.CrashStates;
import org.jetbackup.tck.crash.Profile;

/**
 * What came of one workload under one profile. Immutable.
 *
 * @param workload what was done
 * @param sectorSize how many bytes a crash loses or keeps together
 * @param profile what a crash leaves of it
 * @param extent moments, and states with equal ones counted each time
 * @param unique how many different states there were
 * @param fresh how many of them no stronger profile had
 * @param judged how many of those were judged
 * @param again how many states of a second crash, within recovery, were judged
 * @param sampled of how many states not all second crashes were judged
 * @param grades how many states of each grade
 * @param violations the first violation of each clause, by the id that the strong profiles use
 * @param millis how long it took
 */
public record Exploration(
    Workload workload,
    int sectorSize,
    Profile profile,
    CrashStates.Extent extent,
    int unique,
    int fresh,
    int judged,
    int again,
    int sampled,
    Map<Grade, Integer> grades,
    Map<String, ClauseViolation> violations,
    long millis) {

  /** Keeps copies, in order: a run must say the same every time. */
  public Exploration {
    grades = Collections.unmodifiableMap(new LinkedHashMap<>(grades));
    violations = Collections.unmodifiableMap(new LinkedHashMap<>(violations));
  }

  /** Whether no state was left out, of first crashes and of second ones. */
  public boolean exhaustive() {
    return extent.exhaustive() && judged == fresh && sampled == 0;
  }

  /** The first violation of a clause. */
  public Optional<ClauseViolation> violation(String clause) {
    return Optional.ofNullable(violations.get(clause));
  }

  /** How many states have a grade. */
  public int count(Grade grade) {
    return grades.getOrDefault(grade, 0);
  }

  /** How far it went, in words that are the same in every run. */
  public String reach() {
    if (exhaustive()) {
      return "exhaustive";
    }
    List<String> limits = new ArrayList<>();
    if (!extent.exhaustive()) {
      limits.add(extent.boundedPoints() + " of " + extent.points() + " moments by selection");
    }
    if (judged < fresh) {
      limits.add(judged + " of " + fresh + " states");
    }
    if (sampled > 0) {
      limits.add("second crashes of " + sampled + " by selection");
    }
    return "bounded: " + String.join(", ", limits);
  }
}
