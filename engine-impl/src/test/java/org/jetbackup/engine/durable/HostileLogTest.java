package org.jetbackup.engine.durable;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Random;
import java.util.stream.IntStream;
import org.jetbackup.api.InstanceState;
import org.jetbackup.api.JetInstance;
import org.jetbackup.api.JetSession;
import org.jetbackup.api.TermGrbit;
import org.jetbackup.api.error.JetErr;
import org.jetbackup.api.error.JetException;
import org.jetbackup.api.param.Parameters;
import org.jetbackup.api.param.SystemParameter;
import org.jetbackup.tck.fixture.Crew;
import org.jetbackup.tck.storage.KitFileSystem;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Whatever somebody does to the log and the checkpoint of an instance that died: init says that it
 * is damaged, or brings back a state that is legal, and nothing else; and as long as it has not
 * succeeded, the undamaged log brings everything back.
 *
 * <p>The last batch of the log may be taken for torn: the last commit may be missing. Where the end
 * of the log is taken away as a whole, so may be those before it.
 */
class HostileLogTest {

  private static final Duration LIMIT = Duration.ofMinutes(1);
  private static final long SEED = Long.getLong("jetbackup.hostile.seed", 20_261_126L);
  private static final int MUTATIONS =
      "full".equals(System.getProperty("jetbackup.crashes")) ? 100_000 : 1_000;
  private static final int SECTOR = 512;
  private static final int PADDING_STEP = 997;

  /** Where there are more cases, so many are judged by their answer for one that is followed up. */
  private static final int FEW = 10;

  /** Codes that say nothing about the log: with one of them a caller would look elsewhere. */
  private static final List<JetErr> VAGUE =
      List.of(JetErr.INTERNAL_ERROR, JetErr.INVALID_PARAMETER, JetErr.OUT_OF_MEMORY);

  private static Wreck wreck;
  private static Wreck other;
  private static Subject subject;

  /** What was done, and what may be there afterwards besides what was acknowledged. */
  private record Case(String what, List<Picture> legal, Wreck.Damage damage) {
    @Override
    public String toString() {
      return what;
    }
  }

  /** The code of the error, or success. */
  private record Answer(JetErr error, String wrong) {}

  @BeforeAll
  static void die() {
    subject = Subject.reference();
    wreck = Wreck.of(subject, settings(), player -> play(player, 0));
    other = Wreck.of(subject, settings(), player -> play(player, 500));
    assertTrue(wreck.logs().size() > 2, () -> "files: " + wreck.files().keySet());
    assertTrue(
        wreck.files().containsKey(wreck.checkpoint()), () -> "" + wreck.files().keySet());
  }

  /** No page is written back before the crash, so that every prefix of the log is a legal one. */
  private static Parameters settings() {
    return Parameters.builder()
        .set(SystemParameter.LOG_FILE_SIZE, Lab.LOG_BYTES >> 10)
        .set(SystemParameter.LOG_SECTOR_SIZE, SECTOR)
        .set(SystemParameter.DATABASE_PAGE_SIZE, 4_096)
        .set(SystemParameter.DATABASE_INITIAL_SIZE, 34)
        .set(SystemParameter.DATABASE_EXTENSION_SIZE, 16)
        .set(SystemParameter.CACHE_SIZE_BYTES, 4L << 20)
        .build();
  }

  private static void play(Player player, int seed) {
    player.start();
    player.createDatabase("a.edb");
    player.createTable("a.edb", "t");
    try (Player.Actor actor = player.actor()) {
      for (int i = 0; i < 12; i++) {
        actor.begin();
        actor.put("a.edb", "t", Workload.key(i % 8), Workload.value(seed + i, 400));
        actor.put("a.edb", "t", "long " + i % 3, Workload.value(seed + 50 + i, 9_000));
        actor.commit();
      }
      actor.begin();
      actor.put("a.edb", "t", "last but one", "of one batch");
      actor.commit();
      actor.begin();
      actor.put("a.edb", "t", "last", "of one batch");
      actor.commit();
    }
  }

  @Test
  void withoutDamageEverythingIsThere() {
    judge(List.of(new Case("nothing", List.of(wreck.last()), files -> {})));
  }

  /** Every byte that says something, and some of the padding. */
  @Test
  void everyByteOfTheCheckpointMayBeAnother() {
    byte[] bytes = bytes(wreck.checkpoint());
    List<Case> cases = new ArrayList<>();
    for (int at = 0; at < bytes.length; at++) {
      if (bytes[at] != 0 || at % PADDING_STEP == 0 || at < SECTOR) {
        int place = at;
        int bits = 1 << at % 8;
        cases.add(new Case(
            "checkpoint byte " + at + " ^ " + bits,
            List.of(wreck.last()),
            files -> flip(files, wreck.checkpoint(), place, bits)));
      }
    }
    judge(cases);
  }

