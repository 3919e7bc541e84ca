package org.jetbackup.engine.durable;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.jetbackup.api.JetDatabase;
import org.jetbackup.api.JetInstance;
import org.jetbackup.api.JetSession;
import org.jetbackup.api.JetTable;
import org.jetbackup.api.TermGrbit;
import org.jetbackup.api.param.Parameters;
import org.jetbackup.tck.crash.Image;
import org.jetbackup.tck.crash.Recording;
import org.jetbackup.tck.storage.KitFileSystem;

/**
 * Opens the engine on what a crash has left, and demands what is legal there:
 *
 * <pre>
 *   init -> attach, read all -> commit, terminate -> files tidy -> init, read all -> terminate
 *     |      one of the legal     in every database                   the same and the commit
 *     | recorded, for the second crash
 * </pre>
 *
 * <p>Anything else is an {@link AssertionError}, or what the engine throws.
 */
final class Judge {

  /** Said when init of the first instance has returned. */
  static final String IN_SERVICE = "in service";

  private static final int LIFE = 1_000;
  private static final String TABLE = "after";
  private static final String KEY = "the crash";

  private final Subject subject;
  private final Function<Path, Parameters> settings;

  /**
   * Makes a judge.
   *
   * @param settings those of the instances in the file system with that root
   */
  Judge(Subject subject, Function<Path, Parameters> settings) {
    this.subject = subject;
    this.settings = settings;
  }

  /**
   * What was seen of one state.
   *
   * @param picture what the databases hold
   * @param recovery what init has done, if it has done anything
   */
  record Seen(Picture picture, Optional<Recording> recovery) {}

  /**
   * Judges a state.
   *
   * @param depth how many crashes it has behind it
   */
  Seen judge(Image image, List<Picture> legal, int depth) {
    try (Image.Opened opened = image.openRecorded()) {
      opened.files().captureStacks(false);
      opened.recorder().begin();
      JetInstance instance = start(opened.files(), LIFE * depth);
      opened.recorder().mark(IN_SERVICE);
      Recording recovery = opened.recorder().end();
      opened.recorder().detach();
      Picture seen = judge(opened.files(), instance, legal, LIFE * depth + 1);
      return new Seen(seen, Optional.of(recovery).filter(Recording::writes));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Judges what is there, from init on. */
  Picture judge(KitFileSystem files, List<Picture> legal) {
    return judge(files, start(files, LIFE), legal, LIFE + 1);
  }

  private JetInstance start(KitFileSystem files, int life) {
    Parameters parameters = settings.apply(files.root());
    JetInstance instance = Lab.instance(subject.engine(), parameters, life);
    instance.init();
    return instance;
  }

  /** Judges an instance whose init has succeeded. */
  Picture judge(KitFileSystem files, JetInstance instance, List<Picture> legal, int nextLife) {
    Picture seen;
    Picture after;
    try (JetSession session = instance.beginSession()) {
      seen = Reading.attachAll(session, files.root());
      requireLegal(seen, legal);
      after = commitOneMore(session, files.root(), seen);
      requireSame("after one more commit", after, read(session, files.root()));
    }
    end(files, instance);
    JetInstance next = start(files, nextLife);
    try (JetSession session = next.beginSession()) {
      requireSame("in the next life", after, Reading.attachAll(session, files.root()));
    }
    end(files, next);
    return seen;
  }

  /** Judges only what an instance holds whose init has succeeded. */
  void requireLegal(KitFileSystem files, JetInstance instance, List<Picture> legal) {
    try (JetSession session = instance.beginSession()) {
      requireLegal(Reading.attachAll(session, files.root()), legal);
    }
    instance.terminate(TermGrbit.ABRUPT);
  }

  private static Picture read(JetSession session, Path root) {
    return Reading.everything(session, root, Lab.databases(root));
  }

  private void end(KitFileSystem files, JetInstance instance) {
    instance.terminate(TermGrbit.COMPLETE);
    if (!files.openHandles().isEmpty()) {
      throw new AssertionError("left open: " + files.openHandles());
    }
    subject.tidy().accept(files.root());
  }

  private static Picture commitOneMore(JetSession session, Path root, Picture seen) {
    Picture after = seen;
    for (String name : seen.databases().keySet()) {
      if (!seen.tables(name).containsKey(TABLE)) {
        try (JetDatabase database = session.openDatabase(Lab.database(root, name))) {
          database.createTable(TABLE).close();
        }
        after = after.withTable(name, TABLE, new TreeMap<>());
      }
    }
    session.beginTransaction();
    for (String name : seen.databases().keySet()) {
      String value = Workload.value(name.hashCode(), 5_000);
      try (JetDatabase database = session.openDatabase(Lab.database(root, name));
          JetTable table = database.openTable(TABLE)) {
        table.put(Picture.bytes(KEY), Picture.bytes(value));
      }
      after = after.after(List.of(new Picture.Write(name, TABLE, KEY, value)));
    }
    session.commitTransaction();
    return after;
  }

  private static void requireLegal(Picture seen, List<Picture> legal) {
    if (!legal.contains(seen)) {
      StringBuilder text = new StringBuilder("none of " + legal.size() + " legal states");
      for (int i = 0; i < legal.size(); i++) {
        text.append("\n not legal state ").append(i).append(":\n");
        text.append(legal.get(i).differencesOf(seen));
      }
      throw new AssertionError(text.toString());
    }
  }

  private static void requireSame(String when, Picture wanted, Picture found) {
    if (!wanted.equals(found)) {
      throw new AssertionError(when + " something else is there:\n" + wanted.differencesOf(found));
    }
  }
}
