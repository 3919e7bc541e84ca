package org.jetbackup.api;

import java.nio.file.Path;
import java.util.List;
import java.util.ServiceLoader;
import org.jetbackup.api.error.JetException;
import org.jetbackup.api.param.Parameters;
import org.jetbackup.api.restore.BackupSet;
import org.jetbackup.api.restore.RestoreMoment;

/**
 * A storage engine, found as a service.
 *
 * <p>An engine object holds no state of its own beyond what its instances need to keep out of each
 * other's way; every method may be called by any thread at any time.
 *
 * <p>Source: the instance model of the original interface (JetCreateInstance and its siblings);
 * specification chapters {@code life-cycle} and {@code capabilities}.
 */
public interface JetEngine {

  /** {@return the name under which the engine reports itself, such as {@code acme-store}; never empty} */
  String name();

  /** {@return the engine's version, in whatever form its makers use} */
  String version();

  /**
   * Creates an instance. Nothing is read from or written to any file before {@link
   * JetInstance#init} or {@link JetInstance#restore}. Source: specification clauses PAR-10 and
   * CAP-2.
   *
   * @param name the display name of the instance, used in events; may be empty
   * @param parameters the system parameters; they do not change during the life of the instance
   * @param environment where time, randomness and background work come from
   * @return an instance in state {@link InstanceState#CREATED}
   * @throws JetException {@code JET_errInvalidParameter} (-1003) if a parameter that the engine
   *     needs is missing or does not fit the others
   */
  JetInstance createInstance(String name, Parameters parameters, Environment environment);

  /**
   * Reads a whole backup directory, checks everything that a restore would rely on, and changes
   * nothing. Source: specification clauses VER-6, VER-7, VER-8 and CAP-4.
   *
   * @param directory the directory that was given to {@link JetInstance#backup}
   * @return what the directory holds
   * @throws JetException {@code JET_errInvalidPath} (-1023) if there is no such directory, {@code
   *     JET_errFileNotFound} (-1811) if it holds no backup, the error that a restore would give if
   *     something in it is damaged or missing, or -1001 if the engine has no such check
   */
  default BackupSet verifyBackup(Path directory) {
    throw JetException.notAvailable("verifyBackup");
  }

  /**
   * Lists the moments to which the content of a backup directory can bring its databases, oldest
   * first: that of the full backup, then one for each incremental backup that extends it. Source:
   * specification clauses REST-17, VER-8 and CAP-4.
   *
   * @param directory the directory that was given to {@link JetInstance#backup}
   * @return at least one moment
   * @throws JetException as {@link #verifyBackup}, which looks at more
   */
  default List<RestoreMoment> restoreMoments(Path directory) {
    throw JetException.notAvailable("restoreMoments");
  }

  /** {@return the engines that the current thread's class loader offers as services, in its order} */
  static List<JetEngine> installed() {
    return ServiceLoader.load(JetEngine.class).stream()
        .map(ServiceLoader.Provider::get)
        .toList();
  }
}
