package org.jetbackup.tck.crash;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jetbackup.tck.storage.Operation;

/**
 * The file system as the program sees it, kept up with by its operations: what has been issued, be
 * it durable or not. Turns every operation into the {@link Unit}s that it consists of.
 *
 * <p>Not thread-safe; used under the lock of the file system.
 */
final class LiveTree {

  private static final int LINKS_MAX = 40;

  private final Pool pool;
  private final Tree tree;
  private final Map<Long, Integer> handles = new HashMap<>();
  private int lastNumber;

  LiveTree(Pool pool, Tree begin) {
    this.pool = pool;
    this.tree = begin.copy();
    this.lastNumber =
        begin.directories().keySet().stream().mapToInt(n -> n).max().orElse(0);
    for (Map<Integer, ?> others : List.of(begin.files(), begin.links())) {
      others.keySet().forEach(number -> lastNumber = Math.max(lastNumber, number));
    }
  }

  /** What there is now, as a copy. */
  Tree snapshot() {
    return tree.copy();
  }

  /** Makes known to another tree what kind of thing a new number stands for. */
  void addTo(Tree other, int number) {
    if (tree.directories().containsKey(number)) {
      other.directories().put(number, new TreeMap<>());
    } else if (tree.links().containsKey(number)) {
      other.links().put(number, String.valueOf(tree.links().get(number)));
    } else {
      other.files().put(number, FileContent.EMPTY);
    }
  }

  /** The number of the file or directory behind an open handle. */
  Optional<Integer> behind(long handle) {
    return Optional.ofNullable(handles.get(handle));
  }

  void opened(Operation operation) {
    find(operation.path()).ifPresent(number -> handles.put(operation.handle(), number));
  }

  void closed(Operation operation) {
    handles.remove(operation.handle());
  }

  /** Makes a new file and binds its handle. */
  List<Unit.Cell> createFile(Operation operation) {
    int number = ++lastNumber;
    tree.files().put(number, FileContent.EMPTY);
    handles.put(operation.handle(), number);
    Place place = follow(operation.path());
    if (place.missing().size() != 1) {
      throw unknown(operation.path());
    }
    Unit.Cell cell = new Unit.Cell(place.last(), place.missing().get(0), number);
    apply(cell);
    return List.of(cell);
  }

  List<Unit.Cell> createDirectory(Operation operation) {
    int number = ++lastNumber;
    tree.directories().put(number, new TreeMap<>());
    return named(operation.path(), number);
  }

  List<Unit.Cell> createLink(Operation operation) {
    return named(operation.path(), require(String.valueOf(operation.target())));
  }

  List<Unit.Cell> createSymbolicLink(Operation operation) {
    int number = ++lastNumber;
    tree.links().put(number, String.valueOf(operation.target()));
    return named(operation.path(), number);
  }

  List<Unit.Cell> delete(Operation operation) {
    return named(operation.path(), Unit.Cell.ABSENT);
  }

  /** The old name first, then the new one. */
  List<Unit.Cell> move(Operation operation) {
    Unit.Cell source = cell(operation.path(), Unit.Cell.ABSENT);
    int number = Optional.ofNullable(tree.directories().get(source.directory()))
        .map(names -> names.get(source.name()))
        .orElseThrow(() -> unknown(operation.path()));
    List<Unit.Cell> cells = List.of(source, cell(String.valueOf(operation.target()), number));
    cells.forEach(this::apply);
    return cells;
  }

  /** Changes a file; the new content. Sectors that stay as they are cost nothing. */
  FileContent write(int file, long offset, ByteBuffer bytes) {
    FileContent content = content(file);
    long end = offset + bytes.remaining();
    if (end > content.size()) {
      content = content.withSize(end, pool);
    }
    ByteBuffer rest = bytes.duplicate();
    while (rest.hasRemaining()) {
      long position = end - rest.remaining();
      int sector = Math.toIntExact(position / pool.sectorSize());
      int at = (int) (position % pool.sectorSize());
      int length = Math.min(rest.remaining(), pool.sectorSize() - at);
      ByteBuffer part = rest.duplicate().limit(rest.position() + length);
      content = content.withSector(sector, pool.overwrite(content.sector(sector), at, part));
      rest.position(rest.position() + length);
    }
    tree.files().put(file, content);
    return content;
  }

  FileContent cut(int file, long size) {
    FileContent content = content(file).withSize(size, pool);
    tree.files().put(file, content);
    return content;
  }

  FileContent content(int file) {
    return tree.files().getOrDefault(file, FileContent.EMPTY);
  }

  /** Puts back what a file held before; for data that a failed force has lost. */
  void revert(int file, FileContent content) {
    tree.files().put(file, content);
  }

  private List<Unit.Cell> named(String path, int number) {
    Unit.Cell cell = cell(path, number);
    apply(cell);
    return List.of(cell);
  }

  private void apply(Unit.Cell cell) {
    tree.apply(new Unit.Entry(0, 0, List.of(cell), ""));
  }

  private Unit.Cell cell(String path, int target) {
    int slash = path.lastIndexOf('/');
    int directory = slash < 0 ? Tree.ROOT : require(path.substring(0, slash));
    return new Unit.Cell(directory, path.substring(slash + 1), target);
  }

  private int require(String path) {
    return find(path).orElseThrow(() -> unknown(path));
  }

  private static IllegalStateException unknown(String path) {
    return new IllegalStateException("the recorder knows nothing of " + path
        + ": was something changed behind the back of the file system?");
  }

  /**
   * How far a path leads.
   *
   * @param last what it leads to, as far as there is anything
   * @param missing the names that are left then; empty if it leads somewhere
   */
  private record Place(int last, List<String> missing) {}

  /** What a path leads to, symbolic links followed. */
  private Optional<Integer> find(String path) {
    Place place = follow(path);
    return place.missing().isEmpty() ? Optional.of(place.last()) : Optional.empty();
  }

  /** A link that leads nowhere is followed too: to where a file would come into being through it. */
  private Place follow(String path) {
    List<Integer> trail = new ArrayList<>(List.of(Tree.ROOT));
    List<String> names = new ArrayList<>(names(path));
    int links = 0;
    while (!names.isEmpty()) {
      String name = names.remove(0);
      if (name.equals("..")) {
        if (trail.size() > 1) {
          trail.remove(trail.size() - 1);
        }
        continue;
      }
      int here = trail.get(trail.size() - 1);
      Integer next =
          tree.directories().getOrDefault(here, Collections.emptySortedMap()).get(name);
      if (next == null) {
        names.add(0, name);
        return new Place(here, names);
      }
      String target = tree.links().get(next);
      if (target == null) {
        trail.add(next);
      } else if (++links > LINKS_MAX) {
        names.add(0, name);
        return new Place(here, names);
      } else {
        if (target.startsWith("/")) {
          trail.subList(1, trail.size()).clear();
        }
        names.addAll(0, names(target));
      }
    }
    return new Place(trail.get(trail.size() - 1), names);
  }

  private static List<String> names(String path) {
    return Arrays.stream(path.split("/"))
        .filter(name -> !name.isEmpty() && !name.equals("."))
        .toList();
  }
}
