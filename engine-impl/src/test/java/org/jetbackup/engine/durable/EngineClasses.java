package org.jetbackup.engine.durable;

import java.io.IOException;
import java.io.InputStream;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.dynamic.ClassFileLocator;
import net.bytebuddy.pool.TypePool;

/**
 * Loads the classes of the engine once more, some of them changed. What is not the engine's is
 * shared with the tests: the api, and what lies in this package.
 */
public abstract class EngineClasses extends ClassLoader {

  /** With which the names of all classes of the engine begin. */
  public static final String PACKAGE = "org.jetbackup.engine.";

  private static final String TESTS = PACKAGE + "durable.";

  /** Has changed nothing yet. */
  protected EngineClasses() {
    super(EngineClasses.class.getClassLoader());
  }

  @Override
  protected final Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    if (!name.startsWith(PACKAGE) || name.startsWith(TESTS)) {
      return super.loadClass(name, resolve);
    }
    synchronized (getClassLoadingLock(name)) {
      Class<?> loaded = findLoadedClass(name);
      return loaded != null ? loaded : findClass(name);
    }
  }

  @Override
  protected final Class<?> findClass(String name) throws ClassNotFoundException {
    byte[] bytes = changed(name, read(name));
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

  /**
   * Changes a class.
   *
   * @param name its name
   * @param bytes as it is
   * @return what is loaded; the same bytes if nothing is to be changed
   */
  protected abstract byte[] changed(String name, byte[] bytes);

  /**
   * Finds a class and all that it speaks of.
   *
   * @param name its name
   * @param bytes as it is
   * @return where its bytes are found, and those of others
   */
  protected final ClassFileLocator locator(String name, byte[] bytes) {
    return new ClassFileLocator.Compound(
        ClassFileLocator.Simple.of(name, bytes), ClassFileLocator.ForClassLoader.of(getParent()));
  }

  /**
   * Describes a class.
   *
   * @param name its name
   * @param locator finds it
   * @return the description
   */
  protected static TypeDescription describe(String name, ClassFileLocator locator) {
    return TypePool.Default.of(locator).describe(name).resolve();
  }
}
