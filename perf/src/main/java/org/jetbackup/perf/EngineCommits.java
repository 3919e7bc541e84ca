package org.jetbackup.perf;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jetbackup.api.JetSession;
import org.jetbackup.api.JetTable;

/** The engine: each thread has a session, each commit is a transaction with one insert. */
final class EngineCommits implements CommitSubject {

  private final EngineInstance instance;
  private final List<JetSession> sessions = new ArrayList<>();
  private final List<JetTable> tables = new ArrayList<>();

  EngineCommits(Path directory, int threads) throws IOException {
    instance = EngineInstance.create(directory);
    for (int i = 0; i < threads; i++) {
      JetSession session = instance.session();
      sessions.add(session);
      tables.add(instance.table(session));
    }
  }

  @Override
  public void commit(int thread, byte[] key, byte[] value) {
    JetSession session = sessions.get(thread);
    session.beginTransaction();
    tables.get(thread).insert(key, value);
    session.commitTransaction();
  }

  EngineInstance instance() {
    return instance;
  }

  @Override
  public void close() {
    sessions.forEach(JetSession::close);
    instance.close();
  }
}
