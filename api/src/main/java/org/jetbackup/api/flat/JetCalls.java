package org.jetbackup.api.flat;

import java.nio.file.FileSystem;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import org.jetbackup.api.Environment;
import org.jetbackup.api.JetEngine;
import org.jetbackup.api.JetInstance;
import org.jetbackup.api.TermGrbit;
import org.jetbackup.api.backup.BackupGrbit;
import org.jetbackup.api.backup.StatusCallback;
import org.jetbackup.api.error.JetErr;
import org.jetbackup.api.error.JetException;
import org.jetbackup.api.error.Subject;
import org.jetbackup.api.param.Parameter;
import org.jetbackup.api.param.Parameters;
import org.jetbackup.api.param.SystemParameter;

/**
 * The calls of the contract and of the life cycle with their original names and argument order. Each
 * returns 0 or the number of a {@link JetErr}. Nothing is thrown but a {@link VirtualMachineError}
 * other than {@link StackOverflowError}: whatever else the engine throws that is no {@link
 * JetException}, errors included, is {@code JET_errInternalError} (-107). What lay behind a failure
 * of the last call of a thread is told by {@link #lastFailure}.
 *
 * <p>Texts are paths of the one file system that the facade was given. Where the original takes a
 * pointer to what it fills in, this takes an array of one element; where the original allows a null
 * pointer, this allows null.
 *
 * <p>Thread-safe, as the original is: any thread may make any call.
 *
 * <p>Source: the pages of the calls in the public interface; specification chapter {@code facade},
 * clauses FLAT-1, FLAT-2, FLAT-3 and FLAT-5.
 */
public final class JetCalls {

  /** The handle that names no instance. */
  public static final long JET_instanceNil = -1;

  /** The session that is none; status callbacks are given it. */
  public static final long JET_sesidNil = -1;

  private final JetEngine engine;
  private final FileSystem fileSystem;
  private final Environment environment;
  private final Handles handles = new Handles();
  private final ThreadLocal<Optional<Throwable>> lastFailure =
      ThreadLocal.withInitial(Optional::empty);
  private Parameters defaults = Parameters.none();

  /**
   * Makes a facade, which has no instance yet.
   *
   * @param engine makes the instances
   * @param fileSystem the one in which every path lies
   * @param environment for every instance
   */
  public JetCalls(JetEngine engine, FileSystem fileSystem, Environment environment) {
    this.engine = Objects.requireNonNull(engine, "engine");
    this.fileSystem = Objects.requireNonNull(fileSystem, "fileSystem");
    this.environment = Objects.requireNonNull(environment, "environment");
  }

  /** {@return what the last call of this thread failed with, if it failed} */
  public Optional<Throwable> lastFailure() {
    return lastFailure.get();
  }

  /**
   * Gives the instance behind a handle, for the calls that are not here: sessions and databases. If
   * there was none yet, it is made now from the parameters that were set so far; as after every call
   * that needs an instance, {@link #JetSetSystemParameter} answers -1030 from now on. The instance
   * belongs to its handle: {@link #JetTerm2} ends it.
   *
   * @param handle the handle
   * @return the instance; empty for a handle that names nothing
   * @throws JetException what the engine answers when it has to make the instance and does not
   */
  public Optional<JetInstance> instance(long handle) {
    return handles.find(handle).flatMap(slot -> slot.instance(engine, environment));
  }

  /**
   * Makes a handle for a new instance with the parameters that were set for all so far.
   *
   * @param pinstance receives the handle
   * @param szInstanceName the name of the instance, or null
   * @return 0, or -1003 if there is no place for the handle
   */
  public int JetCreateInstance(long[] pinstance, String szInstanceName) {
    return number(() -> {
      requirePlace("pinstance", pinstance);
      pinstance[0] = handles.add(Objects.requireNonNullElse(szInstanceName, ""), defaults());
    });
  }

  /**
   * Sets a parameter of an instance that was not initialized yet, or, without an instance, of all
   * that are created from now on.
   *
   * @param pinstance holds the handle; null, or holding 0, for all
   * @param sesid ignored
   * @param paramid the number of the parameter
   * @param lParam the value of a number or a switch
   * @param szParam the value of a text or a path
   * @return 0, -1003 for an unknown parameter or a bad value, -1023 for a text that is no path, -1030
   *     after the first call that needed the instance, -1115 for a handle that names nothing
   */
  public int JetSetSystemParameter(
      long[] pinstance, long sesid, int paramid, long lParam, String szParam) {
    return number(() -> {
      Parameter<?> parameter = parameter(paramid);
      if (pinstance == null || pinstance.length == 0 || pinstance[0] == 0) {
        setDefault(parameter, lParam, szParam);
      } else {
        handles
            .slot(pinstance[0])
            .update(parameters -> with(parameters, parameter, lParam, szParam));
      }
    });
  }

