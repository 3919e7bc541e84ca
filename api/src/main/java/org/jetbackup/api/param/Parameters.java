package org.jetbackup.api.param;

import java.nio.file.Path;
import java.util.Collections;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jetbackup.api.error.JetErr;
import org.jetbackup.api.error.JetException;
import org.jetbackup.api.error.Subject;

/**
 * The settings of one instance: a checked, immutable map from parameter to value.
 *
 * <pre>{@code
 * Parameters parameters =
 *     Parameters.builder().set(SYSTEM_PATH, directory).set(CIRCULAR_LOG, true).build();
 * }</pre>
 *
 * <p>Thread-safe. Two of them are equal if the same values are set; a value that is set to its
 * default counts as set. Source: the public page <i>jetsetsystemparameter-function</i>; a map takes
 * the place of the calls, since everything here is fixed before an instance is initialised.
 */
public final class Parameters {

  private static final Parameters NONE = new Parameters(Map.of());

  private final Map<Parameter<?>, Object> values;

  private Parameters(Map<Parameter<?>, Object> values) {
    this.values = Collections.unmodifiableMap(sorted(values));
  }

  private static Map<Parameter<?>, Object> sorted(Map<Parameter<?>, Object> values) {
    Map<Parameter<?>, Object> sorted = new TreeMap<>(Comparator.comparingInt(Parameter::number));
    sorted.putAll(values);
    return sorted;
  }

  /** {@return settings in which nothing is set} */
  public static Parameters none() {
    return NONE;
  }

  /**
   * Makes settings in which only the directory of the instance is set.
   *
   * @param systemPath the directory
   * @return the settings
   * @throws JetException with {@link JetErr#INVALID_PARAMETER} if the path is empty
   */
  public static Parameters at(Path systemPath) {
    return none().with(SystemParameter.SYSTEM_PATH, systemPath);
  }

  /** {@return a builder in which nothing is set} */
  public static Builder builder() {
    return none().toBuilder();
  }

  /** {@return a builder that starts with these settings} */
  public Builder toBuilder() {
    return new Builder(values);
  }

  /**
   * Changes one value.
   *
   * @param <T> the type of the value
   * @param parameter the parameter to set or replace
   * @param value its value
   * @return these settings with that value
   * @throws JetException with {@link JetErr#INVALID_PARAMETER} if the value is not allowed
   */
  public <T> Parameters with(Parameter<T> parameter, T value) {
    return toBuilder().set(parameter, value).build();
  }

  /**
   * Gives the value that holds: the one set, else the default, else that of the fallback.
   *
   * @param <T> the type of the value
   * @param parameter the parameter
   * @return its value
   * @throws JetException with {@link JetErr#INVALID_PARAMETER} naming the parameter, if there is no
   *     such value
   */
  public <T> T get(Parameter<T> parameter) {
    return find(parameter)
        .orElseThrow(() -> JetException.of(
            JetErr.INVALID_PARAMETER,
            Subject.value(parameter.name(), "not set", parameter.allowed())));
  }

  /**
   * Gives the value that holds, as {@link #get}, without failing.
   *
   * @param <T> the type of the value
   * @param parameter the parameter
   * @return its value; empty if there is none
   */
  public <T> Optional<T> find(Parameter<T> parameter) {
    Object value = values.get(parameter);
    if (value != null) {
      return Optional.of(parameter.type().cast(value));
    }
    return parameter.defaultValue().or(() -> parameter.fallback().flatMap(this::find));
  }

  /**
   * Tells whether a parameter itself has been set, default and fallback left aside.
   *
   * @param parameter the parameter
   * @return whether it is set
   */
  public boolean isSet(Parameter<?> parameter) {
    return values.containsKey(parameter);
  }

  /** {@return whether the instance logs its changes: whether {@code Recovery} is on} */
  public boolean isLogging() {
    return get(SystemParameter.RECOVERY).equalsIgnoreCase("on");
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Parameters that && values.equals(that.values);
  }

  @Override
  public int hashCode() {
    return values.hashCode();
  }

  /** {@return what is set, by number, for example {@code {CircularLog (17)=true}}} */
  @Override
  public String toString() {
    return values.toString();
  }

  /**
   * Collects values for {@link Parameters}. For one thread; may be used on after {@link #build()}.
   */
  public static final class Builder {

    private final Map<Parameter<?>, Object> values;

    private Builder(Map<Parameter<?>, Object> values) {
      this.values = sorted(values);
    }

    /**
     * Sets or replaces one value.
     *
     * @param <T> the type of the value
     * @param parameter the parameter
     * @param value its value
     * @return this builder
     * @throws JetException with {@link JetErr#INVALID_PARAMETER} naming the parameter, the value
     *     and what is allowed, if the value is not
     */
    public <T> Builder set(Parameter<T> parameter, T value) {
      values.put(parameter, parameter.check(value));
      return this;
    }

    /**
     * Takes one value away again, so that the default holds.
     *
     * @param parameter the parameter
     * @return this builder
     */
    public Builder unset(Parameter<?> parameter) {
      values.remove(parameter);
      return this;
    }

    /** {@return the settings as they are now} */
    public Parameters build() {
      return new Parameters(values);
    }
  }
}
