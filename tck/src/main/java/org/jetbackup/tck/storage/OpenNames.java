package org.jetbackup.tck.storage;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/** Follows what open files are called now, which an operation through a handle does not tell. */
final class OpenNames {

  private final Map<Long, String> names = new HashMap<>();

  /** What the file of an operation is called when the operation begins. */
  String of(Operation operation) {
    return operation.handle() == 0
        ? operation.path()
        : names.computeIfAbsent(operation.handle(), handle -> operation.path());
  }

  /** Takes note of an operation that had its effect. */
  void follow(Operation operation) {
    String path = operation.path();
    switch (operation.kind()) {
      case CREATE, OPEN_READ, OPEN_WRITE -> names.put(operation.handle(), path);
      case MOVE, ATOMIC_MOVE -> {
        String target = Objects.requireNonNull(operation.target());
        names.replaceAll((handle, name) -> without(name, target, " (replaced)"));
        names.replaceAll((handle, name) -> moved(name, path, target));
      }
      case DELETE -> names.replaceAll((handle, name) -> without(name, path, " (deleted)"));
      case CLOSE -> names.remove(operation.handle());
      default -> {}
    }
  }

  private static String without(String name, String gone, String why) {
    return name.equals(gone) ? name + why : name;
  }

  private static String moved(String name, String from, String to) {
    boolean moves = name.equals(from) || name.startsWith(from + "/");
    return moves ? to + name.substring(from.length()) : name;
  }
}
