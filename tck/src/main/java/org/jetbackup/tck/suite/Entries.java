package org.jetbackup.tck.suite;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jetbackup.api.event.EventSeverity;
import org.jetbackup.api.event.JetEvent;
import org.jetbackup.tck.fixture.Node;
import org.jetbackup.tck.fixture.World;

/** The entries of the event log that were heard of, in order. */
final class Entries {

  /** The ids of which the chapter speaks. */
  private static final Set<Integer> IDS = Set.of(
      204, 205, 206, 210, 211, 213, 214, 215, 216, 217, 218, 220, 221, 223, 224, 225, 226, 454);

  /** Those that are neither the start nor the result of a backup. */
  private static final Set<Integer> STEPS = Set.of(217, 218, 220, 221, 222, 223, 224, 225);

  private final List<JetEvent> events = new ArrayList<>();

  private Entries() {}

  /** Listens to the instance of a node from now on. */
  static Entries of(World world, Node node) {
    Entries entries = new Entries();
    world.require("listen to events", () -> node.instance().addEventListener(entries::add));
    return entries;
  }

  private synchronized void add(JetEvent event) {
    events.add(event);
  }

  /** Forgets what was heard so far. */
  synchronized void clear() {
    events.clear();
  }

  /** All entries. */
  synchronized List<JetEvent> all() {
    return List.copyOf(events);
  }

  /** The ids of the entries, those of which the chapter does not speak left out. */
  List<Integer> ids() {
    return all().stream().map(JetEvent::id).filter(IDS::contains).toList();
  }

  /** Whether a string of some entry contains a name. */
  boolean names(String name) {
    return all().stream()
        .flatMap(event -> event.strings().stream())
        .anyMatch(text -> text.contains(name));
  }

  /**
   * Whether there are a start and, as the last entry but for warnings, such a result; entries that
   * the original makes in between are neither.
   */
  boolean isPairWith(boolean success) {
    List<JetEvent> entries = all().stream()
        .filter(event -> event.severity() != EventSeverity.WARNING)
        .toList();
    if (entries.size() < 2) {
      return false;
    }
    JetEvent start = entries.get(0);
    JetEvent end = entries.get(entries.size() - 1);
    return isGood(start)
        && isGood(end) == success
        && !STEPS.contains(start.id())
        && !STEPS.contains(end.id());
  }

  private static boolean isGood(JetEvent event) {
    return event.severity() == EventSeverity.INFORMATION && event.error().isEmpty();
  }

  @Override
  public String toString() {
    return all().toString();
  }
}
