package org.jetbackup.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.module.Configuration;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The api as a module: found, resolved and used on a module path of its own. */
class ModuleTest {

  private static final String NAME = "org.jetbackup.api";

  private ModuleFinder modulePath;
  private ModuleDescriptor module;

  @BeforeEach
  void findIt() throws URISyntaxException {
    modulePath = ModuleFinder.of(Path.of(
        JetEngine.class.getProtectionDomain().getCodeSource().getLocation().toURI()));
    module = modulePath.find(NAME).orElseThrow().descriptor();
  }

  @Test
  void itIsANamedModuleThatOpensNothing() {
    assertFalse(module.isAutomatic());
    assertFalse(module.isOpen());
    assertEquals(Set.of(), module.opens());
    assertEquals(Set.of(), module.provides());
  }

  @Test
  void itExportsExactlyItsEightPackagesToEverybody() {
    assertEquals(
        Set.of(
            NAME,
            NAME + ".backup",
            NAME + ".error",
            NAME + ".event",
            NAME + ".flat",
            NAME + ".param",
            NAME + ".position",
            NAME + ".restore"),
        module.exports().stream()
            .map(ModuleDescriptor.Exports::source)
            .collect(Collectors.toSet()));
    assertTrue(module.exports().stream().noneMatch(ModuleDescriptor.Exports::isQualified));
    assertEquals(8, module.packages().size(), "and it has no other package");
  }

  @Test
  void itRequiresNothingButTheBase() {
    assertEquals(
        Set.of("java.base"),
        module.requires().stream()
            .map(ModuleDescriptor.Requires::name)
            .collect(Collectors.toSet()));
  }

  @Test
  void itUsesEnginesAndNothingElse() {
    assertEquals(Set.of(JetEngine.class.getName()), module.uses());
  }

  @Test
  void itResolvesAndLooksForEnginesFromWithinTheModule() throws ReflectiveOperationException {
    ModuleLayer boot = ModuleLayer.boot();
    Configuration resolved =
        boot.configuration().resolve(modulePath, ModuleFinder.of(), Set.of(NAME));
    ModuleLayer layer = boot.defineModulesWithOneLoader(resolved, null);
    Class<?> engine = layer.findLoader(NAME).loadClass(JetEngine.class.getName());

    assertNotSame(JetEngine.class, engine);
    assertEquals(NAME, engine.getModule().getName());
    assertTrue(engine.getModule().canUse(engine));
    assertEquals(List.of(), engine.getMethod("installed").invoke(null));
  }
}
