package org.jetbackup.engine.wrong;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jetbackup.tck.crash.Profile;

/** What the page about wrong engines says of the reference engine. */
final class Counterparts {

  private static final String DATA =
      "about the contents of tables, which the tests of the engine's own packages look at";
  private static final String DECLARED = "the mistake is in what a plug-in declares";

  /** The kit's wrong engines that are not here, and why. */
  static final Map<String, String> NONE = none();

  private Counterparts() {}

  private static Map<String, String> none() {
    Map<String, String> none = new LinkedHashMap<>();
    none.put("keeps what was rolled back", DATA);
    none.put("shows a transaction what others commit after its begin", DATA);
    none.put("lets the later of two changes to one record win", DATA);
    none.put("orders keys as signed bytes", DATA);
    none.put("takes an empty value for none", DATA);
    none.put(
        "copies what is not committed",
        "nothing of an open transaction is in the log or in a page");
    none.put("makes incremental backups without declaring that it can", DECLARED);
    none.put("refuses what it does not have with -1003", DECLARED);
    none.put(
        "forces a file before it has its full size",
        "log files have their full size before anything is written to them");
    none.put(
        "writes a manifest in place and takes half of it for the whole",
        "half a manifest has no sense in it: files would be missing that it names, and restore"
            + " refuses, as it may");
    none.put(
        "restores over the old files and lets init go on after half of it",
        "put in, and not seen: databases take their places by a rename each, so that a restore of"
            + " one database leaves the state before or after");
    none.put(
        "replays a live log of another sequence",
        "put in, and not seen: when set and live log are put together, headers are compared once"
            + " more, and checksums go on from file to file");
    return none;
  }

  /** The section, without its heading. */
  static String page() {
    StringBuilder page = new StringBuilder();
    page.append(
        "\nThe same for the real engine: the bytes of one or two of its methods are changed, ");
    page.append(
        "in a class loader of\nits own, and the kit judges it by each clause alone. On the ");
    page.append("engine as it is the same clauses pass. A build\ntries those that take a second; ");
    page.append("`-Djetbackup.wrong=all` those, too, that are slow. Generated from\n");
    page.append("`WrongReference` in the tests of the engine.\n\n");
    page.append("| the engine | bug | found by | first seen under | during | slow |\n");
    page.append("|---|---|---|---|---|---|\n");
    for (WrongReference wrong : WrongReference.values()) {
      page.append("| ").append(wrong.mistake());
      page.append(" | ").append(wrong);
      page.append(" | ").append(String.join(", ", wrong.clauses()));
      page.append(" | ").append(wrong.seenFirst().map(Profile::word).orElse(""));
      page.append(" | ").append(String.join(", ", wrong.during()));
      page.append(" | ").append(wrong.isSlow() ? "slow" : "").append(" |\n");
    }
    page.append("\nWrong engines of the kit that are not in it:\n\n");
    page.append("| the engine | why not |\n|---|---|\n");
    NONE.forEach((mistake, why) ->
        page.append("| ").append(mistake).append(" | ").append(why).append(" |\n"));
    page.append("\nBugs that were put in and that no clause shows, because another part of the ");
    page.append("engine notices in time:\n\n");
    page.append("- no comparison of the log with the end of the chain (-515): the header of the ");
    page.append("database asks for a full\n  backup first;\n");
    page.append(
        "- circular logging that uses files again which a backup needs: the backup misses ");
    page.append("them and fails (-569);\n");
    page.append(
        "- no check of the page size in a restore: the log files of the set have it too;\n");
    page.append(
        "- no checksums looked at in the copy of a database: redo makes the pages anew, and ");
    page.append("a page that it does not\n  touch is checked when it is read.\n");
    return page.toString();
  }
}
