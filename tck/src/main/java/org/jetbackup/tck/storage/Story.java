package org.jetbackup.tck.storage;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A trace told in plain English, to be read, and to be compared with one that is known to be good.
 *
 * <p>It tells what changed names, content or durability, and what failed, in the order of the
 * trace:
 *
 * <pre>
 * atomic backup to backup1
 *   makes backup1/staging
 *   backup1/staging/db.edb: created, 8,192 bytes written at 0 in 2 writes, forced
 *   forces the names in backup1/staging
 *   renames backup1/staging to backup1/set-000001
 *   forces the names in backup1
 *   could not delete main/log/edb00001.log: AccessDeniedException
 * </pre>
 *
 * <p>What happens to one file with nothing else in between is told behind its name, in one line if
 * that has no more than 100 columns. Writes through one handle that continue each other are told as
 * one. An atomic move renames, any other moves. An open file is called by the name that it has by
 * now.
 *
 * <p>Left out are numbers of operations and of handles, what only looks (unless it fails, but that
 * a file is not there when its attributes are read is no failure), closing, and writes and cuts of
 * nothing. So two traces give the same text if they leave the same things behind in the same order.
 *
 * <p>Not thread-safe.
 */
public final class Story {

  private static final String INDENT = "  ";

  private final OpenNames names = new OpenNames();
  private final List<String> lines = new ArrayList<>();
  private String indent = "";
  private Optional<FileFacts> current = Optional.empty();

  /** A story in which nothing has happened yet. */
  public Story() {}

  /**
   * Begins a chapter; what is told from now on is indented beneath its heading.
   *
   * @param heading one line
   * @return this story
   * @throws IllegalArgumentException if it is not one line
   */
  public Story heading(String heading) {
    if (heading.isBlank() || heading.lines().count() > 1) {
      throw new IllegalArgumentException("a heading is one line, not '" + heading + "'");
    }
    endParagraph();
    lines.add(heading);
    indent = INDENT;
    return this;
  }

  /**
   * Goes on with operations.
   *
   * @param operations as traced, in order; a file that was opened before the first one is called by
   *     the name by which it was opened
   * @return this story
   */
  public Story tell(List<Operation> operations) {
    operations.forEach(this::tell);
    return this;
  }

  private void tell(Operation operation) {
    String name = names.of(operation);
    if (Wording.isTold(operation)) {
      Wording.sentence(operation, name)
          .ifPresentOrElse(this::addSentence, () -> paragraph(name).add(operation));
    }
    if (operation.failure() == null) {
      names.follow(operation);
    }
  }

  private void addSentence(String sentence) {
    endParagraph();
    lines.add(indent + sentence);
  }

  private FileFacts paragraph(String name) {
    Optional<FileFacts> known = current.filter(facts -> facts.name().equals(name));
    if (known.isPresent()) {
      return known.get();
    }
    endParagraph();
    FileFacts facts = new FileFacts(name);
    current = Optional.of(facts);
    return facts;
  }

  private void endParagraph() {
    current.ifPresent(facts -> lines.addAll(facts.lines(indent)));
    current = Optional.empty();
  }

  /**
   * What was told so far.
   *
   * @return an immutable copy, without ends of lines
   */
  public List<String> lines() {
    List<String> all = new ArrayList<>(lines);
    current.ifPresent(facts -> all.addAll(facts.lines(indent)));
    return List.copyOf(all);
  }

  /**
   * What was told so far, as text.
   *
   * @return the lines, each ended by {@code \n}
   */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    lines().forEach(line -> text.append(line).append('\n'));
    return text.toString();
  }
}
