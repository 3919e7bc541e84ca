package org.jetbackup.tck.workload;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jetbackup.tck.storage.Fault;

/**
 * One step of a {@link History}. Its text is what people read and what {@link #parse} takes:
 *
 * <pre>
 * commit a=1 other.b=2 -c   a transaction on the main database, and on the one called other
 * rollback a=1              a transaction that is taken back
 * pending p=1               a transaction that stays open, in a session of its own
 * settle                    commits what is pending
 * create other              a new database
 * full, atomic, incremental a backup into the current directory (full: into an empty one)
 * truncate                  a backup without a directory
 * elsewhere                 from now on backups go into another directory
 * reopen [circular|plain]   ends the instance and opens another one
 * restore                   restores the current directory and compares; goes on as before
 * restore in-place          the log is lost; restores to the original place and goes on from there
 * restore roll-forward      restores to the original place, then goes on with the log
 * full [force ** #1 once before-effect]   with a fault; all backups can have one
 * </pre>
 */
public sealed interface Step {

  /** A committed transaction. */
  record Commit(List<String> changes) implements Step {
    @Override
    public String toString() {
      return "commit " + String.join(" ", changes);
    }
  }

  /** A transaction that is taken back. */
  record Rollback(List<String> changes) implements Step {
    @Override
    public String toString() {
      return "rollback " + String.join(" ", changes);
    }
  }

  /** A transaction that stays open. */
  record Pending(List<String> changes) implements Step {
    @Override
    public String toString() {
      return "pending " + String.join(" ", changes);
    }
  }

  /** Commits what is pending. */
  record Settle() implements Step {
    @Override
    public String toString() {
      return "settle";
    }
  }

  /** Creates a database. */
  record CreateDatabase(String name) implements Step {
    @Override
    public String toString() {
      return "create " + name;
    }
  }

  /** Makes a backup, perhaps with a fault in force. */
  record Backup(Kind kind, Optional<Fault> fault) implements Step {
    /** The kind of backup. */
    public enum Kind {
      /** Full, into an empty directory. */
      FULL,
      /** Full, atomic. */
      ATOMIC,
      /** Incremental. */
      INCREMENTAL,
      /** No directory: truncation only. */
      TRUNCATE
    }

    @Override
    public String toString() {
      return kind.name().toLowerCase(Locale.ROOT)
          + fault.map(f -> " [" + f + "]").orElse("");
    }
  }

  /** Changes the current backup directory. */
  record Elsewhere() implements Step {
    @Override
    public String toString() {
      return "elsewhere";
    }
  }

  /** Ends the instance and opens another one, perhaps with other logging. */
  record Reopen(Logging logging) implements Step {
    /** Which logging the next instance has. */
    public enum Logging {
      /** The same as before. */
      SAME,
      /** Circular. */
      CIRCULAR,
      /** Not circular. */
      PLAIN
    }

    @Override
    public String toString() {
      return logging == Logging.SAME
          ? "reopen"
          : "reopen " + logging.name().toLowerCase(Locale.ROOT);
    }
  }

  /** Restores the current directory. */
  record Restore(Manner manner) implements Step {
    /** What is restored where. */
    public enum Manner {
      /** Aside, to compare. */
      CHECK,
      /** To the original place, without the log that lies there. */
      IN_PLACE,
      /** To the original place, with the log that lies there. */
      ROLL_FORWARD
    }

    @Override
    public String toString() {
      return switch (manner) {
        case CHECK -> "restore";
        case IN_PLACE -> "restore in-place";
        case ROLL_FORWARD -> "restore roll-forward";
      };
    }
  }

  /** A backup without a fault. */
  static Step backup(Backup.Kind kind) {
    return new Backup(kind, Optional.empty());
  }

  /**
   * Reads a step.
   *
   * @throws IllegalArgumentException if it is none; the message says what is wrong
   */
  static Step parse(String text) {
    String[] words = text.strip().split("\\s+");
    List<String> rest = Arrays.asList(words).subList(1, words.length);
    return switch (words[0]) {
      case "commit" -> new Commit(rest);
      case "rollback" -> new Rollback(rest);
      case "pending" -> new Pending(rest);
      case "settle" -> new Settle();
      case "create" -> new CreateDatabase(only(text, rest));
      case "elsewhere" -> new Elsewhere();
      case "full", "atomic", "incremental", "truncate" -> parseBackup(words[0], rest);
      case "reopen" ->
        new Reopen(
            rest.isEmpty()
                ? Reopen.Logging.SAME
                : one(Reopen.Logging.class, text, only(text, rest)));
      case "restore" ->
        new Restore(
            rest.isEmpty()
                ? Restore.Manner.CHECK
                : one(Restore.Manner.class, text, only(text, rest)));
      default -> throw new IllegalArgumentException("a history knows no step like: " + text);
    };
  }

  private static Step parseBackup(String word, List<String> rest) {
    Backup.Kind kind = Backup.Kind.valueOf(word.toUpperCase(Locale.ROOT));
    if (rest.isEmpty()) {
      return backup(kind);
    }
    String line = String.join(" ", rest);
    if (!line.startsWith("[") || !line.endsWith("]")) {
      throw new IllegalArgumentException("a fault stands in brackets, but not: " + line);
    }
    return new Backup(kind, Optional.of(Fault.parse(line.substring(1, line.length() - 1))));
  }

  private static <E extends Enum<E>> E one(Class<E> type, String text, String word) {
    return Arrays.stream(type.getEnumConstants())
        .filter(constant -> constant.name().equals(word.toUpperCase(Locale.ROOT).replace('-', '_')))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("a history knows no step like: " + text));
  }

  private static String only(String text, List<String> rest) {
    if (rest.size() != 1) {
      throw new IllegalArgumentException("one word is missing or too many in: " + text);
    }
    return rest.get(0);
  }
}
