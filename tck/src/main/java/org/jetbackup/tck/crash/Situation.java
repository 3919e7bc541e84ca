package org.jetbackup.tck.crash;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * One point of a recording under one profile: what is durable, and what a crash may lose.
 *
 * <p>What may be lost comes as <i>names</i> (pending entry units, in order) and <i>chains</i>: the
 * pending units of one sector or of one size, of which a crash keeps the first few.
 */
final class Situation {

  /** Pending units that keep their order: those of one sector or of one size. */
  record Chain(int file, boolean isSector, List<Unit.OfFile> units) {
    int length() {
      return units.size();
    }
  }

  private final Recording recording;
  private final CrashPoint point;
  private final Profile profile;
  private final Tree durable;
  private final List<Unit.Entry> names = new ArrayList<>();
  private final List<Chain> chains = new ArrayList<>();
  private final Map<Integer, List<Unit.OfFile>> durableData = new TreeMap<>();

  Situation(Recording recording, CrashPoint point, Profile profile) {
    this.recording = recording;
    this.point = point;
    this.profile = profile;
    this.durable = recording.base().copy();
    SortedMap<String, List<Unit.OfFile>> pending = new TreeMap<>();
    for (Unit unit : issued()) {
      boolean lasts = profile.believesForce()
          && unit.event() < point.events()
          && recording.durableFrom(unit).filter(event -> event < point.events()).isPresent();
      if (unit instanceof Unit.Entry entry) {
        if (lasts) {
          durable.apply(entry);
        } else {
          addName(entry);
        }
      } else if (unit instanceof Unit.OfFile data) {
        if (lasts) {
          durableData.computeIfAbsent(data.file(), file -> new ArrayList<>()).add(data);
        } else {
          pending
              .computeIfAbsent(data.file() + " " + data.label(), chain -> new ArrayList<>())
              .add(data);
        }
      }
    }
    pending
        .values()
        .forEach(units -> chains.add(new Chain(
            units.get(0).file(), units.get(0) instanceof Unit.Sector, List.copyOf(units))));
  }

  /** The units issued by then; of a write in flight its first sectors, and the size up to them. */
  private List<Unit> issued() {
    List<Unit> issued = new ArrayList<>();
    Map<Integer, Long> sizes = new HashMap<>();
    int sectors = 0;
    long end = 0;
    int begun = point.events() + (point.inside() > 0 ? 1 : 0);
    for (Unit unit : recording.units()) {
      if (recording.goneFrom(unit).filter(event -> event < begun).isPresent()) {
        continue; // a failed force has lost it for good
      }
      if (unit.event() < point.events()) {
        issued.add(unit);
        if (unit instanceof Unit.Size size) {
          sizes.put(size.file(), size.size());
        }
      } else if (unit.event() == point.events() && point.inside() > 0) {
        if (unit instanceof Unit.Sector sector && sectors < point.inside()) {
          sectors++;
          end = (sector.sector() + 1L) * recording.pool().sectorSize();
          issued.add(unit);
        } else if (unit instanceof Unit.Size size) {
          long before = sizes.getOrDefault(size.file(), sizeInTheBeginning(size.file()));
          long now = Math.max(before, Math.min(end, size.size()));
          issued.add(new Unit.Size(size.number(), size.event(), size.file(), now, false));
        }
      }
    }
    return issued;
  }

  private long sizeInTheBeginning(int file) {
    return recording.base().files().getOrDefault(file, FileContent.EMPTY).size();
  }

  private void addName(Unit.Entry entry) {
    if (!profile.splitsMoves() || entry.cells().size() < 2) {
      names.add(entry);
      return;
    }
    List<String> labels = List.of("old name", "new name");
    for (int i = 0; i < labels.size(); i++) {
      names.add(new Unit.Entry(
          entry.number(), entry.event(), List.of(entry.cells().get(i)), labels.get(i)));
    }
  }

  Recording recording() {
    return recording;
  }

  CrashPoint point() {
    return point;
  }

  Profile profile() {
    return profile;
  }

  List<Unit.Entry> names() {
    return names;
  }

  List<Chain> chains() {
    return chains;
  }

  /** The files that hold something else than in the beginning, or may. */
  Set<Integer> changedFiles() {
    Set<Integer> files = new TreeSet<>(durableData.keySet());
    chains.forEach(chain -> files.add(chain.file()));
    return files;
  }

  /** How many ways a crash can leave a chain. */
  int levels(Chain chain) {
    return chain.length() + 1 + (profile.makesGarbage() && chain.isSector() ? 2 : 0);
  }

  /** The tree of names when some of the pending ones are kept. */
  Layout layout(boolean[] kept) {
    Tree tree = durable.copy();
    for (int i = 0; i < kept.length; i++) {
      if (kept[i]) {
        tree.apply(names.get(i));
      }
    }
    return Layout.of(tree, recording.pool());
  }

  /** What a file holds when of each of its chains so many units are kept. */
  FileContent content(int file, int[] levels) {
    List<Unit.OfFile> kept = new ArrayList<>(durableData.getOrDefault(file, List.of()));
    for (int i = 0; i < chains.size(); i++) {
      Chain chain = chains.get(i);
      if (chain.file() == file) {
        kept.addAll(chain.units().subList(0, Math.min(levels[i], chain.length())));
      }
    }
    kept.sort((one, other) -> Integer.compare(one.number(), other.number()));
    FileContent content = recording
        .base()
        .files()
        .getOrDefault(file, FileContent.EMPTY)
        .after(kept, recording.pool());
    return profile.makesGarbage() ? withGarbage(content, file, levels) : content;
  }

  private FileContent withGarbage(FileContent content, int file, int[] levels) {
    FileContent result = content;
    for (int i = 0; i < chains.size(); i++) {
      Chain chain = chains.get(i);
      if (chain.file() == file && levels[i] > chain.length()) {
        int index = ((Unit.Sector) chain.units().get(0)).sector();
        if (index < result.sectors()) {
          Pool pool = recording.pool();
          int garbage = levels[i] == chain.length() + 1 ? Pool.ZERO : pool.noise(file, index);
          result = result.withSector(index, garbage).withSize(result.size(), pool);
          int rest = (int) (result.size() % pool.sectorSize());
          if (index == result.sectors() - 1 && rest > 0) {
            result = result.withSector(index, pool.cut(garbage, rest));
          }
        }
      }
    }
    return result;
  }
}
