package org.jetbackup.tck.storage;

import java.io.IOException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttributeView;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Views of attributes whose calls pass the gate.
 *
 * <p>One handler serves all kinds of view, those included that only some platforms know: by the
 * habits of {@code java.nio.file.attribute} a method either sets, writes or deletes something, or
 * it reads.
 */
final class AttributeViews {

  private final Gate gate;

  AttributeViews(Gate gate) {
    this.gate = gate;
  }

  /** Null if the file system below has no such view. */
  <V extends FileAttributeView> @Nullable V view(
      String name, Path below, Class<V> type, LinkOption... options) {
    V viewBelow = Files.getFileAttributeView(below, type, options);
    if (viewBelow == null || !type.isInterface()) {
      return null;
    }
    InvocationHandler handler =
        (proxy, method, arguments) -> invoke(name, viewBelow, method, arguments);
    return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
  }

  private @Nullable Object invoke(
      String name, FileAttributeView view, Method method, @Nullable Object @Nullable [] arguments)
      throws IOException {
    boolean aboutFile = FileAttributeView.class.isAssignableFrom(method.getDeclaringClass());
    if (!aboutFile || method.getName().equals("name")) {
      return call(view, method, arguments);
    }
    return gate.perform(
            Operation.on(kind(method.getName()), name),
            () -> Optional.ofNullable(call(view, method, arguments)))
        .orElse(null);
  }

  private static OperationKind kind(String method) {
    boolean changes =
        method.startsWith("set") || method.startsWith("write") || method.startsWith("delete");
    return changes ? OperationKind.SET_ATTRIBUTES : OperationKind.READ_ATTRIBUTES;
  }

  private static @Nullable Object call(
      Object view, Method method, @Nullable Object @Nullable [] arguments) throws IOException {
    try {
      return method.invoke(view, arguments);
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof IOException io) {
        throw io;
      }
      if (e.getCause() instanceof RuntimeException unchecked) {
        throw unchecked;
      }
      throw new IllegalStateException("unexpected from " + method, e);
    } catch (IllegalAccessException e) {
      throw new IllegalStateException("a method of a public interface: " + method, e);
    }
  }
}
