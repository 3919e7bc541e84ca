package org.jetbackup.engine.wrong;

import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import net.bytebuddy.ByteBuddy;
import net.bytebuddy.asm.AsmVisitorWrapper;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.dynamic.ClassFileLocator;
import net.bytebuddy.dynamic.scaffold.TypeValidation;
import net.bytebuddy.matcher.ElementMatchers;
import org.jetbackup.api.JetEngine;
import org.jetbackup.engine.durable.EngineClasses;

/** The classes of the engine once more, some of them changed for a wrong engine. */
final class WrongClasses extends EngineClasses {

  private static final String ENGINE = PACKAGE + "instance.ReferenceEngine";

  private final List<Change> changes;

  private WrongClasses(List<Change> changes) {
    this.changes = changes;
  }

  /**
   * An engine with these changes.
   *
   * @throws IllegalStateException if one of them cannot be made, or changes nothing: that must not
   *     be taken for a bug that was put in
   */
  static JetEngine engine(List<Change> changes) {
    WrongClasses loader = new WrongClasses(changes);
    Set<String> types =
        changes.stream().map(Change::type).collect(Collectors.toCollection(LinkedHashSet::new));
    try {
      for (String type : types) {
        Class.forName(PACKAGE + type, true, loader);
      }
      return Class.forName(ENGINE, true, loader)
          .asSubclass(JetEngine.class)
          .getDeclaredConstructor()
          .newInstance();
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  protected byte[] changed(String name, byte[] bytes) {
    byte[] made = bytes;
    for (Change change : changes) {
      if (name.equals(PACKAGE + change.type())) {
        made = changed(name, made, change.how());
      }
    }
    return made;
  }

  private byte[] changed(String name, byte[] bytes, AsmVisitorWrapper how) {
    ClassFileLocator locator = locator(name, bytes);
    TypeDescription type = describe(name, locator);
    ByteBuddy buddy = new ByteBuddy()
        .with(TypeValidation.DISABLED)
        .ignore(ElementMatchers.none()); // lambdas are synthetic
    byte[] same = buddy
        .redefine(type, locator)
        .visit(AsmVisitorWrapper.NoOp.INSTANCE)
        .make()
        .getBytes();
    byte[] made = buddy.redefine(type, locator).visit(how).make().getBytes();
    if (Arrays.equals(same, made)) {
      throw new IllegalStateException("a change of " + name + " finds nothing to change");
    }
    return made;
  }
}
