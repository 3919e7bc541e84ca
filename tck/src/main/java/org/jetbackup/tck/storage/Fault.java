package org.jetbackup.tck.storage;

import java.util.Arrays;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * A failure to inject, as one line of a small language that prints and parses.
 *
 * <pre>
 * fault   = class glob "#" n ("once" | "sticky") effect
 * class   = "write" | "force" | "move" | "delete" | "create" | "any-mutation" | "read"
 *         | "attributes" | "lock"
 * effect  = "before-effect" | "after-effect" | "disk-full-after" j | "access-denied"
 *         | "short" j | "not-atomic" | "drops-data" | "flip-bit" j | "interrupt"
 * </pre>
 *
 * <p>For example {@code write backup/** #3 once before-effect} fails the third write to a file
 * under {@code backup}, and {@code any-mutation ** #1 sticky disk-full-after 100} lets the first
 * write have 100 bytes and then refuses whatever needs space.
 *
 * <p>Globs are those of {@link java.nio.file.FileSystem#getPathMatcher} and are matched against the
 * path relative to the root ({@code backup/a.edb}, without a leading slash; the root is {@code .}).
 * A move or link matches by either of its paths. A glob holds no white space: write {@code ?} for
 * it.
 *
 * <p>Only operations that the effect can happen to are counted: {@code disk-full-after} counts
 * those that need space, {@code short} reads and writes, {@code not-atomic} atomic moves, {@code
 * drops-data} forces of files, {@code flip-bit} reads that deliver something.
 *
 * @param target the class of operations
 * @param glob which paths
 * @param nth which of the matching operations is the first to be struck, from 1
 * @param sticky whether every later matching operation is struck too
 * @param effect what happens
 * @param number the number that the effect takes, of bytes or of a bit; 0 for those that take none
 */
public record Fault(
    Target target, String glob, long nth, boolean sticky, Effect effect, long number) {

  /** A class of operations. */
  public enum Target {
    /** Writes and truncations. */
    WRITE,
    /** Forces of files and directories. */
    FORCE,
    /** Moves, atomic or not. */
    MOVE,
    /** Deletions. */
    DELETE,
    /** New files, directories and links. */
    CREATE,
    /** All that {@linkplain OperationKind#mutates mutates}. */
    ANY_MUTATION,
    /** Opening for reading, reading and listing. */
    READ,
    /** Reading and setting attributes, existence checks included. */
    ATTRIBUTES,
    /** Locks on files. */
    LOCK;

    boolean covers(OperationKind kind) {
      return this == ANY_MUTATION
          ? kind.mutates()
          : switch (kind) {
            case WRITE, TRUNCATE -> this == WRITE;
            case FORCE, FORCE_DATA, FORCE_DIRECTORY -> this == FORCE;
            case MOVE, ATOMIC_MOVE -> this == MOVE;
            case DELETE -> this == DELETE;
            case CREATE, CREATE_DIRECTORY, CREATE_LINK, CREATE_SYMBOLIC_LINK -> this == CREATE;
            case OPEN_READ, READ, LIST -> this == READ;
            case READ_ATTRIBUTES, SET_ATTRIBUTES -> this == ATTRIBUTES;
            case LOCK -> this == LOCK;
            case OPEN_WRITE, CLOSE -> false;
          };
    }
  }

  /** What happens to the operation that is struck. */
  public enum Effect {
    /** Nothing is done and an {@code IOException} is thrown. */
    BEFORE_EFFECT,
    /** All is done and an {@code IOException} is thrown nevertheless. */
    AFTER_EFFECT,
    /**
     * A write writes the given number of bytes (at most its own length) and then fails for lack of
     * space; other operations fail at once. While it sticks, later writes write nothing.
     */
    DISK_FULL_AFTER,
    /** Nothing is done and an {@code AccessDeniedException} is thrown. */
    ACCESS_DENIED,
    /** At most the given number of bytes is read or written, which is legal and no error. */
    SHORT,
    /** An atomic move does nothing and throws {@code AtomicMoveNotSupportedException}. */
    NOT_ATOMIC,
    /**
     * A force of a file throws an {@code IOException}, and what was written to the file since it
     * was last forced, or since the fault was injected if that is later, is gone: its content and
     * its size are what they were then. Later forces succeed, as on a Linux kernel, which takes
     * pages for clean that it failed to write back. What another force of the file, under way at
     * the time, may yet make durable is left alone.
     */
    DROPS_DATA,
    /**
     * A read succeeds, but one bit of what it delivers is not as it is on the disk: bit 0 is the
     * lowest of the first byte, and numbers beyond the last bit begin again at the first.
     */
    FLIP_BIT,
    /**
     * The calling thread is interrupted just before the operation goes on. Whatever an interrupt
     * does to the operation it does: through a channel it closes that, to a path it does nothing.
     * Sticky, it has no end for an engine that rightly repeats what an interrupt broke.
     */
    INTERRUPT;

    boolean takesNumber() {
      return this == DISK_FULL_AFTER || this == SHORT || this == FLIP_BIT;
    }

    boolean canHappenTo(OperationKind kind) {
      return switch (this) {
        case BEFORE_EFFECT, AFTER_EFFECT, ACCESS_DENIED, INTERRUPT -> true;
        case DISK_FULL_AFTER -> kind == OperationKind.WRITE || Target.CREATE.covers(kind);
        case SHORT -> kind == OperationKind.WRITE || kind == OperationKind.READ;
        case NOT_ATOMIC -> kind == OperationKind.ATOMIC_MOVE;
        case DROPS_DATA -> kind == OperationKind.FORCE || kind == OperationKind.FORCE_DATA;
        case FLIP_BIT -> kind == OperationKind.READ;
      };
    }
  }

  /**
   * Checks that the line which it prints as would be read back as the same fault.
   *
   * @param target the class of operations
   * @param glob not empty and without white space
   * @param nth at least 1
   * @param sticky whether it strikes more than once
   * @param effect one that can happen to an operation of the class
   * @param number at least 1 for {@code short}, not negative for {@code disk-full-after} and {@code
   *     flip-bit}, else 0
   * @throws IllegalArgumentException if a number is out of range, the glob is malformed or has
   *     white space, or the effect can happen to no operation of the class
   */
  public Fault {
    Objects.requireNonNull(target, "target");
    Objects.requireNonNull(effect, "effect");
    Glob.compile(glob);
    if (glob.isEmpty() || glob.chars().anyMatch(Character::isWhitespace)) {
      throw new IllegalArgumentException("white space in, or empty, glob '" + glob + "'");
    }
    if (nth < 1) {
      throw new IllegalArgumentException("operations are counted from 1, not " + nth);
    }
    if (number < 0 || (effect == Effect.SHORT && number == 0)) {
      throw new IllegalArgumentException(word(effect) + " cannot take the number " + number);
    }
    if (!effect.takesNumber() && number != 0) {
      throw new IllegalArgumentException(word(effect) + " takes no number: " + number);
    }
    if (Arrays.stream(OperationKind.values())
        .filter(target::covers)
        .noneMatch(effect::canHappenTo)) {
      throw new IllegalArgumentException(word(effect) + " cannot happen to " + word(target));
    }
  }

  /**
   * Reads a fault from its line.
   *
   * @param line as printed by {@link #toString}; white space between words may vary
   * @return the fault
   * @throws IllegalArgumentException if the line is not a fault; the message quotes it and says why
   */
  public static Fault parse(String line) {
    String[] words = line.strip().split("\\s+", -1);
    try {
      if (words.length < 5 || words.length > 6 || !words[2].startsWith("#")) {
        throw new IllegalArgumentException("expected: class glob #n once|sticky effect [number]");
      }
      Effect effect = constant(Effect.class, words[4]);
      if (effect.takesNumber() != (words.length == 6)) {
        throw new IllegalArgumentException(
            words[4] + (effect.takesNumber() ? " needs a number" : " takes no number"));
      }
      return new Fault(
          constant(Target.class, words[0]),
          words[1],
          number(words[2].substring(1)),
          sticky(words[3]),
          effect,
          words.length == 6 ? number(words[5]) : 0);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("not a fault: '" + line + "': " + e.getMessage(), e);
    }
  }

  /**
   * The same fault at another place, for a sweep over n = 1, 2, ... until it no longer fires.
   *
   * @param n which of the matching operations, from 1
   * @return the fault
   */
  public Fault at(long n) {
    return new Fault(target, glob, n, sticky, effect, number);
  }

  /**
   * Whether it counts operations of a kind, wherever they are; for {@code flip-bit} only those that
   * deliver something.
   *
   * @param kind the kind
   * @return whether it can happen to one
   */
  public boolean canStrike(OperationKind kind) {
    return target.covers(kind) && effect.canHappenTo(kind);
  }

  private static long number(String digits) {
    if (!digits.matches("[0-9]{1,18}")) {
      throw new IllegalArgumentException("'" + digits + "' is not a number");
    }
    return Long.parseLong(digits);
  }

  private static boolean sticky(String word) {
    return switch (word) {
      case "once" -> false;
      case "sticky" -> true;
      default -> throw new IllegalArgumentException("'" + word + "' is neither once nor sticky");
    };
  }

  private static <E extends Enum<E>> E constant(Class<E> type, String word) {
    E[] all = type.getEnumConstants();
    return Arrays.stream(all)
        .filter(constant -> word(constant).equals(word))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("'"
            + word
            + "' is none of "
            + Arrays.stream(all).map(Fault::word).collect(Collectors.joining(", "))));
  }

  private static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /**
   * The line that {@link #parse} reads back.
   *
   * @return one line, words separated by single spaces
   */
  @Override
  public String toString() {
    String line = String.format(
        Locale.ROOT,
        "%s %s #%d %s %s",
        word(target),
        glob,
        nth,
        sticky ? "sticky" : "once",
        word(effect));
    return effect.takesNumber() ? line + " " + number : line;
  }
}
