package org.jetbackup.tck.crash;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * The rules of persistence told a second time, as naively as they are written down: all subsets of
 * the pending units that keep their order, each made by doing one unit after the other to a fresh
 * tree. Slow, and without anything in common with the code that it is compared with.
 *
 * <p>Files and directories are numbered in the order in which they came up; 0 is the root.
 */
final class Sheet {

  private static final int ABSENT = -1;
  private static final int LARGEST_FILE = 256;

  /** One unit: {@code cells} for names, a sector with its bytes, or a size. */
  private record Piece(
      int step, int file, int sector, String text, int size, boolean cut, List<Cell> cells) {

    byte[] bytes() {
      return text.getBytes(ISO_8859_1);
    }

    boolean isName() {
      return !cells.isEmpty();
    }

    boolean isSector() {
      return sector >= 0;
    }

    boolean isSize() {
      return !isName() && !isSector();
    }

    boolean sharesNameWith(Piece other) {
      return cells.stream()
          .anyMatch(cell -> other.cells.stream()
              .anyMatch(its -> its.directory == cell.directory && its.name.equals(cell.name)));
    }
  }

  private record Cell(int directory, String name, int target) {}

  /** A tree in which anything can be done to anything. */
  private static final class State {
    final Map<Integer, Map<String, Integer>> directories = new HashMap<>();
    final Map<Integer, byte[]> bytes = new HashMap<>();
    final Map<Integer, Integer> sizes = new HashMap<>();
    final Map<Integer, String> links = new HashMap<>();

    State copy() {
      State copy = new State();
      directories.forEach((number, names) -> copy.directories.put(number, new TreeMap<>(names)));
      bytes.forEach((number, content) -> copy.bytes.put(number, content.clone()));
      copy.sizes.putAll(sizes);
      copy.links.putAll(links);
      return copy;
    }

    Map<String, Integer> names(int directory) {
      return Objects.requireNonNull(directories.get(directory), "no directory");
    }

    byte[] bytes(int file) {
      return Objects.requireNonNull(bytes.get(file), "no file");
    }

    int size(int file) {
      return Objects.requireNonNull(sizes.get(file), "no file");
    }

    void apply(Piece piece, int sectorSize) {
      for (Cell cell : piece.cells) {
        if (cell.target == ABSENT) {
          names(cell.directory).remove(cell.name);
        } else {
          names(cell.directory).put(cell.name, cell.target);
        }
      }
      if (piece.isSector()) {
        System.arraycopy(
            piece.bytes(), 0, bytes(piece.file), piece.sector * sectorSize, sectorSize);
      } else if (piece.isSize()) {
        if (piece.cut) {
          Arrays.fill(bytes(piece.file), piece.size, LARGEST_FILE, (byte) 0);
        }
        sizes.put(piece.file, piece.size);
      }
    }

    /** Replaces what is within the size of a file. */
    void spoil(int file, int sector, byte[] garbage) {
      int at = sector * garbage.length;
      int length = Math.min(garbage.length, size(file) - at);
      if (length > 0) {
        System.arraycopy(garbage, 0, bytes(file), at, length);
      }
    }

    Content content() {
      Map<String, Object> items = new LinkedHashMap<>();
      walk(0, "", new BitSet(), items);
      return new Content(items);
    }

    private void walk(int directory, String prefix, BitSet above, Map<String, Object> items) {
      above.set(directory);
      names(directory).forEach((name, target) -> {
        String path = prefix + name;
        if (links.containsKey(target)) {
          items.put(path, String.valueOf(links.get(target)));
        } else if (bytes.containsKey(target)) {
          items.put(path, Arrays.copyOf(bytes(target), size(target)));
        } else if (!above.get(target)) {
          items.put(path, Content.DIRECTORY);
          walk(target, path + "/", above, items);
        }
      });
      above.clear(directory);
    }
  }

  private final int sectorSize;
  private final State live = new State();
  private final List<Piece> pieces = new ArrayList<>();
  private final Map<Piece, Integer> durable = new HashMap<>();
  /** Writes of what was there anyhow: to the sheet they are units, but nothing makes them garbage. */
  private final Set<Piece> idle = new HashSet<>();

  private State base;
  private int numbers;
  private int steps;

  Sheet(int sectorSize) {
    this.sectorSize = sectorSize;
    live.directories.put(0, new TreeMap<>());
    this.base = live.copy();
  }

  void begin() {
    base = live.copy();
    pieces.clear();
    durable.clear();
    idle.clear();
    steps = 0;
  }

  /** Makes what an image holds, names in order, as what is there in the beginning. */
  Sheet fill(Content content) {
    Map<String, Integer> known = new HashMap<>();
    content.items().forEach((path, item) -> {
      int slash = path.lastIndexOf('/');
      int directory = slash < 0 ? 0 : known.getOrDefault(path.substring(0, slash), 0);
      String name = path.substring(slash + 1);
      if (item instanceof byte[] bytes) {
        write(create(directory, name), 0, bytes);
      } else if (item.equals(Content.DIRECTORY)) {
        makeDirectory(directory, name);
      } else {
        symbolicLink(directory, name, item.toString());
      }
      known.put(path, numbers);
    });
    begin();
    return this;
  }

