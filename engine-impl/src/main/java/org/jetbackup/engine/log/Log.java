package org.jetbackup.engine.log;

import java.nio.ByteBuffer;
import java.util.List;
import org.jetbackup.api.error.JetErr;
import org.jetbackup.api.error.JetException;
import org.jetbackup.engine.event.Counters;
import org.jetbackup.engine.event.EventLog;
import org.jspecify.annotations.Nullable;

/**
 * The log as those see it who write to it. Thread-safe.
 *
 * <p>A failed write, force or roll is final: the calls that needed it get {@link
 * JetErr#LOG_WRITE_FAIL}, and all later ones {@link JetErr#INSTANCE_UNAVAILABLE}, or {@link
 * JetErr#INSTANCE_UNAVAILABLE_DUE_TO_FATAL_LOG_DISK_FULL} if the disk was full.
 */
public interface Log extends AutoCloseable {

  /**
   * Appends a record. It is durable only after a {@link #force}.
   *
   * @param kind what it is about
   * @param endsBlock whether a block of records ends with it
   * @param payload the record, from position to limit, which do not change
   * @return the address behind it, for {@link #force}
   * @throws IllegalArgumentException if it is longer than 64 MiB
   */
  long append(RecordKind kind, boolean endsBlock, ByteBuffer payload);

  /** {@return the address behind the last record; the next one begins there or later} */
  long end();

  /** {@return the address up to which everything is durable} */
  long forced();

  /**
   * Returns when everything up to an address is durable. Callers that come while another one
   * forces are served together by the next force.
   *
   * @param address what {@link #append} or {@link #end} returned; 0 is always durable
   */
  void force(long address);

  /**
   * Closes the current generation and begins the next, durably, even if nothing was appended. {@link
   * #end} is then the begin of the new one.
   */
  void roll();

  /**
   * Checks that nothing has failed.
   *
   * @throws JetException {@link JetErr#INSTANCE_UNAVAILABLE} or {@link
   *     JetErr#INSTANCE_UNAVAILABLE_DUE_TO_FATAL_LOG_DISK_FULL} after a failed write or roll
   */
  void requireAlive();

  /** {@return what has failed for good, or null} */
  @Nullable
  JetException failure();

  /**
   * Tells the log what nobody needs any more. Where the log is circular, the generations that lie
   * wholly before the address are used again or deleted; elsewhere nothing happens.
   *
   * @param address where redo would begin
   */
  void discardBefore(long address);

  /**
   * Keeps generations for a backup: {@link #discardBefore} takes none of them away until the next
   * call.
   *
   * @param generation the first that is kept; {@link Long#MAX_VALUE} for none
   */
  void retainFrom(long generation);

  /**
   * Deletes closed generations, oldest first, circular or not, durably. The current one stays.
   *
   * @param generation the first that stays
   * @throws JetException if one cannot be deleted; those before it are gone, it and the later ones
   *     stay
   */
  void deleteBelow(long generation);

  /**
   * Measures the log.
   *
   * @param address where to begin
   * @return how many bytes of files lie between the address and the end
   */
  long sinceBytes(long address);

  /**
   * Tells whether there is no space for the next generation. As long as that is so, its callers
   * should let no more writers in; each call tries again to get the space.
   *
   * @return whether it is so
   */
  boolean isSpaceShort();

  /**
   * Says who counts what is written from now on.
   *
   * @param counters those of the instance
   */
  void countIn(Counters counters);

  /**
   * Says who hears of a failure from now on, once and {@linkplain EventLog#later later}, because the
   * caller that it strikes may have any lock.
   *
   * @param events of the instance
   */
  default void tellTo(EventLog events) {}

  /** {@return the number of the current generation} */
  long generation();

  /** {@return the files that are there, oldest first, the current one last; empty without a log} */
  List<LogFile> files();

  /** Closes the files. What was appended and not forced may be lost. */
  @Override
  void close();
}
