package org.jetbackup.tck.launcher.sample;

import java.util.EnumSet;
import java.util.Set;
import org.jetbackup.api.Environment;
import org.jetbackup.api.JetEngine;
import org.jetbackup.api.JetInstance;
import org.jetbackup.api.param.Parameters;
import org.jetbackup.tck.Capability;
import org.jetbackup.tck.EnginePlugin;

/** Plugs in an engine that can do nothing; the sample suites look only at who it is. */
public class SamplePlugin extends EnginePlugin {

  /** Whether the sample suites are to see it break clauses. */
  boolean broken() {
    return false;
  }

  @Override
  public JetEngine engine() {
    return new JetEngine() {
      @Override
      public String name() {
        return "sample";
      }

      @Override
      public String version() {
        return "1.0";
      }

      @Override
      public JetInstance createInstance(
          String name, Parameters parameters, Environment environment) {
        throw new UnsupportedOperationException("the samples need no instance");
      }
    };
  }

  @Override
  public Set<Capability> capabilities() {
    return EnumSet.of(Capability.ATOMIC, Capability.READS_GIVEN_FILE_SYSTEM);
  }

  /** Breaks clauses. */
  public static final class Broken extends SamplePlugin {
    @Override
    boolean broken() {
      return true;
    }
  }

  /** Knows only the default file system. */
  public static final class DiskOnly extends SamplePlugin {
    @Override
    public Set<Capability> capabilities() {
      return EnumSet.of(Capability.ATOMIC);
    }
  }

  /** Cannot be created. */
  public static final class Failing extends SamplePlugin {
    /** Fails. */
    public Failing() {
      throw new IllegalStateException("no licence");
    }
  }

  /** Cannot say what it offers. */
  public static final class Silent extends SamplePlugin {
    @Override
    public Set<Capability> capabilities() {
      throw new IllegalStateException("ask later");
    }
  }

  /** Has no engine. */
  public static final class Empty extends SamplePlugin {
    @Override
    public JetEngine engine() {
      throw new IllegalStateException("the server is away");
    }
  }
}
