package org.jetbackup.tck.storage;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;
import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.TRUNCATE_EXISTING;
import static java.nio.file.StandardOpenOption.WRITE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an interceptor sees is enough to know the whole state: later layers build on that. */
class InterceptorTest {

  /** A file of the model; several names and handles may lead to it. */
  private static final class Content {
    byte[] bytes = {};

    /** What it was before each change that no force has made durable, by the change's number. */
    final NavigableMap<Long, byte[]> unforced = new TreeMap<>();

    void changes(Operation change) {
      unforced.put(change.sequence(), bytes.clone());
    }

    void dropChangesAfter(long since) {
      Map.Entry<Long, byte[]> first = unforced.higherEntry(since);
      if (first != null) {
        bytes = first.getValue();
        unforced.tailMap(since, false).clear();
      }
    }

    void resize(long size) {
      bytes = Arrays.copyOf(bytes, (int) size);
    }
  }

  /** A flat file system that knows nothing but what it was told after each effect. */
  private static final class Model implements Interceptor {
    final Map<String, Content> names = new TreeMap<>();
    final Map<Long, Content> handles = new HashMap<>();
    int drops;

    private Content named(String name) {
      Content content = names.get(name);
      if (content == null) {
        throw new AssertionError("no file " + name);
      }
      return content;
    }

    private Content opened(long handle) {
      Content content = handles.get(handle);
      if (content == null) {
        throw new AssertionError("no handle " + handle);
      }
      return content;
    }

    @Override
    public void after(Operation operation, ByteBuffer bytes) {
      switch (operation.kind()) {
        case CREATE -> {
          names.put(operation.path(), new Content());
          handles.put(operation.handle(), named(operation.path()));
        }
        case OPEN_WRITE -> handles.put(operation.handle(), named(operation.path()));
        case WRITE -> {
          Content content = opened(operation.handle());
          content.changes(operation);
          assertEquals(operation.length(), bytes.remaining());
          long end = operation.offset() + operation.length();
          if (operation.length() > 0) {
            content.resize(Math.max(end, content.bytes.length));
            bytes.get(content.bytes, (int) operation.offset(), bytes.remaining());
          }
        }
        case TRUNCATE -> {
          Content content = opened(operation.handle());
          assertEquals(operation.length(), Math.max(0, content.bytes.length - operation.offset()));
          content.changes(operation);
          content.resize(Math.min(content.bytes.length, operation.offset()));
        }
        case FORCE, FORCE_DATA -> opened(operation.handle()).unforced.clear();
        case MOVE, ATOMIC_MOVE -> {
          Content content = named(operation.path());
          names.remove(operation.path());
          names.put(String.valueOf(operation.target()), content);
        }
        case DELETE -> names.remove(operation.path());
        case CREATE_LINK -> names.put(operation.path(), named(String.valueOf(operation.target())));
        default -> {}
      }
    }

