package org.jetbackup.tck.suite;

import java.nio.file.Path;
import java.time.Clock;
import java.util.Random;
import org.jetbackup.api.Environment;
import org.jetbackup.api.JetSession;
import org.jetbackup.api.backup.BackupGrbit;
import org.jetbackup.api.error.JetErr;
import org.jetbackup.api.flat.JetCalls;
import org.jetbackup.api.flat.JetPfnStatus;
import org.jetbackup.api.param.Parameter;
import org.jetbackup.api.param.SystemParameter;
import org.jetbackup.tck.Capability;
import org.jetbackup.tck.Clauses;
import org.jetbackup.tck.Requires;
import org.jetbackup.tck.fixture.Node;
import org.jetbackup.tck.fixture.TckTest;
import org.jetbackup.tck.fixture.World;
import org.jetbackup.tck.model.Answer;
import org.jetbackup.tck.model.Contents;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Chapter {@code facade}: the engine behind the flat calls. */
@TckTest
class FlatSuite {

  private static final long NO_INSTANCE = 4_711;
  private static final @Nullable JetPfnStatus NONE = null;

  @Test
  @Clauses("FLAT-1")
  void aBackupAndARestoreThroughTheFacadeReturnZero(World world) {
    Node node = world.start().commit("a=1", "b=2");
    Path backup = world.freshDirectory("backup");
    Contents moment = node.acknowledged();
    node.stop();
    JetCalls calls = calls(world);
    long instance = create(world, calls, node);
    succeeds(world, "JetInit", calls.JetInit(new long[] {instance}));
    attach(world, calls, instance, node);
    succeeds(
        world, "JetBackupInstance", calls.JetBackupInstance(instance, backup.toString(), 0, NONE));
    succeeds(world, "JetTerm", calls.JetTerm(instance));
    Trees.lose(world, node);
    long restoring = create(world, calls, node);
    succeeds(
        world,
        "JetRestoreInstance",
        calls.JetRestoreInstance(restoring, backup.toString(), null, NONE));
    succeeds(world, "JetTerm", calls.JetTerm(restoring));
    node.start();
    world.expectSame("FLAT-1", moment, node.contents());
  }

  @Test
  @Clauses({"FLAT-1", "FLAT-2"})
  void failuresComeBackAsTheNumberOfTheObjectCall(World world) {
    Node node = world.start();
    Path missing = world.path("missing");
    Answer object = node.backup(missing, BackupGrbit.FULL);
    world.expect("RET-10", object).fails(JetErr.INVALID_PATH);
    node.stop();
    JetCalls calls = calls(world);
    long instance = create(world, calls, node);
    expect(
        world,
        "FLAT-1",
        JetErr.NOT_INITIALIZED,
        calls.JetBackupInstance(instance, world.directory("backup").toString(), 0, NONE),
        "JetBackupInstance before JetInit");
    expect(world, "FLAT-1", JetErr.SUCCESS, calls.JetInit(new long[] {instance}), "JetInit");
    expect(
        world,
        "FLAT-1",
        JetErr.INVALID_PATH,
        calls.JetBackupInstance(instance, missing.toString(), 0, NONE),
        "JetBackupInstance to a missing directory");
    expect(
        world,
        "FLAT-1",
        JetErr.INVALID_GRBIT,
        calls.JetBackupInstance(instance, world.directory("backup").toString(), 0x8000, NONE),
        "JetBackupInstance with an unknown bit");
    expect(
        world,
        "FLAT-1",
        JetErr.ALREADY_INITIALIZED,
        calls.JetInit(new long[] {instance}),
        "JetInit for the second time");
    expect(world, "FLAT-1", JetErr.SUCCESS, calls.JetTerm(instance), "JetTerm");
  }

