package org.jetbackup.engine.verify;

import java.util.Optional;
import java.util.OptionalLong;
import org.jetbackup.api.position.PageNumber;
import org.jetbackup.engine.format.DatabaseFileHeader;
import org.jetbackup.engine.format.PageSize;

/**
 * The order of the checks of one file.
 *
 * <pre>
 *   headers -> last owned page -> checksums of all pages
 *           -> extents of the database -> catalog and its indexes
 *           -> each table: extents, long values, indexes, records -> accounts of all pages
 * </pre>
 */
final class Verification {

  /** The accounts of pages may take this part of the heap. */
  private static final int HEAP_SHARE = 2;

  private final ByteSource source;
  private final VerifyOptions options;
  private final Findings findings;
  private VerifyReport.Counts counts = new VerifyReport.Counts(0, 0, 0, 0, 0, 0, 0, 0, 0);

  Verification(ByteSource source, VerifyOptions options) {
    this.source = source;
    this.options = options;
    this.findings = new Findings(source.path(), options.maxFindings());
  }

  VerifyReport run() {
    HeaderCheck headers = new HeaderCheck(source, findings, options.cleanRequired());
    headers.run().ifPresent(result -> pages(headers, result.size(), result.header()));
    return new VerifyReport(
        source.path(), findings.sorted(), findings.damageCount(), findings.noteCount(), counts);
  }

  private void pages(HeaderCheck headers, PageSize size, Optional<DatabaseFileHeader> header) {
    long inFile = Math.min(size.pagesIn(source.size()), PageNumber.MAX);
    OptionalLong owned = new LastPage(new PageReader(source, size, inFile)).find();
    long last = Math.min(owned.orElse(inFile), inFile);
    if (last < owned.orElse(1)) {
      findings.file(
          FindingKind.FILE_TOO_SHORT,
          "the file has " + inFile + " pages, expected: " + owned.orElse(1));
    }
    PageSweep sweep = new PageSweep(source, size, findings);
    sweep.run(last, options.progress());
    header.ifPresent(h -> headers.checkHighest(h, sweep.highestDbtime()));
    counts = new VerifyReport.Counts(last, 0, 0, 0, sweep.neverWritten(), 0, 0, 0, 0);
    if (options.depth() == VerifyOptions.Depth.CHECKSUMS || last == 0) {
      return;
    }
    if (last * PageLedger.BYTES_A_PAGE > Runtime.getRuntime().maxMemory() / HEAP_SHARE) {
      findings.file(
          FindingKind.NOT_CHECKED,
          "trees: the accounts of " + last + " pages need " + PageLedger.BYTES_A_PAGE
              + " bytes each, more than the heap allows");
    } else {
      trees(headers, new PageReader(source, size, last), header);
    }
  }

  private void trees(HeaderCheck headers, PageReader pages, Optional<DatabaseFileHeader> header) {
    Inspection inspection = new Inspection(pages, findings);
    inspection.openDatabase();
    CatalogCheck catalog = new CatalogCheck(inspection);
    catalog.run();
    boolean rows = options.depth() == VerifyOptions.Depth.EVERYTHING;
    long rowCount = 0;
    long longValues = 0;
    for (TableParts parts : catalog.tables()) {
      TableCheck table = new TableCheck(inspection, catalog, parts, rows);
      table.run();
      rowCount += table.rows();
      longValues += table.longValueCount();
    }
    header.ifPresent(h -> headers.checkLastObjectId(h, catalog.highestObjectId()));
    Accounting accounting =
        new Accounting(inspection.ledger(), inspection.trees(), findings, options.leaksAllowed());
    accounting.run();
    counts = new VerifyReport.Counts(
        counts.pages(),
        accounting.used(),
        accounting.free(),
        accounting.leaked(),
        counts.neverWritten(),
        inspection.trees().count(),
        catalog.tables().size(),
        rowCount,
        longValues);
  }
}
