package org.jetbackup.engine.durable;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jetbackup.api.InstanceState;
import org.jetbackup.api.JetInstance;
import org.jetbackup.api.JetSession;
import org.jetbackup.api.JetTable;
import org.jetbackup.api.TermGrbit;
import org.jetbackup.api.error.JetErr;
import org.jetbackup.api.error.JetException;
import org.jetbackup.tck.storage.Fault;
import org.jetbackup.tck.storage.KitFileSystem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The disk fails at one operation, each in its turn, while databases come and go. Whatever the call
 * said: the instance goes on or can be opened anew, nothing that was acknowledged is lost, and no
 * file is left open.
 */
final class LifeFaultsTest {

  private static final String A = "a.edb";
  private static final String B = "b.edb";
  private static final String TABLE = "t";
  private static final byte[] VALUE = new byte[200];
  private static final int SEPARATED = 9_000;

  /** An instance, and what is known to be in each of its two databases. */
  private static final class World {
    private final KitFileSystem kit;
    private final Path root;
    private final Set<Integer> inA = new TreeSet<>();
    private final Set<Integer> inB = new TreeSet<>();
    private JetInstance instance;
    private int life;

    World(KitFileSystem kit) {
      this.kit = kit;
      this.root = kit.root();
      Lab.makeDirectories(root);
      instance = next();
      instance.init();
      within(session -> {
        session.createDatabase(file(A)).createTable(TABLE);
        session.createDatabase(file(B)).createTable(TABLE);
        session.openDatabase(file(A)).openTable(TABLE).put(new byte[] {99}, new byte[SEPARATED]);
      });
      for (int i = 0; i < 5; i++) {
        put(A, inA, i);
        put(B, inB, i);
      }
    }

    JetInstance next() {
      instance = Lab.instance(Lab.engine(), Lab.parameters(root), life++);
      return instance;
    }

    Path file(String name) {
      return Lab.database(root, name);
    }

    void within(Consumer<JetSession> action) {
      try (JetSession session = instance.beginSession()) {
        action.accept(session);
      }
    }

    void put(String name, Set<Integer> known, int key) {
      within(session -> {
        if (!isAttached(session, name)) {
          session.attachDatabase(file(name));
        }
        JetTable table = session.openDatabase(file(name)).openTable(TABLE);
        table.put(new byte[] {(byte) key}, VALUE);
        known.add(key);
      });
    }

    boolean isAttached(JetSession session, String name) {
      try {
        session.openDatabase(file(name)).close();
        return true;
      } catch (JetException e) {
        assertEquals(JetErr.DATABASE_NOT_FOUND, e.error());
        return false;
      }
    }

    void requireAll(String name, Set<Integer> known) {
      within(session -> {
        if (!isAttached(session, name)) {
          session.attachDatabase(file(name));
        }
        JetTable table = session.openDatabase(file(name)).openTable(TABLE);
        known.forEach(key -> assertTrue(
            table.get(new byte[] {key.byteValue()}).isPresent(), () -> name + " lost " + key));
      });
    }

    /** Goes on after a failure, in the same instance or in the next one. */
    void goOn(Consumer<World> call) {
      switch (instance.state()) {
        case INITIALIZED -> repeat(call);
        case UNAVAILABLE -> {
          instance.terminate(TermGrbit.NONE);
          requireNothingOpen();
          next().init();
        }
        default -> {
          requireNothingOpen();
          next().init();
        }
      }
    }

    /** What was done by halves may be refused, but not for another reason. */
    private void repeat(Consumer<World> call) {
      try {
        call.accept(this);
      } catch (JetException e) {
        boolean isThere = e.error() == JetErr.DATABASE_DUPLICATE;
        boolean lasts = e.error() == JetErr.DISK_IO; // a file whose force failed takes no more
        assertTrue(isThere || lasts, e::toString);
      }
    }

    void requireNothingOpen() {
      assertTrue(kit.openHandles().isEmpty(), () -> "" + kit.openHandles());
    }

    void end(TermGrbit how) {
      try {
        instance.terminate(how);
      } catch (JetException e) {
        assertEquals(JetErr.DISK_IO, e.error());
      }
      requireNothingOpen();
    }
  }

