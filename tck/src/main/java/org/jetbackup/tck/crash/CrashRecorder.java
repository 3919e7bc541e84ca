package org.jetbackup.tck.crash;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jetbackup.tck.storage.Interceptor;
import org.jetbackup.tck.storage.KitFileSystem;
import org.jetbackup.tck.storage.Operation;
import org.jetbackup.tck.storage.OperationKind;

/**
 * Records what is done to a {@link KitFileSystem}, so that {@link CrashStates} can say what a crash
 * would have left.
 *
 * <pre>
 *   on --> LISTENING --begin--> RECORDING --end--> LISTENING --detach--> of no more use
 *                                  |  ^
 *                                  +--+ begin: starts over
 * </pre>
 *
 * <p>It listens from the moment it is attached on, because it must know which open handle stands for
 * which file however files are renamed later, and what a force that fails may take back. What was
 * done before {@link #begin} counts as durable.
 *
 * <p>Thread-safe: everything happens under the lock of the file system, in the order in which
 * operations take effect.
 */
public final class CrashRecorder {

  /** The sector that is lost or kept as a whole, unless another one is asked for: a page of memory. */
  public static final int SECTOR_DEFAULT = 4096;

  /** The sector of disks that promise nothing more. */
  public static final int SECTOR_TORN = 512;

  private static final int NEVER = Integer.MAX_VALUE;

  private final KitFileSystem files;
  private final Pool pool;
  private final LiveTree live;
  private final Interceptor listener = new Listener();
  private final Map<Long, Integer> unitsBeforeForce = new HashMap<>();
  /** Pending units that a force of data has written, so that none that fails can take them back. */
  private final Set<Integer> written = new HashSet<>();

  private boolean recording;
  private Tree base;
  private List<Event> events = new ArrayList<>();
  private List<Unit> units = new ArrayList<>();
  private List<Integer> durableFrom = new ArrayList<>();
  private List<Integer> goneFrom = new ArrayList<>();
  private int steps;

  private CrashRecorder(KitFileSystem files, Pool pool, Tree present) {
    this.files = files;
    this.pool = pool;
    this.live = new LiveTree(pool, present);
    this.base = present.copy();
    files.intercept(listener);
  }

  /**
   * Listens to a file system, with sectors of 4,096 bytes.
   *
   * @param files in which no file is open; what it holds is read now
   * @return a recorder that does not record yet
   */
  public static CrashRecorder on(KitFileSystem files) {
    return on(files, SECTOR_DEFAULT);
  }

  /**
   * Listens to a file system.
   *
   * @param files in which no file is open; what it holds is read now
   * @param sectorSize the number of bytes that are lost or kept together, aligned
   * @return a recorder that does not record yet
   * @throws IllegalArgumentException if the size is not a power of two from 16 on
   * @throws IllegalStateException if a file is open
   */
  public static CrashRecorder on(KitFileSystem files, int sectorSize) {
    if (sectorSize < 16 || Integer.bitCount(sectorSize) != 1) {
      throw new IllegalArgumentException("not a sector: " + sectorSize + " bytes");
    }
    if (!files.openHandles().isEmpty()) {
      throw new IllegalStateException("a file is open: " + files.openHandles().get(0));
    }
    Pool pool = new Pool(sectorSize);
    try {
      return new CrashRecorder(files, pool, read(files.root(), pool));
    } catch (IOException e) {
      throw new UncheckedIOException("what the file system holds cannot be read", e);
    }
  }

  /** Listens to a file system that was just made of an image, whose contents it shares. */
  static CrashRecorder on(KitFileSystem files, Pool pool, Tree present) {
    return new CrashRecorder(files, pool, present);
  }

  /** Begins to record. Everything until now is durable; an earlier recording is dropped. */
  public void begin() {
    files.whileQuiet(() -> {
      base = live.snapshot();
      events = new ArrayList<>();
      units = new ArrayList<>();
      durableFrom = new ArrayList<>();
      goneFrom = new ArrayList<>();
      written.clear();
      unitsBeforeForce.replaceAll((force, before) -> 0); // what is under way began before all this
      steps = 0;
      recording = true;
      return true;
    });
  }

  /**
   * Notes what the program under test said, between the operations before and after.
   *
   * @param text one line
   */
  public void mark(String text) {
    files.whileQuiet(() -> events.add(new Event.Mark(text)));
  }