    @Override
    public void dropped(Operation force, long since) {
      drops++;
      opened(force.handle()).dropChangesAfter(since);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void theStateFollowsFromTheEffectsEvenUnderFaults(long seed) throws IOException {
    Random random = new Random(seed);
    try (KitFileSystem kit = KitFileSystem.inMemory()) {
      Model model = new Model();
      kit.intercept(model);
      kit.startTrace(40);
      List<FileChannel> channels = new ArrayList<>();
      for (int i = 0; i < 1500; i++) {
        if (random.nextInt(10) == 0) {
          kit.clearFaults();
          kit.inject(randomFault(random));
        }
        try {
          step(kit.root(), channels, random);
        } catch (IOException expected) {
          assertTrue(model.names.size() < 100);
        }
        if (i % 50 == 0) {
          assertFollows(kit, model);
        }
      }
      for (FileChannel channel : channels) {
        channel.close();
      }
      assertFollows(kit, model);
      assertTrue(model.drops > 0, "no force lost anything: this seed shows too little");
    }
  }

  private static Fault randomFault(Random random) {
    String[] faults = {
      "write ** #%d sticky disk-full-after %d",
      "write ** #%d once short %d",
      "any-mutation ** #%d once before-effect",
      "any-mutation ** #%d once after-effect",
      "move ** #%d once after-effect",
      "force ** #%d once drops-data",
      "force ** #%d sticky drops-data",
    };
    String fault = faults[random.nextInt(faults.length)];
    return Fault.parse(String.format(fault, 1 + random.nextInt(5), 1 + random.nextInt(20)));
  }

  private static void step(Path root, List<FileChannel> channels, Random random)
      throws IOException {
    Path one = root.resolve("file" + random.nextInt(6));
    Path other = root.resolve("file" + random.nextInt(6));
    switch (random.nextInt(12)) {
      case 0 -> channels.add(FileChannel.open(one, READ, WRITE, CREATE));
      case 1 -> channels.add(FileChannel.open(one, WRITE, CREATE, TRUNCATE_EXISTING));
      case 2 -> channels.add(FileChannel.open(one, APPEND, CREATE));
      case 3 -> Files.move(one, other, ATOMIC_MOVE);
      case 4 -> Files.move(one, other, REPLACE_EXISTING);
      case 5 -> Files.copy(one, other, REPLACE_EXISTING);
      case 6 -> Files.delete(one);
      case 7 -> Files.createLink(one, other);
      default -> {
        if (!channels.isEmpty()) {
          use(channels.get(random.nextInt(channels.size())), random);
        }
      }
    }
    while (channels.size() > 8) {
      channels.remove(0).close();
    }
  }

  private static void use(FileChannel channel, Random random) throws IOException {
    byte[] bytes = new byte[random.nextInt(40)];
    random.nextBytes(bytes);
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    switch (random.nextInt(6)) {
      case 0 -> channel.write(buffer);
      case 1 -> channel.write(buffer, random.nextInt(60));
      case 2 -> channel.write(new ByteBuffer[] {buffer, ByteBuffer.wrap(new byte[] {1, 2})});
      case 3 -> channel.truncate(random.nextInt(60));
      case 4 -> channel.position(random.nextInt(60));
      default -> channel.force(true);
    }
  }

  private static void assertFollows(KitFileSystem kit, Model model) throws IOException {
    Map<String, String> expected = new TreeMap<>();
    model.names.forEach((name, content) -> expected.put(name, Arrays.toString(content.bytes)));
    Map<String, String> actual = new TreeMap<>();
    try (Stream<Path> files = Files.list(kit.root())) {
      for (Path file : files.toList()) {
        actual.put(file.getFileName().toString(), Arrays.toString(Files.readAllBytes(file)));
      }
    }
    assertEquals(expected, actual, () -> "after " + kit.trace());
  }

  @Test
  void everyOperationEndsExactlyOnceForEveryInterceptor() throws IOException {
    List<String> calls = new ArrayList<>();
    try (KitFileSystem kit = KitFileSystem.inMemory()) {
      kit.intercept(new Calls("a", calls));
      kit.intercept(new Calls("b", calls));
      Files.createDirectory(kit.root().resolve("x"));
      assertThrows(IOException.class, () -> Files.createDirectory(kit.root().resolve("x")));
      kit.inject(Fault.parse("create ** #1 once before-effect"));
      assertThrows(IOException.class, () -> Files.createDirectory(kit.root().resolve("y")));
      kit.clearFaults();
      kit.inject(Fault.parse("create ** #1 once after-effect"));
      assertThrows(IOException.class, () -> Files.createDirectory(kit.root().resolve("z")));
    }
    assertEquals(
        List.of(
            "a before x",
            "b before x",
            "b after x",
            "a after x",
            "a before x",
            "b before x",
            "b failed x",
            "a failed x",
            "b failed y",
            "a failed y",
            "a before z",
            "b before z",
            "b after z",
            "a after z"),
        calls);
  }

  /** Remembers whether an operation began while another one was under way. */
  private static final class Overlaps implements Interceptor {
    int underWay;
    boolean seen;

    @Override
    public long before(Operation operation) {
      seen |= underWay++ > 0;
      return operation.length();
    }

    @Override
    public void after(Operation operation, ByteBuffer content) {
      underWay--;
    }

    @Override
    public void failed(Operation operation) {
      underWay--;
    }
  }

  @Test
  void operationsOnPathsDoNotOverlap() throws Exception {
    ExecutorService executor = Executors.newFixedThreadPool(4);
    Overlaps overlaps = new Overlaps();
    try (KitFileSystem kit = KitFileSystem.inMemory()) {
      kit.intercept(overlaps);
      Callable<Boolean> work = () -> {
        Path own = kit.root().resolve(Thread.currentThread().getName());
        for (int i = 0; i < 500; i++) {
          Files.createDirectory(own);
          Files.delete(own);
        }
        return true;
      };
      for (Future<Boolean> each : executor.invokeAll(Collections.nCopies(4, work))) {
        assertTrue(each.get());
      }
    } finally {
      executor.shutdownNow();
    }
    assertFalse(overlaps.seen);
  }

  private record Calls(String name, List<String> calls) implements Interceptor {
    @Override
    public long before(Operation operation) {
      calls.add(name + " before " + operation.path());
      return operation.length();
    }

    @Override
    public void after(Operation operation, ByteBuffer content) {
      calls.add(name + " after " + operation.path());
    }

    @Override
    public void failed(Operation operation) {
      calls.add(name + " failed " + operation.path());
    }
  }
}
