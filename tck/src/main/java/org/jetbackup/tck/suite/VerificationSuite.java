package org.jetbackup.tck.suite;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jetbackup.api.JetSession;
import org.jetbackup.api.backup.BackupGrbit;
import org.jetbackup.api.backup.StatusCallback;
import org.jetbackup.api.error.JetErr;
import org.jetbackup.api.error.JetException;
import org.jetbackup.api.error.Subject;
import org.jetbackup.api.param.SystemParameter;
import org.jetbackup.tck.Capability;
import org.jetbackup.tck.Clauses;
import org.jetbackup.tck.FileKind;
import org.jetbackup.tck.Requires;
import org.jetbackup.tck.fixture.Node;
import org.jetbackup.tck.fixture.Restoration;
import org.jetbackup.tck.fixture.TckTest;
import org.jetbackup.tck.fixture.World;
import org.jetbackup.tck.model.Answer;
import org.jetbackup.tck.model.Contents;
import org.junit.jupiter.api.Test;
import org.opentest4j.TestAbortedException;

/** Chapter {@code verification}, on the live files; for sets see {@link VerifySetSuite}. */
@TckTest
class VerificationSuite {

  private static final int BITS = 8;
  private static final int HEADER_PAGES = 2;

  @Test
  @Clauses("VER-1")
  void aDamagedFileOfTheInstanceIsNotedOrDoesNotMatter(World world) {
    List<Damage> damages = new ArrayList<>();
    prepare(world);
    Path live = world.path("main");
    for (String file : world.filesBelow(live)) {
      damages.addAll(Damage.changes(world, live, file));
    }
    int noted = 0;
    for (Damage damage : damages) {
      noted += expectCodeOrRight(world, "VER-1", "main", damage) ? 0 : 1;
    }
    world.note(damages.size() + " damages to live files, " + noted + " of them reported");
  }

  @Test
  @Clauses({"VER-2", "RET-15"})
  @Requires(Capability.FILE_KINDS)
  void aDamagedPageThatNobodyReadIsNoted(World world) {
    Node probe = prepare(world);
    int size = probe.parameters().get(SystemParameter.DATABASE_PAGE_SIZE);
    Random random = new Random(world.settings().seed());
    Path data = probe.log().resolveSibling("data");
    for (Map.Entry<String, String> file :
        Trees.ofKind(world, data, FileKind.DATABASE).entrySet()) {
      int bytes = file.getValue().length();
      for (int start = 0; start < bytes; start += size) {
        int position = start + random.nextInt(Math.min(size, bytes - start));
        Damage damage = Damage.bit(file.getKey(), position, random.nextInt(BITS));
        if (start < HEADER_PAGES * size) {
          expectCodeOrRight(
              world,
              "VER-2",
              "main/data",
              damage,
              JetErr.READ_VERIFY_FAILURE,
              JetErr.DATABASE_CORRUPTED);
        } else {
          expectCodeOrRight(world, "VER-2", "main/data", damage, JetErr.READ_VERIFY_FAILURE);
        }
      }
    }
  }

  @Test
  @Clauses("VER-3")
  @Requires(Capability.FILE_KINDS)
  void aFileThatLacksBytesIsNotedOrDoesNotMatter(World world) {
    Node probe = prepare(world);
    Path live = world.path("main");
    List<Damage> damages = new ArrayList<>();
    Trees.ofKind(world, live, FileKind.DATABASE)
        .forEach((file, content) -> damages.addAll(Damage.cuts(file, content.length())));
    for (String log : Trees.closedLogs(world, probe).keySet()) {
      damages.addAll(Damage.losses(live, "log/" + log));
    }
    damages.forEach(damage -> expectCodeOrRight(world, "VER-3", "main", damage));
  }

  @Test
  @Clauses("VER-4")
  @Requires(Capability.CONCURRENT_SESSIONS)
  void writingInTheCallbackIsNoDamage(World world) {
    Node node = prepare(world);
    int[] count = {0};
    StatusCallback writing = (snp, snt, snprog) -> {
      count[0]++;
      node.commit("a=" + count[0], "big" + count[0] % 5 + "=" + count[0] + "*9000");
    };
    for (Attempt.Kind kind : Attempt.Kind.offered(world)) {
      Path directory = Chain.of(world, node).directory();
      Path target = kind == Attempt.Kind.FULL ? world.freshDirectory("backup") : directory;
      world.expect("VER-4", node.backup(target, kind.grbit(), writing)).success();
    }
    world.expectSame("DATA-1", node.acknowledged(), node.contents());
  }

