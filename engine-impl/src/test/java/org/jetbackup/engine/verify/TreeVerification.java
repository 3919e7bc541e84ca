package org.jetbackup.engine.verify;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import org.jetbackup.api.position.PageNumber;
import org.jetbackup.engine.format.PageFlags;
import org.jetbackup.engine.format.PageSize;
import org.jetbackup.engine.format.PageView;
import org.jetbackup.engine.storage.DataFile;

/**
 * The checks of the verifier for files that have trees and space, but no headers and no catalog.
 */
public final class TreeVerification {

  private static final int FINDINGS_MAX = 20;

  private final Inspection inspection;

  private TreeVerification(Inspection inspection) {
    this.inspection = inspection;
  }

  /**
   * A tree, and those that have their pages from it.
   *
   * @param root its root page
   * @param children the trees below it
   */
  public record Tree(long root, List<Tree> children) {}

  /**
   * Checks all pages, trees and accounts.
   *
   * @param path a file that nobody writes to meanwhile
   * @param size the size of its pages
   * @param trees the trees below the root of the database
   * @return everything that was found
   */
  public static List<Finding> check(Path path, PageSize size, List<Tree> trees) {
    try (DataFile file = DataFile.open(path, DataFile.Mode.READ)) {
      return check(file, size, trees);
    }
  }

  private static List<Finding> check(DataFile file, PageSize size, List<Tree> trees) {
    ByteSource there = new DatabaseVerifier.OpenFile(file);
    long inFile = size.pagesIn(file.size());
    long last = new LastPage(new PageReader(there, size, inFile)).find().orElse(inFile);
    ByteSource source = new Grown(there, size.offsetOf(new PageNumber(last + 1)));
    Findings findings = new Findings(source.path(), FINDINGS_MAX);
    new PageSweep(source, size, findings).run(last, (done, total) -> {});
    Inspection inspection = new Inspection(new PageReader(source, size, last), findings);
    inspection.openDatabase();
    trees.forEach(tree -> new TreeVerification(inspection).walk(tree, inspection.database()));
    new Accounting(inspection.ledger(), inspection.trees(), findings, false).run();
    return findings.sorted();
  }

  private void walk(Tree tree, TreeInfo parent) {
    PageReader pages = inspection.pages();
    PageView root = pages.read(tree.root(), pages.size().newBuffer());
    TreeInfo.Role role = root.flags().has(PageFlags.LONG_VALUE)
        ? TreeInfo.Role.LONG_VALUES
        : root.flags().has(PageFlags.INDEX) ? TreeInfo.Role.INDEX : TreeInfo.Role.TABLE;
    TreeInfo opened = inspection.open(role, root.objectId(), tree.root(), parent);
    tree.children().forEach(child -> walk(child, opened));
    inspection.walk(opened, LeafVisitor.NONE);
  }

  /** Zeros in the place of an end that a crash has taken: a growth that no force has followed. */
  private record Grown(ByteSource file, long size) implements ByteSource {

    @Override
    public Path path() {
      return file.path();
    }

    @Override
    public void read(ByteBuffer target, long position) {
      int end = target.limit();
      long there = Math.max(0, Math.min(target.remaining(), file.size() - position));
      file.read(target.limit(target.position() + (int) there), position);
      target.limit(end);
      while (target.hasRemaining()) {
        target.put((byte) 0);
      }
    }
  }
}
