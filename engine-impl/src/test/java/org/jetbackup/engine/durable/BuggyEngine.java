package org.jetbackup.engine.durable;

import java.io.IOException;
import java.io.InputStream;
import net.bytebuddy.ByteBuddy;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.dynamic.ClassFileLocator;
import net.bytebuddy.dynamic.DynamicType;
import net.bytebuddy.dynamic.scaffold.TypeValidation;
import net.bytebuddy.matcher.ElementMatchers;
import net.bytebuddy.pool.TypePool;

/**
 * Loads the classes of the engine once more, one of them with a bug. What is not the engine's is
 * shared with the tests: the api, and {@link Sabotage}.
 */
final class BuggyEngine extends ClassLoader {

  static final String PACKAGE = "org.jetbackup.engine.";

  private static final String TESTS = PACKAGE + "durable.";

  private final SeededBug bug;

  private BuggyEngine(SeededBug bug) {
    super(BuggyEngine.class.getClassLoader());
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
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    if (!name.startsWith(PACKAGE) || name.startsWith(TESTS)) {
      return super.loadClass(name, resolve);
    }
    synchronized (getClassLoadingLock(name)) {
      Class<?> loaded = findLoadedClass(name);
      return loaded != null ? loaded : findClass(name);
    }
  }

  @Override
  protected Class<?> findClass(String name) throws ClassNotFoundException {
    byte[] bytes = name.equals(bug.type()) ? spoilt(name) : read(name);
    return defineClass(name, bytes, 0, bytes.length);
  }

  private byte[] read(String name) throws ClassNotFoundException {
    try (InputStream in = getResourceAsStream(name.replace('.', '/') + ".class")) {
      if (in == null) {
        throw new ClassNotFoundException(name);
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new ClassNotFoundException(name, e);
    }
  }

  private byte[] spoilt(String name) throws ClassNotFoundException {
    byte[] whole = read(name);
    ClassFileLocator locator = new ClassFileLocator.Compound(
        ClassFileLocator.Simple.of(name, whole), ClassFileLocator.ForClassLoader.of(getParent()));
    TypeDescription type = TypePool.Default.of(locator).describe(name).resolve();
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
