package org.jetbackup.engine.backup;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import org.jetbackup.tck.storage.Operation;
import org.jetbackup.tck.storage.OperationKind;

/**
 * Whether a backup did things in an order that survives a power cut at any moment.
 *
 * <pre>
 *   files of the draft written and forced, names in it forced
 *   PUBLISH by a rename; the directory above forced
 *   headers of the database written and forced
 *   log files deleted; replaced sets renamed and deleted
 * </pre>
 */
final class PublicationOrder {

  private static final String DRAFT = "jetbackup.staging";

  private final List<Operation> trace;
  private final int publish;
  private final List<String> faults = new ArrayList<>();

  private PublicationOrder(List<Operation> trace) {
    this.trace = trace;
    this.publish = publishOf(trace);
  }

  /** The rename that gives a draft its name; -1 if there is none. */
  static int publishOf(List<Operation> trace) {
    for (int i = 0; i < trace.size(); i++) {
      Operation operation = trace.get(i);
      if (operation.kind() == OperationKind.ATOMIC_MOVE && operation.path().endsWith(DRAFT)) {
        return i;
      }
    }
    return -1;
  }

  /** The force that makes a publication durable; -1 if there is none. */
  static int forceOf(List<Operation> trace, int publish) {
    String published = Objects.requireNonNull(trace.get(publish).target());
    String parent = published.substring(0, published.lastIndexOf('/'));
    for (int i = publish + 1; i < trace.size(); i++) {
      if (isForceOfNames(trace.get(i), parent)) {
        return i;
      }
    }
    return -1;
  }

  /**
   * What is wrong with the trace of one backup that deletes log files.
   *
   * @param logs the directory of the live log
   * @param database the live database
   * @param headerBytes where its headers end
   * @return nothing if all is well, or else one line for each fault
   */
  static List<String> faultsOf(
      List<Operation> trace, String logs, String database, long headerBytes) {
    PublicationOrder order = new PublicationOrder(trace);
    if (order.publish < 0) {
      return List.of("nothing is published");
    }
    order.checkFiles();
    int durable = order.checkNames();
    int recorded = order.checkHeaders(durable, database, headerBytes);
    order.checkLosses(durable, recorded, logs);
    return order.faults;
  }

  private String draft() {
    return trace.get(publish).path();
  }

  private void checkFiles() {
    boolean any = false;
    for (Operation file : trace.subList(0, publish)) {
      if (file.kind() == OperationKind.CREATE && isInDraft(file)) {
        any = true;
        int written =
            last(other -> other.kind() == OperationKind.WRITE && other.handle() == file.handle());
        int forced =
            first(written + 1, other -> isForceOfFile(other) && other.handle() == file.handle());
        require(isBefore(forced, publish), "is published unforced: " + file.path());
        require(written >= 0, "is published empty: " + file.path());
      }
    }
    require(any, "the draft has no files");
  }

  /** Where the publication is durable. */
  private int checkNames() {
    int named = last(other -> other.kind() == OperationKind.CREATE && isInDraft(other));
    require(
        isBefore(first(named + 1, other -> isForceOfNames(other, draft())), publish),
        "the names in the draft are published unforced");
    int durable = forceOf(trace, publish);
    require(durable >= 0, "the name of what was published is not forced");
    return durable < 0 ? trace.size() : durable;
  }

  /** Where the headers are durable. */
  private int checkHeaders(int durable, String database, long headerBytes) {
    int early = first(0, other -> isOfHeader(other, database, headerBytes));
    require(early > durable, "headers tell of the backup too early, or never");
    int written = last(other -> isOfHeader(other, database, headerBytes));
    int forced =
        first(written + 1, other -> isForceOfFile(other) && other.path().equals(database));
    require(forced >= 0, "headers are not forced");
    return forced < 0 ? trace.size() : forced;
  }

  private static boolean isOfHeader(Operation operation, String database, long headerBytes) {
    return operation.kind() == OperationKind.WRITE
        && operation.path().equals(database)
        && operation.offset() < headerBytes;
  }

  private void checkLosses(int durable, int recorded, String logs) {
    int deleted = 0;
    for (int i = 0; i < trace.size(); i++) {
      Operation operation = trace.get(i);
      boolean isDelete = operation.kind() == OperationKind.DELETE;
      if (isDelete && operation.path().startsWith(logs + "/") && isLog(operation)) {
        deleted++;
        require(i > durable, "is deleted before the publication: " + operation.path());
        require(i > recorded, "is deleted before headers tell why: " + operation.path());
      }
      boolean isOfSet = operation.path().startsWith("backup/set-");
      boolean isLoss = isDelete || operation.kind() == OperationKind.ATOMIC_MOVE;
      boolean isReplaced = isOfSet && isLoss && !isInDraft(operation) && i != publish;
      require(!isReplaced || i > durable, "is replaced too early: " + operation.path());
    }
    require(deleted > 0, "no log is deleted, so that it cannot be too early");
  }

  private static boolean isLog(Operation operation) {
    return operation.path().endsWith(".log");
  }

  private boolean isInDraft(Operation operation) {
    return operation.path().startsWith(draft() + "/");
  }

  private static boolean isForceOfFile(Operation operation) {
    return operation.kind() == OperationKind.FORCE || operation.kind() == OperationKind.FORCE_DATA;
  }

  private static boolean isForceOfNames(Operation operation, String directory) {
    return operation.kind() == OperationKind.FORCE_DIRECTORY && operation.path().equals(directory);
  }

  private static boolean isBefore(int event, int other) {
    return event >= 0 && event < other;
  }

  private void require(boolean holds, String otherwise) {
    if (!holds) {
      faults.add(otherwise);
    }
  }

  private int first(int from, Predicate<Operation> which) {
    for (int i = from; i < trace.size(); i++) {
      if (which.test(trace.get(i))) {
        return i;
      }
    }
    return -1;
  }

  private int last(Predicate<Operation> which) {
    for (int i = trace.size() - 1; i >= 0; i--) {
      if (which.test(trace.get(i))) {
        return i;
      }
    }
    return -1;
  }
}
