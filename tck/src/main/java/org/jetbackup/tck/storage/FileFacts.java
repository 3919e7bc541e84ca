package org.jetbackup.tck.storage;

import java.util.ArrayList;
import java.util.List;

/** What happened to one file without anything else in between. */
final class FileFacts {

  private static final int COLUMNS = 100;

  private final String name;
  private final List<String> facts = new ArrayList<>();

  /** The writes that the last fact tells of; none if it tells of something else. */
  private int writes;

  private long handle;
  private long from;
  private long until;

  FileFacts(String name) {
    this.name = name;
  }

  String name() {
    return name;
  }

  void add(Operation operation) {
    boolean writing = operation.kind() == OperationKind.WRITE && operation.failure() == null;
    if (writing && writes > 0 && operation.handle() == handle && operation.offset() == until) {
      writes++;
      until += operation.length();
      facts.set(facts.size() - 1, Wording.written(from, until - from, writes));
      return;
    }
    writes = writing ? 1 : 0;
    handle = operation.handle();
    from = operation.offset();
    until = from + operation.length();
    facts.add(Wording.fact(operation));
  }

  /** One line if that is not too long, or else one for the name and one for each fact. */
  List<String> lines(String indent) {
    String line = indent + name + ": " + String.join(", ", facts);
    if (line.length() <= COLUMNS) {
      return List.of(line);
    }
    List<String> lines = new ArrayList<>(List.of(indent + name + ":"));
    facts.forEach(fact -> lines.add(indent + "  " + fact));
    return lines;
  }
}
