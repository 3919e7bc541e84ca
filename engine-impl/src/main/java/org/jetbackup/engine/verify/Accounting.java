package org.jetbackup.engine.verify;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Closes the accounts: every page must be used or free, once, in the innermost tree that owns it.
 * Neighbours with the same fault are one finding. Source: section 7.2.
 */
final class Accounting {

  private final PageLedger ledger;
  private final Trees trees;
  private final Findings findings;
  private final boolean leaksAllowed;
  private long used;
  private long free;
  private long leaked;

  Accounting(PageLedger ledger, Trees trees, Findings findings, boolean leaksAllowed) {
    this.ledger = ledger;
    this.trees = trees;
    this.findings = findings;
    this.leaksAllowed = leaksAllowed;
  }

  void run() {
    long first = 1;
    for (long page = 1; page <= ledger.pages(); page++) {
      count(ledger.account(page));
      boolean ends = page == ledger.pages()
          || ledger.account(page + 1) != ledger.account(first)
          || ledger.owner(page + 1) != ledger.owner(first);
      if (ends) {
        judge(first, page);
        first = page + 1;
      }
    }
  }

  private void count(int account) {
    used += account > 0 ? 1 : 0;
    free += account < 0 ? 1 : 0;
    leaked += account == 0 ? 1 : 0;
  }

  private void judge(long first, long last) {
    int account = ledger.account(first);
    TreeInfo owner = trees.get(ledger.owner(first));
    TreeInfo holder = trees.get(Math.abs(account));
    if (owner == null) {
      damage(FindingKind.EXTENT, null, first, pages(first, last) + " belong to no tree");
    } else if (account == 0) {
      leak(owner, first, last);
    } else if (holder != null && holder != owner && !holder.isIncomplete()) {
      damage(
          account > 0 ? FindingKind.USED_NOT_OWNED : FindingKind.FREE_NOT_OWNED,
          holder,
          first,
          pages(first, last) + (account > 0 ? " in use by " : " free in ") + holder + ", owned by "
              + owner);
    }
  }

  private void leak(TreeInfo owner, long first, long last) {
    // What an unreadable page hides may use them: that page is reported already.
    if (owner.isIncomplete()) {
      return;
    }
    String message = pages(first, last) + " owned by " + owner + ", neither used nor free";
    if (leaksAllowed) {
      findings.note(FindingKind.LEAKED, owner, first, message);
    } else {
      damage(FindingKind.LEAKED, owner, first, message);
    }
  }

  private void damage(FindingKind kind, @Nullable TreeInfo tree, long page, String message) {
    Optional<Finding.Tree> name = Optional.ofNullable(tree).map(TreeInfo::name);
    findings.add(Finding.Severity.DAMAGE, kind, name, page, 0, message);
  }

  private static String pages(long first, long last) {
    return first == last ? "page " + first : "pages " + first + " to " + last;
  }

  long used() {
    return used;
  }

  long free() {
    return free;
  }

  long leaked() {
    return leaked;
  }
}