  @SuppressWarnings("UnnecessaryLambda") // they are rows of a table
  private static final Consumer<World> INIT = world -> {
    if (world.instance.state() == InstanceState.CREATED) {
      world.instance.init();
    }
  };

  @SuppressWarnings("UnnecessaryLambda")
  private static final Consumer<World> CREATE =
      world -> world.within(session -> session.createDatabase(world.file("c.edb")));

  @SuppressWarnings("UnnecessaryLambda")
  private static final Consumer<World> ATTACH =
      world -> world.within(session -> session.attachDatabase(world.file(B)));

  @SuppressWarnings("UnnecessaryLambda")
  private static final Consumer<World> DETACH = world -> world.within(session -> {
    if (world.isAttached(session, B)) {
      session.detachDatabase(world.file(B));
    }
  });

  @SuppressWarnings("UnnecessaryLambda")
  private static final Consumer<World> TERMINATE =
      world -> world.instance.terminate(TermGrbit.NONE);

  private static final String MUTATIONS = "any-mutation ** #%d once before-effect";
  private static final String MUTATIONS_DONE = "any-mutation ** #%d once after-effect";
  private static final String READS = "read ** #%d sticky access-denied";
  private static final String FORCES = "force ** #%d once drops-data";

  @ParameterizedTest
  @ValueSource(strings = {MUTATIONS, MUTATIONS_DONE, READS, FORCES})
  void recoveryMayFailAnywhere(String fault) {
    sweep(
        fault,
        world -> {
          DETACH.accept(world);
          ATTACH.accept(world);
          world.put(B, world.inB, 5);
          world.instance.terminate(TermGrbit.DIRTY);
          world.next();
        },
        INIT);
  }

  @ParameterizedTest
  @ValueSource(strings = {MUTATIONS, READS, FORCES})
  void createMayFailAnywhere(String fault) {
    sweep(fault, world -> {}, CREATE);
  }

  @ParameterizedTest
  @ValueSource(strings = {MUTATIONS, MUTATIONS_DONE, READS, FORCES})
  void attachMayFailAnywhere(String fault) {
    sweep(fault, DETACH, ATTACH);
  }

  @ParameterizedTest
  @ValueSource(strings = {MUTATIONS, MUTATIONS_DONE, FORCES})
  void detachMayFailAnywhere(String fault) {
    sweep(fault, world -> {}, DETACH);
  }

  @ParameterizedTest
  @ValueSource(strings = {MUTATIONS, MUTATIONS_DONE, FORCES})
  void terminateMayFailAnywhere(String fault) {
    sweep(fault, world -> {}, TERMINATE);
  }

  @Test
  void anAttachThatWasDeniedCanBeRepeatedAndLeavesOneDatabase() {
    sweep("read data/b.edb #%d sticky access-denied", DETACH, ATTACH);
  }

  private static void sweep(String pattern, Consumer<World> prepare, Consumer<World> call) {
    int n = 1;
    while (strike(pattern.formatted(n), prepare, call, n % 2 == 0)) {
      n++;
    }
    assertTrue(n > 2, "the fault has struck: " + pattern);
  }

  /** {@return whether the fault has struck} */
  private static boolean strike(
      String fault, Consumer<World> prepare, Consumer<World> call, boolean clean) {
    try (KitFileSystem kit = KitFileSystem.inMemory()) {
      World world = new World(kit);
      prepare.accept(world);
      kit.inject(Fault.parse(fault));
      boolean failed = false;
      try {
        call.accept(world);
      } catch (JetException e) {
        failed = true;
      }
      boolean fired = kit.fired();
      kit.clearFaults();
      if (failed) {
        world.goOn(call);
      } else if (world.instance.state() == InstanceState.TERMINATED) {
        world.next().init();
      }
      world.put(A, world.inA, 6);
      world.put(B, world.inB, 6);
      world.end(clean ? TermGrbit.NONE : TermGrbit.DIRTY);
      world.next().init();
      world.requireAll(A, world.inA);
      world.requireAll(B, world.inB);
      world.put(A, world.inA, 7);
      world.put(B, world.inB, 7);
      world.instance.terminate(TermGrbit.NONE);
      world.requireNothingOpen();
      Lab.requireTidy(world.root);
      return fired;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (JetException | AssertionError e) {
      throw new AssertionError("with the fault: " + fault, e);
    }
  }
}