  @Test
  @Clauses("VER-4")
  @Requires(Capability.CONCURRENT_SESSIONS)
  void writingFromAnotherThreadIsNoDamage(World world) {
    Node node = prepare(world);
    JetSession session = world.obtain("begin a second session", node.instance()::beginSession);
    AtomicBoolean enough = new AtomicBoolean();
    List<Answer> failures = new ArrayList<>();
    List<Path> targets = new ArrayList<>();
    Consumer<Integer> write = i -> {
      session.beginTransaction();
      node.change(session, List.of("w=" + i, "big" + i % 7 + "=" + i + "*700"));
      session.commitTransaction();
    };
    Thread writer = new Thread(
        () -> {
          for (int i = 0; !enough.get() && failures.isEmpty(); i++) {
            int number = i;
            Answer answer = Answer.to(() -> write.accept(number));
            if (!answer.isSuccess()) {
              failures.add(answer);
            }
          }
        },
        "tck writer");
    writer.setDaemon(true);
    writer.start();
    try {
      for (int i = 0; i < 6; i++) {
        Path target = world.freshDirectory("backup");
        targets.add(target);
        world.expect("VER-4", node.backup(target, BackupGrbit.FULL)).success();
      }
    } finally {
      enough.set(true);
      join(writer);
    }
    world.expectThat("VER-4", failures.isEmpty(), "every commit succeeds", failures);
    for (Path target : targets) {
      Restoration restoration = Restoration.of(world, node, Set.of("main"), target);
      world.expect("VER-4", restoration.answer()).success();
    }
  }

  @Test
  @Clauses("VER-5")
  @Requires(Capability.FILE_KINDS)
  void theFailureNamesTheDamagedPage(World world) {
    Node probe = prepare(world);
    int size = probe.parameters().get(SystemParameter.DATABASE_PAGE_SIZE);
    Path data = probe.log().resolveSibling("data");
    List<Damage> damages = new ArrayList<>();
    Trees.ofKind(world, data, FileKind.DATABASE).forEach((file, content) -> {
      int first = content.length() > HEADER_PAGES * size ? HEADER_PAGES * size : 0;
      for (int at = first + size / 2; at < content.length(); at += size) {
        damages.add(Damage.bit(file, at, 0));
      }
      damages.add(Damage.bit(file, content.length() / 2, 0));
    });
    expectNamed(
        world,
        "main/data",
        damages,
        (subjects, file) -> subjects.stream()
            .anyMatch(s -> s instanceof Subject.OfPage page && page.file().equals(file)),
        "the file and a page of it");
  }

  @Test
  @Clauses("VER-5")
  @Requires(Capability.FILE_KINDS)
  void theFailureNamesTheDamagedLog(World world) {
    Node probe = prepare(world);
    List<Damage> damages = Trees.closedLogs(world, probe).entrySet().stream()
        .map(log -> Damage.bit(log.getKey(), log.getValue().length() / 2, 0))
        .toList();
    expectNamed(
        world,
        "main/log",
        damages,
        (subjects, file) -> subjects.stream()
                .anyMatch(s -> s instanceof Subject.OfPath p && p.path().equals(file))
            && subjects.stream()
                .anyMatch(
                    s -> s instanceof Subject.OfGeneration || s instanceof Subject.OfPosition),
        "the file and its generation");
  }

  /** Judges the subjects of a failure. */
  private interface Naming {
    boolean isNamed(List<Subject> subjects, Path file);
  }

  private static void expectNamed(
      World world, String place, List<Damage> damages, Naming naming, String allowed) {
    int failures = 0;
    for (Damage damage : damages) {
      try (World own = world.again()) {
        Node node = prepare(own);
        damage.in(own, own.path(place));
        Answer answer = node.backup(own.freshDirectory("backup"), BackupGrbit.FULL);
        own.expect("VER-1", answer).isOfTheContract();
        if (answer.thrown() instanceof JetException failure) {
          failures++;
          own.expectThat(
              "VER-5",
              naming.isNamed(failure.subjects(), own.path(place).resolve(damage.file())),
              "a failure that names " + allowed + ": " + damage.file(),
              failure.toString());
        }
      }
    }
    if (failures == 0) {
      throw new TestAbortedException("no such damage made a backup fail");
    }
  }

  /** Whether the backup was right; otherwise it failed with one of the errors, if any are given. */
  private static boolean expectCodeOrRight(
      World world, String clause, String place, Damage damage, JetErr... errors) {
    try (World own = world.again()) {
      Node node = prepare(own);
      Contents allowed = node.acknowledged();
      damage.in(own, own.path(place));
      Path backup = own.freshDirectory("backup");
      Answer answer = node.backup(backup, BackupGrbit.FULL);
      own.expect(clause, answer).isOfTheContract();
      if (!answer.isSuccess()) {
        if (errors.length > 0) {
          own.expect(clause, answer).succeedsOrFails(errors);
        }
        return false;
      }
      Restoration restoration = Trees.lastLook(own, node, backup);
      own.expect(clause, restoration.answer()).success();
      own.expectSame(clause, allowed, restoration.contents().orElse(Contents.EMPTY));
      return true;
    }
  }

  /** An instance with a closed log file and with pages that nobody has read since it attached. */
  private static Node prepare(World world) {
    Node node = world.start();
    for (int i = 0; i < 6; i++) {
      node.commit("key" + i + "=" + i + "*9000", "a=" + i);
    }
    return node.restart().commit("b=1", "big=x*30000").commit("big=y*30000").commit("c=1");
  }

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