  @Test
  @Clauses("FLAT-3")
  void aHandleThatNamesNothingIsRefused(World world) {
    JetCalls calls = calls(world);
    int[] answers = {
      calls.JetBackupInstance(NO_INSTANCE, "backup", 0, NONE),
      calls.JetInit(new long[] {NO_INSTANCE}),
      calls.JetRestoreInstance(NO_INSTANCE, "backup", null, NONE),
      calls.JetStopServiceInstance(NO_INSTANCE),
      calls.JetStopBackupInstance(NO_INSTANCE),
      calls.JetTerm(NO_INSTANCE),
      calls.JetTerm2(0, 0),
      calls.JetTerm2(JetCalls.JET_instanceNil, 0)
    };
    for (int answer : answers) {
      world.expectThat(
          "FLAT-3",
          answer == JetErr.INVALID_PARAMETER.number() || answer == JetErr.INVALID_INSTANCE.number(),
          "-1003 or -1115",
          answer);
    }
  }

  @Test
  @Clauses("FLAT-4")
  void theNumberThatACallbackReturnsIsIgnored(World world) {
    Node node = world.start().commit("a=1").stop();
    JetCalls calls = calls(world);
    long instance = create(world, calls, node);
    expect(world, "FLAT-4", JetErr.SUCCESS, calls.JetInit(new long[] {instance}), "JetInit");
    expect(
        world,
        "FLAT-4",
        JetErr.SUCCESS,
        calls.JetBackupInstance(
            instance,
            world.freshDirectory("backup").toString(),
            0,
            (sesid, snp, snt, pv) -> JetErr.CALLBACK_FAILED.number()),
        "JetBackupInstance whose callback returns -2101");
    expect(world, "FLAT-4", JetErr.SUCCESS, calls.JetTerm(instance), "JetTerm");
  }

  @Test
  @Clauses("FLAT-5")
  @Requires(Capability.NULL_PATH)
  void anEmptyPathIsNoPathAndOneThatIsNoneIsInvalid(World world) {
    Node node = world.start().commit("a=1").stop();
    JetCalls calls = calls(world);
    long instance = create(world, calls, node);
    expect(world, "FLAT-5", JetErr.SUCCESS, calls.JetInit(new long[] {instance}), "JetInit");
    for (String path : new String[] {"", null}) {
      expect(
          world,
          "FLAT-5",
          JetErr.SUCCESS,
          calls.JetBackupInstance(instance, path, 0, NONE),
          "JetBackupInstance to " + (path == null ? "a null" : "an empty") + " path");
    }
    expect(
        world,
        "FLAT-5",
        JetErr.INVALID_PATH,
        calls.JetBackupInstance(instance, "a\0b", 0, NONE),
        "JetBackupInstance to a path with a zero character");
    expect(world, "FLAT-5", JetErr.SUCCESS, calls.JetTerm(instance), "JetTerm");
  }

  private static JetCalls calls(World world) {
    Environment environment =
        new Environment(Clock.systemUTC(), new Random(world.settings().seed()), Runnable::run);
    return new JetCalls(world.engine(), world.root().getFileSystem(), environment);
  }

  /** A handle with every parameter that the node has. */
  private static long create(World world, JetCalls calls, Node node) {
    long[] handle = new long[1];
    succeeds(world, "JetCreateInstance", calls.JetCreateInstance(handle, "main"));
    for (Parameter<?> parameter : SystemParameter.all()) {
      if (node.parameters().isSet(parameter)) {
        Object value = node.parameters().get(parameter);
        long number =
            value instanceof Number n ? n.longValue() : Boolean.TRUE.equals(value) ? 1 : 0;
        int answer = calls.JetSetSystemParameter(
            handle, JetCalls.JET_sesidNil, parameter.number(), number, value.toString());
        succeeds(world, "JetSetSystemParameter " + parameter.name(), answer);
      }
    }
    return handle[0];
  }

  /** What the facade has no call for is done through the instance behind the handle. */
  private static void attach(World world, JetCalls calls, long instance, Node node) {
    world.require("attach main", () -> {
      try (JetSession session = calls.instance(instance).orElseThrow().beginSession()) {
        session.attachDatabase(node.file("main"));
      }
    });
  }

  private static void succeeds(World world, String call, int answer) {
    expect(world, "FLAT-1", JetErr.SUCCESS, answer, call);
  }

  private static void expect(World world, String clause, JetErr allowed, int seen, String call) {
    world.record(call + " -> " + seen);
    world.expectThat(clause, seen == allowed.number(), Answer.text(allowed), seen);
  }
}
