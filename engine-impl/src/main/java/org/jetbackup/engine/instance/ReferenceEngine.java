package org.jetbackup.engine.instance;

import org.jetbackup.api.Environment;
import org.jetbackup.api.JetEngine;
import org.jetbackup.api.JetInstance;
import org.jetbackup.api.param.Parameters;

/** The reference engine. Immutable and thread-safe. */
public final class ReferenceEngine implements JetEngine {

  private static final String NAME = "jetbackup";
  private static final String UNKNOWN_VERSION = "development";

  /** For the service loader. */
  public ReferenceEngine() {}

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String version() {
    String version = ReferenceEngine.class.getPackage().getImplementationVersion();
    return version == null ? UNKNOWN_VERSION : version;
  }

  @Override
  public JetInstance createInstance(String name, Parameters parameters, Environment environment) {
    return new Instance(name, version(), Settings.of(parameters), environment);
  }
}
