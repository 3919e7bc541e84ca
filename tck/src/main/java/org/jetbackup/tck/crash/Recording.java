package org.jetbackup.tck.crash;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What was done to a file system between two moments, in steps at each of which it could have
 * crashed. Immutable.
 */
public final class Recording {

  private final Pool pool;
  private final Tree base;
  private final List<Event> events;
  private final List<Unit> units;
  private final int[] durableFrom;
  private final int[] goneFrom;

  Recording(
      Pool pool,
      Tree base,
      List<Event> events,
      List<Unit> units,
      int[] durableFrom,
      int[] goneFrom) {
    this.pool = pool;
    this.base = base;
    this.events = List.copyOf(events);
    this.units = List.copyOf(units);
    this.durableFrom = durableFrom.clone();
    this.goneFrom = goneFrom.clone();
  }

  /**
   * Operations and marks in their order.
   *
   * @return an immutable list; each element prints as one line
   */
  public List<Event> events() {
    return events;
  }

  /**
   * How many units came of it: the measure of what a crash can tear apart. With smaller sectors it is
   * the same or more.
   *
   * @return the number
   */
  public int unitCount() {
    return units.size();
  }

  /**
   * Whether anything was done that a crash could undo.
   *
   * @return whether there is an operation
   */
  public boolean writes() {
    return events.stream().anyMatch(Event.Step.class::isInstance);
  }

  /**
   * The moments at which it could have crashed, in order: before the first event, after each one,
   * and, where a profile looks into an operation, inside a write of several sectors.
   *
   * @param profile what a crash leaves
   * @return at least one point
   */
  public List<CrashPoint> points(Profile profile) {
    List<CrashPoint> points = new ArrayList<>(List.of(new CrashPoint(0, 0)));
    for (int i = 0; i < events.size(); i++) {
      if (profile == Profile.KILL) {
        long sectors = bornAt(i).stream().filter(Unit.Sector.class::isInstance).count();
        for (int inside = 1; inside < sectors; inside++) {
          points.add(new CrashPoint(i, inside));
        }
      }
      points.add(new CrashPoint(i + 1, 0));
    }
    return points;
  }

  /**
   * What a point is, in words.
   *
   * @param point a point of this recording
   * @return one line
   */
  public String describe(CrashPoint point) {
    if (point.inside() > 0) {
      return "inside " + events.get(point.events()) + ", when " + point.inside()
          + (point.inside() == 1 ? " sector was" : " sectors were") + " written";
    }
    if (point.events() == 0) {
      return "before the first step";
    }
    Event last = events.get(point.events() - 1);
    return last instanceof Event.Mark mark ? "when " + mark.text() : "after " + last;
  }

  Pool pool() {
    return pool;
  }

  Tree base() {
    return base;
  }

  List<Unit> units() {
    return units;
  }

  /** The event that made a unit durable, if one did. */
  Optional<Integer> durableFrom(Unit unit) {
    return moment(durableFrom[unit.number()]);
  }

  /** After how many events a force failed that lost a unit for good, if one did. */
  Optional<Integer> goneFrom(Unit unit) {
    return moment(goneFrom[unit.number()]);
  }

  private static Optional<Integer> moment(int event) {
    return event == Integer.MAX_VALUE ? Optional.empty() : Optional.of(event);
  }

  List<Unit> bornAt(int event) {
    return units.stream().filter(unit -> unit.event() == event).toList();
  }

  /** How a unit is called in reports and replay files: {@code 17 sector 3}. */
  String name(Unit unit) {
    return events.get(unit.event()) instanceof Event.Step step
        ? step.ordinal() + " " + unit.label()
        : unit.label();
  }

  /** The operation from which a unit comes, in words. */
  String origin(Unit unit) {
    return events.get(unit.event()).toString();
  }
}