  /**
   * Stops recording.
   *
   * @return what was recorded since {@link #begin}
   * @throws IllegalStateException if it was not recording
   */
  public Recording end() {
    return files.whileQuiet(() -> {
      if (!recording) {
        throw new IllegalStateException("the recorder does not record");
      }
      recording = false;
      return new Recording(pool, base.copy(), events, units, array(durableFrom), array(goneFrom));
    });
  }

  /** Listens no more, for good: what is done from now on costs nothing. */
  public void detach() {
    files.release(listener);
  }

  private static int[] array(List<Integer> numbers) {
    return numbers.stream().mapToInt(n -> n).toArray();
  }

  private static Tree read(Path root, Pool pool) throws IOException {
    Tree tree = Tree.empty();
    Map<Path, Integer> numbers = new HashMap<>(Map.of(root, Tree.ROOT));
    Map<Object, Integer> byKey = new HashMap<>();
    try (Stream<Path> walk = Files.walk(root)) {
      for (Path path : walk.filter(each -> !each.equals(root)).toList()) {
        int number = byKey.computeIfAbsent(key(path), unknown -> numbers.size());
        numbers.put(path, number);
        if (!tree.files().containsKey(number)) {
          readOne(path, number, tree, pool);
        }
        int parent = numbers.getOrDefault(path.getParent(), Tree.ROOT);
        tree.apply(new Unit.Entry(
            0, 0, List.of(new Unit.Cell(parent, path.getFileName().toString(), number)), "name"));
      }
    }
    return tree;
  }

  private static void readOne(Path path, int number, Tree tree, Pool pool) throws IOException {
    if (Files.isSymbolicLink(path)) {
      tree.links().put(number, Files.readSymbolicLink(path).toString());
    } else if (Files.isDirectory(path)) {
      tree.directories().put(number, new TreeMap<>());
    } else {
      tree.files().put(number, pool.content(Files.readAllBytes(path)));
    }
  }

  /** What all names of one file have in common; where there are no keys each is a file of its own. */
  private static Object key(Path path) throws IOException {
    Object key = Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
        .fileKey();
    return key == null ? path : key;
  }

  /** What comes into being belongs to the base, where no name leads to it. */
  private void addNew(List<Unit.Cell> cells) {
    int number = cells.get(0).target();
    live.addTo(base, number);
    addEntry(cells);
  }

  private void addEntry(List<Unit.Cell> cells) {
    add(new Unit.Entry(units.size(), events.size(), cells, "name"));
  }

  private void add(Unit unit) {
    units.add(unit);
    durableFrom.add(NEVER);
    goneFrom.add(NEVER);
  }

  private void write(int file, Operation operation, ByteBuffer bytes) {
    if (operation.length() == 0) {
      return; // nothing written beyond the end is no growth
    }
    FileContent before = live.content(file);
    FileContent after = live.write(file, operation.offset(), bytes);
    int first = Math.toIntExact(operation.offset() / pool.sectorSize());
    int last = Math.toIntExact((operation.offset() + operation.length() - 1) / pool.sectorSize());
    for (int sector = first; sector <= last; sector++) {
      int content = after.sector(sector);
      if (before.sector(sector) != content || withoutCuts(file, sector) != content) {
        add(new Unit.Sector(units.size(), events.size(), file, sector, content));
      }
    }
    if (after.size() > before.size()) {
      add(new Unit.Size(units.size(), events.size(), file, after.size(), false));
    }
  }

  /** What a sector holds if cuts are lost: zeros that are written over a cut are news then. */
  private int withoutCuts(int file, int sector) {
    for (int i = units.size() - 1; i >= 0; i--) {
      if (units.get(i) instanceof Unit.Sector earlier
          && earlier.file() == file
          && earlier.sector() == sector
          && goneFrom.get(i) == NEVER) {
        return earlier.content();
      }
    }
    return base.files().getOrDefault(file, FileContent.EMPTY).sector(sector);
  }

  private void cut(int file, Operation operation) {
    if (operation.offset() < live.content(file).size()) {
      live.cut(file, operation.offset());
      add(new Unit.Size(units.size(), events.size(), file, operation.offset(), true));
    }
  }

