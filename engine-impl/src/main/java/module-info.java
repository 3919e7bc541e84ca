/** The reference engine: reached as a service of the api, exports nothing. */
module org.jetbackup.engine {
  requires jdk.jfr;
  requires org.jetbackup.api;
  requires static org.jspecify;

  provides org.jetbackup.api.JetEngine with
      org.jetbackup.engine.instance.ReferenceEngine;
}
