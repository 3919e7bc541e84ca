package org.jetbackup.engine.wrong;

import static net.bytebuddy.matcher.ElementMatchers.isDeclaredBy;
import static net.bytebuddy.matcher.ElementMatchers.nameEndsWith;
import static net.bytebuddy.matcher.ElementMatchers.nameStartsWith;
import static net.bytebuddy.matcher.ElementMatchers.named;

import java.lang.reflect.Method;
import java.util.Arrays;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.asm.AsmVisitorWrapper;
import net.bytebuddy.asm.MemberSubstitution;
import net.bytebuddy.description.method.MethodDescription;
import net.bytebuddy.matcher.ElementMatcher;

/**
 * What becomes of one method of the engine, or of all that have its name. Names are text, because
 * each engine with a bug is loaded by itself; one that is no longer right fails the test.
 *
 * @param type the class, without the name of the engine's package
 * @param how its bytes are changed
 */
record Change(String type, AsmVisitorWrapper how) {

  /** The method does nothing and answers nothing: null, zero or false. */
  static Change skip(String type, String method) {
    return advice(type, method, Mistakes.Skip.class);
  }

  /** The method answers true, whatever it would have said. */
  static Change yes(String type, String method) {
    return advice(type, method, Mistakes.Yes.class);
  }

  /** Other code runs around the method. */
  static Change advice(String type, String method, Class<?> advice) {
    return new Change(type, Advice.to(advice).on(in(method)));
  }

  /** The method does not call another one any more, and goes on with nothing, zero or false. */
  static Change without(String type, String method, String called) {
    return new Change(
        type, MemberSubstitution.relaxed().method(call(called)).stub().on(in(method)));
  }

  /** The method calls a method of {@link Instead} instead of another one. */
  static Change instead(String type, String method, String called, String replacement) {
    Method other = Arrays.stream(Instead.class.getDeclaredMethods())
        .filter(each -> each.getName().equals(replacement))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("no method " + replacement));
    return new Change(
        type,
        MemberSubstitution.relaxed().method(call(called)).replaceWith(other).on(in(method)));
  }

  /** A method by its name, or by that of its class and its own with a dot between. */
  private static ElementMatcher<? super MethodDescription> call(String called) {
    int dot = called.indexOf('.');
    return dot < 0
        ? named(called)
        : named(called.substring(dot + 1))
            .and(isDeclaredBy(nameEndsWith("." + called.substring(0, dot))));
  }

  /** Where a name ends with a dollar sign, it is that of the lambdas of a method. */
  private static ElementMatcher<? super MethodDescription> in(String method) {
    return method.endsWith("$") ? nameStartsWith(method) : named(method);
  }
}