  /** Makes durable what was pending when the force began, and what that depends on. */
  private void force(Operation operation) {
    int known = unitsBeforeForce.getOrDefault(operation.sequence(), units.size());
    unitsBeforeForce.remove(operation.sequence());
    live.behind(operation.handle()).ifPresent(number -> {
      List<Unit> before = units.subList(0, Math.min(known, units.size()));
      if (operation.kind() == OperationKind.FORCE_DIRECTORY) {
        for (int i = before.size() - 1; i >= 0; i--) {
          if (before.get(i) instanceof Unit.Entry entry && entry.touches(number)) {
            settleNames(entry);
          }
        }
      } else {
        settleFile(before, number, operation.kind() == OperationKind.FORCE);
      }
    });
  }

  /** A name cannot become durable before the earlier meanings of the names that it concerns. */
  private void settleNames(Unit.Entry entry) {
    if (!settle(entry)) {
      return;
    }
    for (int i = entry.number() - 1; i >= 0; i--) {
      if (units.get(i) instanceof Unit.Entry earlier && earlier.touches(entry)) {
        settleNames(earlier);
      }
    }
  }

  /** Data, and the size that is needed to read them; a cut only by a force of everything. */
  private void settleFile(List<Unit> before, int file, boolean cutsToo) {
    int lastGrowth = -1;
    for (Unit unit : before) {
      if (unit instanceof Unit.Size size && size.file() == file && !size.shrinks()) {
        lastGrowth = unit.number();
      }
    }
    for (Unit unit : before) {
      if (unit instanceof Unit.OfFile data && data.file() == file) {
        if (data instanceof Unit.Sector || cutsToo || data.number() <= lastGrowth) {
          settle(unit);
        } else {
          written.add(unit.number());
        }
      }
    }
  }

  /** Of a file, what came after an operation and is still pending will never be durable. */
  private void drop(int file, long since) {
    List<Unit.OfFile> left = new ArrayList<>();
    for (Unit unit : units) {
      if (unit instanceof Unit.OfFile data && data.file() == file) {
        boolean young = events.get(unit.event()) instanceof Event.Step step
            && step.operation().sequence() > since;
        if (young && isPending(unit) && !written.contains(unit.number())) {
          goneFrom.set(unit.number(), events.size());
        }
        if (goneFrom.get(unit.number()) == NEVER) {
          left.add(data);
        }
      }
    }
    FileContent begin = base.files().getOrDefault(file, FileContent.EMPTY);
    live.revert(file, begin.after(left, pool));
  }

  private boolean isPending(Unit unit) {
    return durableFrom.get(unit.number()) == NEVER && goneFrom.get(unit.number()) == NEVER;
  }

  private boolean settle(Unit unit) {
    boolean pending = isPending(unit);
    if (pending) {
      durableFrom.set(unit.number(), events.size());
    }
    return pending;
  }

  /** The ear at the gate of the file system; all of it runs under the lock of that. */
  private final class Listener implements Interceptor {

    @Override
    public long before(Operation operation) {
      if (operation.kind().forces()) {
        unitsBeforeForce.put(operation.sequence(), units.size());
      }
      return operation.length();
    }

    @Override
    public void failed(Operation operation) {
      unitsBeforeForce.remove(operation.sequence());
    }

    @Override
    public void dropped(Operation force, long since) {
      live.behind(force.handle()).ifPresent(file -> drop(file, since));
    }

    @Override
    public void after(Operation operation, ByteBuffer content) {
      switch (operation.kind()) {
        case OPEN_READ, OPEN_WRITE -> live.opened(operation);
        case CLOSE -> live.closed(operation);
        case CREATE -> addNew(live.createFile(operation));
        case CREATE_DIRECTORY -> addNew(live.createDirectory(operation));
        case CREATE_LINK -> addEntry(live.createLink(operation));
        case CREATE_SYMBOLIC_LINK -> addNew(live.createSymbolicLink(operation));
        case MOVE, ATOMIC_MOVE -> addEntry(live.move(operation));
        case DELETE -> addEntry(live.delete(operation));
        case WRITE ->
          live.behind(operation.handle()).ifPresent(file -> write(file, operation, content));
        case TRUNCATE -> live.behind(operation.handle()).ifPresent(file -> cut(file, operation));
        case FORCE, FORCE_DATA, FORCE_DIRECTORY -> force(operation);
        case SET_ATTRIBUTES, READ, READ_ATTRIBUTES, LIST, LOCK -> {}
      }
      if (operation.mutates()) {
        steps++;
        events.add(new Event.Step(operation, steps));
      }
    }
  }
}
