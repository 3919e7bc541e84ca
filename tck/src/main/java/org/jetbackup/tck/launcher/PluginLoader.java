package org.jetbackup.tck.launcher;

import java.io.File;
import java.lang.reflect.InvocationTargetException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.regex.Pattern;
import org.jetbackup.tck.EnginePlugin;

/** Finds the plug-in of the engine to judge. Every failure is an {@link IllegalArgumentException}. */
final class PluginLoader {

  private PluginLoader() {}

  /** A class loader that knows the entries of a class path as well; the parent if there are none. */
  static ClassLoader withPath(String path, ClassLoader parent) {
    if (path.isBlank()) {
      return parent;
    }
    List<URL> urls = new ArrayList<>();
    for (String entry : path.split(Pattern.quote(File.pathSeparator), -1)) {
      try {
        Path place = Path.of(entry);
        if (!Files.exists(place)) {
          throw new IllegalArgumentException("--engine-path: there is no " + entry);
        }
        urls.add(place.toUri().toURL());
      } catch (InvalidPathException | MalformedURLException e) {
        throw new IllegalArgumentException("--engine-path: not a path: " + entry, e);
      }
    }
    return new URLClassLoader(urls.toArray(URL[]::new), parent);
  }

  /** The plug-in of that class, or else the only one that is offered as a service. */
  static EnginePlugin load(Optional<String> name, ClassLoader loader) {
    EnginePlugin plugin = name.map(given -> create(given, loader)).orElseGet(() -> offered(loader));
    try {
      if (plugin.engine().name().isBlank()) {
        throw new IllegalArgumentException("the engine of " + nameOf(plugin) + " has no name");
      }
    } catch (RuntimeException | LinkageError e) {
      throw new IllegalArgumentException(nameOf(plugin) + " gives no engine: " + e, e);
    }
    return plugin;
  }

  private static EnginePlugin create(String name, ClassLoader loader) {
    try {
      Class<?> type = Class.forName(name, true, loader);
      return type.asSubclass(EnginePlugin.class).getConstructor().newInstance();
    } catch (ClassNotFoundException e) {
      throw new IllegalArgumentException(
          "--engine: there is no class " + name + " on the class path or the --engine-path", e);
    } catch (ClassCastException e) {
      throw new IllegalArgumentException(
          "--engine: " + name + " is not a subclass of " + EnginePlugin.class.getName(), e);
    } catch (NoSuchMethodException | IllegalAccessException | InstantiationException e) {
      throw new IllegalArgumentException(
          "--engine: " + name + " must be public, not abstract, and have a public constructor"
              + " without parameters",
          e);
    } catch (InvocationTargetException | LinkageError e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      throw new IllegalArgumentException("--engine: " + name + " cannot be created: " + cause, e);
    }
  }

  private static EnginePlugin offered(ClassLoader loader) {
    List<ServiceLoader.Provider<EnginePlugin>> offered =
        ServiceLoader.load(EnginePlugin.class, loader).stream().toList();
    if (offered.size() == 1) {
      return offered.get(0).get();
    }
    if (offered.isEmpty()) {
      throw new IllegalArgumentException(
          "whom to judge? Give --engine CLASS, a subclass of " + EnginePlugin.class.getName());
    }
    List<String> names = offered.stream().map(p -> p.type().getName()).sorted().toList();
    throw new IllegalArgumentException(
        "there is more than one engine, choose with --engine: " + String.join(", ", names));
  }

  private static String nameOf(EnginePlugin plugin) {
    return plugin.getClass().getName();
  }
}
