package org.jetbackup.tck.explore;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.jetbackup.tck.storage.Fault;
import org.jetbackup.tck.storage.Operation;

/**
 * A fault without the operation that it strikes, written like {@code write once disk-full-after
 * half}: class, once or sticky, effect and, if the effect takes a number, that or a word that makes
 * one of the length of what it strikes: {@code half} or {@code all-but-one}, of bytes, or of bits for
 * a flipped one.
 *
 * <p>Not everything comes in both forms. An interrupt does not stick: an engine that rightly repeats
 * what an interrupt broke would never come to an end. Nor does an error after the effect, which no
 * disk keeps up. That access is denied does stick, because rights do not come back by themselves.
 *
 * @param first the fault at its first operation, its number 0 if that depends on the length
 */
record FaultKind(Fault first, Amount amount) {

  /** How the number of a fault follows from what it strikes. */
  enum Amount {
    /** It does not. */
    FIXED,
    /** Half of it. */
    HALF,
    /** All but the last. */
    ALL_BUT_ONE;

    private String word() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  /** Those with the most operations to strike come first, so that they are not waited for at last. */
  static final List<FaultKind> ALL = Stream.of(
          "any-mutation once before-effect",
          "any-mutation sticky before-effect",
          "any-mutation once after-effect",
          "any-mutation sticky access-denied",
          "any-mutation once interrupt",
          "read once before-effect",
          "read sticky before-effect",
          "read sticky access-denied",
          "read once interrupt",
          "attributes once before-effect",
          "attributes sticky before-effect",
          "attributes sticky access-denied",
          "attributes once interrupt",
          "read once short 1",
          "read sticky short 1",
          "read once flip-bit 0",
          "read once flip-bit half",
          "read once flip-bit all-but-one",
          "read sticky flip-bit 0",
          "read sticky flip-bit half",
          "any-mutation once disk-full-after 0",
          "any-mutation sticky disk-full-after 0",
          "write once disk-full-after 1",
          "write once disk-full-after half",
          "write once disk-full-after all-but-one",
          "write sticky disk-full-after 1",
          "write sticky disk-full-after half",
          "write sticky disk-full-after all-but-one",
          "write once short 1",
          "write sticky short 1",
          "force once drops-data",
          "force sticky before-effect",
          "move once not-atomic",
          "move sticky not-atomic",
          "delete sticky before-effect",
          "lock once before-effect",
          "lock sticky before-effect",
          "lock once interrupt")
      .map(FaultKind::parse)
      .toList();

  /**
   * Reads a kind of fault.
   *
   * @throws IllegalArgumentException if it is none
   */
  static FaultKind parse(String line) {
    for (Amount amount : List.of(Amount.HALF, Amount.ALL_BUT_ONE)) {
      if (line.endsWith(" " + amount.word())) {
        String number = line.substring(0, line.length() - amount.word().length()) + "0";
        return new FaultKind(everywhere(number), amount);
      }
    }
    return new FaultKind(everywhere(line), Amount.FIXED);
  }

  private static Fault everywhere(String line) {
    return Fault.parse(line.replaceFirst(" ", " ** #1 "));
  }

  /** Those of some operations that it could strike, in order. */
  List<Operation> places(List<Operation> trace) {
    return places(first, trace);
  }

  private static List<Operation> places(Fault fault, List<Operation> trace) {
    boolean delivers = fault.effect() == Fault.Effect.FLIP_BIT;
    return trace.stream()
        .filter(operation -> fault.canStrike(operation.kind()))
        .filter(operation -> !delivers || operation.length() > 0)
        .toList();
  }

  /** The operation of a trace that a fault has struck, if it is in there. */
  static Optional<Operation> struck(Fault fault, List<Operation> trace) {
    return places(fault, trace).stream().skip(fault.nth() - 1).findFirst();
  }

  /**
   * The fault at one operation.
   *
   * @param places the operations that it strikes where there is no fault, from which it takes its
   *     number; where they end it takes that of the last one
   */
  Fault at(int n, List<Operation> places) {
    if (amount == Amount.FIXED || places.isEmpty()) {
      return first.at(n);
    }
    long length = places.get(Math.min(n, places.size()) - 1).length();
    boolean bits = first.effect() == Fault.Effect.FLIP_BIT;
    long all = bits ? length * Byte.SIZE : length;
    long number = amount == Amount.HALF ? all / 2 : Math.max(0, all - 1);
    return new Fault(first.target(), first.glob(), n, first.sticky(), first.effect(), number);
  }

  boolean is(Fault.Effect effect) {
    return first.effect() == effect;
  }

  /** As it is parsed. */
  @Override
  public String toString() {
    String line = first.toString().replace(" ** #1", "");
    return amount == Amount.FIXED ? line : line.replaceFirst("0$", amount.word());
  }
}
