package org.jetbackup.tck.storage;

import java.util.Locale;
import java.util.Optional;

/** The words in which a {@link Story} tells of single operations. */
final class Wording {

  private Wording() {}

  /**
   * Whether an operation is worth telling: a change that could be one, or a failure. That nothing
   * is where somebody looked is an answer and no failure.
   */
  static boolean isTold(Operation operation) {
    OperationKind kind = operation.kind();
    if (operation.failure() != null) {
      return kind != OperationKind.READ_ATTRIBUTES
          || !operation.failure().equals("NoSuchFileException");
    }
    boolean moves = kind == OperationKind.WRITE || kind == OperationKind.TRUNCATE;
    return kind.mutates() && !(moves && operation.length() == 0);
  }

  /** A sentence without a subject; empty if the operation is about what one file holds. */
  static Optional<String> sentence(Operation operation, String name) {
    String target = String.valueOf(operation.target());
    return switch (operation.kind()) {
      case CREATE_DIRECTORY -> Optional.of(predicate(operation, "make", name));
      case CREATE_LINK -> Optional.of(predicate(operation, "link", name + " to " + target));
      case CREATE_SYMBOLIC_LINK ->
        Optional.of(predicate(operation, "point", name + " to " + target));
      case FORCE_DIRECTORY ->
        Optional.of(predicate(operation, "force", "the names in " + directory(name)));
      case MOVE -> Optional.of(predicate(operation, "move", name + " to " + target));
      case ATOMIC_MOVE -> Optional.of(predicate(operation, "rename", name + " to " + target));
      case DELETE -> Optional.of(predicate(operation, "delete", name));
      default -> Optional.empty();
    };
  }

  private static String directory(String name) {
    return name.equals(PathMapping.ROOT_NAME) ? "the root" : name;
  }

  private static String predicate(Operation operation, String verb, String object) {
    return operation.failure() == null
        ? verb + "s " + object
        : "could not " + verb + " " + object + ": " + operation.failure();
  }

  /** What became of one file, to stand behind its name. */
  static String fact(Operation operation) {
    if (operation.failure() != null) {
      return "could not be " + participle(operation) + ": " + operation.failure();
    }
    return switch (operation.kind()) {
      case WRITE -> written(operation.offset(), operation.length(), 1);
      case FORCE_DATA -> "data forced";
      case SET_ATTRIBUTES -> "attributes set";
      default -> participle(operation);
    };
  }

  /** One or more writes that follow each other. */
  static String written(long offset, long length, int writes) {
    String once = bytes(length) + " written at " + number(offset);
    return writes == 1 ? once : once + " in " + number(writes) + " writes";
  }

  private static String participle(Operation operation) {
    return switch (operation.kind()) {
      case OPEN_READ, OPEN_WRITE -> "opened";
      case CREATE -> "created";
      case WRITE -> "written at " + number(operation.offset());
      case TRUNCATE -> "cut to " + bytes(operation.offset());
      case FORCE, FORCE_DATA -> "forced";
      case SET_ATTRIBUTES -> "given attributes";
      case READ -> "read at " + number(operation.offset());
      case READ_ATTRIBUTES -> "looked at";
      case LIST -> "listed";
      case LOCK -> "locked";
      case CLOSE -> "closed";
      default -> throw new IllegalArgumentException("not about what a file holds: " + operation);
    };
  }

  private static String bytes(long count) {
    return number(count) + (count == 1 ? " byte" : " bytes");
  }

  private static String number(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }
}
