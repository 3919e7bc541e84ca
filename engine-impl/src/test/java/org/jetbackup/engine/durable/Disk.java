package org.jetbackup.engine.durable;

import java.util.List;
import java.util.Locale;
import org.jetbackup.tck.crash.Profile;

/**
 * What a disk writes as a whole, and what the log takes that to be.
 *
 * <p>Where the disk has larger sectors than the log believes, an unforced sector that becomes
 * garbage takes acknowledged ones with it that lie in the same: such disks are explored without
 * that profile.
 */
enum Disk {
  SMALL(512, 512),
  LARGE(4_096, 4_096),
  UNDERRATED(4_096, 512);

  private final int sector;
  private final int logSector;

  Disk(int sector, int logSector) {
    this.sector = sector;
    this.logSector = logSector;
  }

  /** What is lost or kept as a whole, in bytes. */
  int sector() {
    return sector;
  }

  /** The parameter of the log, in bytes. */
  int logSector() {
    return logSector;
  }

  /** In the order in which they are explored. */
  List<Profile> profiles() {
    List<Profile> all = List.of(
        Profile.KILL, Profile.DROP_UNSYNCED, Profile.META_ORDERED, Profile.WEAK, Profile.GARBAGE);
    return logSector < sector ? all.subList(0, all.size() - 1) : all;
  }

  String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
