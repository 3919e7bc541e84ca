package org.jetbackup.engine.checkpoint;

import org.jetbackup.engine.format.Signature;

/**
 * From where the log is needed. Immutable.
 *
 * @param address the address in the log at which recovery begins: every change before it is in the
 *     database files
 * @param log the signature of the sequence of logs
 * @param databases the databases that were attached there
 */
public record Checkpoint(long address, Signature log, AttachmentList databases) {}
