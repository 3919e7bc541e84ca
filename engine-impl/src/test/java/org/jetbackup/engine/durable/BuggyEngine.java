package org.jetbackup.engine.durable;

import net.bytebuddy.ByteBuddy;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.dynamic.ClassFileLocator;
import net.bytebuddy.dynamic.DynamicType;
import net.bytebuddy.dynamic.scaffold.TypeValidation;
import net.bytebuddy.matcher.ElementMatchers;

/** The classes of the engine once more, one of them with a bug. */
final class BuggyEngine extends EngineClasses {

  private final SeededBug bug;

  private BuggyEngine(SeededBug bug) {
    this.bug = bug;
  }

  /** An engine with a bug. What cannot be put in must not be taken for a bug that was found. */
  static Subject of(SeededBug bug) {
    BuggyEngine loader = new BuggyEngine(bug);
    try {
      Class.forName(bug.type(), true, loader);
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(e);
    }
    return new Subject(Lab.engine(loader), Lab::requireTidy);
  }

  @Override
  protected byte[] changed(String name, byte[] bytes) {
    return name.equals(bug.type()) ? spoilt(name, bytes) : bytes;
  }

  private byte[] spoilt(String name, byte[] whole) {
    ClassFileLocator locator = locator(name, whole);
    TypeDescription type = describe(name, locator);
    DynamicType.Builder<?> builder =
        new ByteBuddy().with(TypeValidation.DISABLED).redefine(type, locator);
    for (SeededBug.Change change : bug.changes()) {
      if (type.getDeclaredMethods()
          .filter(ElementMatchers.named(change.method()))
          .isEmpty()) {
        throw new IllegalStateException(name + " has no method " + change.method());
      }
      builder = builder.visit(change.how());
    }
    return builder.make().getBytes();
  }
}
