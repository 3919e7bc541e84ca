package org.jetbackup.engine.wrong;

import java.io.IOException;
import java.io.InputStream;
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
import net.bytebuddy.pool.TypePool;
import org.jetbackup.api.JetEngine;

/**
 * Loads the classes of the engine once more, some of them changed. What is not the engine's is
 * shared with the tests: the api above all.
 */
final class WrongClasses extends ClassLoader {

  private static final String PACKAGE = "org.jetbackup.engine.";
  private static final String ENGINE = PACKAGE + "instance.ReferenceEngine";

  private final List<Change> changes;

  private WrongClasses(List<Change> changes) {
    super(WrongClasses.class.getClassLoader());
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
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    if (!name.startsWith(PACKAGE)) {
      return super.loadClass(name, resolve);
    }
    synchronized (getClassLoadingLock(name)) {
      Class<?> loaded = findLoadedClass(name);
      return loaded != null ? loaded : findClass(name);
    }
  }

  @Override
  protected Class<?> findClass(String name) throws ClassNotFoundException {
    byte[] bytes = read(name);
    for (Change change : changes) {
      if (name.equals(PACKAGE + change.type())) {
        bytes = changed(name, bytes, change.how());
      }
    }
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

  private byte[] changed(String name, byte[] bytes, AsmVisitorWrapper how) {
    ClassFileLocator locator = new ClassFileLocator.Compound(
        ClassFileLocator.Simple.of(name, bytes), ClassFileLocator.ForClassLoader.of(getParent()));
    TypeDescription type = TypePool.Default.of(locator).describe(name).resolve();
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
