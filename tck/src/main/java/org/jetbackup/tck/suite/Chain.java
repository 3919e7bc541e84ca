package org.jetbackup.tck.suite;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jetbackup.api.backup.BackupGrbit;
import org.jetbackup.tck.Capability;
import org.jetbackup.tck.fixture.Node;
import org.jetbackup.tck.fixture.World;
import org.jetbackup.tck.model.Contents;

/**
 * A good set, with incremental backups on top where the engine makes those, and what it was on the
 * way there.
 */
final class Chain {

  /** A moment: the files of the directory then, and what it restored to. */
  private record Moment(Map<String, String> files, Contents contents) {}

  private final World world;
  private final Node node;
  private final Path directory;
  private final List<Moment> moments = new ArrayList<>();

  private Chain(World world, Node node) {
    this.world = world;
    this.node = node;
    directory = world.freshDirectory("backup");
    add(BackupGrbit.FULL);
  }

  /** Makes one in a new directory, with two small links. */
  static Chain of(World world, Node node) {
    Chain chain = new Chain(world, node);
    chain.link("link=1");
    chain.link("link=2");
    return chain;
  }

  /** Adds a link with some changes, each in a transaction of its own, if the engine can do that. */
  void link(String... changes) {
    if (world.has(Capability.INCREMENTAL)) {
      for (String change : changes) {
        node.commit(change);
      }
      add(BackupGrbit.INCREMENTAL);
    }
  }

  /** The directory of the set. */
  Path directory() {
    return directory;
  }

  /** What the set restores to. */
  Contents contents() {
    return moments.get(moments.size() - 1).contents;
  }

  /**
   * What a copy may restore to, if it restores at all: the state of the last moment; or that of an
   * earlier one, where the copy holds exactly the files of that moment, because then nobody could
   * tell.
   */
  List<Contents> allowed(Path copy) {
    Map<String, String> files = world.fileContents(copy);
    List<Contents> allowed = new ArrayList<>(List.of(contents()));
    moments.stream()
        .filter(moment -> moment.files.equals(files))
        .map(Moment::contents)
        .forEach(allowed::add);
    return allowed;
  }

  private void add(BackupGrbit grbit) {
    node.mustBackup(directory, grbit);
    moments.add(new Moment(world.fileContents(directory), node.acknowledged()));
  }
}
