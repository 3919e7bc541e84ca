package org.jetbackup.api.param;

import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import org.jetbackup.api.error.JetErr;
import org.jetbackup.api.error.JetException;
import org.jetbackup.api.error.Subject;

/**
 * One thing that can be set, with its type, unit, limits and default.
 *
 * <p>All of them are listed in {@link SystemParameter}; nobody else makes one. Two parameters are
 * equal only if they are the same object. Immutable and thread-safe.
 *
 * @param <T> the type of the values: {@link Path}, {@link Boolean}, {@link Integer}, {@link Long}
 *     or {@link String}
 */
public final class Parameter<T> {

  /** The first number of our own parameters; those of the original lie far below. */
  public static final int FIRST_OWN_NUMBER = 100_000;

  private final int number;
  private final String name;
  private final Class<T> type;
  private final String unit;
  private final String allowed;
  private final Predicate<T> legal;
  private final Optional<T> defaultValue;
  private final Optional<Parameter<T>> fallback;

  private Parameter(
      int number,
      String name,
      Class<T> type,
      String unit,
      String allowed,
      Predicate<T> legal,
      Optional<T> defaultValue,
      Optional<Parameter<T>> fallback) {
    this.number = number;
    this.name = name;
    this.type = type;
    this.unit = unit;
    this.allowed = allowed;
    this.legal = legal;
    this.defaultValue = defaultValue;
    this.fallback = fallback;
  }

  private static <T> Parameter<T> withDefault(
      int number,
      String name,
      Class<T> type,
      String unit,
      T defaultValue,
      String allowed,
      Predicate<T> legal) {
    Optional<T> byDefault = Optional.of(defaultValue);
    return new Parameter<>(number, name, type, unit, allowed, legal, byDefault, Optional.empty());
  }

  static Parameter<Boolean> flag(int number, String name, boolean byDefault) {
    return withDefault(number, name, Boolean.class, "", byDefault, "true or false", v -> true);
  }

  static Parameter<Integer> integer(
      int number, String name, String unit, int byDefault, int min, int max) {
    Predicate<Integer> legal = v -> v >= min && v <= max;
    String allowed = min + " to " + max;
    return withDefault(number, name, Integer.class, unit, byDefault, allowed, legal);
  }

  static Parameter<Integer> powerOfTwo(
      int number, String name, String unit, int byDefault, int min, int max) {
    Predicate<Integer> legal = v -> v >= min && v <= max && Integer.bitCount(v) == 1;
    String allowed = "a power of two, " + min + " to " + max;
    return withDefault(number, name, Integer.class, unit, byDefault, allowed, legal);
  }

  static Parameter<Long> size(int number, String name, long byDefault, long min) {
    String allowed = "at least " + min;
    return withDefault(number, name, Long.class, "bytes", byDefault, allowed, v -> v >= min);
  }

  static Parameter<String> text(
      int number, String name, String byDefault, String allowed, Predicate<String> legal) {
    return withDefault(number, name, String.class, "", byDefault, allowed, legal);
  }

  static Parameter<Path> path(int number, String name) {
    return path(number, name, Optional.empty());
  }

  static Parameter<Path> pathLike(int number, String name, Parameter<Path> fallback) {
    return path(number, name, Optional.of(fallback));
  }

  private static Parameter<Path> path(int number, String name, Optional<Parameter<Path>> fallback) {
    Predicate<Path> legal = v -> !v.toString().isEmpty();
    String allowed = "a path that is not empty";
    return new Parameter<>(
        number, name, Path.class, "", allowed, legal, Optional.empty(), fallback);
  }

  /** {@return the number: the original's, or {@value #FIRST_OWN_NUMBER} and up for our own} */
  public int number() {
    return number;
  }

  /** {@return the name without the prefix {@code JET_param}, for example {@code CircularLog}} */
  public String name() {
    return name;
  }

  /** {@return the type of the values} */
  public Class<T> type() {
    return type;
  }

  /** {@return the unit of a number, for example {@code KB}; an empty text where there is none} */
  public String unit() {
    return unit;
  }

  /** {@return in words which values are allowed, as it is shown when another one is refused} */
  public String allowed() {
    return allowed;
  }

  /** {@return the value that holds when nothing is set; empty where there is none} */
  public Optional<T> defaultValue() {
    return defaultValue;
  }

  /** {@return the parameter whose value holds when this one has neither value nor default} */
  public Optional<Parameter<T>> fallback() {
    return fallback;
  }

  /** {@return whether the original does not know this parameter} */
  public boolean isOurs() {
    return number >= FIRST_OWN_NUMBER;
  }

  /**
   * Checks a value.
   *
   * @param value the value
   * @return the same value
   * @throws JetException with {@link JetErr#INVALID_PARAMETER} naming the parameter, the value and
   *     what is allowed, if the value is not
   */
  public T check(T value) {
    Objects.requireNonNull(value, name);
    if (!legal.test(value)) {
      throw JetException.of(JetErr.INVALID_PARAMETER, Subject.value(name, value, allowed));
    }
    return value;
  }

  /** {@return name and number, for example {@code CircularLog (17)}} */
  @Override
  public String toString() {
    return name + " (" + number + ")";
  }
}