  int steps() {
    return steps;
  }

  Content now() {
    return live.content();
  }

  /** What a name means, or -1. */
  int meaning(int directory, String name) {
    return live.names(directory).getOrDefault(name, ABSENT);
  }

  boolean isDirectory(int number) {
    return live.directories.containsKey(number);
  }

  boolean isFile(int number) {
    return live.bytes.containsKey(number);
  }

  @Nullable
  String link(int number) {
    return live.links.get(number);
  }

  int size(int file) {
    return live.size(file);
  }

  byte[] bytes(int file) {
    return Arrays.copyOf(live.bytes(file), size(file));
  }

  int create(int directory, String name) {
    int number = ++numbers;
    for (State state : List.of(live, base)) {
      state.bytes.put(number, new byte[LARGEST_FILE]);
      state.sizes.put(number, 0);
    }
    name(new Cell(directory, name, number));
    return number;
  }

  void makeDirectory(int directory, String name) {
    int number = ++numbers;
    live.directories.put(number, new TreeMap<>());
    base.directories.put(number, new TreeMap<>());
    name(new Cell(directory, name, number));
  }

  void symbolicLink(int directory, String name, String target) {
    int number = ++numbers;
    live.links.put(number, target);
    base.links.put(number, target);
    name(new Cell(directory, name, number));
  }

  void link(int directory, String name, int file) {
    name(new Cell(directory, name, file));
  }

  void delete(int directory, String name) {
    name(new Cell(directory, name, ABSENT));
  }

  void move(int from, String name, int to, String other) {
    int number = meaning(from, name);
    name(new Cell(from, name, ABSENT), new Cell(to, other, number));
  }

  private void name(Cell... cells) {
    issue(new Piece(++steps, 0, -1, "", 0, false, List.of(cells)));
  }

  private void issue(Piece piece) {
    pieces.add(piece);
    live.apply(piece, sectorSize);
  }

  void write(int file, int offset, byte[] bytes) {
    steps++;
    if (bytes.length == 0) {
      return;
    }
    byte[] wanted = live.bytes(file).clone();
    System.arraycopy(bytes, 0, wanted, offset, bytes.length);
    for (int sector = offset / sectorSize; sector * sectorSize < offset + bytes.length; sector++) {
      int at = sector * sectorSize;
      byte[] content = Arrays.copyOfRange(wanted, at, at + sectorSize);
      boolean same = Arrays.equals(content, sector(live, file, sector))
          && Arrays.equals(content, lastWritten(file, sector));
      issue(new Piece(steps, file, sector, new String(content, ISO_8859_1), 0, false, List.of()));
      if (same) {
        idle.add(pieces.get(pieces.size() - 1));
      }
    }
    if (offset + bytes.length > size(file)) {
      issue(new Piece(steps, file, -1, "", offset + bytes.length, false, List.of()));
    }
  }

  private byte[] sector(State state, int file, int sector) {
    int at = sector * sectorSize;
    return Arrays.copyOfRange(state.bytes(file), at, at + sectorSize);
  }

  private byte[] lastWritten(int file, int sector) {
    byte[] last = sector(base, file, sector);
    for (Piece piece : pieces) {
      last = piece.file == file && piece.sector == sector ? piece.bytes() : last;
    }
    return last;
  }

  void truncate(int file, int size) {
    steps++;
    if (size < size(file)) {
      issue(new Piece(steps, file, -1, "", size, true, List.of()));
    }
  }

  void force(int file, boolean everything) {
    steps++;
    int growth = -1;
    for (int i = 0; i < pieces.size(); i++) {
      boolean grows = pieces.get(i).isSize() && !pieces.get(i).cut;
      growth = grows && pieces.get(i).file == file ? i : growth;
    }
    for (int i = 0; i < pieces.size(); i++) {
      Piece piece = pieces.get(i);
      boolean covered = everything || piece.isSector() || i <= growth;
      if (!piece.isName() && piece.file == file && covered) {
        durable.putIfAbsent(piece, steps);
      }
    }
  }

  void forceDirectory(int directory) {
    steps++;
    Set<Piece> reached = new HashSet<>();
    for (int i = pieces.size() - 1; i >= 0; i--) {
      Piece piece = pieces.get(i);
      boolean inside = piece.cells.stream().anyMatch(cell -> cell.directory == directory);
      if (inside || reached.stream().anyMatch(piece::sharesNameWith)) {
        reached.add(piece);
        durable.putIfAbsent(piece, steps);
      }
    }
  }

