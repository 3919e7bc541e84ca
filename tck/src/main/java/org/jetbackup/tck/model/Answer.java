package org.jetbackup.tck.model;

import java.util.List;
import java.util.Optional;
import org.jetbackup.api.error.JetErr;
import org.jetbackup.api.error.JetException;
import org.jspecify.annotations.Nullable;

/**
 * What an engine answered to a call: success, a {@link JetErr}, or something that it must never
 * throw.
 *
 * @param thrown what the call threw, if anything
 */
public record Answer(@Nullable Throwable thrown) {

  /** A call that may throw anything. */
  @FunctionalInterface
  public interface Call {
    /** Makes the call. */
    void run() throws Exception;
  }

  /** Makes a call and keeps what it answers. Errors of the virtual machine pass through. */
  public static Answer to(Call call) {
    try {
      call.run();
      return new Answer(null);
    } catch (VirtualMachineError e) {
      if (e instanceof StackOverflowError) {
        return new Answer(e);
      }
      throw e;
    } catch (Throwable e) {
      return new Answer(e);
    }
  }

  /** Whether the call succeeded. */
  public boolean isSuccess() {
    return thrown == null;
  }

  /** The error with which the call failed, if it failed as the contract wants it. */
  public Optional<JetErr> error() {
    return thrown instanceof JetException e ? Optional.of(e.error()) : Optional.empty();
  }

  /** Whether the call failed with one of these. */
  public boolean isOneOf(JetErr... errors) {
    return error().filter(error -> List.of(errors).contains(error)).isPresent();
  }

  /** Whether the call threw something that is not of the contract. */
  public boolean isDefect() {
    return thrown != null && error().isEmpty();
  }

  /** The answer as people write it. */
  @Override
  public String toString() {
    if (thrown == null) {
      return "success";
    }
    return error()
        .map(Answer::text)
        .orElseGet(() -> thrown + " (the api knows no exception but JetException)" + place(thrown));
  }

  /** An error as people write it: number and symbol. */
  public static String text(JetErr error) {
    return error.number() + " (" + error.symbol() + ")";
  }

  private static String place(Throwable thrown) {
    StackTraceElement[] stack = thrown.getStackTrace();
    return stack.length == 0 ? "" : " at " + stack[0];
  }
}
