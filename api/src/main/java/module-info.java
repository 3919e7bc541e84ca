/** The contract of a storage engine that can be backed up while it is in use. */
module org.jetbackup.api {
  exports org.jetbackup.api;
  exports org.jetbackup.api.backup;
  exports org.jetbackup.api.error;
  exports org.jetbackup.api.event;
  exports org.jetbackup.api.flat;
  exports org.jetbackup.api.param;
  exports org.jetbackup.api.position;
  exports org.jetbackup.api.restore;

  uses org.jetbackup.api.JetEngine;
}
