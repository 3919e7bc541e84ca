package org.jetbackup.tck.selftest.model;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import org.jetbackup.api.error.JetErr;
import org.jetbackup.api.error.JetException;
import org.jetbackup.api.error.Subject;
import org.jetbackup.api.event.EventId;

/**
 * What init does with the log that it finds: every database that the log speaks of becomes a clean
 * file that holds all of it. A database that is not there any more is left alone, as is one that
 * belongs to another log by now. Running it twice, or half and then again, gives the same.
 */
final class Recovery {

  private final Context context;
  private final Names names;

  Recovery(Context context) {
    this.context = context;
    this.names = new Names(context.logDirectory());
  }

  void run(List<LogFile> chain) throws IOException {
    long signature = chain.get(0).header().signature();
    Replay replay = new Replay(name -> find(name, signature), false, chain.get(0));
    for (LogFile generation : chain) {
      replay.replay(generation);
    }
    SortedMap<String, DatabaseFile> result = replay.result();
    result.keySet().removeIf(name -> !replay.isUnfinished(name));
    if (result.isEmpty()) {
      return;
    }
    context.events().send(EventId.START_REDO_ID);
    for (Map.Entry<String, DatabaseFile> database : result.entrySet()) {
      Path file = names.resolve(database.getKey());
      context.disk().replace(file, database.getValue().encode());
    }
    context.events().send(EventId.STOP_REDO_ID);
  }

  private Optional<DatabaseFile> find(String name, long signature) throws IOException {
    Path file = names.resolve(name);
    if (!context.disk().exists(file)) {
      return Optional.empty();
    }
    DatabaseFile found = DatabaseFile.parse(file, context.disk().read(file));
    if (found.isBackupCopy() && context.decisions().refusesRawBackupCopies()) {
      throw JetException.of(JetErr.SOFT_RECOVERY_ON_BACKUP_DATABASE, Subject.path(file));
    }
    return Optional.of(found).filter(database -> database.signature() == signature);
  }
}
