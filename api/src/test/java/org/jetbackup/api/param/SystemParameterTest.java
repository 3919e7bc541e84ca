package org.jetbackup.api.param;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The catalogue of parameters is complete and consistent in itself. */
class SystemParameterTest {

  static Stream<Parameter<?>> all() {
    return SystemParameter.all().stream();
  }

  @Test
  void theListHasEveryConstant() throws IllegalAccessException {
    List<Field> constants = Arrays.stream(SystemParameter.class.getFields())
        .filter(field -> Modifier.isStatic(field.getModifiers()))
        .filter(field -> field.getType() == Parameter.class)
        .toList();
    for (Field constant : constants) {
      assertTrue(SystemParameter.all().contains(constant.get(null)), constant.getName());
    }
    assertEquals(constants.size(), SystemParameter.all().size());
  }

  @Test
  void numbersAndNamesAreUniqueAndTheListIsOrderedByNumber() {
    assertEquals(
        SystemParameter.all().size(), all().map(Parameter::number).distinct().count());
    assertEquals(
        SystemParameter.all().size(),
        all()
            .map(parameter -> parameter.name().toLowerCase(Locale.ROOT))
            .distinct()
            .count());
    assertEquals(
        SystemParameter.all(),
        all().sorted(Comparator.comparingInt(Parameter::number)).toList());
  }

  @ParameterizedTest
  @MethodSource("all")
  void aParameterIsFoundByNumberAndByName(Parameter<?> parameter) {
    assertEquals(Optional.of(parameter), SystemParameter.ofNumber(parameter.number()));
    assertEquals(
        Optional.of(parameter), SystemParameter.ofName(parameter.name().toUpperCase(Locale.ROOT)));
  }

  @ParameterizedTest
  @MethodSource("all")
  void aDefaultIsAlwaysAllowed(Parameter<?> parameter) {
    checkDefault(parameter);
  }

  @Test
  void anUnknownNumberOrNameIsNoParameter() {
    assertEquals(Optional.empty(), SystemParameter.ofNumber(-1));
    assertEquals(Optional.empty(), SystemParameter.ofName("Circular"));
  }

  @Test
  void ourOwnParametersAreMarked() {
    assertTrue(SystemParameter.LOG_SECTOR_SIZE.isOurs());
    assertFalse(SystemParameter.LOG_FILE_SIZE.isOurs());
    assertEquals("CircularLog (17)", SystemParameter.CIRCULAR_LOG.toString());
  }

  private static <T> void checkDefault(Parameter<T> parameter) {
    parameter.defaultValue().ifPresent(value -> assertNotNull(parameter.check(value)));
  }
}
