package org.jetbackup.tck.crash;

import java.util.List;

/**
 * One thing that a crash can leave: where it happened, what was lost, and what is left. Immutable.
 */
public final class CrashState {

  private final Situation situation;
  private final Choice choice;
  private final Image image;

  CrashState(Situation situation, Choice choice, Image image) {
    this.situation = situation;
    this.choice = choice;
    this.image = image;
  }

  /**
   * Where it happened.
   *
   * @return a point of the recording
   */
  public CrashPoint point() {
    return situation.point();
  }

  /**
   * Whether the program had said something before the crash, such as that a call had returned.
   *
   * @param mark as it was given to {@link CrashRecorder#mark}
   * @return whether it had
   */
  public boolean passed(String mark) {
    return situation.recording().events().subList(0, point().events()).stream()
        .anyMatch(event -> event instanceof Event.Mark said && said.text().equals(mark));
  }

  /**
   * By which rules.
   *
   * @return the profile
   */
  public Profile profile() {
    return situation.profile();
  }

  /**
   * What is left.
   *
   * @return an image that can be opened as a file system
   */
  public Image image() {
    return image;
  }

  /**
   * What of the pending units was lost, or is garbage: one line each, as {@link CrashStates#find}
   * reads it, with the operation behind a {@code #}.
   *
   * @return an immutable list, empty if everything was kept
   */
  public List<String> lost() {
    return List.copyOf(choice.lost(situation, true));
  }

  /**
   * How many units are pending in this place, and could have been lost.
   *
   * @return the number
   */
  public int pending() {
    return situation.names().size()
        + situation.chains().stream().mapToInt(Situation.Chain::length).sum();
  }

  Situation situation() {
    return situation;
  }

  Choice choice() {
    return choice;
  }

  /** The point and what was lost, in a few lines. */
  @Override
  public String toString() {
    String where = profile().word() + ", " + situation.recording().describe(point());
    List<String> lost = lost();
    return lost.isEmpty()
        ? where + ": nothing is lost"
        : where + ", lost:\n  " + String.join("\n  ", lost);
  }
}
