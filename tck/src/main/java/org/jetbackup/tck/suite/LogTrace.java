package org.jetbackup.tck.suite;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jetbackup.tck.fixture.World;
import org.jetbackup.tck.storage.Operation;

/**
 * What became of the log files of the main instance since its begin, as the trace tells: each is
 * followed under all its names. A name is a log file's if the plug-in says so. A file that is cut
 * to nothing, or written from its begin again after it was moved, counts as another one from then
 * on.
 */
final class LogTrace {

  /** A file, whatever it is called now. */
  private static final class Followed {
    private int number;
    private String name;
    private boolean isLog;
    private boolean isMoved;

    Followed(int number, String name) {
      this.number = number;
      this.name = name;
    }
  }

  private record Written(int at, int number, String name) {}

  private final World world;
  private final Map<String, Followed> names = new HashMap<>();
  private final Map<Long, Followed> handles = new HashMap<>();
  private final List<Written> writes = new ArrayList<>();
  private final List<String> lost = new ArrayList<>();
  private int files;

  /** Reads the trace, which must have been on when the instance began. */
  LogTrace(World world) {
    this.world = world;
    List<Operation> trace = world.files().trace();
    for (int i = 0; i < trace.size(); i++) {
      if (trace.get(i).failure() == null) {
        follow(i, trace.get(i));
      }
    }
  }

  /** The log files that were written in a part of the trace: their numbers and names then. */
  Map<Integer, String> written(int from, int until) {
    Map<Integer, String> written = new TreeMap<>();
    writes.stream()
        .filter(write -> write.at >= from && write.at < until)
        .forEach(write -> written.put(write.number, write.name));
    return written;
  }

  /** The operations by which the log directory lost what was in a log file. */
  List<String> lost() {
    return lost;
  }

  private void follow(int at, Operation operation) {
    String path = operation.path();
    switch (operation.kind()) {
      case CREATE -> {
        names.put(path, new Followed(++files, path));
        handles.put(operation.handle(), file(path));
      }
      case OPEN_READ, OPEN_WRITE -> handles.put(operation.handle(), file(path));
      case CREATE_LINK -> names.put(path, file(Objects.requireNonNull(operation.target())));
      case MOVE, ATOMIC_MOVE -> moveAll(at, operation, Objects.requireNonNull(operation.target()));
      case DELETE -> remove(operation, path, true);
      case TRUNCATE -> {
        if (operation.offset() == 0 && operation.length() > 0) {
          beginAgain(operation, file(operation));
        }
      }
      case WRITE -> write(at, operation, file(operation));
      default -> {}
    }
  }

  private void moveAll(int at, Operation operation, String target) {
    String source = operation.path();
    for (String name : List.copyOf(names.keySet())) {
      if (name.equals(source) || name.startsWith(source + "/")) {
        move(at, operation, name, target + name.substring(source.length()));
      }
    }
  }

  private void move(int at, Operation operation, String source, String target) {
    Followed file = file(source);
    remove(operation, target, false);
    names.remove(source);
    names.put(target, file);
    file.name = target;
    file.isMoved = file.isLog;
    if (Attempt.isLog(world, target) && !Attempt.isLog(world, source)) {
      writes.add(new Written(at, file.number, target));
    }
    if ((file.isLog || Attempt.isLog(world, source)) && !target.startsWith(Attempt.LOG_DIRECTORY)) {
      lost.add(operation.toString());
    }
  }

  private void remove(Operation operation, String name, boolean named) {
    Followed removed = names.remove(name);
    if (removed == null || names.containsValue(removed)) {
      return;
    }
    if (removed.isLog || (named && Attempt.isLog(world, name))) {
      lost.add(operation.toString());
    }
  }

  private void write(int at, Operation operation, Followed file) {
    boolean closed = !writes.isEmpty() && writes.get(writes.size() - 1).number != file.number;
    if (operation.offset() == 0 && file.isMoved && closed) {
      beginAgain(operation, file);
    }
    if (Attempt.isLog(world, file.name)) {
      file.isLog = true;
      writes.add(new Written(at, file.number, file.name));
    }
  }

  private void beginAgain(Operation operation, Followed file) {
    if (file.isLog) {
      lost.add(operation.toString());
    }
    file.number = ++files;
    file.isLog = false;
    file.isMoved = false;
  }

  private Followed file(Operation operation) {
    return handles.computeIfAbsent(operation.handle(), handle -> file(operation.path()));
  }

  private Followed file(String name) {
    return names.computeIfAbsent(name, n -> new Followed(++files, n));
  }
}
