package org.jetbackup.tck.suite;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jetbackup.api.backup.BackupGrbit;
import org.jetbackup.api.backup.Snt;
import org.jetbackup.api.event.JetEvent;
import org.jetbackup.api.param.SystemParameter;
import org.jetbackup.tck.Capability;
import org.jetbackup.tck.fixture.Listening;
import org.jetbackup.tck.fixture.Node;
import org.jetbackup.tck.fixture.World;
import org.jetbackup.tck.model.Answer;
import org.jetbackup.tck.storage.Fault;
import org.jspecify.annotations.Nullable;
import org.opentest4j.TestAbortedException;

/** Brings about causes for a refusal in a fresh world, makes the call, and says what it changed. */
final class Refusal {

  private static final BackupGrbit NOBODYS_BIT = new BackupGrbit(0x8);

  /**
   * What was seen.
   *
   * @param answer what the call answered
   * @param causes every cause that was present, those that others bring with them too
   * @param unchanged whether every file is as it was
   * @param heard the kinds of calls that the callback got
   * @param events what the event log got
   */
  record Seen(
      Answer answer, Set<Cause> causes, boolean unchanged, List<Snt> heard, List<JetEvent> events) {

    /** Whether the answer tells of one of these causes. */
    boolean tellsOf(Collection<Cause> some) {
      return some.stream().anyMatch(this::tellsOf);
    }

    private boolean tellsOf(Cause cause) {
      return answer.isOneOf(cause.errors())
          || (cause == Cause.NULL_CALLBACK && isRejection(answer));
    }
  }

  private final World world;
  private final Set<Cause> causes;
  private final boolean withPath;
  private final Node node;
  private final Listening listening = Listening.only();
  private final List<JetEvent> events = Collections.synchronizedList(new ArrayList<>());
  private @Nullable Path chain;

  private Refusal(World world, Collection<Cause> causes, boolean withPath) {
    this.world = world;
    this.causes = EnumSet.copyOf(causes);
    this.withPath = withPath;
    this.node = world.node("main");
  }

  /** Makes a call in the presence of causes, with a directory or without one. */
  static Seen of(World world, Collection<Cause> causes, boolean withPath) {
    return new Refusal(world, causes, withPath).make();
  }

  /** Whether a call was rejected as Java programs reject arguments. */
  static boolean isRejection(Answer answer) {
    return answer.thrown() instanceof NullPointerException
        || answer.thrown() instanceof IllegalArgumentException;
  }

  private Seen make() {
    world.record("causes for a refusal: " + causes);
    configure();
    if (!causes.contains(Cause.CREATED)) {
      node.start().createDatabase("main").commit("a=1");
      makeChain();
    }
    List<Seen> inside = new ArrayList<>();
    if (causes.contains(Cause.RESTORING)) {
      restoring(Listening.at(Snt.BEGIN, () -> inside.add(look())));
    } else if (causes.contains(Cause.RUNNING)) {
      Listening during = Listening.at(Snt.BEGIN, () -> inside.add(look()));
      listenToEvents();
      node.backup(world.freshDirectory("backup"), BackupGrbit.FULL, during);
    } else {
      listenToEvents();
      spoil();
      inside.add(look());
    }
    return inside.stream()
        .findFirst()
        .orElseThrow(() -> new TestAbortedException("the engine reported no Begin"));
  }

  private void configure() {
    if (causes.contains(Cause.LOGGING_OFF)) {
      node.with(node.parameters().with(SystemParameter.RECOVERY, "off"));
    }
    if (causes.contains(Cause.CIRCULAR)) {
      node.circular(true);
    }
  }

  /** An incremental backup gets a set to extend, unless just that is the cause. */
  private void makeChain() {
    boolean logs = !causes.contains(Cause.LOGGING_OFF);
    if (isIncremental() && logs && !causes.contains(Cause.NO_FULL)) {
      Path directory = world.freshDirectory("backup");
      node.mustBackup(directory, BackupGrbit.FULL).commit("a=2");
      chain = directory;
    }
  }

  private void restoring(Listening during) {
    Path set = world.freshDirectory("backup");
    node.mustBackup(set, BackupGrbit.FULL).stop();
    Trees.lose(world, node);
    listenToEvents();
    world.attempt("main: restore " + set, () -> node.instance().restore(set, during));
  }

  private void spoil() {
    if (causes.contains(Cause.STOPPED)) {
      world.require("main: stop service", () -> node.instance().stopService());
    }
    if (causes.contains(Cause.LOG_LOST)) {
      world.inject(Fault.parse("any-mutation main/log/** #1 sticky before-effect"));
      boolean noticed = !node.tryCommit("a=lost").isSuccess();
      world.files().clearFaults();
      if (!noticed) {
        throw new TestAbortedException("the engine commits without the log directory");
      }
      world.record("the fault is over");
    }
  }

  private void listenToEvents() {
    if (world.has(Capability.EVENT_LOG)) {
      world.require("listen to events", () -> node.instance().addEventListener(events::add));
    }
  }

  private Seen look() {
    Path directory = directory();
    node.instance();
    Map<String, String> before = world.tree(world.root());
    int logged = events.size();
    Answer answer = call(directory);
    boolean unchanged = before.equals(world.tree(world.root()));
    List<JetEvent> added = List.copyOf(events).subList(logged, events.size());
    return new Seen(answer, present(directory), unchanged, listening.kinds(), added);
  }

  private Answer call(@Nullable Path directory) {
    BackupGrbit kind = isIncremental() ? BackupGrbit.INCREMENTAL : BackupGrbit.FULL;
    BackupGrbit grbit = causes.contains(Cause.UNKNOWN_BIT) ? kind.with(NOBODYS_BIT) : kind;
    if (causes.contains(Cause.NULL_CALLBACK)) {
      return world.attempt(
          "main: backup " + grbit + " with a null callback",
          () -> node.instance().backup(directory, grbit, null));
    }
    return node.backup(directory, grbit, listening);
  }

  private @Nullable Path directory() {
    if (!withPath) {
      return null;
    }
    if (causes.contains(Cause.NO_DIRECTORY)) {
      return world.path("missing");
    }
    Path set = chain;
    if (set != null) {
      return set;
    }
    Path directory = world.freshDirectory("backup");
    if (causes.contains(Cause.STRANGER)) {
      world.require("put a file into " + directory, () -> writeLetter(directory));
    }
    return directory;
  }

  private static void writeLetter(Path directory) throws IOException {
    Files.writeString(directory.resolve("letter.txt"), "dear all");
  }

  /** An incremental backup that finds no set lacks a full one as well. */
  private Set<Cause> present(@Nullable Path directory) {
    Set<Cause> present = EnumSet.copyOf(causes);
    boolean finds = chain != null && (directory == null || directory.equals(chain));
    if (isIncremental() && !finds) {
      present.add(Cause.NO_FULL);
    }
    return present;
  }

  private boolean isIncremental() {
    return causes.stream().anyMatch(Cause::isIncremental);
  }

  /** The codes of causes, for the message of a violation. */
  static String text(Collection<Cause> some) {
    return some.stream()
        .flatMap(cause -> List.of(cause.errors()).stream())
        .map(Answer::text)
        .distinct()
        .reduce((a, b) -> a + " or " + b)
        .orElse("nothing");
  }

  /** Reads better than the names of constants. */
  static Optional<String> describe(Collection<Cause> some) {
    return some.stream()
        .map(cause -> cause.name().toLowerCase(java.util.Locale.ROOT).replace('_', ' '))
        .reduce((a, b) -> a + " and " + b);
  }
}
