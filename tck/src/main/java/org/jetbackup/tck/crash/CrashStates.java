package org.jetbackup.tck.crash;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * All states that a crash can leave of one {@link Recording} under one {@link Profile}. Immutable;
 * start from {@link #of} and change what is to be different.
 *
 * <pre>{@code
 * CrashStates.of(recording, Profile.META_ORDERED).forEach(state -> {
 *   try (KitFileSystem left = state.image().open()) {
 *     checkWhatIs(left.root());
 *   }
 * });
 * }</pre>
 *
 * <p>Where at one point more combinations are possible than the cap, the most telling ones are
 * taken; the {@link Extent} says at how many points that was so. The order is always the same.
 */
public final class CrashStates {

  /** How many combinations at one point are tried without leaving any out, unless asked otherwise. */
  public static final int CAP_DEFAULT = 8_192;

  private final Recording recording;
  private final Profile profile;
  private final int cap;

  private CrashStates(Recording recording, Profile profile, int cap) {
    this.recording = recording;
    this.profile = profile;
    this.cap = cap;
  }

  /**
   * How far an enumeration went.
   *
   * @param points the moments of the crash
   * @param boundedPoints those of them at which combinations were left out
   * @param raw how many states were made, equal ones counted each time
   */
  public record Extent(int points, int boundedPoints, long raw) {
    /**
     * Whether nothing was left out.
     *
     * @return whether no point was bounded
     */
    public boolean exhaustive() {
      return boundedPoints == 0;
    }
  }

  /**
   * The states of a recording under a profile, with the usual cap.
   *
   * @param recording what was done
   * @param profile what a crash leaves of it
   * @return the states
   */
  public static CrashStates of(Recording recording, Profile profile) {
    return new CrashStates(recording, profile, CAP_DEFAULT);
  }

  /**
   * The same with another cap.
   *
   * @param combinations how many at one point are tried without leaving any out, at least 2
   * @return the states
   * @throws IllegalArgumentException if the cap is smaller than 2
   */
  public CrashStates cappedAt(int combinations) {
    if (combinations < 2) {
      throw new IllegalArgumentException("all and nothing alone are 2, not " + combinations);
    }
    return new CrashStates(recording, profile, combinations);
  }

  /**
   * Hands over every state with different content, once.
   *
   * @param visitor hears of each
   * @return how far it went
   */
  public Extent forEach(Consumer<CrashState> visitor) {
    Set<Image> seen = new HashSet<>();
    return forEachRaw(state -> {
      if (seen.add(state.image())) {
        visitor.accept(state);
      }
    });
  }

  /**
   * Hands over every state, also those whose content was there before: after another call was
   * acknowledged the same content can be right or wrong.
   *
   * @param visitor hears of each
   * @return how far it went
   */
  public Extent forEachRaw(Consumer<CrashState> visitor) {
    int bounded = 0;
    long[] raw = {0};
    List<CrashPoint> points = recording.points(profile);
    for (CrashPoint point : points) {
      Situation situation = new Situation(recording, point, profile);
      boolean all = new Choices(situation, cap).forEach((choice, image) -> {
        raw[0]++;
        visitor.accept(new CrashState(situation, choice, image));
      });
      bounded += all ? 0 : 1;
    }
    return new Extent(points.size(), bounded, raw[0]);
  }

  /**
   * One state, by what was lost.
   *
   * @param point where the crash happens
   * @param lost lines as {@link CrashState#lost} gives them
   * @return the state
   * @throws IllegalArgumentException if the point or a line does not fit the recording
   */
  public CrashState find(CrashPoint point, List<String> lost) {
    if (!recording.points(profile).contains(point)) {
      throw new IllegalArgumentException("the recording has no such point: " + point);
    }
    Situation situation = new Situation(recording, point, profile);
    Choice choice = profile.chooses()
        ? Choice.parse(situation, lost)
        : profile == Profile.KILL ? Choice.all(situation) : Choice.none(situation);
    return new CrashState(situation, choice, choice.image(situation));
  }

  /**
   * Looks for the smallest deviation that is as bad as a given one: keeps what need not be lost for
   * it, or else loses what need not be kept.
   *
   * @param bad a state of this recording and profile
   * @param isBad decides about others; called often
   * @return a state that is bad too and deviates no more
   */
  public static CrashState reduce(CrashState bad, Predicate<CrashState> isBad) {
    return new Reduction(bad, isBad).smallest();
  }
}
