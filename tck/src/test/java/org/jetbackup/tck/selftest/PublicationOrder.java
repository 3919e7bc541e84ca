package org.jetbackup.tck.selftest;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import org.jetbackup.tck.storage.Operation;
import org.jetbackup.tck.storage.OperationKind;

/**
 * Whether a backup did things in an order that survives a power cut at any moment: what it publishes
 * is durable first, and nothing that was good before is gone until the publication is durable too.
 *
 * <p>The draft is the first directory that the trace makes and renames as a whole; that rename
 * publishes.
 */
final class PublicationOrder {

  private final List<Operation> trace;
  private final int publish;
  private final String draft;
  private final List<String> faults = new ArrayList<>();

  private PublicationOrder(List<Operation> trace) {
    this.trace = trace.stream().filter(operation -> operation.failure() == null).toList();
    this.publish = first(0, this::publishes);
    this.draft = publish < 0 ? "" : this.trace.get(publish).path();
  }

  /**
   * What is wrong with the trace of one backup.
   *
   * @param logs the directory of the live log
   * @return nothing if all is well, or else one line for each fault
   */
  static List<String> faultsOf(List<Operation> trace, String logs) {
    PublicationOrder order = new PublicationOrder(trace);
    if (order.publish < 0) {
      return List.of("nothing is published");
    }
    order.checkFiles();
    order.checkNames();
    order.checkLosses(logs);
    return order.faults;
  }

  private boolean publishes(Operation operation) {
    return operation.kind() == OperationKind.ATOMIC_MOVE
        && first(0, made -> is(made, OperationKind.CREATE_DIRECTORY, operation.path())) >= 0;
  }

  private void checkFiles() {
    List<Operation> created = trace.subList(0, publish).stream()
        .filter(operation -> operation.kind() == OperationKind.CREATE && isInDraft(operation))
        .toList();
    require(!created.isEmpty(), "the draft has no files");
    for (Operation file : created) {
      int written = last(operation ->
          operation.kind() == OperationKind.WRITE && operation.handle() == file.handle());
      int forced = first(
          Math.max(written, 0),
          operation -> isForceOfFile(operation) && operation.handle() == file.handle());
      require(forced >= 0 && forced < publish, "is published unforced: " + file.path());
    }
  }

  private void checkNames() {
    int named = last(operation -> operation.kind() == OperationKind.CREATE && isInDraft(operation));
    int forced = first(named + 1, made -> is(made, OperationKind.FORCE_DIRECTORY, draft));
    require(forced >= 0 && forced < publish, "the names in the draft are published unforced");
    require(publicationForced() >= 0, "the name of what was published is not forced");
  }

  private void checkLosses(String logs) {
    int durable = publicationForced() < 0 ? trace.size() : publicationForced();
    boolean anyLog = false;
    for (int i = 0; i < trace.size(); i++) {
      Operation operation = trace.get(i);
      boolean isLog = operation.kind() == OperationKind.DELETE
          && operation.path().startsWith(logs + "/")
          && operation.path().endsWith(".log");
      boolean isSet = operation.kind() != OperationKind.CREATE_DIRECTORY
          && i != publish
          && (operation.kind() == OperationKind.DELETE || operation.target() != null)
          && operation.path().startsWith(backupDirectory() + "/set-");
      anyLog |= isLog;
      require(i > durable || !isLog, "deletes too early: " + operation.path());
      require(i > durable || !isSet, "replaces too early: " + operation.path());
    }
    require(anyLog, "no log is deleted, so that it cannot be too early");
  }

  private int publicationForced() {
    String published = Objects.requireNonNull(trace.get(publish).target());
    String parent = published.substring(0, published.lastIndexOf('/'));
    return first(publish + 1, made -> is(made, OperationKind.FORCE_DIRECTORY, parent));
  }

  private String backupDirectory() {
    return draft.substring(0, draft.indexOf('/'));
  }

  private boolean isInDraft(Operation operation) {
    return operation.path().startsWith(draft + "/");
  }

  private static boolean isForceOfFile(Operation operation) {
    return operation.kind() == OperationKind.FORCE || operation.kind() == OperationKind.FORCE_DATA;
  }

  private static boolean is(Operation operation, OperationKind kind, String path) {
    return operation.kind() == kind && operation.path().equals(path);
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