  /** The fingerprints of all that a crash after so many steps can leave; none if they are too many. */
  Set<String> images(
      Profile profile, int step, int most, BiFunction<Integer, Integer, byte[]> noise) {
    List<Piece> certain = new ArrayList<>();
    List<Piece> pending = new ArrayList<>();
    for (Piece piece : pieces) {
      boolean lasts = durable.getOrDefault(piece, Integer.MAX_VALUE) <= step;
      if (piece.step <= step) {
        (lasts && profile != Profile.LYING_FORCE ? certain : pending).add(piece);
      }
    }
    if (profile == Profile.NON_ATOMIC_RENAME) {
      pending = split(pending);
    }
    Set<String> images = new HashSet<>();
    if (pending.size() > most) {
      return images;
    }
    int full = (1 << pending.size()) - 1;
    for (int kept = 0; kept <= full; kept++) {
      boolean fits = profile == Profile.KILL
          ? kept == full
          : profile == Profile.DROP_UNSYNCED ? kept == 0 : keepsOrder(profile, pending, kept);
      if (fits) {
        State state = make(certain, pending, kept);
        List<Piece> unsure = profile == Profile.GARBAGE ? oneForEachSector(pending) : List.of();
        addSpoiled(state, unsure, noise, images);
      }
    }
    return images;
  }

  private List<Piece> oneForEachSector(List<Piece> pending) {
    Map<List<Integer>, Piece> sectors = new HashMap<>();
    for (Piece piece : pending) {
      if (piece.isSector() && !idle.contains(piece)) {
        sectors.put(List.of(piece.file, piece.sector), piece);
      }
    }
    return List.copyOf(sectors.values());
  }

  /** Leaves each of the sectors as it is, or zero, or noise. */
  private void addSpoiled(
      State state,
      List<Piece> unsure,
      BiFunction<Integer, Integer, byte[]> noise,
      Set<String> images) {
    if (unsure.isEmpty()) {
      images.add(state.content().fingerprint());
      return;
    }
    Piece first = unsure.get(0);
    List<Piece> rest = unsure.subList(1, unsure.size());
    addSpoiled(state, rest, noise, images);
    for (byte[] garbage : List.of(new byte[sectorSize], noise.apply(first.file, first.sector))) {
      State spoiled = state.copy();
      spoiled.spoil(first.file, first.sector, garbage);
      addSpoiled(spoiled, rest, noise, images);
    }
  }

  /** What kills inside a step can leave, which is more than nothing only for writes. */
  Set<String> killedInside(int step) {
    State state = base.copy();
    Set<String> images = new HashSet<>();
    for (Piece piece : pieces) {
      if (piece.step < step) {
        state.apply(piece, sectorSize);
      }
    }
    List<Piece> written =
        pieces.stream().filter(piece -> piece.step == step && !piece.isName()).toList();
    int size = written.stream().filter(Piece::isSize).mapToInt(Piece::size).sum();
    for (Piece piece : written) {
      if (piece.isSector()) {
        state.apply(piece, sectorSize);
        int end = Math.min(size, (piece.sector + 1) * sectorSize);
        state.sizes.merge(piece.file, end, Math::max);
        images.add(state.content().fingerprint());
      }
    }
    return images;
  }

  private static List<Piece> split(List<Piece> pieces) {
    List<Piece> halves = new ArrayList<>();
    for (Piece piece : pieces) {
      if (piece.isName()) {
        piece.cells.forEach(
            cell -> halves.add(new Piece(piece.step, 0, -1, "", 0, false, List.of(cell))));
      } else {
        halves.add(piece);
      }
    }
    return halves;
  }

  private static boolean keepsOrder(Profile profile, List<Piece> pending, int kept) {
    for (int late = 0; late < pending.size(); late++) {
      for (int early = 0; early < late; early++) {
        boolean outOfOrder = (kept & (1 << late)) != 0 && (kept & (1 << early)) == 0;
        if (outOfOrder && inOrder(profile, pending.get(early), pending.get(late))) {
          return false;
        }
      }
    }
    return true;
  }

  /** Whether the later one cannot be kept without the earlier one. */
  private static boolean inOrder(Profile profile, Piece early, Piece late) {
    if (early.isName() || late.isName()) {
      return early.isName()
          && late.isName()
          && (profile == Profile.META_ORDERED || early.sharesNameWith(late));
    }
    return early.file == late.file && early.sector == late.sector;
  }

  /** In the order in which all of it was issued. */
  private State make(List<Piece> certain, List<Piece> pending, int kept) {
    List<Piece> all = new ArrayList<>(certain);
    for (int i = 0; i < pending.size(); i++) {
      if ((kept & (1 << i)) != 0) {
        all.add(pending.get(i));
      }
    }
    all.sort((one, other) -> Integer.compare(one.step, other.step));
    State state = base.copy();
    all.forEach(piece -> state.apply(piece, sectorSize));
    return state;
  }
}