  @Test
  void theCheckpointMayBeMissingShortEmptyOrAnothers() {
    String name = wreck.checkpoint();
    int length = bytes(name).length;
    List<Picture> all = List.of(wreck.last());
    List<Case> cases = new ArrayList<>();
    cases.add(new Case("no checkpoint", all, files -> files.remove(name)));
    cases.add(new Case(
        "another's", all, files -> files.put(name, other.files().get(other.checkpoint()))));
    for (int size : new int[] {0, 1, SECTOR, length / 2, length - 1}) {
      cases.add(new Case("checkpoint cut to " + size, all, files -> cut(files, name, size)));
    }
    cases.add(new Case("zeros", all, files -> files.put(name, new byte[length])));
    cases.add(new Case("a long one", all, files -> files.put(name, new byte[length * 3])));
    judge(cases);
  }

  @Test
  void anyByteOfTheLogMayBeAnother() {
    judge(mutations(SEED, (random, bytes) -> {
      int at = random.nextInt(bytes.length);
      int bits = 1 << random.nextInt(8);
      bytes[at] ^= (byte) bits;
      return "byte " + at + " ^ " + bits;
    }));
  }

  @Test
  void headersOfBatchesAndFilesMayHoldHugeNumbers() {
    judge(mutations(SEED + 1, (random, bytes) -> {
      int sector = random.nextInt(bytes.length / SECTOR) * SECTOR;
      int at = sector + 4 * random.nextInt(20);
      int value = random.nextBoolean() ? -1 : random.nextInt();
      for (int i = 0; i < 4; i++) {
        bytes[at + i] = (byte) (value >>> (8 * i));
      }
      return "number at " + at + " = " + value;
    }));
  }

  @Test
  void sectorsOfTheLogMayBeZeroOrNoiseOrAnothers() {
    judge(mutations(SEED + 2, (random, bytes) -> {
      int to = random.nextInt(bytes.length / SECTOR) * SECTOR;
      int kind = random.nextInt(3);
      int from = random.nextInt(bytes.length / SECTOR) * SECTOR;
      byte[] sector = kind == 0 ? new byte[SECTOR] : Arrays.copyOfRange(bytes, from, from + SECTOR);
      if (kind == 1) {
        random.nextBytes(sector);
      }
      System.arraycopy(sector, 0, bytes, to, SECTOR);
      return "sector at " + to + " = "
          + List.of("zeros", "noise", "that at " + from).get(kind);
    }));
  }

  /** Damages the bytes of one file and says how. */
  private interface Mutation {
    String apply(Random random, byte[] bytes);
  }

  private static List<Case> mutations(long seed, Mutation mutation) {
    List<Picture> legal = List.of(wreck.last(), wreck.lastButOne());
    List<String> logs = wreck.logs();
    return IntStream.range(0, MUTATIONS)
        .mapToObj(number -> {
          Random random = new Random(seed * 31 + number);
          String name = logs.get(random.nextInt(logs.size()));
          byte[] bytes = bytes(name).clone();
          String what = mutation.apply(random, bytes);
          return new Case(
              "seed " + seed + " #" + number + ": " + name + " " + what,
              legal,
              files -> files.put(name, bytes));
        })
        .toList();
  }

  @Test
  void filesOfTheLogMayBeMissingSwappedCutOrAnothers() {
    List<String> logs = wreck.logs();
    List<Case> cases = new ArrayList<>();
    for (String name : logs) {
      boolean current = name.equals(logs.get(logs.size() - 1));
      List<Picture> legal = current ? wreck.moments() : List.of(wreck.last());
      int length = bytes(name).length;
      cases.add(new Case(name + " is missing", legal, files -> files.remove(name)));
      cases.add(new Case(name + " is zero", legal, files -> files.put(name, new byte[length])));
      cases.add(new Case(name + " is empty", legal, files -> files.put(name, new byte[0])));
      cases.add(new Case(
          name + " is another's", legal, files -> files.put(name, other.files().get(name))));
      for (int i = 1; i < 12; i++) {
        int size = length * i / 12 / SECTOR * SECTOR + i % 2;
        cases.add(new Case(name + " cut to " + size, legal, files -> cut(files, name, size)));
      }
      for (String second : logs) {
        if (name.compareTo(second) < 0) {
          cases.add(new Case(name + " and " + second + " swapped", legal, files -> {
            byte[] first = files.get(name);
            files.put(name, files.get(second));
            files.put(second, first);
          }));
          cases.add(new Case(
              name + " is a copy of " + second, legal, files -> files.put(name, bytes(second))));
        }
      }
    }
    judge(cases);
  }

