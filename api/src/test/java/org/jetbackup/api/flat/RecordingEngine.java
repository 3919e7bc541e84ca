package org.jetbackup.api.flat;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jetbackup.api.Environment;
import org.jetbackup.api.InstanceState;
import org.jetbackup.api.JetEngine;
import org.jetbackup.api.JetInstance;
import org.jetbackup.api.JetSession;
import org.jetbackup.api.TermGrbit;
import org.jetbackup.api.backup.BackupGrbit;
import org.jetbackup.api.backup.Snp;
import org.jetbackup.api.backup.Snprog;
import org.jetbackup.api.backup.Snt;
import org.jetbackup.api.backup.StatusCallback;
import org.jetbackup.api.param.Parameters;

/** An engine without storage: it notes each call as a line, and fails when it is told to. */
final class RecordingEngine implements JetEngine {

  final List<String> calls = new CopyOnWriteArrayList<>();
  final List<Parameters> created = new CopyOnWriteArrayList<>();
  private Optional<String> failingCall = Optional.empty();
  private Runnable failure = () -> {};

  /** From now on each call of that name runs the failure after it was noted. */
  void failAt(String call, Runnable how) {
    failingCall = Optional.of(call);
    failure = how;
  }

  @Override
  public String name() {
    return "recording";
  }

  @Override
  public String version() {
    return "0";
  }

  @Override
  public JetInstance createInstance(String name, Parameters parameters, Environment environment) {
    note("create", "'" + name + "'");
    created.add(parameters);
    return new Instance(parameters);
  }

  private void note(String call, Object... arguments) {
    StringBuilder line = new StringBuilder(call);
    for (Object argument : arguments) {
      line.append(' ').append(argument);
    }
    calls.add(line.toString());
    if (failingCall.equals(Optional.of(call))) {
      failure.run();
    }
  }

  private final class Instance implements JetInstance {

    private final Parameters parameters;

    Instance(Parameters parameters) {
      this.parameters = parameters;
    }

    @Override
    public InstanceState state() {
      return InstanceState.CREATED;
    }

    @Override
    public Parameters parameters() {
      return parameters;
    }

    @Override
    public void init() {
      note("init");
    }

    @Override
    public JetSession beginSession() {
      throw new UnsupportedOperationException("the facade has no sessions");
    }

    @Override
    public void backup(Path directory, BackupGrbit grbit, StatusCallback callback) {
      note("backup", directory, grbit);
      callback.onStatus(Snp.BACKUP, Snt.BEGIN, new Snprog(0, 7));
      callback.onStatus(Snp.BACKUP, Snt.COMPLETE, new Snprog(7, 7));
    }

    @Override
    public void restore(Path directory, StatusCallback callback) {
      note("restore", directory);
      callback.onStatus(Snp.RESTORE, Snt.COMPLETE, new Snprog(1, 1));
    }

    @Override
    public void restore(Path directory, Path destination, StatusCallback callback) {
      note("restore", directory, "to", destination);
    }

    @Override
    public void stopService() {
      note("stopService");
    }

    @Override
    public void stopBackup() {
      note("stopBackup");
    }

    @Override
    public void terminate(TermGrbit grbit) {
      note("terminate", grbit);
    }
  }
}