  /**
   * Reads a parameter.
   *
   * @param instance the handle
   * @param sesid ignored
   * @param paramid the number of the parameter
   * @param plParam receives a number or a switch; may be null for texts and paths
   * @param szParam receives a text or a path; may be null for numbers and switches
   * @param cbMax the most characters to put there
   * @return 0, -1003 for an unknown parameter, no value or no place for it, -1115 for a handle that
   *     names nothing
   */
  public int JetGetSystemParameter(
      long instance, long sesid, int paramid, long[] plParam, StringBuilder szParam, int cbMax) {
    return number(() -> {
      Object value = handles.slot(instance).parameters().get(parameter(paramid));
      if (value instanceof Number number) {
        requirePlace("plParam", plParam);
        plParam[0] = number.longValue();
      } else if (value instanceof Boolean on) {
        requirePlace("plParam", plParam);
        plParam[0] = on ? 1 : 0;
      } else {
        if (szParam == null) {
          throw JetException.of(JetErr.INVALID_PARAMETER, Subject.value("szParam", "null"));
        }
        String text = value.toString();
        szParam.setLength(0);
        szParam.append(text, 0, Math.min(text.length(), Math.max(cbMax, 0)));
      }
    });
  }

  /**
   * Initializes an instance, see {@link JetInstance#init}. Without a handle one is made.
   *
   * @param pinstance holds the handle; if it holds 0, it receives a new one
   * @return 0 or the number of the error
   */
  public int JetInit(long[] pinstance) {
    return number(() -> {
      requirePlace("pinstance", pinstance);
      if (pinstance[0] == 0) {
        pinstance[0] = handles.add("", defaults());
      }
      required(pinstance[0]).init();
    });
  }

  /**
   * Backs up an instance, see {@link JetInstance#backup}.
   *
   * @param instance the handle
   * @param szBackupPath the directory; null or empty to truncate the log only
   * @param grbit the option bits
   * @param pfnStatus the callback, or null
   * @return 0 or the number of the error
   */
  public int JetBackupInstance(
      long instance, String szBackupPath, int grbit, JetPfnStatus pfnStatus) {
    return number(() -> required(instance)
        .backup(
            szBackupPath == null || szBackupPath.isEmpty() ? null : path(szBackupPath),
            new BackupGrbit(grbit),
            callback(pfnStatus)));
  }

  /**
   * Restores a backup, see {@link JetInstance#restore(Path, StatusCallback)}.
   *
   * @param instance the handle
   * @param sz the directory of the backup
   * @param szDest the directory to restore to; null for the original places
   * @param pfn the callback, or null
   * @return 0 or the number of the error
   */
  public int JetRestoreInstance(long instance, String sz, String szDest, JetPfnStatus pfn) {
    return number(() -> restore(required(instance), sz, szDest, pfn));
  }

  /**
   * Restores to the original places by an instance of its own, made with the parameters that were
   * set for all.
   *
   * @param sz the directory of the backup
   * @param pfn the callback, or null
   * @return 0, the number of the error, or -1081 while there are instances with handles
   */
  public int JetRestore(String sz, JetPfnStatus pfn) {
    return JetRestore2(sz, null, pfn);
  }

  /**
   * Restores by an instance of its own, made with the parameters that were set for all.
   *
   * @param sz the directory of the backup
   * @param szDest the directory to restore to; null for the original places
   * @param pfn the callback, or null
   * @return 0, the number of the error, or -1081 while there are instances with handles
   */
  public int JetRestore2(String sz, String szDest, JetPfnStatus pfn) {
    return number(() -> {
      if (!handles.isEmpty()) {
        throw JetException.of(JetErr.RUNNING_IN_MULTI_INSTANCE_MODE);
      }
      JetInstance restoring = engine.createInstance("Restore", defaults(), environment);
      try {
        restore(restoring, sz, szDest, pfn);
      } catch (Throwable failure) {
        endAfter(failure, restoring);
        throw failure;
      }
      restoring.terminate(TermGrbit.NONE);
    });
  }

  /**
   * Ends the service of an instance, see {@link JetInstance#stopService}.
   *
   * @param instance the handle
   * @return 0 or the number of the error
   */
  public int JetStopServiceInstance(long instance) {
    return number(() -> required(instance).stopService());
  }