  @Test
  void withoutAnyLogADirtyDatabaseIsRefusedAndStaysRecoverable() throws IOException {
    try (KitFileSystem files = wreck.open(all -> wreck.logs().forEach(all::remove))) {
      Parameters parameters = settings().toBuilder()
          .set(SystemParameter.SYSTEM_PATH, Lab.logs(files.root()))
          .build();
      JetInstance instance = Lab.instance(subject.engine(), parameters, 900);
      JetException refused = assertThrows(JetException.class, () -> {
        instance.init();
        try (JetSession session = instance.beginSession()) {
          session.attachDatabase(Lab.database(files.root(), "a.edb"));
        }
      });
      assertTrue(!VAGUE.contains(refused.error()), refused::toString);
      instance.terminate(TermGrbit.COMPLETE);
      wreck.healLog(files.root());
      new Judge(subject, root -> parameters).judge(files, List.of(wreck.last()));
    }
  }

  @Test
  void theEndOfTheLogMayBeGone() {
    String name = wreck.logs().get(wreck.logs().size() - 1);
    int length = bytes(name).length;
    List<Case> cases = new ArrayList<>();
    for (int at = 0; at < length; at += SECTOR) {
      int from = at;
      cases.add(new Case("zeros from " + at, wreck.moments(), files -> {
        byte[] bytes = files.get(name).clone();
        Arrays.fill(bytes, from, length, (byte) 0);
        files.put(name, bytes);
      }));
    }
    judge(cases);
  }

  private static byte[] bytes(String name) {
    return wreck.files().get(name);
  }

  private static void flip(NavigableMap<String, byte[]> files, String name, int at, int bits) {
    byte[] bytes = files.get(name).clone();
    bytes[at] ^= (byte) bits;
    files.put(name, bytes);
  }

  private static void cut(NavigableMap<String, byte[]> files, String name, int size) {
    files.put(name, Arrays.copyOf(files.get(name), size));
  }

  private static void judge(List<Case> cases) {
    List<Integer> numbers = IntStream.range(0, cases.size()).boxed().toList();
    List<Answer> answers = Crew.map(
        "damaged logs",
        LIMIT,
        numbers,
        number -> judge(cases.get(number), cases.size() < 20 * FEW || number % FEW == 0));
    List<String> wrong =
        answers.stream().map(Answer::wrong).filter(text -> !text.isEmpty()).toList();
    assertEquals(
        0,
        wrong.size(),
        () -> wrong.size() + " of " + cases.size() + " are wrong, the first:\n"
            + String.join("\n\n", wrong.subList(0, Math.min(3, wrong.size()))));
    Map<JetErr, Integer> counts = new EnumMap<>(JetErr.class);
    answers.forEach(answer -> counts.merge(answer.error(), 1, Integer::sum));
    System.out.println(cases.size() + " damaged, answers: " + counts);
  }

  private static Answer judge(Case each, boolean toTheEnd) {
    try (KitFileSystem files = wreck.open(each.damage())) {
      files.captureStacks(false);
      return judge(each, files, toTheEnd);
    } catch (RuntimeException | Error | IOException e) {
      return new Answer(JetErr.SUCCESS, each + ":\n" + stack(e));
    }
  }

  private static Answer judge(Case each, KitFileSystem files, boolean toTheEnd) {
    Parameters parameters = settings().toBuilder()
        .set(SystemParameter.SYSTEM_PATH, Lab.logs(files.root()))
        .build();
    Judge judge = new Judge(subject, root -> parameters);
    JetInstance instance = Lab.instance(subject.engine(), parameters, 900);
    try {
      instance.init();
    } catch (JetException refused) {
      assertEquals(InstanceState.CREATED, instance.state(), "after init has failed");
      assertTrue(!VAGUE.contains(refused.error()), () -> "says nothing: " + refused);
      assertTrue(files.openHandles().isEmpty(), () -> "left open: " + files.openHandles());
      if (toTheEnd) {
        wreck.healLog(files.root());
        judge.judge(files, List.of(wreck.last()));
      }
      return new Answer(refused.error(), "");
    }
    if (toTheEnd) {
      judge.judge(files, instance, each.legal(), 901);
    } else {
      judge.requireLegal(files, instance, each.legal());
    }
    return new Answer(JetErr.SUCCESS, "");
  }

  private static String stack(Throwable wrong) {
    StringWriter text = new StringWriter();
    wrong.printStackTrace(new PrintWriter(text, true));
    return String.join("\n", text.toString().lines().limit(25).toList());
  }
}