  /**
   * Stops a running backup, see {@link JetInstance#stopBackup}.
   *
   * @param instance the handle
   * @return 0 or the number of the error
   */
  public int JetStopBackupInstance(long instance) {
    return number(() -> required(instance).stopBackup());
  }

  /**
   * Ends an instance, see {@link JetInstance#terminate}.
   *
   * @param instance the handle, which names nothing afterwards if the call succeeds
   * @return 0 or the number of the error
   */
  public int JetTerm(long instance) {
    return JetTerm2(instance, TermGrbit.NONE.bits());
  }

  /**
   * Ends an instance, see {@link JetInstance#terminate}.
   *
   * @param instance the handle, which names nothing afterwards if the call succeeds
   * @param grbit the option bits
   * @return 0 or the number of the error
   */
  public int JetTerm2(long instance, int grbit) {
    return number(() -> {
      Optional<JetInstance> made = handles.slot(instance).end();
      if (made.isPresent()) {
        made.get().terminate(new TermGrbit(grbit));
      }
      handles.remove(instance);
    });
  }

  /** Ends an instance whose own failure is what counts. */
  private static void endAfter(Throwable failure, JetInstance instance) {
    try {
      instance.terminate(TermGrbit.NONE);
    } catch (Throwable second) {
      failure.addSuppressed(second);
    }
  }

  private void restore(JetInstance instance, String sz, String szDest, JetPfnStatus pfn) {
    if (sz == null) {
      throw JetException.of(JetErr.INVALID_PARAMETER, Subject.value("sz", "null"));
    }
    if (szDest == null) {
      instance.restore(path(sz), callback(pfn));
    } else {
      instance.restore(path(sz), path(szDest), callback(pfn));
    }
  }

  /** As {@link #instance}, but without one it is an error. */
  private JetInstance required(long handle) {
    return handles
        .slot(handle)
        .instance(engine, environment)
        .orElseThrow(() -> Handles.namesNothing(handle));
  }

  private synchronized Parameters defaults() {
    return defaults;
  }

  private synchronized void setDefault(Parameter<?> parameter, long lParam, String szParam) {
    defaults = with(defaults, parameter, lParam, szParam);
  }

  private static Parameter<?> parameter(int number) {
    return SystemParameter.ofNumber(number)
        .orElseThrow(
            () -> JetException.of(JetErr.INVALID_PARAMETER, Subject.value("paramid", number)));
  }

  private <T> Parameters with(
      Parameters parameters, Parameter<T> parameter, long lParam, String szParam) {
    Class<T> type = parameter.type();
    Object value;
    if (type == Boolean.class) {
      value = lParam != 0;
    } else if (type == Integer.class) {
      if (lParam != (int) lParam) {
        throw JetException.of(
            JetErr.INVALID_PARAMETER, Subject.value(parameter.name(), lParam, parameter.allowed()));
      }
      value = (int) lParam;
    } else if (type == Long.class) {
      value = lParam;
    } else if (szParam == null) {
      throw JetException.of(JetErr.INVALID_PARAMETER, Subject.value(parameter.name(), "null"));
    } else {
      value = type == Path.class ? path(szParam) : szParam;
    }
    return parameters.with(parameter, type.cast(value));
  }

  private Path path(String text) {
    try {
      return fileSystem.getPath(text);
    } catch (InvalidPathException e) {
      throw JetException.of(JetErr.INVALID_PATH, e, Subject.value("path", text));
    }
  }

  private static StatusCallback callback(JetPfnStatus pfn) {
    return pfn == null
        ? StatusCallback.NONE
        : (snp, snt, snprog) -> pfn.status(JET_sesidNil, snp.number(), snt.number(), snprog);
  }

  private static void requirePlace(String name, long[] place) {
    if (place == null || place.length == 0) {
      throw JetException.of(JetErr.INVALID_PARAMETER, Subject.value(name, "no place for it"));
    }
  }

  /** The number of what a call throws; what is not of the contract is an internal error. */
  private int number(Runnable call) {
    lastFailure.remove();
    try {
      call.run();
      return JetErr.SUCCESS.number();
    } catch (JetException e) {
      lastFailure.set(Optional.of(e));
      return e.error().number();
    } catch (Throwable e) {
      if (e instanceof VirtualMachineError broken && !(e instanceof StackOverflowError)) {
        throw broken;
      }
      lastFailure.set(Optional.of(e));
      return JetErr.INTERNAL_ERROR.number();
    }
  }
}
